import { useRef } from 'preact/hooks';
import { Button, Said, sayDate, sayDay, sayInstant, useWords } from '../../ui/index.ts';
import { mayOpen } from '../may-open.ts';
import { sessionHref, sessionName } from '../session/href.ts';
import type { FinishedReview } from './answer.ts';
import type { Reading } from './one.tsx';
import { say } from './words.ts';

/** What was reviewed, by whom and when, and for whose work it is what to do now. */
export function Head(reading: Reading) {
  const { found, me } = reading;
  const { review, title, customer } = found;
  const { unit, blind, withdrawn, reason } = review;
  const about = [
    say.units[unit],
    ...(customer !== null && unit !== 'customer' ? [customer] : []),
    ...(blind ? [say.blind] : []),
  ];
  const story = `#/story/${unit}/${encodeURIComponent(review.subject)}`;
  return (
    <header class="c-review-top">
      <h1 dir="auto">{title || `${say.units[unit]}, ${say.gone}`}</h1>
      <p class="u-quiet">
        <bdi>{about.join(' · ')}</bdi>
      </p>
      {withdrawn && (
        <div class="c-review-note">
          <p>
            <strong>{say.withdrawn}</strong>
          </p>
          <p dir="auto">{reason}</p>
        </div>
      )}
      {!withdrawn && reason !== '' && (
        <p class="c-review-note" dir="auto">
          {say.corrected(reason)}
        </p>
      )}
      <Facts {...reading} />
      {mayOpen(me.member.role, 'draws') && title !== '' && (
        <p class="c-no-print">
          <a href={story}>{say.story}</a>
          {' · '}
          <a href={sessionHref(unit, review.subject, { review: review.id })}>{sessionName}</a>
        </p>
      )}
      {reading.said.speaks && !withdrawn && <Yours {...reading} />}
    </header>
  );
}

function Facts({ found, said, me }: Reading) {
  const { lang } = useWords();
  const { review, reviewer, owner, draw, satisfaction } = found;
  const readsAll = mayOpen(me.member.role, 'draws');
  const requests = said.requests.filter(({ state }) => state !== 'withdrawn');
  return (
    <dl class="c-review-facts">
      <Fact name={say.facts.reviewer}>
        <bdi>{reviewer?.name || say.somebody}</bdi>
      </Fact>
      {review.finishedAt !== null && (
        <Fact name={say.facts.finished}>{sayInstant(review.finishedAt, lang)}</Fact>
      )}
      {review.seconds !== null && <Fact name={say.facts.time}>{say.minutes(review.seconds)}</Fact>}
      {draw !== null && (
        <Fact name={say.facts.draw}>
          {readsAll ? (
            <>
              <a href={`#/draws/${encodeURIComponent(draw.id)}`} dir="auto">
                {draw.name}
              </a>
              <span class="c-no-print">
                {' · '}
                <a href={`#/report/${encodeURIComponent(draw.id)}`}>{say.report}</a>
              </span>
            </>
          ) : (
            <bdi>{draw.name}</bdi>
          )}
        </Fact>
      )}
      <Fact name={say.facts.owner}>
        <bdi>{owner?.name ?? say.nobody}</bdi>
      </Fact>
      <Fact name={say.facts.satisfaction}>
        <Satisfied satisfaction={satisfaction} />
      </Fact>
      {requests.length > 0 && (
        <Fact name={say.facts.read}>
          {requests.map((one) => (
            <span key={one.id} class="c-review-read-by">
              <bdi>
                {one.state === 'answered'
                  ? `${one.answeredByName || one.toName}, ${
                      one.answeredAt === null ? '' : sayDay(one.answeredAt, lang)
                    }`
                  : say.notRead(one.toName)}
              </bdi>
              {one.state === 'open' && one.due !== null && ` (${sayDate(one.due, lang)})`}
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Satisfied({ satisfaction }: Pick<FinishedReview, 'satisfaction'>) {
  const { lang } = useWords();
  if (satisfaction === null) return <>{say.noSatisfaction}</>;
  const { score, scaleMin, scaleMax, text, at } = satisfaction;
  return (
    <>
      {say.satisfaction(score, scaleMin, scaleMax)}
      {at !== null && `, ${sayDay(at, lang)}`}
      {text !== '' && (
        <>
          {' '}
          <Said>{text}</Said>
        </>
      )}
    </>
  );
}

/** For whom it is about: read it, and say what you think. */
function Yours({ said, me, calls, found, act }: Reading) {
  const { lang } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const own = said.requests.filter(({ to }) => to === me.member.id);
  const read = own.find(({ state }) => state === 'answered');
  return (
    <div class="c-review-yours" ref={place} tabIndex={-1}>
      <h2>{say.yours}</h2>
      <p>{say.yoursWhy}</p>
      {read === undefined ? (
        <div class="u-actions c-no-print">
          <Button
            look="primary"
            onClick={() =>
              void act(say.isRead, () => calls.acknowledge(found.review.id)).then((done) => {
                if (done) place.current?.focus();
              })
            }
          >
            {say.readIt}
          </Button>
        </div>
      ) : (
        <p class="u-quiet">
          {say.youRead(read.answeredAt === null ? '' : sayInstant(read.answeredAt, lang))}
        </p>
      )}
    </div>
  );
}
