import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import {
  Button,
  ButtonLink,
  Choice,
  Empty,
  Field,
  Icon,
  sayDay,
  useWords,
  Waiting,
} from '../../ui/index.ts';
import type { Failure } from '../client.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { mayOpen } from '../may-open.ts';
import type { PageProps } from '../page.ts';
import type { ReviewRow, Standing } from './answer.ts';
import { reviewCalls, reviewHref } from './calls.ts';
import { say } from './words.ts';

type Which = keyof typeof say.filters;
const WHICH = Object.keys(say.filters) as Which[];
const AT_ONCE = 100;

interface Row {
  readonly review: ReviewRow;
  readonly standing: Standing | null;
}

/** All finished reviews one may read, and how far each has got with its owner. */
export function Reviews({ client, me, place, pokes, query, onSignedOut }: PageProps) {
  const calls = useMemo(() => reviewCalls(client), [client]);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [which, setWhich] = useState<Which>('all');
  const [words, setWords] = useState('');
  const [most, setMost] = useState(AT_ONCE);
  const only = query.toString();
  const read = useCallback(() => {
    let current = true;
    void Promise.all([calls.list(new URLSearchParams(only)), calls.standings()]).then(
      ([list, standings]) => {
        if (!current) return;
        const failed = !list.ok ? list.failure : !standings.ok ? standings.failure : null;
        if (failed?.is === 'signed-out') onSignedOut();
        setFailure(failed);
        if (!list.ok || !standings.ok) return;
        const of = new Map(standings.value.standing.map((one) => [one.review, one]));
        setRows(
          list.value.reviews.map((review) => ({ review, standing: of.get(review.id) ?? null })),
        );
      },
    );
    return () => {
      current = false;
    };
  }, [calls, only, onSignedOut]);
  useEffect(read, [read, pokes]);

  const isAnnotator = me.member.role === 'annotator';
  const found = (rows ?? []).filter((row) => fits(row, which) && names(row.review, words));
  const shown = found.slice(0, most);
  return (
    <>
      <h1>{say.title}</h1>
      <p class="c-why">{isAnnotator ? say.whyMine : say.why}</p>
      {only !== '' && (
        <p class="u-quiet">
          {say.onlyOf} <a href="#/reviews">{say.all}</a>
        </p>
      )}
      {failure && <FailureNote failure={failure} onAgain={read} />}
      {rows === null && !failure && <Waiting>{say.reading}</Waiting>}
      {rows !== null && rows.length === 0 && (
        <Empty
          action={
            mayOpen(me.member.role, 'draws') && (
              <ButtonLink href="#/draws">{say.toDraws}</ButtonLink>
            )
          }
        >
          {isAnnotator ? say.noneMine : say.none}
        </Empty>
      )}
      {rows !== null && rows.length > 0 && (
        <>
          <div class="c-reviews-find">
            <Choice
              label={say.which}
              value={which}
              options={WHICH.map((value) => ({
                value,
                label: say.count(say.filters[value], rows.filter((row) => fits(row, value)).length),
              }))}
              onChange={(next) => setWhich(next || 'all')}
            />
            <Field type="search" label={say.find} value={words} onInput={setWords} />
            <ExportButton {...{ client, me, place, onSignedOut }} what="audit">
              {say.export}
            </ExportButton>
          </div>
          {found.length === 0 ? (
            <p class="u-quiet" role="status">
              {say.nothing}
            </p>
          ) : (
            <section class="c-reviews-list" aria-label={say.title}>
              <Table rows={shown} />
            </section>
          )}
          {found.length > shown.length && (
            <div class="u-actions">
              <Button onClick={() => setMost(most + AT_ONCE)}>
                {say.more(Math.min(AT_ONCE, found.length - shown.length))}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Table({ rows }: { readonly rows: readonly Row[] }) {
  const { lang } = useWords();
  const { columns } = say;
  return (
    <table class="c-plain c-reviews">
      <thead>
        <tr>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.reviewer}</th>
          <th scope="col">{columns.at}</th>
          <th scope="col" class="c-number">
            {columns.ours}
          </th>
          <th scope="col" class="c-number">
            {columns.theirs}
          </th>
          <th scope="col">{columns.standing}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ review, standing }) => (
          <tr key={review.id} data-withdrawn={review.withdrawn ? true : undefined}>
            <td>
              <a href={reviewHref(review.id)} dir="auto">
                {review.title || `${say.units[review.unit]}, ${say.gone}`}
              </a>
              {review.customerName !== null && review.unit !== 'customer' && (
                <span class="u-quiet">
                  {' · '}
                  <bdi>{review.customerName}</bdi>
                </span>
              )}
            </td>
            <td data-label={columns.reviewer} dir="auto">
              {review.reviewerName || say.somebody}
            </td>
            <td data-label={columns.at}>
              {review.finishedAt !== null && sayDay(review.finishedAt, lang)}
            </td>
            <td data-label={columns.ours} class="c-number">
              {scoreOf(review.ours)}
            </td>
            <td data-label={columns.theirs} class="c-number c-theirs">
              {scoreOf(review.theirs)}
            </td>
            <td data-label={columns.standing}>
              <Stands {...{ review, standing }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stands({ review, standing }: Row) {
  const { standing: words } = say;
  if (review.withdrawn) return <span class="u-quiet">{words.withdrawn}</span>;
  if (standing === null) return null;
  const { read, disputed, waiting } = standing;
  if (disputed === 0) return <span class="u-quiet">{words[read]}</span>;
  return (
    <>
      <span>{words.disputed(disputed)}</span>
      {waiting > 0 && (
        <span class="c-review-waits">
          <Icon name="attention" size={12} /> {words.waiting(waiting)}
        </span>
      )}
    </>
  );
}

function scoreOf(score: number | null) {
  return score === null ? <span class="u-quiet">–</span> : say.score(score);
}

function fits({ review, standing }: Row, which: Which): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'withdrawn':
      return review.withdrawn;
    case 'unread':
      return !review.withdrawn && standing?.read === 'waits';
    case 'disputed':
      return !review.withdrawn && (standing?.disputed ?? 0) > 0;
    case 'waiting':
      return !review.withdrawn && (standing?.waiting ?? 0) > 0;
  }
}

function names({ title, customerName, reviewerName }: ReviewRow, words: string): boolean {
  const text = `${title} ${customerName ?? ''} ${reviewerName}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
