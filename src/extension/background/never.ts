// The never-log list: one's own lines, which stay on this device, and the workspace's. The page's
// script obeys it before it reads anything; here is the second wall.
import { toASCII, toUnicode } from 'punycode/punycode.es6.js';
import * as z from 'zod/mini';
import { type NeverRules, neverLogged, parseNeverLog } from '../../domain/index.ts';
import { ExpectedError, type KnownMessage, type NeverLog } from '../messages/index.ts';
import { settingLines } from './settings.ts';
import type { World } from './world.ts';

const KEY = 'never-log';
const stored = z.array(z.string());

export type NeverList = {
  /** For the pages: both lists, with international domains in both their forms. */
  lines: string[];
  rules: NeverRules;
};

export async function neverList(world: World): Promise<NeverList> {
  const { mine, workspace } = await readNeverLog(world);
  const lines = [...new Set([...mine, ...workspace].flatMap(bothForms))];
  return { lines, rules: parseNeverLog(lines).rules };
}

/** The lists as people see them, with what is wrong in the workspace's. */
export async function readNeverLog(world: World): Promise<NeverLog> {
  const parsed = stored.safeParse(await (await world.profile()).get('settings', KEY));
  const { db } = await world.current();
  const workspace = await settingLines(db, KEY);
  const { problems } = parseNeverLog(workspace);
  return { mine: parsed.success ? parsed.data : [], workspace, problems };
}

/** Keeps one's own lines, all of them or, when one cannot be understood, none. */
export async function writeNeverLog(world: World, lines: readonly string[]): Promise<void> {
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
  const [first] = parseNeverLog(kept).problems;
  if (first) throw new ExpectedError('bad-input', `“${first.line}”: ${first.problem}`);
  await (await world.profile()).put('settings', kept, KEY);
}

/** Whether this message must not be read; `subject` is the page's, where it shows none of its own. */
export function isNever(
  { rules }: NeverList,
  message: Pick<KnownMessage, 'from' | 'to' | 'cc' | 'subject'>,
  subject = '',
): boolean {
  const people = [message.from, ...message.to, ...message.cc].flatMap((one) => one?.address ?? []);
  return neverLogged(rules, { people, subject: message.subject || subject });
}

/** Refuses whatever would read or store something of a message on the list. */
export async function refuseNever(world: World, message: KnownMessage | null): Promise<void> {
  if (message !== null && isNever(await neverList(world), message)) throw onTheList();
}

export function onTheList(): ExpectedError {
  return new ExpectedError(
    'never-log',
    'This mail is on your never-log list. Nothing is read or stored.',
  );
}

// Mails have a domain in the one form or the other; pages cannot turn them round.
function bothForms(line: string): string[] {
  if (/^[^@]*[:：]/u.test(line)) return [line];
  return [line, attempt(toASCII, line), attempt(toUnicode, line)];
}

function attempt(turn: (text: string) => string, line: string): string {
  try {
    return turn(line);
  } catch {
    return line;
  }
}
