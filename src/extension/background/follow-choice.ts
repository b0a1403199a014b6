// Whose records this member's devices get: the choice as it is made here (SPEC 12).
import type { Id } from '../../domain/index.ts';
import type { FollowingView } from '../messages/index.ts';
import { type FollowState, identitySets } from '../store/index.ts';
import { customerIds } from './guess.ts';
import { merged } from './merged.ts';
import type { Here, World } from './world.ts';

const ALL: FollowState = { mode: 'all', customers: [], backfills: {}, untold: false };

export async function readFollowing({ db }: Here): Promise<FollowState> {
  return { ...ALL, ...((await db.get('meta', 'following')) as FollowState | undefined) };
}

/** null while all are followed. */
export async function isFollowed(here: Here, customer: Id): Promise<boolean | null> {
  const { mode, customers } = await readFollowing(here);
  if (mode === 'all') return null;
  const ids = await customerIds(here.db, customer);
  return ids.some((id) => customers.includes(id));
}

export async function followingView(here: Here): Promise<FollowingView> {
  const { mode, customers, untold } = await readFollowing(here);
  const named = await Promise.all(
    customers.map(async (id) => {
      const [set] = await identitySets(here.db, 'customer', { ids: [id] });
      return { id, name: set === undefined ? '' : (merged<'customer'>(set).name ?? '') };
    }),
  );
  return { mode, customers: named.sort((a, b) => a.name.localeCompare(b.name)), untold };
}

export function followMode(world: World, mode: FollowState['mode']): Promise<void> {
  return change(world, (state) => ({ ...state, mode }));
}

/** A customer is followed with all records that are read as one with it. */
export async function follow(world: World, customer: Id, on: boolean): Promise<void> {
  const ids = await customerIds((await world.current()).db, customer);
  await change(world, (state) => {
    const others = state.customers.filter((id) => !ids.includes(id));
    return { ...state, customers: on ? [...others, customer] : others };
  });
}

function change(world: World, next: (state: FollowState) => FollowState): Promise<void> {
  return world.write(async (here) => {
    await here.db.put('meta', { ...next(await readFollowing(here)), untold: true }, 'following');
  });
}
