// Customers of whom nobody knows what they expect: why each is listed, and the way to what is on file.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { BLIND_SPOTS, type BlindSpotKind, type Listed } from '../../domain/blind-spots.ts';
import { saySpot, saySpotFacts, spotMeanings, spotNames } from '../../ui/blind-spot-words.ts';
import { Button, ButtonLink, Choice, Empty, Field, useWords, Waiting } from '../../ui/index.ts';
import type { Client } from '../client.ts';
import { FailureNote } from '../failure.tsx';
import { type Filters, NO_FILTERS } from '../filters.ts';
import { registerHref } from '../route.ts';
import { useReading } from '../use-reading.ts';
import type { BlindSpots as Answer } from './answer.ts';
import { ALL, type Choice as Chosen, ORDERS, shownOf } from './rows.ts';
import { say } from './words.ts';
import './blind-spots.css';

export interface BlindSpotsProps {
  readonly client: Client;
  readonly pokes: number;
  readonly onSignedOut: () => void;
}

/** Pokes closer together than this are one. */
const REFRESH_EVERY_MS = 2_000;

export function BlindSpotsPage({ client, pokes, onSignedOut }: BlindSpotsProps) {
  const [chosen, setChosen] = useState<Chosen>(ALL);
  const { answer, failure, again } = useBlindSpots(client, chosen.kinds, pokes, onSignedOut);
  const shown = useMemo(() => (answer ? shownOf(answer.rows, chosen) : []), [answer, chosen]);
  return (
    <div class="c-page">
      <h1>{say.title}</h1>
      <p class="c-why">{say.intro}</p>
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {!answer && !failure && <Waiting>{say.reading}</Waiting>}
      {answer && answer.customers === 0 && (
        <Empty action={<ButtonLink href="#/import">{say.toImport}</ButtonLink>}>{say.nobody}</Empty>
      )}
      {answer && answer.customers > 0 && (
        <>
          <Filter answer={answer} chosen={chosen} onChange={setChosen} />
          <p role="status">
            {say.count(shown.length, answer.customers)}{' '}
            {answer.total > answer.rows.length && say.cut(answer.rows.length)}
          </p>
          {shown.length > 0 ? (
            // Another choice begins at its top.
            <List key={`${chosen.kinds} ${chosen.order} ${chosen.words}`} rows={shown} />
          ) : (
            <Nothing
              isAll={chosen.kinds.length === 0 && chosen.words.trim() === ''}
              onAll={() => setChosen(ALL)}
            />
          )}
          <p class="u-quiet">
            {say.limits} <a href="#/settings">{say.toSettings}</a>
          </p>
        </>
      )}
    </div>
  );
}

function Nothing({ isAll, onAll }: { readonly isAll: boolean; readonly onAll: () => void }) {
  if (isAll) return <Empty>{say.none}</Empty>;
  return <Empty action={<Button onClick={onAll}>{say.all}</Button>}>{say.nothing}</Empty>;
}

interface FilterProps {
  readonly answer: Answer;
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

function Filter({ answer, chosen, onChange }: FilterProps) {
  const { kinds } = chosen;
  const toggle = (kind: BlindSpotKind) => {
    const on = kinds.includes(kind);
    onChange({ ...chosen, kinds: on ? kinds.filter((one) => one !== kind) : [...kinds, kind] });
  };
  return (
    <div class="c-spots-filter">
      <fieldset class="c-spots-reasons">
        <legend class="u-label">{say.reasons}</legend>
        {BLIND_SPOTS.map((kind) => (
          <label key={kind} title={spotMeanings[kind]}>
            <input type="checkbox" checked={kinds.includes(kind)} onChange={() => toggle(kind)} />
            <span>{spotNames[kind]}</span>{' '}
            <span class="u-quiet">{(answer.counts[kind] ?? 0).toLocaleString('en-GB')}</span>
          </label>
        ))}
        <p class="u-hint">{say.reasonsHint}</p>
      </fieldset>
      <Field
        label={say.name}
        value={chosen.words}
        onInput={(words) => onChange({ ...chosen, words })}
      />
      <Choice
        label={say.sort}
        value={chosen.order}
        options={ORDERS.map((order) => ({ value: order, label: say.sorts[order] }))}
        onChange={(order) => order !== '' && onChange({ ...chosen, order })}
      />
    </div>
  );
}

/** Rows that are drawn at first, and whenever the end comes near. */
const ROWS = 60;

function List({ rows }: { readonly rows: readonly Listed[] }) {
  const [count, setCount] = useState(ROWS);
  const end = useRef<HTMLParagraphElement>(null);
  const left = rows.length - count;
  const more = useCallback(() => setCount((now) => now + ROWS), []);
  useEffect(() => {
    const mark = end.current;
    if (mark === null) return;
    const near = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && more(),
      {
        rootMargin: '600px',
      },
    );
    near.observe(mark);
    return () => near.disconnect();
  }, [more, left > 0, count]);
  return (
    <>
      <ol class="c-spots" aria-label={say.list}>
        {rows.slice(0, count).map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ol>
      {left > 0 && (
        <p ref={end}>
          <Button onClick={more}>{say.more(Math.min(left, ROWS))}</Button>
        </p>
      )}
    </>
  );
}

function Row({ row }: { readonly row: Listed }) {
  const { lang } = useWords();
  const name = row.name || say.nameless;
  return (
    <li>
      <p class="c-spots-name">
        <a href={registerHref({ ...NO_FILTERS, customer: row.id })} aria-label={say.storyOf(name)}>
          <bdi>{name}</bdi>
        </a>
      </p>
      <ul>
        {row.spots.map((spot) => (
          <li key={spot.kind}>
            <span class="c-spots-kind">
              <a href={hrefOf(row.id, spot)}>{spotNames[spot.kind]}</a>
            </span>
            <span dir="auto">
              {saySpot(spot)} <span class="u-quiet">{saySpotFacts(spot, lang)}</span>
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** What is on file of it. */
function hrefOf(customer: string, spot: Listed['spots'][number]): string {
  if (spot.kind === 'new-contact') {
    const record = { kind: 'contact', id: spot.contact.id };
    return registerHref({ ...NO_FILTERS, customer }, record);
  }
  const more: Partial<Filters> =
    spot.kind === 'unanswered'
      ? { kind: 'grievance' }
      : spot.kind === 'only-stated'
        ? { kind: 'expectation', class: 'stated' }
        : {};
  return registerHref({ ...NO_FILTERS, customer, ...more });
}

/** The list, read again at pokes; what is shown stays when that fails. */
function useBlindSpots(
  client: Client,
  kinds: readonly BlindSpotKind[],
  pokes: number,
  onSignedOut: () => void,
) {
  const [isCut, setCut] = useState(false);
  // Where the server has more than it sends at once, other reasons bring other customers.
  const query = isCut ? [...kinds].sort().join() : '';
  const ask = useCallback(() => client.blindSpots(query), [client, query]);
  const { value, failure, again } = useReading<Answer>(ask, {
    ...{ pokes, everyMs: REFRESH_EVERY_MS, onSignedOut },
  });
  if (!isCut && value !== null && value.total > value.rows.length) setCut(true);
  return { answer: value, failure, again };
}
