import type { DrawAnswer } from '../api.ts';

const number = (value: number) => value.toLocaleString('en-GB');

const units = {
  project: ['project', 'projects'],
  customer: ['customer', 'customers'],
  call: ['call', 'calls'],
} as const;
type Unit = DrawAnswer['unit'];
const counted = (count: number, unit: Unit) =>
  `${number(count)} ${units[unit][count === 1 ? 0 : 1]}`;

export type Rate = {
  readonly hits: number;
  readonly n: number;
  readonly rate: number | null;
  readonly low: number;
  readonly high: number;
};
const percent = (part: number) => `${(100 * part).toFixed(part > 0 && part < 0.1 ? 1 : 0)}\u00a0%`;
const points = (part: number) => (100 * part).toFixed(part < 0.1 ? 1 : 0);
const range = (low: number, high: number) =>
  `${Math.round(100 * low)}–${Math.round(100 * high)}\u00a0%`;

export const say = {
  title: 'Draws',
  why: 'What is reviewed is drawn at random, the happy ones too. Nobody can pick: list, method and a hidden number go into the history before the draw, and anybody can draw the same again.',
  reading: 'Reading the draws…',
  notYours: 'Managers, admins and auditors draw. Ask one of them.',
  none: 'Nothing has been drawn yet.',
  plan: 'Plan a draw',
  name: 'Name',
  nameHint: 'E.g. spring audit.',
  unit: 'What is drawn',
  units: { project: 'Projects', customer: 'Customers', call: 'Calls' } satisfies Record<
    Unit,
    string
  >,
  state: 'State',
  states: {
    ...{ open: 'open', won: 'won', lost: 'lost', delivered: 'delivered', closed: 'closed' },
  },
  owner: 'Owner',
  any: 'any',
  method: 'Why',
  methods: {
    simple: 'To know a rate',
    discovery: 'To find one, if there are any',
  },
  strata: 'A share of each',
  stratas: {
    none: 'no groups',
    satisfaction: 'happy, unhappy, unknown',
    owner: 'owner',
    size: 'small, middle, large',
  } satisfies Record<DrawAnswer['strata'], string>,
  strataHint: 'Happy and unhappy by the customer’s last word: from 70 % of the scale on.',
  margin: 'Within ± percent',
  among: 'If so many percent have it',
  confidence: 'How sure',
  confidences: [
    ['0.8', '80 %'],
    ['0.9', '90 %'],
    ['0.95', '95 %'],
    ['0.98', '98 %'],
    ['0.99', '99 %'],
  ] as const,
  size: 'How many',
  sizeHint: (planned: number) => `Left empty: ${number(planned)}, as planned.`,
  badSize: (most: number) => `A whole number from 1 to ${number(most)}.`,
  noName: 'Give it a name.',
  blind: 'Owner and satisfaction stay hidden until it is scored',
  due: 'Reviewed by',
  reviewers: 'Who reviews',
  reviewersHint: 'Nobody chosen: whoever may. Nobody reviews what they had a hand in.',
  calibration: 'A calibration: all of them review each, none seeing what the others said',
  calibrationFew: 'A calibration takes at least two reviewers. Choose them above.',
  leftOut: (count: number) =>
    `${number(count)} ${count === 1 ? 'is' : 'are'} left out: one of the reviewers had a hand in ${count === 1 ? 'it' : 'them'}.`,
  nobodys: (count: number) =>
    `${number(count)} of these none of them may review, having had a hand in ${count === 1 ? 'it' : 'them'}: choose one more.`,
  isCalibration: 'calibration',
  toReport: 'The report, to read, print and sign',
  toCalibration: 'A calibration: how far its reviewers agree',
  programmes: 'Draws that come again',
  export: 'Export',
  coverage: {
    title: 'How much was looked at',
    why: 'Of all there are now, how many were drawn and how many of those reviewed. Abandoned draws count as drawn.',
    reading: 'Counting…',
    of: 'Of all',
    period: 'Time',
    draws: 'Draws',
    drawn: 'Drawn',
    reviewed: 'Of these reviewed',
    margin: 'A rate is known within',
    projects: 'Projects',
    customers: 'Customers',
    names: { 'three-months': 'Last three months', 'twelve-months': 'Last twelve months' },
    quarter: (from: number) => {
      const date = new Date(from);
      return `${date.getUTCFullYear()}, quarter ${date.getUTCMonth() / 3 + 1}`;
    },
    drawCount: (all: number, abandoned: number) =>
      abandoned === 0 ? number(all) : `${number(all)}, ${number(abandoned)} abandoned`,
    /** Nothing is estimated: all are counted. */
    part: (some: number, all: number) =>
      all === 0 ? 'none there' : `${number(some)} of ${number(all)} (${percent(some / all)})`,
    rate: ({ hits, n, rate, low, high }: Rate) =>
      rate === null
        ? 'none drawn'
        : `${number(hits)} of ${number(n)} (${percent(rate)}; ${range(low, high)})`,
    within: (margin: number | null) => (margin === null ? '–' : `± ${points(margin)} points`),
    note: 'In brackets: Wilson’s interval at 95 %, corrected for how many there are. The last column: half the interval that a rate of one half would have among those reviewed.',
  },
  population: (count: number, unit: Unit) => `${counted(count, unit)} fit.`,
  planning: 'Counting…',
  planned: (size: number, unit: Unit) => `${counted(size, unit)} to be drawn.`,
  groups: 'Groups',
  group: 'Group',
  count: 'Number',
  draw: 'Announce and draw',
  cannotUndo: 'A draw stays in the history, also an abandoned one.',
  cancel: 'Cancel',
  safe: 'What you chose is still here.',
  drawn: (drawn: number, of: number, unit: Unit) => `${number(drawn)} of ${counted(of, unit)}`,
  states3: {
    announced: 'announced, not drawn',
    drawn: 'drawn',
    abandoned: 'abandoned',
  } satisfies Record<DrawAnswer['state'], string>,
  abandonedCount: (abandoned: number, all: number) =>
    `${number(abandoned)} of ${number(all)} draws ${abandoned === 1 ? 'was' : 'were'} abandoned.`,
  back: 'All draws',
  finish: 'Draw now',
  finishWhy: 'It was announced, and the server was stopped before it was drawn.',
  sample: 'To be reviewed',
  showAll: (count: number) => `Show all ${number(count)}`,
  place: 'No.',
  customer: 'Customer',
  unnamed: 'No name any more',
  cameIn: 'came in',
  replace: 'Replace',
  replaceOne: (name: string) => `Replace: ${name}`,
  reason: 'Why',
  reasonMissing: 'Say why. It stays in the history.',
  replaceDo: 'Replace by the next one',
  replaced: 'Put out',
  replacedBy: (out: string, next: string | null, reason: string) =>
    next === null
      ? `${out}: nobody was left to come in. ${reason}`
      : `${out}, replaced by ${next}. ${reason}`,
  abandon: 'Abandon this draw',
  abandonDo: 'Abandon it',
  abandoned: (reason: string) => `Abandoned: ${reason}`,
  proof: 'To draw it again',
  proofWhy:
    'With these and the list anybody gets the same sample. How is in the documentation, in “How projects are drawn”.',
  facts: {
    population: 'Hash of the list',
    commitment: 'Hash of the hidden number',
    nonce: 'Hidden number',
    checkpoint: 'Checkpoint of the log',
  },
  list: 'The list',
};
