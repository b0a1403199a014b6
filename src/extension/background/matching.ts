// Which interactions a message on a page is: surely by a strong key, probably by weak ones.
import {
  type Copy,
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
  const strong = message.keys.filter((key) => !isWeakKey(key));
  const sure = await identitySets(db, 'interaction', { identifiers: strong });
  const seen = new Set(sure.flatMap((set) => [...set.members.keys()]));
  const found: Matched[] = sure.map((set) => ({ set, probably: false, partly: false }));
  const take = (sets: IdentitySet[], partly: boolean) => {
    for (const set of sets) {
      if (seen.has(set.canonical)) continue;
      for (const id of set.members.keys()) seen.add(id);
      if (!contradicts(set, message)) found.push({ set, probably: true, partly });
    }
  };
  const alike = [
    ...neighbourKeys(message.keys),
    ...message.keys.filter((key) => isWeakKey(key) && !isPassageKey(key)),
  ];
  take(await identitySets(db, 'interaction', { identifiers: alike }), false);
  take(await byPassages(db, message), true);
  return found;
}

/** The sets whose passages the message has. */
async function byPassages(db: WorkspaceDb, message: KnownMessage): Promise<IdentitySet[]> {
  const telling = new Map<string, Promise<IdentitySet[]>>();
  const holders = (key: string) => {
    const present = telling.get(key);
    if (present) return present;
    const looking = holdersOf(db, 'interaction', key).then(group);
    telling.set(key, looking);
    return looking;
  };
  const tells = async (keys: Iterable<string>) => {
    const told: string[] = [];
    for (const key of keys) {
      if (isPassageKey(key) && (await holders(key)).length <= MOST_WITH_ONE_PASSAGE) told.push(key);
    }
    return told;
  };
  const passages = await tells(message.keys);
  const ids = new Set<string>();
  for (const key of passages) {
    for (const { members } of await holders(key)) for (const id of members.keys()) ids.add(id);
  }
  const here: Copy = {
    passages,
    subject: message.subject,
    sentAt: Date.parse(message.sentAt ?? ''),
  };
  const sets: IdentitySet[] = [];
  for (const set of await identitySets(db, 'interaction', { ids: [...ids] })) {
    const { subject = '', startedAt = '' } = merged<'interaction'>(set);
    const there = { passages: await tells(keysOf(set)), subject, sentAt: Date.parse(startedAt) };
    if (samePassages(here, there)) sets.push(set);
  }
  return sets;
}

/** What looks alike is another message when both have a Message-ID or a time of their own. */
function contradicts(set: IdentitySet, message: KnownMessage): boolean {
  const ids = (keys: Iterable<string>) => [...keys].filter((key) => key.startsWith('mid:'));
  const [here, there] = [ids(message.keys), ids(keysOf(set))];
  if (here.length > 0 && there.length > 0 && !here.some((key) => there.includes(key))) return true;
  const time = Date.parse(merged<'interaction'>(set).startedAt ?? '');
  return Math.abs(time - Date.parse(message.sentAt ?? '')) > SAME_TIME_MS;
}

function keysOf(set: IdentitySet): Set<string> {
  const records = [...set.members.values()];
  return new Set(records.flatMap(({ identifiers }) => identifiers.map(bareIdentifier)));
}

/** The identifiers of a message's interaction that it does not have yet. */
export function unheldKeys(set: IdentitySet, message: KnownMessage): string[] {
  const held = keysOf(set);
  return message.keys.filter((key) => !held.has(key));
}
