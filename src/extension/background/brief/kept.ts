// What this device keeps about reminders beside the records: how to remind, what was told already,
// what was put off.
import * as z from 'zod/mini';
import type { World } from '../world.ts';

const KEY = 'reminders';

const kept = z.object({
  notify: z.boolean(),
  words: z.boolean(),
  /** What was told, with the day it was told for: the same is never told twice. */
  told: z.record(z.string(), z.string()),
  /** What is put off, until when. */
  snoozed: z.record(z.string(), z.string()),
  /** What was due for the person at the last look. */
  due: z.array(z.object({ kind: z.string(), id: z.string() })),
});
export type KeptReminders = z.infer<typeof kept>;

const FRESH: KeptReminders = { notify: true, words: false, told: {}, snoozed: {}, due: [] };

function parsed(stored: unknown): KeptReminders {
  const found = kept.safeParse(stored);
  return found.success ? found.data : FRESH;
}

export async function readReminders(world: World): Promise<KeptReminders> {
  return parsed(await (await world.profile()).get('settings', KEY));
}

/** In one transaction, so that two looks at once cannot undo each other's. */
export async function changeReminders(
  world: World,
  change: (now: KeptReminders) => Partial<KeptReminders>,
): Promise<{ before: KeptReminders; after: KeptReminders }> {
  const profile = await world.profile();
  const tx = profile.transaction('settings', 'readwrite', { durability: 'strict' });
  const before = parsed(await tx.store.get(KEY));
  const after = { ...before, ...change(before) };
  await tx.store.put(after, KEY);
  await tx.done;
  return { before, after };
}
