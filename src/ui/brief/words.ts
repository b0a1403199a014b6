import type { Brief, BriefPromise } from '../../domain/brief.ts';
import { sayDate, sayDay } from '../time.ts';

type Form = NonNullable<NonNullable<Brief['perception']>['form']>;

const count = (n: number, one: string, many: string) =>
  n === 1 ? `1 ${one}` : `${n.toLocaleString('en-GB')} ${many}`;
const days = (n: number) => count(n, 'day', 'days');

/** What a brief says, wherever it is shown, printed or copied. */
export const sayBrief = {
  lang: 'en',
  title: 'Before you talk',
  of: (customer: string) => `Before you talk to ${customer}`,
  on: (day: string) => `As of ${sayDate(day, 'en-GB')}`,
  headings: {
    hunches: 'Still unsaid',
    ours: 'We promised',
    theirs: 'They promised',
    grievances: 'Grievances nobody answered',
    praises: 'What they praised',
  },
  ask: 'Ask:',
  noWords: '(a tag of a call, without words)',
  planned: (day: string) => `planned for ${sayDate(day, 'en-GB')}`,
  askedOn: (at: string, by: string) =>
    `Asked on ${sayDay(at, 'en-GB')}${by === '' ? '' : ` by ${by}`}, no answer yet:`,
  owner: (name: string) => `Owner: ${name}`,
  since: (ms: number) => `since ${sayDay(new Date(ms).toISOString(), 'en-GB')}`,
  due: ({ timing, due, days: left }: BriefPromise): string => {
    if (due === null || left === null) return timing === 'broken' ? 'broken' : 'no day named';
    const day = sayDate(due, 'en-GB');
    if (timing === 'broken') return `broken, was due ${day}`;
    if (left === 0) return `due today, ${day}`;
    return left < 0 ? `due ${day}, ${days(-left)} late` : `due ${day}, in ${days(left)}`;
  },
  asked: 'Asked last',
  never: 'Nobody has ever asked them anything.',
  askedAgo: (ago: number, at: string) =>
    ago === 0 ? 'today' : `${days(ago)} ago, on ${sayDay(at, 'en-GB')}`,
  theySay: 'How they see it',
  noScore: 'No score yet.',
  weSay: 'How we see it',
  noOwn: 'No score of our own yet.',
  form: {
    survey: 'survey',
    remark: 'remark',
    renewal: 'renewal',
    complaint: 'complaint',
    impression: 'our impression',
  } satisfies Record<Form, string> as Readonly<Record<Form, string>>,
  from: { review: 'our review', talk: 'our last talk' },
  score: (score: number, scale: { min: number; max: number } | null, share: number | null) => {
    const said = score.toLocaleString('en-GB', { maximumFractionDigits: 2 });
    if (scale === null) return `${said} (scale not known)`;
    const on = `${said} on ${scale.min}–${scale.max}`;
    return share === null ? `${on} (not on that scale)` : `${on} (${Math.round(share * 100)} %)`;
  },
  lastOf: (n: number) => (n === 1 ? 'the only one' : `the last of ${n.toLocaleString('en-GB')}`),
  apart: (points: number) =>
    points === 0
      ? 'Both agree.'
      : points > 0
        ? `We see it ${points} points better than they do.`
        : `They see it ${-points} points better than we do.`,
  nothing: 'Nothing is on file yet that would help before a talk.',
};
