// The charts, drawn with Observable Plot: this file and report/charts.ts import it, loaded when a
// chart is first shown. Colours are the theme's variables, so that a chart follows it; shapes and
// patterns say the same without colour.
import * as Plot from '@observablehq/plot';
import { FIELD, type Step } from '../../domain/insight.ts';
import type { Dot, DotField, Insight, QuadrantName } from './calls.ts';
import { axisOf, type Glance, type KeptRow, stepName } from './tables.ts';
import { say } from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Each quarter by its shape, and by its colour. */
const LOOKS: readonly (readonly [QuadrantName, Plot.SymbolType, string])[] = [
  ['good', 'circle', 'var(--praise)'],
  ['happy-below-ours', 'diamond2', 'var(--expectation)'],
  ['unhappy-above-ours', 'square', 'var(--question)'],
  ['poor', 'times', 'var(--grievance)'],
];
const DOMAIN = LOOKS.map(([quadrant]) => quadrant);
const SCALES = {
  symbol: { domain: DOMAIN, range: LOOKS.map(([, symbol]) => symbol) },
  color: { domain: DOMAIN, range: LOOKS.map(([, , colour]) => colour) },
} as const;

const CORNERS = DOMAIN.map((quadrant) => ({
  quadrant,
  right: quadrant === 'good' || quadrant === 'happy-below-ours',
  top: quadrant === 'good' || quadrant === 'unhappy-above-ours',
}));

/** Less than this, and words would lie over each other. */
const NARROW = 520;
/** Beyond both ends of the scale, for the quarters' names: many have the score 0 or 100. */
const ROOM = 14;

/**
 * Drawn in a document of its own, which shows nothing: Plot adds a style element, which the policy of
 * our pages refuses, and it is taken out there.
 */
export function plot(options: Plot.PlotOptions): SVGSVGElement {
  const elsewhere = document.implementation.createHTMLDocument('');
  const drawn = Plot.plot({
    ...{ document: elsewhere, figure: false, className: 'c-plot' },
    ...options,
  }) as unknown as SVGSVGElement;
  for (const style of drawn.querySelectorAll('style')) style.remove();
  for (const link of drawn.querySelectorAll('a')) {
    const shape = link.querySelector('[aria-label]');
    link.setAttribute('aria-label', shape?.getAttribute('aria-label') ?? '');
    shape?.removeAttribute('aria-label');
  }
  // What is seen is said by the table and by the links themselves.
  for (const group of drawn.children) {
    group.removeAttribute('aria-label');
    if (group.querySelector('a') === null) group.setAttribute('aria-hidden', 'true');
  }
  return document.adoptNode(drawn);
}

/** One dot for each, or circles for fields of many; each a link. */
export function storyChart(
  insight: Pick<Insight, 'bound' | 'unit'> & { story: Pick<Insight['story'], 'dots' | 'fields'> },
  width: number,
  hrefs: { dot(id: string): string; field(satisfaction: number, ours: number): string },
): SVGSVGElement {
  const { bound, story, unit } = insight;
  const marks: Plot.Markish[] = [
    Plot.rect([0], {
      ...{ x1: bound.satisfaction, x2: 103, y1: -ROOM, y2: bound.ours },
      ...{ fill: 'var(--expectation-ground)', fillOpacity: 0.6 },
    }),
    Plot.gridX({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.gridY({ ticks: 5, stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.ruleX([bound.satisfaction], { stroke: 'var(--edge)', strokeDasharray: '5 4' }),
    Plot.ruleY([bound.ours], { stroke: 'var(--edge)', strokeDasharray: '5 4' }),
  ];
  if (story.dots !== null) {
    marks.push(
      Plot.dot(story.dots, {
        ...{ x: 'satisfaction', y: 'ours', r: 5 },
        ...{ symbol: 'quadrant', fill: 'quadrant', stroke: 'quadrant' },
        ...{ fillOpacity: 0.35, strokeWidth: 1.75 },
        href: (dot: Dot) => hrefs.dot(dot.id),
        ariaLabel: (dot: Dot) =>
          say.story.dot(nameOf(dot), dot.satisfaction, dot.ours, dot.quadrant),
        sort: null,
      }),
    );
  } else {
    marks.push(
      Plot.dot(story.fields ?? [], {
        ...{ x: (one: DotField) => one.satisfaction + FIELD / 2 },
        y: (one: DotField) => one.ours + FIELD / 2,
        ...{ r: 'count', fill: 'var(--question)', fillOpacity: 0.3, stroke: 'var(--question)' },
        href: (one: DotField) => hrefs.field(one.satisfaction, one.ours),
        ariaLabel: (one: DotField) => say.story.field(one.count, unit, one.satisfaction, one.ours),
        sort: null,
      }),
    );
  }
  // Where there is room; the legend says it anyway.
  if (width >= NARROW) {
    for (const { quadrant, right, top } of CORNERS) {
      marks.push(
        Plot.text([say.quadrants[quadrant]], {
          ...{ frameAnchor: anchorOf(top, right), dx: right ? -8 : 22, dy: top ? 4 : -4 },
          ...{ fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 4 },
          fontWeight: quadrant === 'happy-below-ours' ? 700 : 400,
        }),
      );
    }
  }
  return plot({
    ...{ width, height: Math.min(480, Math.max(320, width * 0.6)) },
    ...{ marginLeft: 40, marginBottom: 40, marginTop: 24, marginRight: 12 },
    x: { domain: [-3, 103], label: `${say.story.x} →`, ticks: [0, 20, 40, 60, 80, 100] },
    y: { domain: [-ROOM, 100 + ROOM], label: `↑ ${say.story.y}`, ticks: [0, 20, 40, 60, 80, 100] },
    r: { range: [3, 18] },
    ...(story.dots === null ? {} : SCALES),
    marks,
  });
}

function nameOf({ name, customer }: { name: string; customer: string | null }): string {
  const own = name || say.story.nameless;
  return customer === null ? own : `${own}, ${customer}`;
}

function anchorOf(top: boolean, right: boolean): Plot.FrameAnchor {
  if (top) return right ? 'top-right' : 'top-left';
  return right ? 'bottom-right' : 'bottom-left';
}

/** Bars of what was missed, met and exceeded, one above the other, a row for each group. */
export function outcomesChart(
  rows: Insight['classes'],
  step: Step,
  width: number,
  groupName: (group: string) => string,
): SVGSVGElement {
  const axis = axisOf(step, rows).map((begin) => stepName(step, begin));
  const groups = [...new Set(rows.map(({ group }) => group))].sort();
  const parts = rows.flatMap((row) =>
    (['missed', 'met', 'exceeded'] as const).map((outcome) => ({
      ...{ outcome, count: row[outcome], step: stepName(step, row.begin) },
      group: groupName(row.group),
    })),
  );
  const chart = plot({
    ...{ width, height: 56 + 96 * groups.length },
    ...{ marginLeft: 36, marginRight: 12, marginTop: 30, marginBottom: 30 },
    x: { domain: axis, label: null, padding: 0.2 },
    y: { grid: true, nice: true, label: `↑ ${say.outcomes.y}` },
    fy: { label: null, axis: null, padding: 0.28, domain: groups.map(groupName) },
    ...({ color: { type: 'identity' } } as object),
    marks: [
      Plot.axisX({ ticks: thinned(axis, width), tickSize: 0, label: null }),
      Plot.axisY({ ticks: 3, tickFormat: whole, label: null }),
      Plot.gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.barY(
        parts,
        Plot.stackY({
          ...{ x: 'step', y: 'count', fy: 'group', order: ['missed', 'met', 'exceeded'] },
          fill: (part) => FILLS[part.outcome as keyof typeof FILLS],
          stroke: (part) => EDGES[part.outcome as keyof typeof EDGES],
          ...{ strokeWidth: 1, insetTop: 0.5 },
        } as Plot.BarYOptions),
      ),
      Plot.text(groups.map(groupName), {
        ...{ fy: (name: string) => name, text: (name: string) => name, frameAnchor: 'top-left' },
        ...{ dy: -15, fontSize: 12, fontWeight: 600, fill: 'var(--ink)' },
      }),
      Plot.ruleY([0], { stroke: 'var(--edge)' }),
    ],
  });
  chart.prepend(patterns(document));
  return chart;
}

export const FILLS = {
  missed: 'url(#c-missed)',
  met: 'var(--note-ground)',
  exceeded: 'url(#c-exceeded)',
} as const;
const EDGES = {
  missed: 'var(--grievance)',
  met: 'var(--note)',
  exceeded: 'var(--praise)',
} as const;

/** Stripes for what was missed, dots for what was exceeded. */
function patterns(ownerDocument: Document): Element {
  const make = (name: string, attributes: Record<string, string | number>) => {
    const made = ownerDocument.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  };
  const pattern = (id: string, ...drawn: Element[]) => {
    const size = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' };
    const made = make('pattern', { id, ...size });
    made.append(...drawn);
    return made;
  };
  const ground = (fill: string) => make('rect', { width: 6, height: 6, fill });
  const defs = make('defs', {});
  const stripes = { d: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5', 'stroke-width': 1.5, fill: 'none' };
  defs.append(
    pattern(
      'c-missed',
      ground('var(--grievance-ground)'),
      make('path', { ...stripes, stroke: 'var(--grievance)' }),
    ),
    pattern(
      'c-exceeded',
      ground('var(--praise-ground)'),
      make('circle', { cx: 3, cy: 3, r: 1.4, fill: 'var(--praise)' }),
    ),
  );
  return defs;
}

/** Shares with their intervals over time; below each how many it is of. */
export function keptChart(rows: readonly KeptRow[], step: Step, width: number): SVGSVGElement {
  const axis = axisOf(step, rows).map((begin) => stepName(step, begin));
  const known = rows
    .filter(({ rate }) => rate.rate !== null)
    .map(({ begin, what, rate }) => ({
      ...{ step: stepName(step, begin), what: say.kept[what], n: rate.n },
      ...{ part: 100 * (rate.rate ?? 0), low: 100 * rate.low, high: 100 * rate.high },
    }));
  const names = [say.kept.promises, say.kept.grievances].filter((name) =>
    known.some(({ what }) => what === name),
  );
  const isRoomy = width / Math.max(1, axis.length) > 26;
  return plot({
    ...{ width, height: 60 + 150 * Math.max(1, names.length) },
    ...{ marginLeft: 40, marginRight: 12, marginTop: 30, marginBottom: 30 },
    x: { domain: axis, label: null, type: 'point', padding: 0.5 },
    y: { domain: [isRoomy ? -16 : 0, 100], label: null },
    fy: { label: null, axis: null, padding: 0.24, domain: names },
    ...({ color: { type: 'identity' } } as object),
    marks: [
      Plot.axisX({ ticks: thinned(axis, width), tickSize: 0, label: null }),
      Plot.axisY({
        ticks: [0, 50, 100],
        tickFormat: (part: number) => say.percent(part / 100),
        label: null,
      }),
      Plot.gridY({ ticks: [0, 50, 100], stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleX(known, {
        ...{ x: 'step', y1: 'low', y2: 'high', fy: 'what', stroke: 'var(--edge)', strokeWidth: 2 },
      }),
      Plot.dot(known, {
        ...{ x: 'step', y: 'part', fy: 'what', r: 4.5, fill: 'var(--accent)' },
        stroke: 'var(--paper)',
      }),
      ...(isRoomy
        ? [
            Plot.text(known, {
              ...{ x: 'step', y: -9, fy: 'what', fill: 'var(--ink3)', fontSize: 10 },
              text: (row) => say.number(row.n),
            }),
            Plot.text(names, {
              ...{ fy: (name: string) => name, text: () => 'of', frameAnchor: 'bottom-left' },
              ...{ dx: -18, dy: -4, fill: 'var(--ink3)', fontSize: 10 },
            }),
          ]
        : []),
      Plot.text(names, {
        ...{ fy: (name: string) => name, text: (name: string) => name, frameAnchor: 'top-left' },
        ...{ dy: -16, fontSize: 12, fontWeight: 600, fill: 'var(--ink)' },
      }),
    ],
  });
}

/** Every share with its interval, one below the other. */
export function glanceChart(glances: readonly Glance[], width: number): SVGSVGElement {
  const known = glances
    .filter(({ rate }) => rate.rate !== null)
    .map(({ name, rate }) => ({
      ...{ name, low: 100 * rate.low, high: 100 * rate.high, part: 100 * (rate.rate ?? 0) },
      says: `${name}: ${say.percent(rate.rate ?? 0)} of ${say.number(rate.n)}`,
    }));
  return plot({
    ...{ width, height: 40 + 46 * known.length },
    ...{ marginLeft: 12, marginRight: 28, marginTop: 8, marginBottom: 30 },
    x: { domain: [0, 100], label: null },
    y: { domain: known.map(({ name }) => name), axis: null },
    marks: [
      Plot.axisX({
        ticks: [0, 25, 50, 75, 100],
        tickFormat: (part: number) => say.percent(part / 100),
      }),
      Plot.gridX({ ticks: [0, 25, 50, 75, 100], stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY(known, {
        ...{ y: 'name', x1: 'low', x2: 'high', stroke: 'var(--edge)', strokeWidth: 2, dy: 10 },
      }),
      Plot.dot(known, {
        ...{ y: 'name', x: 'part', r: 5, fill: 'var(--accent)', stroke: 'var(--paper)', dy: 10 },
      }),
      Plot.text(known, {
        ...{ y: 'name', x: 0, text: 'says', textAnchor: 'start', dy: -8, fontSize: 12 },
        ...{ fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 4 },
      }),
    ],
  });
}

/** Every so many names, so that they do not lie over each other. */
function thinned(names: readonly string[], width: number): string[] {
  const room = Math.max(2, Math.floor(width / 72));
  const every = Math.max(1, Math.ceil(names.length / room));
  return names.filter((_, at) => at % every === 0);
}

function whole(count: number): string {
  return Number.isInteger(count) ? say.number(count) : '';
}
