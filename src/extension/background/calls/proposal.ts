// What a page offers to be tagged. A proposal starts nothing; it is shown until it is taken, waved
// away, or its page is gone.
import * as z from 'zod/mini';
import { neverLogged } from '../../../domain/index.ts';
import { meetingAt } from '../../../sites/hosts.ts';
import { browser } from '../../browser.ts';
import type { CallProposal } from '../../messages/index.ts';
import { type FrameState, neverIn } from '../contexts.ts';
import { neverList } from '../never.ts';
import { shownIn } from '../tab-context.ts';
import type { Here, World } from '../world.ts';
import { aboutTab, meetingIn, namedIn } from './about.ts';
import { changeKept, dayOf, type Kept, readKept } from './kept.ts';
import type { Call } from './write.ts';

const KEY = 'call-proposal';
/** Who clicked a number this long ago is not waiting for an offer any more. */
const NUMBER_MS = 10 * 60_000;
const MOST_AWAY = 500;

const stored = z.object({
  /** One meeting, or one number. */
  key: z.string(),
  tab: z.int(),
  number: z.string(),
  /** What the number's link says, where that is more than the number. */
  text: z.string(),
  at: z.number(),
});
type Stored = z.infer<typeof stored>;

async function read(): Promise<Stored | null> {
  const parsed = stored.safeParse((await browser.storage.session.get(KEY))[KEY]);
  return parsed.success ? parsed.data : null;
}

async function isAway(world: World, key: string): Promise<boolean> {
  const { settings, away } = await readKept(world);
  return !settings.propose || away[key] === dayOf(world.source.now());
}

/** The meeting that a frame shows, as long as it is the same; '' where it is none. */
function meetingKey({ page, url }: Pick<FrameState, 'page' | 'url'>): string {
  if (page !== 'meeting') return '';
  try {
    const address = new URL(url);
    return `meeting|${meetingAt(address)?.conversation ?? address.origin}`;
  } catch {
    return '';
  }
}

/** A frame has told what it shows. Answers whether another proposal is shown now. */
export async function proposeMeeting(
  world: World,
  tab: number,
  frame: FrameState,
): Promise<boolean> {
  const key = meetingKey(frame);
  const present = await read();
  if (key === '') {
    const isGone = frame.top && present?.tab === tab && present.number === '';
    if (isGone) await browser.storage.session.remove(KEY);
    return isGone;
  }
  if (frame.never > 0 || present?.key === key || (await isAway(world, key))) return false;
  const made: Stored = { key, tab, number: '', text: '', at: world.source.now() };
  await browser.storage.session.set({ [KEY]: made });
  return true;
}

/** A telephone number was clicked. Answers whether another proposal is shown now. */
export async function proposeNumber(
  world: World,
  tab: number,
  { number: address, text: said }: { number: string; text: string },
): Promise<boolean> {
  const number = numberIn(address);
  const state = await shownIn(world, tab);
  const text = numberIn(said).length >= number.length && number !== '' ? '' : said.trim();
  const { rules } = await neverList(world);
  const people = address.includes('@') ? [address.replace(/[?;].*$/s, '')] : [];
  if (neverIn(state) > 0 || neverLogged(rules, { people, subject: text })) return false;
  const key = `number|${number === '' ? address : number}`;
  if ((number === '' && people.length === 0) || (await isAway(world, key))) return false;
  const made: Stored = { key, tab, number, text, at: world.source.now() };
  await browser.storage.session.set({ [KEY]: made });
  return true;
}

/** Digits and a leading + of "tel:+49-30-123;ext=7" or "sip:12345@host"; '' where there are few. */
function numberIn(address: string): string {
  const [before = ''] = address.replace(/^[a-z]+:/i, '').split(/[@;?]/);
  const digits = before.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '');
  return digits.replace('+', '').length < 3 ? '' : digits;
}

/** The proposal as it is shown now. A meeting is not proposed beside a call that runs. */
export async function shownProposal(
  world: World,
  here: Here,
  { settings, away }: Kept,
  running: Call | null,
): Promise<CallProposal | null> {
  const found = await read();
  if (found === null || !settings.propose) return null;
  if (away[found.key] === dayOf(world.source.now())) return null;
  const { tab, number, text, key } = found;
  const isNumber = key.startsWith('number|');
  if (isNumber && world.source.now() - found.at > NUMBER_MS) return null;
  const state = await shownIn(world, tab);
  const meeting = meetingIn(state);
  if (!isNumber && (running !== null || meeting === null || meetingKey(meeting) !== key))
    return null;
  const about = await aboutTab(world, here, tab);
  // Its title must not be read.
  if (!isNumber && !about.isMeeting) return null;
  const { customer } = about.guess;
  const named = customer.id === null && text !== '' ? await namedIn(here.db, text) : null;
  const { id, name, reason } = named ?? customer;
  return {
    channel: isNumber ? 'call' : 'meeting',
    subject: text || about.subject,
    ...{ number, tab, url: about.url },
    customer: id === null ? null : { id, name, reason },
  };
}

/**
 * A call starts in this tab, from the proposal or by itself: what was proposed there is done with.
 * Answers the proposal that it comes from.
 */
export async function takeProposal(
  world: World,
  tab: number | null,
  proposed: boolean,
): Promise<Stored | null> {
  const found = await read();
  if (found === null || (!proposed && found.tab !== tab)) return null;
  await browser.storage.session.remove(KEY);
  // A meeting is proposed once, a number whenever it is clicked.
  if (!found.key.startsWith('number|')) await putAway(world, found.key);
  return proposed ? found : null;
}

export async function dismissProposal(world: World): Promise<void> {
  const found = await read();
  if (found === null) return;
  await putAway(world, found.key);
  await browser.storage.session.remove(KEY);
}

async function putAway(world: World, key: string): Promise<void> {
  const today = dayOf(world.source.now());
  await changeKept(world, ({ away }) => {
    const ofToday = Object.entries(away).filter(([, day]) => day === today);
    return { away: Object.fromEntries([...ofToday, [key, today]].slice(-MOST_AWAY)) };
  });
}
