// What the server's pokes mean here: where they are heard, and whether one tells anything new.
import type { PokeSource } from '../messages/index.ts';
import { readSync } from '../store/index.ts';
import type { World } from './world.ts';

/** The stream of the server this profile is connected to; none while it is signed out. */
export async function pokeSource(world: World): Promise<PokeSource | null> {
  const { db, connection } = await world.current();
  if (connection === null || (await readSync(db)).signedOut) return null;
  return { server: connection.server, token: connection.token };
}

/**
 * Whether the server has more changes than this device has seen. A poke for what this device has
 * just pushed comes before the answer to its push, so a sync that is under way is waited for.
 */
export async function isBehind(world: World, size: number): Promise<boolean> {
  await navigator.locks.request('unsaid-sync', () => undefined);
  const { db, connection } = await world.current();
  return connection !== null && (await readSync(db)).cursor < size;
}
