// Searches to be asked again. On this device only, for each workspace by itself: they are a person's
// own and need no server.
import * as z from 'zod/mini';
import { type SavedSearch, savedSearch } from '../../messages/index.ts';
import type { World } from '../world.ts';

const stored = z.array(savedSearch);
/** More than fit into any menu. */
const MOST = 100;

export async function savedSearches(world: World): Promise<SavedSearch[]> {
  const parsed = stored.safeParse(
    await (await world.profile()).get('settings', await keyIn(world)),
  );
  return parsed.success ? parsed.data : [];
}

/** In the place of one with this id, or at the end. */
export async function keepSearch(world: World, search: SavedSearch): Promise<SavedSearch[]> {
  const all = await savedSearches(world);
  const at = all.findIndex(({ id }) => id === search.id);
  const next = at < 0 ? [...all, search].slice(-MOST) : all.with(at, search);
  await write(world, next);
  return next;
}

export async function dropSearch(world: World, id: string): Promise<SavedSearch[]> {
  const next = (await savedSearches(world)).filter((search) => search.id !== id);
  await write(world, next);
  return next;
}

async function write(world: World, searches: SavedSearch[]): Promise<void> {
  await (await world.profile()).put('settings', searches, await keyIn(world));
}

async function keyIn(world: World): Promise<string> {
  return `searches/${(await world.current()).db.name}`;
}
