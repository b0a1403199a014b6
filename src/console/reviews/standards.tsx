import { useRef, useState } from 'preact/hooks';
import { isJudgedBy, type Side } from '../../audit/review-score.ts';
import { byStandard, waitsForReviewer } from '../../domain/disputes.ts';
import { NOT_SCORED } from '../../domain/reviews.ts';
import { Button, Icon } from '../../ui/index.ts';
import { isMet, targetSaid, valueSaid } from '../review/score.ts';
import type { ScoreShown, StandardShown } from './answer.ts';
import { Correct } from './correct.tsx';
import { Exchange } from './exchange.tsx';
import type { Reading } from './one.tsx';
import { say } from './words.ts';

/** Each standard: how it was judged both ways, why, and what was said to that. */
export function Standards(reading: Reading) {
  const { standards } = reading.found;
  return (
    <section aria-labelledby="c-review-standards">
      <h2 id="c-review-standards">{say.standards}</h2>
      {standards.length === 0 && <p class="u-quiet">{say.noStandards}</p>}
      <ol class="c-review-standards">
        {standards.map((standard) => (
          <One key={standard.id} {...reading} standard={standard} />
        ))}
      </ol>
    </section>
  );
}

function One({ standard, ...reading }: Reading & { readonly standard: StandardShown }) {
  const { found, said } = reading;
  const score = found.review.scores[standard.id];
  const [correcting, setCorrecting] = useState(false);
  const place = useRef<HTMLLIElement>(null);
  const { name, version, weight, critical, clause, text } = standard;
  const all = byStandard(said.disputes).get(standard.id) ?? [];
  const facts = [
    say.version(version),
    weight === 0 ? say.noWeight : say.weighs(weight),
    ...(critical ? [say.critical] : []),
    ...(clause === '' ? [] : [clause]),
  ];
  return (
    <li ref={place} tabIndex={-1} data-standard={standard.id}>
      <div class="c-review-standard-head">
        <h3 dir="auto">{name}</h3>
        <p class="u-quiet">{facts.join(' · ')}</p>
        {found.may.correct && !correcting && waitsForReviewer(all) === null && (
          <span class="c-no-print">
            <Button look="quiet" label={say.correctOf(name)} onClick={() => setCorrecting(true)}>
              {say.correct}
            </Button>
          </span>
        )}
      </div>
      {score && <Judged {...{ standard, score }} />}
      {score?.text && (
        <p dir="auto">
          <span class="u-label">{say.remark}</span> {score.text}
        </p>
      )}
      {score?.cause && (
        <p dir="auto">
          <span class="u-label">{say.cause}</span> {score.cause}
        </p>
      )}
      <details class="c-review-says">
        <summary>{say.whatItSays}</summary>
        <p dir="auto">{text}</p>
        {standard.anchors.length > 0 && (
          <ol>
            {standard.anchors.map((anchor) => (
              <li key={anchor} dir="auto">
                {anchor}
              </li>
            ))}
          </ol>
        )}
      </details>
      {correcting && score && (
        <Correct
          {...{ ...reading, standard, score }}
          onEnd={() => {
            setCorrecting(false);
            place.current?.focus();
          }}
        />
      )}
      <Exchange {...reading} standard={standard} score={score ?? null} />
    </li>
  );
}

interface JudgedProps {
  readonly standard: StandardShown;
  readonly score: ScoreShown;
}

function Judged(props: JudgedProps) {
  if (!props.score.applies) return <p class="u-quiet">{say.notApply}</p>;
  return (
    <dl class="c-review-sides">
      <OneSide {...props} side="ours" />
      <OneSide {...props} side="theirs" />
    </dl>
  );
}

function OneSide({ standard, score, side }: JudgedProps & { readonly side: Side }) {
  const value = score[side];
  const target = targetSaid(standard, side);
  const entry = { ...NOT_SCORED, ...score, asked: score.theirs !== null };
  const met = isMet(standard, { ...entry, text: '', cause: '' }, side);
  const nothing =
    side === 'ours'
      ? say.notJudgedHere
      : isJudgedBy(standard, 'theirs')
        ? say.notAsked
        : say.noCustomerTarget;
  return (
    <div data-side={side}>
      <dt>{say.side[side]}</dt>
      <dd>
        {value === null ? (
          <span class="u-quiet">{nothing}</span>
        ) : (
          <>
            <strong dir="auto">{valueSaid(standard, value)}</strong>
            {met !== null && (
              <span class={met ? 'c-review-met' : 'c-review-missed'}>
                <Icon name={met ? 'check' : 'close'} size={12} /> {met ? say.met : say.missed}
              </span>
            )}
            <span class="u-quiet">{target === '' ? say.noTarget : say.target(target)}</span>
          </>
        )}
      </dd>
    </div>
  );
}
