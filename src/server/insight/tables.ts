// The page's tables as rows of text, headings first: for files. Numbers as programs read them, shares
// from 0 to 1, each with what it is of and its interval.
import {
  effectiveRate,
  grievanceRate,
  missedRate,
  promiseRate,
  quadrantRate,
  satisfiedRate,
} from '../../audit/insight-rates.ts';
import type { Rate } from '../../audit/interval.ts';
import type { DrawUnit } from '../../domain/index.ts';
import type { OutcomeRow } from '../../domain/insight.ts';
import type { Story, Sums } from './answer.ts';

export const TABLES = ['reviewed', 'glance', 'classes', 'dimensions', 'kept'] as const;
export type TableName = (typeof TABLES)[number];

type Given = Sums & { unit: DrawUnit; story: Story };
type Row = readonly string[];

const RATE = ['Share', 'Of', 'Low (95 %)', 'High (95 %)'] as const;

export function tableOf(name: TableName, given: Given): Row[] {
  switch (name) {
    case 'reviewed':
      return [
        [
          'Unit',
          'Id',
          'Name',
          'Customer',
          'Satisfaction',
          'Our score',
          'Customer’s',
          'Where it stands',
          'Reviewed',
        ],
        ...given.story.dots.map((dot) => [
          ...[given.unit, dot.id, dot.name, dot.customer ?? ''],
          ...[dot.satisfaction, dot.ours, dot.theirs].map(sayNumber),
          ...[dot.quadrant, new Date(dot.at).toISOString()],
        ]),
      ];
    case 'glance': {
      const { story, classes, promises, grievances, improvements } = given;
      const placed = { ...story, placed: story.dots.length };
      return [
        ['What', 'Yes', ...RATE],
        ['Happy, but below our standard', ...withHits(quadrantRate(placed, 'happy-below-ours'))],
        ['Expectations met or exceeded', ...withHits(satisfiedRate(classes))],
        ['Promises kept', ...withHits(promiseRate(promises))],
        ['Grievances answered in time', ...withHits(grievanceRate(grievances))],
        ['Improvements that helped', ...withHits(effectiveRate(improvements))],
      ];
    }
    case 'classes':
    case 'dimensions': {
      const group = name === 'classes' ? 'Class' : 'Dimension';
      return [
        [
          'From',
          'Step',
          group,
          'Missed',
          'Met',
          'Exceeded',
          ...RATE.map((head) => `Missed: ${head}`),
        ],
        ...given[name].map((row: OutcomeRow) => [
          ...[dayOf(row.begin), given.step, row.group],
          ...[row.missed, row.met, row.exceeded].map(sayNumber),
          ...sayRate(missedRate([row])),
        ]),
      ];
    }
    case 'kept':
      return [
        ['From', 'Step', 'What', 'Yes', 'No', 'Nothing to say yet', ...RATE],
        ...given.promises.map((row) => [
          ...[dayOf(row.begin), given.step, 'Promises kept'],
          ...[row.kept, row.broken + row.overdue, row.open].map(sayNumber),
          ...sayRate(promiseRate([row])),
        ]),
        ...given.grievances.map((row) => [
          ...[dayOf(row.begin), given.step, 'Grievances answered in time'],
          ...[row.inTime, row.late, row.waiting + row.over].map(sayNumber),
          ...sayRate(grievanceRate([row])),
        ]),
      ];
  }
}

/** Empty where there is nothing to go by: no share is no share of 0. */
function sayRate({ rate, n, low, high }: Rate): Row {
  if (rate === null) return ['', '0', '', ''];
  return [rate, n, low, high].map((value) => String(Math.round(value * 10_000) / 10_000));
}

function withHits(rate: Rate): Row {
  return [String(rate.hits), ...sayRate(rate)];
}

function sayNumber(value: number | null): string {
  return value === null ? '' : String(Math.round(value * 100) / 100);
}

function dayOf(begin: number): string {
  return new Date(begin).toISOString().slice(0, 10);
}
