// One opened mail logs itself: what its header says, once, and nothing of its words.
import { isWeakKey } from '../../../domain/index.ts';
import type { KnownMessage } from '../../messages/index.ts';
import { keyOf, packedRecords } from '../../store/blocks.ts';
import { commit, reading, type WorkspaceDb } from '../../store/index.ts';
import type { FrameState } from '../contexts.ts';
import { interactionsOf, type Matched, newKeys } from '../matching.ts';
import { merged } from '../merged.ts';
import { isNever, neverList } from '../never.ts';
import { oursOf } from '../ours.ts';
import { interactionBody, Plan, refuseBadBody } from '../save.ts';
import type { SiteRecord } from '../site-record.ts';
import type { World } from '../world.ts';
import { logsItself } from './choice.ts';
import { followedBehind } from './whose.ts';

/** Where a mail was opened. */
export type Opened = {
  frame: Pick<FrameState, 'site' | 'url' | 'subject'>;
  record: SiteRecord | null;
  /** Addresses of the person in front of the page. */
  own: readonly string[];
};

/**
 * Logs it, unless there is a reason not to; whether it did. All reasons are looked at while nobody
 * else writes: of two tabs that show one mail, the second finds it logged.
 */
export function logOpened(world: World, message: KnownMessage, place: Opened): Promise<boolean> {
  return world.write(async (here) => {
    if (!(await logsItself(world, here))) return false;
    if (isNever(await neverList(world), message, place.frame.subject)) return false;
    if (strongOf(message).length === 0) return false;
    const ours = await oursOf(here, place.own);
    const whose = await followedBehind(here, ours, message);
    if (whose === null) return false;
    const found = await interactionsOf(here.db, message);
    if (found.some(isSettled) || (await wasTakenBack(here.db, message))) return false;

    // A record of its own: with the place of a card that was made in this mail it is read as one, and
    // can be taken back without it. The fingerprints of its words are among its keys: in a colleague's
    // mailbox it may be known by them alone.
    const keys = await newKeys(here.db, message, null);
    const plan = new Plan(world);
    plan.make('interaction', {
      ...interactionBody(ours, { ...place.frame, record: place.record }, message, keys),
      customer: whose.customer,
      ...(whose.contact === null ? {} : { contact: whose.contact }),
      ...{ logged: true, byItself: true },
    });
    for (const write of plan.writes) refuseBadBody(write);
    await commit(here.db, world.source, plan.writes, { author: here.me });
    return true;
  });
}

/** By what a mail is known again for sure; a mail without any could log itself every day. */
export function strongOf({ keys }: KnownMessage): string[] {
  return keys.filter((key) => !isWeakKey(key));
}

/** Somebody logged it, or took it back. */
function isSettled({ set }: Matched): boolean {
  const { logged, byItself } = merged<'interaction'>(set);
  return logged !== undefined || byItself !== undefined;
}

/** Whether an interaction with one of its keys was deleted, here or by whomever. */
async function wasTakenBack(db: WorkspaceDb, message: KnownMessage): Promise<boolean> {
  const tx = reading(db);
  const found = await Promise.all(
    strongOf(message).map(async (key) => {
      const identifier = `interaction|${key}`;
      const all = await Promise.all([
        tx.objectStore('records').index('identifiers').getAll(identifier),
        tx.objectStore('kept').index('identifiers').getAll(identifier),
        packedRecords(tx, keyOf.identifier(identifier)),
      ]);
      return all.flat();
    }),
  );
  return found.flat().some(({ state }) => state.registers.deleted?.value === true);
}
