// Where the server's pokes are heard: the stream of the server this profile is connected to.
import type { PokeSource } from '../messages/index.ts';
import { readSync } from '../store/index.ts';
import type { World } from './world.ts';

/** The stream of the server this profile is connected to; none while it is signed out. */
export async function pokeSource(world: World): Promise<PokeSource | null> {
  const { db, connection } = await world.current();
  if (connection === null || (await readSync(db)).signedOut) return null;
  return { server: connection.server, token: connection.token };
}
