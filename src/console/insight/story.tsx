// Satisfaction against our own score: the chart, and those to look at first as a list.
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { quadrantRate } from '../../audit/insight-rates.ts';
import { Button, ButtonLink, Choice, Empty } from '../../ui/index.ts';
import type { Client } from '../client.ts';
import { type Dot, type Insight, type QuadrantName, readReviewed } from './calls.ts';
import { type Charts, Figure } from './figure.tsx';
import { csvHref, Plain } from './plain.tsx';
import { QUADRANTS } from './tables.ts';
import { insightHref, USUAL, type Wish } from './wish.ts';
import { say } from './words.ts';

export interface StoryProps {
  readonly client: Client;
  readonly insight: Insight;
  readonly asked: string;
  readonly wish: Wish;
  readonly onChange: (change: Partial<Wish>) => void;
  readonly onSignedOut: () => void;
}

export function Story(props: StoryProps) {
  const { insight, asked, wish } = props;
  const { story, unit } = insight;
  // The rest of the address: while it stays, the chart does.
  const address = insightHref({ ...wish, list: USUAL.list });
  const draw = useCallback(
    (charts: Charts, width: number) =>
      charts.storyChart(insight, width, {
        dot: (id) => storyHref(unit, id),
        field: (satisfaction, ours) =>
          `${address}${address.includes('?') ? '&' : '?'}list=${satisfaction}-${ours}`,
      }),
    [insight, unit, address],
  );
  const words = say.story;
  const below = quadrantRate(story, 'happy-below-ours');
  const isAll = story.population !== null && story.population === story.placed;
  const { bound } = insight;
  const notes = [
    ...(story.placed > 0 ? [words.lines(bound.satisfaction, bound.ours)] : []),
    ...(story.placed > 0 && story.dots === null ? [words.fields(story.placed, unit)] : []),
    ...(story.placed > 0 && story.dots !== null ? [words.keys] : []),
    ...(story.placed > 0 && story.population !== null && !isAll
      ? [words.population(story.population, unit)]
      : []),
    ...(story.placed > 0 && story.population === null ? [words.uncounted] : []),
    ...(story.undrawn > 0 ? [words.undrawn(story.undrawn)] : []),
    ...(story.strata > 0 ? [words.strata(story.strata)] : []),
    ...(story.noScore > 0 ? [words.noScore(story.noScore)] : []),
    ...(story.noWord > 0 ? [words.noWord(story.noWord)] : []),
    ...(story.gone > 0 ? [words.gone(story.gone)] : []),
    ...(story.hidden > 0 ? [words.hidden(story.hidden)] : []),
  ];
  const summary =
    story.reviewed === 0
      ? words.none
      : story.placed === 0
        ? words.noneShown
        : words.summary(story.placed, unit, say.rate(below, isAll));
  return (
    <Figure
      title={words.title}
      {...{ summary, notes }}
      draw={story.placed === 0 ? null : draw}
      file="satisfaction-against-our-score"
      points
      legend={story.dots !== null && <Legend quadrants={story.quadrants} />}
      csv={csvHref('reviewed', asked)}
      table={
        <>
          <Plain
            heads={[words.quadrant, words.count, words.share]}
            rows={QUADRANTS.map((quadrant) => ({
              key: quadrant,
              cells: [
                say.quadrants[quadrant],
                say.number(story.quadrants[quadrant]),
                say.rate(quadrantRate(story, quadrant), isAll),
              ],
            }))}
            numbers={[1]}
          />
          {story.dots !== null && <Dots dots={story.dots} unit={unit} />}
        </>
      }
    >
      {story.reviewed === 0 && (
        <Empty action={<ButtonLink href="#/draws">{words.toDraws}</ButtonLink>}>{''}</Empty>
      )}
      {story.placed > 0 && <List key={`${asked} ${wish.list}`} {...props} />}
    </Figure>
  );
}

/** The shapes of the chart, drawn alike. */
const SHAPES: Readonly<Record<QuadrantName, readonly [path: string, colour: string]>> = {
  good: ['M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11Z', 'var(--praise)'],
  'happy-below-ours': ['M7 .5 13.5 7 7 13.5.5 7Z', 'var(--expectation)'],
  'unhappy-above-ours': ['M2 2h10v10H2Z', 'var(--question)'],
  poor: ['M2 2 12 12M12 2 2 12', 'var(--grievance)'],
};

/** What each shape means, and how many it has. */
export function Legend({ quadrants }: { readonly quadrants: Insight['story']['quadrants'] }) {
  return (
    <ul class="c-legend">
      {QUADRANTS.map((quadrant) => {
        const [path, colour] = SHAPES[quadrant];
        return (
          <li key={quadrant}>
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <path d={path} stroke={colour} stroke-width="1.75" fill={colour} fill-opacity=".35" />
            </svg>
            {say.quadrants[quadrant]}: {say.number(quadrants[quadrant])}
          </li>
        );
      })}
    </ul>
  );
}

export function storyHref(unit: Insight['unit'], id: string): string {
  return `#/story/${unit}/${encodeURIComponent(id)}`;
}

function Dots({ dots, unit }: { dots: readonly Dot[]; unit: Insight['unit'] }) {
  const lowest = useMemo(() => [...dots].sort((a, b) => a.ours - b.ours), [dots]);
  const [project, ...others] = say.story.heads;
  return (
    <Plain
      heads={[unit === 'project' ? project : say.unitHeads[unit], ...others]}
      rows={lowest.map((dot) => ({
        key: dot.id,
        cells: [
          <Name key="name" {...{ dot, unit }} />,
          dot.customer ?? '',
          say.points(dot.satisfaction),
          say.points(dot.ours),
          dot.theirs === null ? '' : say.points(dot.theirs),
          say.quadrants[dot.quadrant],
        ],
      }))}
      numbers={[2, 3, 4]}
    />
  );
}

function Name({ dot, unit }: { dot: Dot; unit: Insight['unit'] }) {
  return (
    <a href={storyHref(unit, dot.id)}>
      <bdi>{dot.name || say.story.nameless}</bdi>
    </a>
  );
}

/** Those of one quarter, or of one field: the lowest of our scores first, their reviews beside them. */
function List({ client, insight, asked, wish, onChange, onSignedOut }: StoryProps) {
  const { story, unit } = insight;
  const [more, setMore] = useState<readonly Dot[]>([]);
  const [found, setFound] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);
  const { list } = wish;
  const quadrant = QUADRANTS.find((one) => one === list);
  const here = useMemo(
    () =>
      story.dots === null || quadrant === undefined
        ? null
        : story.dots.filter((dot) => dot.quadrant === quadrant).sort((a, b) => a.ours - b.ours),
    [story, quadrant],
  );
  const read = useCallback(
    (offset: number) => {
      void readReviewed(client, asked, list, offset).then((answer) => {
        setFailed(!answer.ok);
        if (!answer.ok && answer.failure.is === 'signed-out') onSignedOut();
        if (!answer.ok) return;
        setFound(answer.value.total);
        setMore((before) => [...before.slice(0, offset), ...answer.value.dots]);
      });
    },
    [client, asked, list, onSignedOut],
  );
  useEffect(() => {
    if (here === null) read(0);
  }, [here, read]);
  const dots = here ?? more;
  const total = here?.length ?? found;
  const [, satisfaction, ours] = /^(\d+)-(\d+)$/.exec(list) ?? [];
  const fieldOption =
    satisfaction === undefined || ours === undefined
      ? []
      : [{ value: list, label: say.story.fieldTitle(Number(satisfaction), Number(ours)) }];
  return (
    <div class="c-insight-list">
      <Choice
        label={say.list.label}
        value={list}
        options={[
          ...QUADRANTS.map((value) => ({
            value: value as string,
            label: `${say.quadrants[value]} (${say.number(story.quadrants[value])})`,
          })),
          ...fieldOption,
        ]}
        onChange={(next) => next !== '' && onChange({ list: next })}
      />
      <p class="u-hint" role="status">
        {failed ? say.list.failed : total === 0 ? say.list.none : say.list.order}
      </p>
      {dots.length > 0 && (
        <Plain
          heads={[
            unit === 'project' ? say.story.heads[0] : say.unitHeads[unit],
            ...(unit === 'customer' ? [] : [say.story.heads[1]]),
            say.story.heads[2],
            say.story.heads[3],
            say.list.review,
          ]}
          rows={dots.map((dot) => ({
            key: dot.id,
            cells: [
              <Name key="name" {...{ dot, unit }} />,
              ...(unit === 'customer' ? [] : [dot.customer ?? '']),
              say.points(dot.satisfaction),
              say.points(dot.ours),
              <a
                key="review"
                href={`#/reviews/${encodeURIComponent(dot.review)}`}
                aria-label={say.list.reviewOf(dot.name || say.story.nameless)}
              >
                {say.list.review}
              </a>,
            ],
          }))}
          numbers={unit === 'customer' ? [1, 2] : [2, 3]}
        />
      )}
      {total !== null && dots.length < total && (
        <p>
          {say.list.count(dots.length, total)}{' '}
          <Button onClick={() => read(dots.length)}>
            {say.list.more(Math.min(100, total - dots.length))}
          </Button>
        </p>
      )}
    </div>
  );
}
