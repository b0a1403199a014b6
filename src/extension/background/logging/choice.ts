// Whether opened mails log themselves: each member's own choice, kept on this device, off until it
// is made.
import * as z from 'zod/mini';
import type { LoggingView } from '../../messages/logging-calls.ts';
import { databaseOf } from '../../store/index.ts';
import { readFollowing } from '../follow-choice.ts';
import type { Here, World } from '../world.ts';

const KEY = 'logs-itself';
/** By the database that a member's records are in: there is one for each member of a workspace. */
const stored = z.record(z.string(), z.literal(true));

export async function logsItself(world: World, here: Here): Promise<boolean> {
  const parsed = stored.safeParse(await (await world.profile()).get('settings', KEY));
  return parsed.success && parsed.data[databaseOf(here.connection)] === true;
}

export async function setLogsItself(world: World, here: Here, on: boolean): Promise<void> {
  const tx = (await world.profile()).transaction('settings', 'readwrite', { durability: 'strict' });
  const parsed = stored.safeParse(await tx.store.get(KEY));
  const { [databaseOf(here.connection)]: _, ...others } = parsed.success ? parsed.data : {};
  await tx.store.put(on ? { ...others, [databaseOf(here.connection)]: true } : others, KEY);
  await tx.done;
}

export async function loggingView(world: World, here: Here): Promise<LoggingView> {
  return { on: await logsItself(world, here), follows: (await readFollowing(here)).mode };
}
