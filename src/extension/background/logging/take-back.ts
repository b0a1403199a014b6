import type { Body, Id } from '../../../domain/index.ts';
import { ExpectedError } from '../../messages/index.ts';
import {
  getRecord,
  type IdentitySet,
  identitySets,
  recordsAbout,
  type StoredRecord,
} from '../../store/index.ts';
import { merged } from '../merged.ts';
import { editRecord } from '../save.ts';
import type { Here, World } from '../world.ts';

/**
 * Takes back what logged itself here: the record goes, and what is known of it afterwards is that
 * this mail is not to log itself. Where a card was made in it meanwhile it stays as its place.
 * `on: false` brings it back.
 */
export async function notThisOne(world: World, interaction: Id, on: boolean): Promise<void> {
  const here = await world.current();
  for (const { id, state } of await ownIn(here, interaction)) {
    const about = await recordsAbout(here.db, 'interaction', [id]);
    const body: Body = { logged: !on };
    const isGone = state.registers.deleted?.value === true;
    if (on ? about.length === 0 : isGone) body.deleted = on;
    await editRecord(world, 'interaction', id, body);
  }
}

async function ownIn({ db, me }: Here, interaction: Id): Promise<StoredRecord[]> {
  const [[set], found] = await Promise.all([
    identitySets(db, 'interaction', { ids: [interaction] }),
    getRecord(db, 'interaction', interaction), // a deleted one is in no set
  ]);
  const records = set ? [...set.members.values()] : found ? [found.record] : [];
  const own = records.filter((record) => isOwn(record, me));
  if (own.length > 0) return own;
  throw new ExpectedError('not-found', 'This mail did not log itself on your devices.');
}

/** What the sidebar says of a mail that logged itself for this member; null: it did not. */
export function itselfIn(set: IdentitySet, me: Id): { interaction: Id; words: boolean } | null {
  const { logged, text } = merged<'interaction'>(set);
  const isLogged = logged === true && [...set.members.values()].some((one) => isOwn(one, me));
  return isLogged ? { interaction: set.canonical, words: (text ?? '') !== '' } : null;
}

function isOwn({ state }: StoredRecord, me: Id): boolean {
  return state.registers.byItself?.value === true && state.origin.author === me;
}
