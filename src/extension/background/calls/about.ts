// What a tab's page says about the call that is begun beside it.
import { customerIdentifier, type Id, neverLogged, type Person } from '../../../domain/index.ts';
import type { Choice, Guess } from '../../messages/index.ts';
import { group, recordsOfKind, type WorkspaceDb } from '../../store/index.ts';
import {
  type FrameState,
  mainFrame,
  neverIn,
  ownIn,
  recordIn,
  type TabState,
} from '../contexts.ts';
import { choiceOf, guessFor, isContactRecord, NO_CHOICE, otherSide } from '../guess.ts';
import { merged } from '../merged.ts';
import { neverList } from '../never.ts';
import { isOurs, oursOf } from '../ours.ts';
import { choose, type Plan } from '../save.ts';
import { recordIdentifier, type SiteRecord, standsFor } from '../site-record.ts';
import { mainMessage, shownIn } from '../tab-context.ts';
import type { Here, World } from '../world.ts';

export type About = {
  subject: string;
  url: string;
  site: string;
  isMeeting: boolean;
  participants: { name: string; address: string }[];
  guess: Guess;
  record: SiteRecord | null;
  /** The person on the customer's side, where the page tells one. */
  person: Person | null;
};

export const ABOUT_NOTHING: About = {
  ...{ subject: '', url: '', site: '', isMeeting: false, participants: [], record: null },
  ...{ guess: { customer: NO_CHOICE, contact: NO_CHOICE, project: NO_CHOICE }, person: null },
};

/** Of a page that shows something on the never-log list nothing is taken. */
export async function aboutTab(world: World, here: Here, tab: number): Promise<About> {
  const state = await shownIn(world, tab);
  const frame = meetingIn(state) ?? mainFrame(state);
  if (frame === null || neverIn(state) > 0) return ABOUT_NOTHING;
  const record = recordIn(state);
  const message = frame.messages;
  const ours = await oursOf(here, ownIn(state));
  const main = mainMessage(ours, message);
  const person = otherSide({ message: main, record, ours });
  const outside = (record?.people ?? []).filter(({ address }) => !isOurs(ours, address));
  const people = outside.length > 0 ? outside : person === null ? [] : [person];
  const subject = subjectOf(frame, record);
  const { rules } = await neverList(world);
  if (neverLogged(rules, { people: people.map(({ address }) => address), subject })) {
    return ABOUT_NOTHING;
  }
  const guess = await guessFor(here, { message: main, record, ours });
  return {
    ...{ subject, record, person },
    url: frame.url,
    site: frame.site,
    isMeeting: frame.page === 'meeting',
    participants: people.map(({ name, address }) => ({ name, address })),
    guess: await surely(here.db, guess, record, subject),
  };
}

export function meetingIn(state: TabState): FrameState | null {
  return Object.values(state).find(({ page }) => page === 'meeting') ?? null;
}

/** Titles of other pages say what somebody reads, not whom they talk to. */
function subjectOf(frame: FrameState, record: SiteRecord | null): string {
  if (frame.subject !== '') return frame.subject;
  if (record !== null) return record.name;
  if (!/calendar/i.test(frame.url)) return '';
  // "Weekly call - Calendar"
  return frame.title.replace(/\s+[-–—|]\s+[^-–—|]*$/, '');
}

/**
 * Nobody sees this guess before it is written: of what is new only the record is made that the page
 * is about, and where nothing else is known a customer whose name stands in the title is taken.
 */
async function surely(
  db: WorkspaceDb,
  guess: Guess,
  record: SiteRecord | null,
  subject: string,
): Promise<Guess> {
  const isSure = ({ id, reason }: Choice) =>
    id !== null || (record !== null && /^new, by (CRM record|company name)$/.test(reason));
  const sure = (choice: Choice) => (isSure(choice) ? choice : NO_CHOICE);
  const customer = sure(guess.customer);
  const named = customer.id === null && customer.name === '' ? await namedIn(db, subject) : null;
  return {
    customer: named ?? customer,
    contact: sure(guess.contact),
    project: sure(guess.project),
  };
}

/** The one customer whose whole name stands in these words; of "Halden" and "Halden Works" the longer. */
export async function namedIn(db: WorkspaceDb, words: string): Promise<Choice | null> {
  const text = plain(words);
  if (text === '') return null;
  const found = group(await recordsOfKind(db, 'customer'))
    .map((set) => ({ set, name: plain(merged<'customer'>(set).name ?? '') }))
    .filter(({ name }) => name.length > 2 && ` ${text} `.includes(` ${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  const [first] = found;
  if (first === undefined) return null;
  const others = found.filter(({ name }) => !` ${first.name} `.includes(` ${name} `));
  const isOnly =
    others.length === 0 && found.every((one) => one === first || one.name !== first.name);
  return isOnly ? { ...choiceOf(first.set), reason: 'by name in the title' } : null;
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The ids of what a call is about; what is new is made with it. */
export async function chooseAll(
  plan: Plan,
  here: Here,
  { guess, record, person }: Pick<About, 'guess' | 'record' | 'person'>,
): Promise<{ customer?: Id; contact?: Id; project?: Id }> {
  const identifier = record === null ? [] : [recordIdentifier(record)];
  const isRecord = (kind: string) => record !== null && standsFor(record) === kind;
  const ofPerson = person === null ? null : customerIdentifier(person.address);
  const customer = await choose(plan, here, 'customer', guess.customer, {}, [
    ...(isRecord('customer') ? identifier : []),
    ...(ofPerson === null ? [] : [ofPerson]),
  ]);
  const belongs = customer === null ? {} : { customer };
  const contact = await choose(plan, here, 'contact', guess.contact, belongs, [
    ...(isContactRecord(record, person) ? identifier : []),
    ...(person?.address ? [`address:${person.address}`] : []),
  ]);
  const project = await choose(plan, here, 'project', guess.project, belongs, [
    ...(isRecord('project') ? identifier : []),
  ]);
  return {
    ...belongs,
    ...(contact === null ? {} : { contact }),
    ...(project === null ? {} : { project }),
  };
}
