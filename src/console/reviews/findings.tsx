import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { Button, Quote, sayInstant, useWords } from '../../ui/index.ts';
import { later } from '../../ui/later.tsx';
import { todayOf } from '../day.ts';
import type { ImprovementShown } from '../improvements/answer.ts';
import { improvementCalls, improvementHref } from '../improvements/calls.ts';
import { Standing } from '../improvements/standing.tsx';
import { mayOpen } from '../may-open.ts';
import { useReading } from '../use-reading.ts';
import type { FindingShown } from './answer.ts';
import type { Reading } from './one.tsx';
import { say } from './words.ts';

// Their code comes when somebody asks or improves.
const AskForm = later(() => import('../inquiries/ask.tsx').then((form) => form.AskForm));
const ImprovementForm = later(() =>
  import('../improvements/form.tsx').then((form) => form.ImprovementForm),
);

/** What was found, each with the moment it is pinned to, and what is done about it. */
export function Findings(reading: Reading) {
  const { client, found, me, now, pokes } = reading;
  const { findings, review } = found;
  const readsAll = mayOpen(me.member.role, 'draws');
  const today = todayOf(now());
  const calls = useMemo(() => improvementCalls(client, today), [client, today]);
  const ask = useCallback(
    () => calls.list({ state: 'all', today, review: review.id }),
    [calls, today, review.id],
  );
  // Without them the findings are read all the same.
  const { value, again } = useReading(ask, { pokes });
  const improvements = value?.improvements ?? [];
  return (
    <section aria-labelledby="c-review-findings">
      <h2 id="c-review-findings">{say.findings}</h2>
      {findings.length === 0 && <p class="u-quiet">{say.noFindings}</p>}
      <ul class="c-review-findings">
        {findings.map((finding) => (
          <li key={finding.id}>
            <One
              {...{ ...reading, finding, readsAll, today }}
              improvements={improvements.filter((one) => one.finding === finding.id)}
              onImproved={again}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OneProps extends Reading {
  readonly finding: FindingShown;
  readonly improvements: readonly ImprovementShown[];
  readonly readsAll: boolean;
  readonly today: string;
  readonly onImproved: () => void;
}

function One(props: OneProps) {
  const { client, me, place, now, found, onSignedOut } = props;
  const { finding, improvements, readsAll, today, onImproved } = props;
  const { type, text, cause, standard } = finding;
  const [doing, setDoing] = useState<'ask' | 'improve' | null>(null);
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const name = found.standards.find((one) => one.id === standard)?.name;
  const end = (words: string) => {
    setDoing(null);
    setSaid(words);
    box.current?.focus();
  };
  const about = useMemo(
    () => ({ finding: finding.id, review: found.review.id, standard, subject: finding.subject }),
    [finding.id, finding.subject, found.review.id, standard],
  );
  return (
    <div class="c-review-finding" data-type={type} ref={box} tabIndex={-1}>
      <p class="c-review-type">
        {say.types[type]}
        {name !== undefined && (
          <span class="u-quiet">
            {' · '}
            <bdi>{name}</bdi>
          </span>
        )}
      </p>
      <p class="c-review-words" dir="auto">
        {text}
      </p>
      {cause !== '' && (
        <p dir="auto">
          <span class="u-label">{say.cause}</span> {cause}
        </p>
      )}
      <Moment {...props} />
      {improvements.length > 0 && (
        <div>
          <h3 class="u-label">{say.improvements}</h3>
          <ul class="c-review-improvements">
            {improvements.map((one) => (
              <li key={one.id}>
                <a href={improvementHref(one.id)} dir="auto">
                  {one.action || one.text}
                </a>
                <Standing improvement={one} today={today} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {readsAll && doing === null && !found.review.withdrawn && (
        <div class="u-actions c-no-print">
          <Button look="quiet" label={say.improveOf(text)} onClick={() => setDoing('improve')}>
            {say.improve}
          </Button>
          <Button look="quiet" label={say.askOf(text)} onClick={() => setDoing('ask')}>
            {say.ask}
          </Button>
        </div>
      )}
      {doing === 'ask' && (
        <AskForm
          {...{ client, me, place, now, about, onSignedOut }}
          to={found.owner}
          onAsked={() => end(say.asked)}
          onCancel={() => end('')}
        />
      )}
      {doing === 'improve' && (
        <ImprovementForm
          {...{ client, me, place, now, onSignedOut }}
          from={{ finding: finding.id }}
          start={{ text, cause }}
          onSaved={() => {
            onImproved();
            end('');
          }}
          onCancel={() => end('')}
        />
      )}
      <p class="u-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

function Moment({ finding, found, said, readsAll }: OneProps) {
  const { lang } = useWords();
  const { subject, at } = finding;
  if (subject === null) return null;
  const moment = said.moments.find(({ id }) => id === subject.id);
  if (moment === undefined) return <p class="u-quiet">{say.momentGone}</p>;
  const when = at ?? moment.at;
  const story = new URLSearchParams({ at: `${subject.kind}/${subject.id}/${when}` });
  const { unit, subject: reviewed } = found.review;
  const href = readsAll
    ? `#/story/${unit}/${encodeURIComponent(reviewed)}?${story}`
    : `#/record/${encodeURIComponent(subject.kind)}/${encodeURIComponent(subject.id)}`;
  return (
    <div class="c-review-moment">
      {moment.quote && <Quote text={moment.quote} />}
      {moment.text && <p dir="auto">{moment.text}</p>}
      <p class="u-quiet">
        {sayInstant(when, lang)}
        <span class="c-no-print">
          {' · '}
          <a href={href}>{readsAll ? say.toStory : say.toRecord}</a>
        </span>
      </p>
    </div>
  );
}
