import type { Rate } from '../../audit/interval.ts';
import type { DrawUnit } from '../../domain/index.ts';
import { USUAL_BOUND } from '../../domain/insight.ts';
import type { QuadrantName } from './calls.ts';
import type { Period } from './wish.ts';

const number = (count: number) => count.toLocaleString('en-GB');
/** A share and its sign stay in one line. */
const percent = (part: number) => `${Math.round(100 * part)}\u00a0%`;
const points = (score: number) => score.toLocaleString('en-GB', { maximumFractionDigits: 1 });
const units = (count: number, unit: DrawUnit) =>
  `${number(count)} ${count === 1 ? unit : `${unit}s`}`;

/** From here down a rate says little; it is said with the rate. */
const FEW = 10;

/** "30 % (3 of 10; 95 % interval 11–60 %)": never without what it is of. */
function rate({ hits, n, rate: part, low, high }: Rate, isAll = false): string {
  if (part === null) return 'nothing to go by yet';
  const of = `${number(hits)} of ${number(n)}`;
  const few = n < FEW ? '; few, so read it with care' : '';
  if (isAll) return `${percent(part)} (${of}; all of them were looked at${few})`;
  const interval = `${Math.round(100 * low)}–${percent(high)}`;
  return `${percent(part)} (${of}; 95\u00a0% interval ${interval}${few})`;
}

const quadrants: Readonly<Record<QuadrantName, string>> = {
  good: 'Happy, and by our standard',
  'happy-below-ours': 'Happy, but below our standard',
  'unhappy-above-ours': 'Unhappy, though by our standard',
  poor: 'Unhappy, and below our standard',
};

/** As the literature calls them (SERVQUAL). */
const DIMENSIONS: Readonly<Record<string, string>> = {
  ...{ tangibles: 'Tangibles', reliability: 'Reliability', responsiveness: 'Responsiveness' },
  ...{ assurance: 'Assurance', empathy: 'Empathy' },
};

export const say = {
  title: 'Insight',
  export: 'Export what it is made of',
  why: 'What reviews and records say together. A happy customer proves little: what counts here is whether we kept our own standard as well.',
  reading: 'Adding up…',
  number,
  percent,
  points,
  units,
  rate,
  few: FEW,
  filters: 'What to show',
  unit: 'One dot is',
  unitNames: { project: 'a project', customer: 'a customer', call: 'a call' } satisfies Record<
    DrawUnit,
    string
  >,
  period: 'Time',
  periods: {
    '3m': 'Last 3 months',
    '12m': 'Last 12 months',
    all: 'All of it',
    between: 'Between two days',
  } satisfies Record<Period, string>,
  from: 'From',
  to: 'Up to',
  customer: 'Customer',
  any: 'Any',
  owner: 'Project’s owner',
  ours: 'Our standard: at least',
  oursHint: 'Of 100. A review’s score from here on is by our standard.',
  usualBound: String(USUAL_BOUND.ours),
  oursWrong: 'A whole number from 0 to 100.',
  noPerPerson: 'Figures about one person are switched off in this workspace.',
  chart: 'Chart',
  table: 'Table',
  shown: (title: string) => `${title}: shown as`,
  csv: 'Table as CSV',
  svg: 'Chart as SVG',
  of: (does: string, title: string) => `${does}: ${title}`,
  drawing: 'Drawing…',
  notDrawn: 'The chart could not be loaded. Its table is here.',
  nothing: 'Nothing of this is on file for what is chosen.',
  quadrants,
  unitHeads: { project: 'Project', customer: 'Customer', call: 'Call' } satisfies Record<
    DrawUnit,
    string
  >,
  groupName: (group: string, classes: Readonly<Record<string, string>>) =>
    classes[group] ?? DIMENSIONS[group] ?? (group || 'Not said'),
  story: {
    title: 'How satisfied they are, against our own score',
    x: 'Satisfaction, of 100, by the last word of the customer',
    y: 'Our own score, of 100',
    none: 'Nothing was reviewed yet in this time. Draw some, review them, and they appear here.',
    toDraws: 'To the draws',
    noneShown: 'None of those reviewed can be shown.',
    summary: (placed: number, unit: DrawUnit, below: string) =>
      `${units(placed, unit)}, by the newest review. Happy, but below our standard: ${below}.`,
    population: (n: number, unit: DrawUnit) =>
      `The interval takes into account that there are ${units(n, unit)} in all.`,
    uncounted:
      'How many calls there are is not counted: the interval is as wide as for any number.',
    undrawn: (count: number) =>
      `${number(count)} of these ${count === 1 ? 'was' : 'were'} not chosen by a draw: of those not reviewed the rate says less than its interval.`,
    strata: (count: number) =>
      `${number(count)} of these ${count === 1 ? 'comes' : 'come'} from draws within strata, where small ones may count for more than their share.`,
    noScore: (count: number) =>
      `${number(count)} reviewed without a score: nothing that counts was applicable.`,
    noWord: (count: number) =>
      `${number(count)} reviewed of which no customer has said how they see it.`,
    gone: (count: number) => `${number(count)} reviewed and no longer on file.`,
    hidden: (count: number) =>
      `${number(count)} not shown to you before your own review is finished.`,
    fields: (placed: number, unit: DrawUnit) =>
      `${units(placed, unit)} would hide each other as dots. Each circle stands for those within 5 points; the larger, the more. Enter or a click lists them.`,
    lines: (satisfied: number, ours: number) =>
      `The dashed lines: satisfied from ${points(satisfied)}, by our standard from ${points(ours)}.`,
    keys: 'Tab goes into the chart, arrow keys from dot to dot, Enter opens the story.',
    dot: (name: string, satisfaction: number, ours: number, quadrant: QuadrantName) =>
      `${name}: satisfaction ${points(satisfaction)}, our score ${points(ours)}. ${quadrants[quadrant]}.`,
    field: (count: number, unit: DrawUnit, satisfaction: number, ours: number) =>
      `${units(count, unit)}: satisfaction ${satisfaction} to ${satisfaction + 5}, our score ${ours} to ${ours + 5}.`,
    fieldTitle: (satisfaction: number, ours: number) =>
      `Satisfaction ${satisfaction} to ${satisfaction + 5}, our score ${ours} to ${ours + 5}`,
    nameless: 'Without a name',
    quadrant: 'Where they stand',
    count: 'How many',
    share: 'Share, with its 95\u00a0% interval',
    heads: ['Project', 'Customer', 'Satisfaction', 'Our score', 'Customer’s', 'Where it stands'],
    of: 'Of 100.',
  },
  list: {
    label: 'Listed',
    order: 'The lowest of our scores first.',
    none: 'None.',
    failed: 'The list could not be read. Choose it again.',
    review: 'Review',
    reviewOf: (name: string) => `Review of ${name}`,
    more: (count: number) => `Show ${number(count)} more`,
    count: (shown: number, total: number) => `${number(shown)} of ${number(total)}.`,
  },
  outcomes: {
    title: 'Missed, met and exceeded',
    by: 'By',
    bys: { classes: 'Class', dimensions: 'Dimension' },
    missed: 'missed',
    met: 'met',
    exceeded: 'exceeded',
    y: 'Expectations settled',
    none: 'No expectation was settled in this time.',
    summary: (n: number, kept: string) =>
      `${number(n)} ${n === 1 ? 'expectation was' : 'expectations were'} settled. Met or exceeded: ${kept}.`,
    heads: ['Time', 'Group', 'Missed', 'Met', 'Exceeded', 'Missed, with its 95\u00a0% interval'],
  },
  kept: {
    title: 'Promises kept, grievances answered in time',
    promises: 'Promises kept',
    grievances: 'Grievances answered in time',
    y: 'Share, with its 95\u00a0% interval',
    none: 'No promise was due in this time, and no grievance was heard.',
    promisesAre: (kept: string, open: number) =>
      `Promises kept: ${kept}. Open past its day is not kept.${open > 0 ? ` ${number(open)} not due yet.` : ''}`,
    grievancesAre: (inTime: string, days: number, waiting: number, over: number) =>
      [
        `Grievances answered within ${days} ${days === 1 ? 'day' : 'days'}: ${inTime}.`,
        ...(waiting > 0 ? [`${number(waiting)} still in time.`] : []),
        ...(over > 0 ? [`${number(over)} dealt with otherwise.`] : []),
      ].join(' '),
    limit: 'What is in time stands in the settings, under blind spots.',
    heads: [
      'Time',
      'What',
      'Yes',
      'No',
      'Nothing to say yet',
      'Share, with its 95\u00a0% interval',
    ],
  },
  glance: {
    title: 'At a glance',
    why: 'The line is the interval: how far chance alone could have moved the share.',
    below: 'Happy, but below our standard',
    settled: 'Expectations met or exceeded',
    promises: 'Promises kept',
    grievances: 'Grievances answered in time',
    improvements: 'Improvements that helped',
    heads: ['What', 'Yes', 'Of', 'Share, with its 95\u00a0% interval'],
    none: 'Nothing to go by yet.',
  },
  improvements: {
    title: 'Improvements',
    summary: (effective: string) => `Looked at again, and it had helped: ${effective}.`,
    none: 'No improvement was written down in this time.',
    to: 'To the improvements',
    rows: {
      open: 'Open',
      overdue: 'Of these past their day',
      unchecked: 'Done, nobody has looked yet whether it helped',
      effective: 'It helped',
      ineffective: 'It did not help',
      dropped: 'Dropped',
    },
    heads: ['State', 'How many'],
  },
  spots: {
    title: 'Blind spots',
    why: 'Of all customers, as of now: the filters above change nothing here.',
    none: 'There are no customers yet.',
    heads: ['Reason', 'Customers', 'Share'],
    to: 'To the blind spots',
  },
} as const;
