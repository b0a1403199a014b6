// How much was drawn and reviewed, over time.
import { expect, test } from 'vitest';
import { coverageOf, wilson } from '../../src/audit/index.ts';

const NOW = Date.UTC(2027, 4, 31, 12);
const at = (text: string) => Date.parse(text);
const one = (draw: string, project: string | null, customer: string | null, reviewed = false) => ({
  ...{ draw, project, customer, reviewed },
});
const ALL = { projects: 40, customers: 8 };

test('three and twelve months, and the quarters; each counted once, abandoned draws too', () => {
  const draws = [
    { id: 'may', at: at('2027-05-03T08:00:00Z'), abandoned: false },
    { id: 'march', at: at('2027-03-01T08:00:00Z'), abandoned: true },
    { id: 'july', at: at('2026-07-01T00:00:00Z'), abandoned: false },
    { id: 'long ago', at: at('2026-05-30T08:00:00Z'), abandoned: false },
  ];
  const drawn = [
    one('may', 'p1', 'c1', true),
    one('may', 'p2', 'c1'),
    // Drawn again, not reviewed again: reviewed it was.
    one('march', 'p1', 'c1'),
    one('march', 'p3', 'c2'),
    one('july', 'p4', 'c3', true),
    one('long ago', 'p5', 'c4', true),
  ];
  const periods = coverageOf(draws, drawn, ALL, NOW);
  const shown = periods.map(({ name, draws: count, abandoned, projects, customers }) => [
    ...[name, count, abandoned, projects.drawn, projects.reviewed.hits],
    ...[customers.drawn, customers.reviewed.hits],
  ]);
  expect(shown).toEqual([
    // From the last day of February on: 31 May has no other day three months before.
    ['three-months', 2, 1, 3, 1, 2, 1],
    ['twelve-months', 3, 1, 4, 2, 3, 2],
    ['quarter', 1, 0, 2, 1, 1, 1],
    ['quarter', 1, 1, 2, 0, 2, 0],
    ['quarter', 0, 0, 0, 0, 0, 0],
    ['quarter', 1, 0, 1, 1, 1, 1],
  ]);
  expect(new Date(periods[2]?.from ?? 0).toISOString()).toBe('2027-04-01T00:00:00.000Z');
  expect(periods[0]?.projects.reviewed).toEqual(wilson(1, 3, { population: 40 }));
});

test('what is there no more is not counted; nothing at all is said as nothing', () => {
  const draws = [{ id: 'd', at: NOW, abandoned: false }];
  const [recent] = coverageOf(draws, [one('d', null, null, true)], ALL, NOW);
  expect(recent?.projects).toMatchObject({
    all: 40,
    drawn: 0,
    reviewed: { rate: null },
    margin: null,
  });
  const [empty] = coverageOf([], [], { projects: 0, customers: 0 }, NOW);
  expect(empty?.customers).toMatchObject({ all: 0, drawn: 0, margin: null });
});

test('the more of all was reviewed, the less is left open; all of it leaves nothing', () => {
  const margin = (count: number) => {
    const ids = Array.from({ length: count }, (_, n) => `p${n}`);
    const [recent] = coverageOf(
      [{ id: 'd', at: NOW, abandoned: false }],
      ids.map((id) => one('d', id, null, true)),
      ALL,
      NOW,
    );
    return recent?.projects.margin ?? Number.NaN;
  };
  expect(margin(20)).toBeLessThan(margin(10));
  expect(margin(40)).toBe(0);
});
