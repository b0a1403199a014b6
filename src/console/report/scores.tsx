import { useCallback, useMemo } from 'preact/hooks';
import { USUAL_BOUND } from '../../domain/insight.ts';
import { sayDay, useWords } from '../../ui/index.ts';
import type { QuadrantName } from '../insight/calls.ts';
import { Legend, storyHref } from '../insight/story.tsx';
import { reviewHref } from '../reviews/calls.ts';
import type { SubjectTold } from './answer.ts';
import type { ScoreRow } from './charts.ts';
import { type Charts, Figure } from './figure.tsx';
import { type Counted, countedOf, dotsOf, summaryOf } from './figures.ts';
import { nameOf, piecesOf } from './name.ts';
import type { Reading } from './page.tsx';
import { say } from './words.ts';

/** So many are drawn one by one; more only by how many have which score. */
const MOST_ONE_BY_ONE = 40;
const AT_ONCE = 20;
/** So that it stays below what comes first on a sheet of Letter. */
const STORY_WIDTH = 530;

/** Both scores of each, as charts and as the table of all that was drawn. */
export function Scores(reading: Reading) {
  const { report, place } = reading;
  const rows = useMemo(() => rowsOf(countedOf(report)), [report]);
  const dots = useMemo(() => dotsOf(report), [report]);
  const { unit } = report.draw;
  const story = useCallback(
    (charts: Charts, width: number) =>
      charts.storyChart(
        { bound: USUAL_BOUND, unit, story: { dots, fields: null } },
        Math.min(width, STORY_WIDTH),
        { dot: (id) => storyHref(unit, id), field: () => '' },
      ),
    [dots, unit],
  );
  const spread = useCallback(
    (charts: Charts, width: number) => charts.spreadChart(rows, width),
    [rows],
  );
  const pieces = useMemo(() => piecesOf(rows, AT_ONCE), [rows]);
  const quadrants: Record<QuadrantName, number> = {
    ...{ good: 0, 'happy-below-ours': 0, 'unhappy-above-ours': 0, poor: 0 },
  };
  for (const { quadrant } of dots) quadrants[quadrant] += 1;
  const below = summaryOf(report).below;
  const left = countedOf(report).length - dots.length;
  return (
    <section aria-labelledby="c-report-scores">
      <h2 id="c-report-scores">{say.scores}</h2>
      {dots.length > 0 && (
        <Figure
          {...{ place, draw: story }}
          title={say.satisfaction}
          says={[
            say.satisfactionSays(
              dots.length,
              unit,
              say.rate(below, below.n === report.draw.population.size),
            ),
            ...(left > 0 ? [say.noWord(left)] : []),
          ].join(' ')}
          legend={<Legend quadrants={quadrants} />}
        />
      )}
      {rows.length > 0 && rows.length <= MOST_ONE_BY_ONE
        ? pieces.map(({ from, some }) => (
            <ScoresFigure key={from} {...{ place, some, from }} of={rows.length} />
          ))
        : rows.length > 0 && (
            <Figure {...{ place, draw: spread }} title={say.scores} says={say.scoresSays.spread} />
          )}
      <Table {...reading} />
    </section>
  );
}

interface ScoresFigureProps {
  readonly place: Window;
  readonly some: readonly ScoreRow[];
  /** Counted from 1. */
  readonly from: number;
  readonly of: number;
}

function ScoresFigure({ place, some, from, of }: ScoresFigureProps) {
  const draw = useCallback(
    (charts: Charts, width: number) => charts.scoresChart(some, width),
    [some],
  );
  return (
    <Figure
      {...{ place, draw }}
      title={say.scoresPart(from, from + some.length - 1, of)}
      says={say.scoresSays.each}
    />
  );
}

/** The lowest of our scores first: there is most to do. */
function rowsOf(counted: readonly Counted[]): ScoreRow[] {
  return counted
    .filter(({ review }) => review.ours !== null || review.theirs !== null)
    .map(({ subject, review }) => ({
      ...{ name: nameOf(subject), ours: review.ours, theirs: review.theirs },
    }))
    .sort((a, b) => (a.ours ?? 101) - (b.ours ?? 101));
}

function Table({ report }: Reading) {
  const { draw, subjects, perPerson } = report;
  const { columns } = say;
  const cameIn = new Set(draw.replacements.map((one) => one.in));
  const owners = perPerson && subjects.some(({ owner }) => owner !== null);
  if (subjects.length === 0) return null;
  return (
    <>
      <table class="c-plain c-report-table c-report-scores">
        <thead>
          <tr>
            <th scope="col" class="c-number">
              {columns.at}
            </th>
            <th scope="col" class="c-report-wide">
              {columns.what[draw.unit]}
            </th>
            {owners && (
              <th scope="col" class="c-report-name">
                {columns.owner}
              </th>
            )}
            <th scope="col" class="c-number">
              {columns.satisfaction}
            </th>
            <th scope="col" class="c-number">
              {columns.ours}
            </th>
            <th scope="col" class="c-number">
              {columns.theirs}
            </th>
            <th scope="col" class="c-report-found">
              {columns.findings}
            </th>
            <th scope="col" class="c-report-name">
              {columns.reviewed}
            </th>
          </tr>
        </thead>
        <tbody>
          {subjects.map((subject, at) => (
            <Row
              key={subject.id}
              {...{ subject, at, owners }}
              cameIn={cameIn.has(subject.id)}
              unit={draw.unit}
            />
          ))}
        </tbody>
      </table>
      <p class="u-hint">{say.of100}</p>
    </>
  );
}

interface RowProps {
  readonly subject: SubjectTold;
  readonly at: number;
  readonly owners: boolean;
  readonly cameIn: boolean;
  readonly unit: Reading['report']['draw']['unit'];
}

function Row({ subject, at, owners, cameIn, unit }: RowProps) {
  const { lang } = useWords();
  const { columns } = say;
  const { customer, owner, satisfaction, reviews } = subject;
  const [review] = reviews;
  const number = (score: number | null | undefined) =>
    score === null || score === undefined ? '–' : say.score(score);
  const major = review?.findings.filter(({ type }) => type === 'nonconformity').length ?? 0;
  const when = (finishedAt: string | null) => (finishedAt === null ? '' : sayDay(finishedAt, lang));
  return (
    <tr>
      <td class="c-number">{at + 1}</td>
      <th scope="row" class="c-report-wide">
        <bdi>{nameOf(subject)}</bdi>
        {customer !== null && unit !== 'customer' && (
          <span class="u-quiet">
            {' · '}
            <bdi>{customer}</bdi>
          </span>
        )}
        {cameIn && <span class="u-quiet"> · {say.cameIn}</span>}
      </th>
      {owners && (
        <td data-label={columns.owner}>
          <bdi>{owner}</bdi>
        </td>
      )}
      <td data-label={columns.satisfaction} class="c-number c-theirs">
        {number(satisfaction)}
      </td>
      <td data-label={columns.ours} class="c-number">
        {number(review?.ours)}
      </td>
      <td data-label={columns.theirs} class="c-number c-theirs">
        {number(review?.theirs)}
      </td>
      <td data-label={columns.findings}>
        {review && say.findingsShort(major, review.findings.length)}
      </td>
      <td data-label={columns.reviewed}>
        {review === undefined ? (
          <span class="u-quiet">{say.notReviewed}</span>
        ) : (
          reviews.map(({ id, finishedAt, reviewer }) => (
            <a key={id} class="c-report-review" href={reviewHref(id)}>
              {when(finishedAt)}
              {reviewer !== null && (
                <>
                  {', '}
                  <bdi>{reviewer || say.somebody}</bdi>
                </>
              )}
            </a>
          ))
        )}
      </td>
    </tr>
  );
}
