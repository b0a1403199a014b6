import type { Every } from '../../domain/programmes.ts';
import type { ProgrammeShown } from './calls.ts';

const number = (value: number) => value.toLocaleString('en-GB');
const units = {
  project: ['project', 'projects'],
  customer: ['customer', 'customers'],
  call: ['call', 'calls'],
} as const;
const counted = (count: number, unit: ProgrammeShown['unit']) =>
  `${number(count)} ${units[unit][count === 1 ? 0 : 1]}`;

export const say = {
  title: 'Draws that come again',
  why: 'A programme draws by itself on its day, as if somebody had asked for it: announced first, then drawn, and anybody can draw the same again. If the server was stopped, it draws once when it is back.',
  reading: 'Reading the programmes…',
  notYours: 'Managers, admins and auditors see this. Ask one of them.',
  none: 'Nothing is drawn by itself yet.',
  add: 'Plan a programme',
  toDraws: 'All draws',
  everys: { week: 'Every week', month: 'Every month', quarter: 'Every quarter' } satisfies Record<
    Every,
    string
  >,
  summary: ({ size, unit, fits, every }: ProgrammeShown) => {
    const of = fits === null || fits === 0 ? '' : ` of the ${number(fits)} that fit now`;
    return `${say.everys[every]}, ${counted(size, unit)}${of}.`;
  },
  fewer: (fits: number) => `All ${number(fits)} are drawn, as there are no more.`,
  next: (day: string) => `Next draw: ${day}.`,
  owed: (day: string) => `Due since ${day}. It is drawn within the hour.`,
  stopped: 'Stopped.',
  nothingFits: (day: string) => `Due since ${day}, but nothing fits. It draws once something does.`,
  nothingFitsYet: 'Nothing fits now.',
  auditor: (name: string) => `In the name of ${name}.`,
  gone: (name: string) =>
    `${name} wrote this and left, or may not draw any more. Nothing is drawn until somebody takes it over.`,
  someone: 'somebody without a name',
  reviewers: (names: string) => `Reviewed by ${names}.`,
  reviewersGone: (names: string) => `${names} may not review any more.`,
  takeOver: 'Take it over',
  change: 'Change',
  stop: 'Stop',
  start: 'Start again',
  of: (does: string, name: string) => `${does}: ${name}`,
  isStopped: (name: string) => `${name} is stopped.`,
  isStarted: (name: string) => `${name} draws again.`,
  isTaken: (name: string) => `${name} is drawn in your name now.`,
  draws: (count: number, abandoned: number) =>
    `${number(count)} ${count === 1 ? 'draw' : 'draws'}${abandoned === 0 ? '' : `, ${number(abandoned)} abandoned`}`,
  noDraws: 'No draw yet',
  draw: (size: number, population: number, state: 'announced' | 'drawn' | 'abandoned') =>
    `${number(size)} of ${number(population)}, ${state}`,
  name: 'Name',
  nameHint: 'E.g. every month. Each draw has its day behind it.',
  noName: 'Give it a name.',
  strata: 'A share of each',
  size: 'How many each time',
  badSize: 'A whole number from 1 to 10,000.',
  sizeHint: 'All of them, where there are fewer.',
  every: 'How often',
  from: 'First draw',
  fromHint: 'Later ones on the same day; a month without it, on its last.',
  badFrom: 'Choose a day from today on.',
  dueIn: 'Days to review',
  badDueIn: 'A whole number from 1 to 366.',
  save: 'Save',
  saved: (name: string) => `${name} is saved.`,
  cancel: 'Cancel',
  safe: 'What you chose is still here.',
  changed:
    'Somebody has changed it in the meantime. Yours is still here: compare, then save again.',
  yours: 'Who saves it answers for it: it is drawn in your name from then on.',
};
