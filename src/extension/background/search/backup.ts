// A word of warning while notes are in one place only.
import { msOf } from '../../../ledger/index.ts';
import type { World } from '../world.ts';

const DAY = 86_400_000;
/** So long something may wait before the person is told. */
export const REMIND_AFTER_DAYS = 7;
const KEY = 'backup-later';

/** Since when (ms since 1970) the oldest change waits for the server; null: nobody need be told. */
export async function backupDue(world: World): Promise<number | null> {
  const { db } = await world.current();
  const [first] = await db.getAll('outbox', null, 1);
  if (first === undefined) return null;
  const change = await db.get('changes', [first.kind, first.record, first.id]);
  if (change === undefined) return null;
  const since = msOf(change.rank);
  const now = world.source.now();
  const later = Number((await (await world.profile()).get('settings', KEY)) ?? 0);
  const isDue = now - since > REMIND_AFTER_DAYS * DAY && now - later > REMIND_AFTER_DAYS * DAY;
  return isDue ? since : null;
}

export async function backupLater(world: World): Promise<void> {
  await (await world.profile()).put('settings', world.source.now(), KEY);
}
