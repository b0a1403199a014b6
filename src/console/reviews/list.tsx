import { useCallback, useMemo, useState } from 'preact/hooks';
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
import { ExportButton } from '../exports/export-button.tsx';
import { FailureNote } from '../failure.tsx';
import { mayOpen } from '../may-open.ts';
import type { PageProps } from '../page.ts';
import { useReading } from '../use-reading.ts';
import type { ReviewRow } from './answer.ts';
import { reviewCalls, reviewHref } from './calls.ts';
import { say } from './words.ts';

type Which = keyof typeof say.filters;
const WHICH = Object.keys(say.filters) as Which[];
const AT_ONCE = 100;

/** All finished reviews one may read, and how far each has got with its owner. */
export function Reviews({ client, me, place, pokes, query, onSignedOut }: PageProps) {
  const calls = useMemo(() => reviewCalls(client), [client]);
  const [which, setWhich] = useState<Which>('all');
  const [words, setWords] = useState('');
  const [most, setMost] = useState(AT_ONCE);
  const only = query.toString();
  const audit = query.get('audit');
  const ask = useCallback(
    () => calls.list(new URLSearchParams(only), { which, words, most }),
    [calls, only, which, words, most],
  );
  const { value: list, failure, again } = useReading(ask, { pokes, onSignedOut });

  const isAnnotator = me.member.role === 'annotator';
  return (
    <>
      <h1>{say.title}</h1>
      <p class="c-why">{isAnnotator ? say.whyMine : say.why}</p>
      {only !== '' && (
        <p class="u-quiet">
          {say.onlyOf} <a href="#/reviews">{say.all}</a>
          {audit !== null && mayOpen(me.member.role, 'report') && (
            <>
              {' · '}
              <a href={`#/report/${encodeURIComponent(audit)}`}>{say.toReport}</a>
            </>
          )}
        </p>
      )}
      {failure && <FailureNote failure={failure} onAgain={again} />}
      {list === null && !failure && <Waiting>{say.reading}</Waiting>}
      {list !== null && list.counts.all === 0 && (
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
      {list !== null && list.counts.all > 0 && (
        <>
          <div class="c-reviews-find">
            <Choice
              label={say.which}
              value={which}
              options={WHICH.map((value) => ({
                value,
                label: say.count(say.filters[value], list.counts[value]),
              }))}
              onChange={(next) => setWhich(next || 'all')}
            />
            <Field type="search" label={say.find} value={words} onInput={setWords} />
            <ExportButton
              {...{ client, me, place, onSignedOut }}
              {...exportOf(query, which, words)}
              what="audit"
            >
              {say.export}
            </ExportButton>
          </div>
          {list.total === 0 ? (
            <p class="u-quiet" role="status">
              {say.nothing}
            </p>
          ) : (
            <section class="c-reviews-list" aria-label={say.title}>
              <Table rows={list.reviews} />
            </section>
          )}
          {list.total > list.reviews.length && (
            <div class="u-actions">
              <Button onClick={() => setMost(most + AT_ONCE)}>
                {say.more(Math.min(AT_ONCE, list.total - list.reviews.length))}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** What the list shows, as exports name it. */
function exportOf(query: URLSearchParams, which: Which, words: string) {
  const of = { draw: 'audit', subject: 'subject', project: 'project', customer: 'customer' };
  const about = Object.entries(of).flatMap(([name, called]) => {
    const value = query.get(called);
    return value ? [[name, value] as const] : [];
  });
  return {
    filter: {
      ...Object.fromEntries(about),
      ...(which === 'all' ? {} : { which }),
      ...(words.trim() === '' ? {} : { q: words.trim() }),
    },
    names: Object.fromEntries(about.map(([, value]) => [value, say.onThisPage])),
  };
}

function Table({ rows }: { readonly rows: readonly ReviewRow[] }) {
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
        {rows.map((review) => (
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
              <Stands {...review} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stands({ withdrawn, standing }: ReviewRow) {
  const { standing: words } = say;
  if (withdrawn) return <span class="u-quiet">{words.withdrawn}</span>;
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
