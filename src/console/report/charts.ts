// The charts of the report alone; with insight/charts.ts loaded when one is first shown.
import * as Plot from '@observablehq/plot';
import type { Rate } from '../../audit/interval.ts';
import { plot } from '../insight/charts.ts';
import { say } from './words.ts';

export { storyChart } from '../insight/charts.ts';

/** So many rows make a chart: it is cut by no end of a sheet. */
export const MOST_ROWS = 20;

export type ScoreRow = {
  readonly name: string;
  readonly ours: number | null;
  readonly theirs: number | null;
};

const PERCENT = [0, 25, 50, 75, 100];
/** Room for both numbers, right of the scale. */
const NUMBERS = 112;

/** Ours as a bar, the customer's as a ring, one row for each. */
export function scoresChart(rows: readonly ScoreRow[], width: number): SVGSVGElement {
  const shown = rows.map((row, at) => ({ ...row, at: String(at) }));
  const known = (side: 'ours' | 'theirs') => shown.filter((row) => row[side] !== null);
  const scale = width - NUMBERS - 8;
  const number = (x: number, side: 'ours' | 'theirs', font: string) =>
    Plot.text(known(side), {
      ...{ y: 'at', frameAnchor: 'right', dx: x, dy: 6, fontSize: 12, fontFamily: font },
      ...{ text: (row) => say.score(row[side] ?? 0), textAnchor: 'end', fill: 'var(--ink)' },
    });
  return plot({
    ...{ width, height: 44 + 38 * rows.length },
    ...{ marginLeft: 8, marginRight: NUMBERS, marginTop: 36, marginBottom: 8 },
    x: { domain: [0, 100], label: null },
    y: { domain: shown.map(({ at }) => at), axis: null, padding: 0 },
    marks: [
      Plot.axisX({ ticks: PERCENT, anchor: 'top', tickSize: 0, dy: -10, label: null }),
      Plot.gridX({ ticks: PERCENT, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY(
        shown.filter(({ ours, theirs }) => ours !== null && theirs !== null),
        { y: 'at', x1: 'ours', x2: 'theirs', stroke: 'var(--edge)', dy: 6 },
      ),
      Plot.ruleY(known('ours'), {
        ...{ y: 'at', x1: 0, x2: 'ours', dy: 6, stroke: 'var(--accent)', strokeWidth: 9 },
      }),
      Plot.dot(known('theirs'), {
        ...{ y: 'at', x: 'theirs', r: 5, dy: 6, fill: 'var(--paper)', stroke: 'var(--ink)' },
        strokeWidth: 2,
      }),
      Plot.text(shown, {
        ...{ y: 'at', x: 0, text: 'name', textAnchor: 'start', dy: -8, fontSize: 12 },
        ...{ fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 4 },
        ...{ lineWidth: scale / 12, textOverflow: 'ellipsis-end' },
      }),
      number(62, 'ours', 'var(--ours)'),
      number(108, 'theirs', 'var(--theirs)'),
      Plot.text([say.columns.ours], {
        ...{ frameAnchor: 'top-right', dx: 62, dy: -20, textAnchor: 'end', fill: 'var(--ink2)' },
      }),
      Plot.text([say.columns.theirs], {
        ...{ frameAnchor: 'top-right', dx: 108, dy: -20, textAnchor: 'end', fill: 'var(--ink2)' },
        fontFamily: 'var(--theirs)',
      }),
    ],
  });
}

const STEP = 10;

/** How many have which score. */
export function spreadChart(rows: readonly ScoreRow[], width: number): SVGSVGElement {
  const sides = [
    { name: say.ours, of: rows.flatMap(({ ours }) => ours ?? []) },
    { name: say.theirs, of: rows.flatMap(({ theirs }) => theirs ?? []) },
  ];
  const bars = sides.flatMap(({ name, of }, side) =>
    Array.from({ length: 100 / STEP }, (_, at) => {
      const from = at * STEP;
      // The last step has its end.
      const isIn = (one: number) => one >= from && (one < from + STEP || (at === 9 && one <= 100));
      return { name, side, from, count: of.filter(isIn).length };
    }),
  );
  return plot({
    ...{ width, height: 300, marginLeft: 40, marginRight: 12, marginTop: 30, marginBottom: 30 },
    x: { domain: [0, 100], label: null },
    y: { label: null, nice: true },
    fy: { label: null, axis: null, padding: 0.3, domain: sides.map(({ name }) => name) },
    ...({ color: { type: 'identity' } } as object),
    marks: [
      Plot.axisX({ ticks: [0, 20, 40, 60, 80, 100], tickSize: 0, label: null }),
      Plot.axisY({ ticks: 3, label: null, tickFormat: whole }),
      Plot.gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.rect(
        bars.filter(({ count }) => count > 0),
        {
          ...{ x1: 'from', x2: ({ from }: { from: number }) => from + STEP, y1: 0, y2: 'count' },
          ...{ fy: 'name', insetLeft: 1, insetRight: 1, strokeWidth: 1.5 },
          fill: ({ side }: { side: number }) => (side === 0 ? 'var(--accent)' : 'var(--paper)'),
          stroke: ({ side }: { side: number }) => (side === 0 ? 'var(--accent)' : 'var(--ink)'),
        },
      ),
      Plot.text(
        sides.map(({ name }) => name),
        {
          ...{ fy: (name: string) => name, text: (name: string) => name, frameAnchor: 'top-left' },
          ...{ dy: -16, fontSize: 12, fontWeight: 600, fill: 'var(--ink)' },
        },
      ),
      Plot.ruleY([0], { stroke: 'var(--edge)' }),
    ],
  });
}

function whole(count: number): string {
  return Number.isInteger(count) ? say.number(count) : '';
}

export type RateRow = { readonly name: string; readonly rate: Rate };

/** Shares with their intervals, one below the other, each with what it is of. */
export function ratesChart(rows: readonly RateRow[], width: number): SVGSVGElement {
  const shown = rows.map(({ name, rate }, at) => ({
    ...{ name, at: String(at), low: 100 * rate.low, high: 100 * rate.high },
    ...{ part: 100 * (rate.rate ?? 0), of: `${say.number(rate.hits)} of ${say.number(rate.n)}` },
  }));
  return plot({
    ...{ width, height: 44 + 38 * rows.length },
    ...{ marginLeft: 8, marginRight: NUMBERS, marginTop: 36, marginBottom: 8 },
    x: { domain: [0, 100], label: null },
    y: { domain: shown.map(({ at }) => at), axis: null, padding: 0 },
    marks: [
      Plot.axisX({
        ...{ ticks: PERCENT, anchor: 'top', tickSize: 0, dy: -10, label: null },
        tickFormat: (part: number) => `${part} %`,
      }),
      Plot.gridX({ ticks: PERCENT, stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.ruleY(shown, {
        ...{ y: 'at', x1: 'low', x2: 'high', stroke: 'var(--edge)', strokeWidth: 2, dy: 6 },
      }),
      Plot.dot(shown, {
        ...{ y: 'at', x: 'part', r: 5, fill: 'var(--accent)', stroke: 'var(--paper)', dy: 6 },
      }),
      Plot.text(shown, {
        ...{ y: 'at', x: 0, text: 'name', textAnchor: 'start', dy: -8, fontSize: 12 },
        ...{ fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 4 },
        ...{ lineWidth: (width - NUMBERS - 8) / 12, textOverflow: 'ellipsis-end' },
      }),
      Plot.text(shown, {
        ...{ y: 'at', frameAnchor: 'right', dx: 108, dy: 6, text: 'of', textAnchor: 'end' },
        ...{ fontSize: 12, fill: 'var(--ink)' },
      }),
    ],
  });
}
