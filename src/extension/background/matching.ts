// Which interactions a message on a page is: surely by a strong key, probably by weak ones.
import {
  type Copy,
  type Id,
  isPassageKey,
  isWeakKey,
  neighbourKeys,
  samePassages,
} from '../../domain/index.ts';
import type { KnownMessage } from '../messages/index.ts';
import {
  bareIdentifier,
  group,
  holdersOf,
  type IdentitySet,
  identitySets,
  type StoredRecord,
  type WorkspaceDb,
} from '../store/index.ts';
import { merged } from './merged.ts';

export type Matched = {
  set: IdentitySet;
  probably: boolean;
  /** Known by some of its passages only: good for showing marks, not for filing anything under it. */
  partly: boolean;
};

/** A passage in more mails than this is a footer's. Nobody is known by it. */
const MOST_WITH_ONE_PASSAGE = 3;
const SAME_TIME_MS = 15 * 60_000;

/** The sure ones first; empty when the message was never captured or logged. */
export async function interactionsOf(db: WorkspaceDb, message: KnownMessage): Promise<Matched[]> {
  const [found = []] = await interactionsOfEach(db, [message]);
  return found;
}

/** The same for many, in their order. Most of a page's mails are known by none of their keys. */
export async function interactionsOfEach(
  db: WorkspaceDb,
  messages: readonly KnownMessage[],
): Promise<Matched[][]> {
  const keys = messages.flatMap((message) => [...message.keys, ...neighbourKeys(message.keys)]);
  const holders = await holdersOf(db, 'interaction', keys);
  const all: Matched[][] = [];
  for (const message of messages) all.push(await matchedBy(db, message, holders));
  return all;
}

/** Where a message is filed already, and by which of its keys it is not known there yet. */
export type Place = { known: Matched | undefined; keys: string[] };

/** For somebody who waits until it is filed: nothing is looked up that cannot change the answer. */
export async function placeOf(db: WorkspaceDb, message: KnownMessage): Promise<Place> {
  const keys = [...message.keys, ...neighbourKeys(message.keys)];
  const holders = await holdersOf(db, 'interaction', keys);
  const [known] = await wholeOf(db, message, holders);
  // What is only probably the same teaches nothing.
  return { known, keys: known?.probably ? [] : keysToAdd(message, known?.set ?? null, holders) };
}

type Holders = ReadonlyMap<string, StoredRecord[]>;

async function matchedBy(
  db: WorkspaceDb,
  message: KnownMessage,
  holders: Holders,
): Promise<Matched[]> {
  const sure = await sureOf(db, message, holders);
  const passages = tellingOf(message.keys, holders);
  const [weak, alike] = await Promise.all([
    setsBy(db, holders, weakOf(message), sure),
    setsBy(db, holders, passages, sure),
  ]);
  const found = [...sure, ...probableOf(message, weak, sure, false)];
  const sets = await byPassages(db, message, passages, alike);
  return [...found, ...probableOf(message, sets, found, true)];
}

/** The sure ones, or where there is none those that are probably it by more than passages. */
async function wholeOf(
  db: WorkspaceDb,
  message: KnownMessage,
  holders: Holders,
): Promise<Matched[]> {
  const sure = await sureOf(db, message, holders);
  if (sure.length > 0) return sure;
  return probableOf(message, await setsBy(db, holders, weakOf(message)), [], false);
}

async function sureOf(
  db: WorkspaceDb,
  message: KnownMessage,
  holders: Holders,
): Promise<Matched[]> {
  const strong = message.keys.filter((key) => !isWeakKey(key));
  const sets = await setsBy(db, holders, strong);
  // Notifications come by the dozen in one minute: by sender, minute and subject alone they are one
  // only as long as no Message-ID says otherwise.
  return sets
    .filter((set) => isNamed(set, message) || !isOtherId(set, message))
    .map((set) => ({ set, probably: false, partly: false }));
}

function weakOf({ keys }: KnownMessage): string[] {
  return [...neighbourKeys(keys), ...keys.filter((key) => isWeakKey(key) && !isPassageKey(key))];
}

/** Those of the sets that may be the message, without the ones that were found before. */
function probableOf(
  message: KnownMessage,
  sets: readonly IdentitySet[],
  found: readonly Matched[],
  partly: boolean,
): Matched[] {
  const seen = new Set(found.flatMap(({ set }) => [...set.members.keys()]));
  const probable: Matched[] = [];
  for (const set of sets) {
    if (seen.has(set.canonical)) continue;
    for (const id of set.members.keys()) seen.add(id);
    if (isOtherId(set, message) || isOtherTime(set, message)) continue;
    probable.push({ set, probably: true, partly });
  }
  return probable;
}

/** The sets that have these keys, but for those that were found: mostly it is they that have them. */
async function setsBy(
  db: WorkspaceDb,
  holders: Holders,
  keys: readonly string[],
  found: readonly Matched[] = [],
): Promise<IdentitySet[]> {
  const isFound = (id: Id) => found.some(({ set }) => set.members.has(id));
  const ids = keys.flatMap((key) => holders.get(key) ?? []).map(({ id }) => id);
  const others = [...new Set(ids)].filter((id) => !isFound(id));
  return others.length === 0 ? [] : identitySets(db, 'interaction', { ids: others });
}

/** The sets among these whose passages the message has. */
async function byPassages(
  db: WorkspaceDb,
  message: KnownMessage,
  passages: readonly string[],
  candidates: readonly IdentitySet[],
): Promise<IdentitySet[]> {
  if (candidates.length === 0) return [];
  const theirs = candidates.map((set) => [...keysOf(set)].filter(isPassageKey));
  const holders = await holdersOf(db, 'interaction', theirs.flat());
  const here: Copy = copyOf(passages, message.subject, message.sentAt);
  return candidates.filter((set, at) => {
    const { subject, startedAt } = merged<'interaction'>(set);
    const telling = tellingOf(theirs[at] ?? [], holders);
    return samePassages(here, copyOf(telling, subject ?? '', startedAt ?? null));
  });
}

/** The passages that are in few interactions, or none: what is in many tells nothing. */
function tellingOf(keys: readonly string[], holders: Holders): string[] {
  return keys.filter((key) => {
    const records = new Map((holders.get(key) ?? []).map((record) => [record.id, record]));
    return isPassageKey(key) && group(records).length <= MOST_WITH_ONE_PASSAGE;
  });
}

function copyOf(passages: readonly string[], subject: string, sentAt: string | null): Copy {
  return { passages, subject, sentAt: Date.parse(sentAt ?? '') };
}

/** Whether both have a Message-ID, and none of the one's is the other's. */
function isOtherId(set: IdentitySet, message: KnownMessage): boolean {
  return areOthers(keysOf(set), message.keys);
}

function areOthers(keys: Iterable<string>, others: readonly string[]): boolean {
  const ids = [...keys].filter((key) => key.startsWith('mid:'));
  return (
    ids.length > 0 &&
    others.some((key) => key.startsWith('mid:')) &&
    !ids.some((key) => others.includes(key))
  );
}

/** Whether the site itself says that it is this one. */
function isNamed(set: IdentitySet, message: KnownMessage): boolean {
  const held = keysOf(set);
  return message.keys.some((key) => key.startsWith('ref:') && held.has(key));
}

function isOtherTime(set: IdentitySet, message: KnownMessage): boolean {
  const time = Date.parse(merged<'interaction'>(set).startedAt ?? '');
  return Math.abs(time - Date.parse(message.sentAt ?? '')) > SAME_TIME_MS;
}

function keysOf(set: IdentitySet): Set<string> {
  const records = [...set.members.values()];
  return new Set(records.flatMap(({ identifiers }) => identifiers.map(bareIdentifier)));
}

/** The keys of a message that its interaction does not have yet, and may have. */
export async function newKeys(
  db: WorkspaceDb,
  message: KnownMessage,
  set: IdentitySet | null,
): Promise<string[]> {
  return keysToAdd(message, set, await holdersOf(db, 'interaction', message.keys));
}

function keysToAdd(message: KnownMessage, set: IdentitySet | null, holders: Holders): string[] {
  const held = set === null ? new Set<string>() : keysOf(set);
  return message.keys.filter((key) => {
    if (held.has(key)) return false;
    // A strong key of another mail would make the two one.
    const others = isWeakKey(key) ? [] : (holders.get(key) ?? []);
    return !others.some((one) => areOthers(one.identifiers.map(bareIdentifier), message.keys));
  });
}
