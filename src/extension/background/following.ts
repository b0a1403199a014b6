// Carrying out whom a member follows (SPEC 12), in a run of syncing: the server is told, or tells what
// the member chose on another device; the past of whoever is followed from now on is fetched by
// backfills, and what is followed no more goes.
import {
  backfillResponse,
  type Following,
  following,
  followingName,
  fromHex,
  MOST_PULLED,
} from '../../ledger/index.ts';
import {
  type FollowState,
  FRESH_SYNC,
  forgetUnfollowed,
  type Pin,
  type SyncState,
  Tampered,
  takeBackfill,
  type WorkspaceDb,
  type WorkspaceTx,
} from '../store/index.ts';
import { customerIds } from './guess.ts';
import { hasher } from './hasher.ts';
import { proveRows, readFinding, readPin, stopPinning } from './integrity.ts';
import { post, type ServerFailure } from './server-call.ts';
import { type Here, notStored, type World } from './world.ts';

type Deps = {
  world: World;
  fetch: typeof fetch;
  changed(kinds?: readonly string[], more?: boolean): void;
};
type Choice = Pick<FollowState, 'mode' | 'customers'>;

const ALL: Choice = { mode: 'all', customers: [] };
const NOTHING_SAID: FollowState = { ...ALL, backfills: {}, untold: false };

/** The choice this device goes by, by its name; null while the server is to hear another first. */
export async function followedName(db: WorkspaceDb): Promise<string | null> {
  const state = await readState(db);
  return state?.untold ? null : followingName(hasher, state?.told ?? ALL);
}

/**
 * Tells the server of a new choice, or takes over the one that it told of (`heard`: made on another of
 * the member's devices), and prepares what follows from it. `again`: the log is to be
 * pulled from its beginning, since everything is followed now. A failure when the server did not
 * hear of it: the choice waits.
 */
export async function tellFollowing(
  { world, fetch, changed }: Deps,
  here: Here,
  heard: Following | null,
): Promise<{ failure: ServerFailure | null; again: boolean }> {
  const { db, connection } = here;
  const state = await readState(db);
  // A worker died over it.
  if (state?.freeing && state.told !== undefined) await free(world, here, state.told);
  if (connection !== null && !state?.untold && heard !== null) {
    const again = await goBy(world, here, heard, true);
    changed();
    return { failure: null, again };
  }
  if (connection === null || !state?.untold) return { failure: null, again: false };
  const { mode, customers } = state;
  const answer = await post(
    fetch,
    `${connection.server}/v1/following`,
    { mode, customers },
    following,
    connection.token,
    { method: 'PUT' },
  );
  // A server from before there was following sends everything, as if all were followed.
  const isOld = !answer.ok && answer.failure.kind === 'refused' && answer.failure.status === 404;
  if (!answer.ok && !isOld) return { failure: answer.failure, again: false };

  const again = await goBy(world, here, { mode, customers }, false, !isOld);
  return { failure: null, again };
}

/** From here on this device holds records by this choice. Answers whether all is to be pulled again. */
async function goBy(
  world: World,
  here: Here,
  choice: Choice,
  isHeard: boolean,
  frees = true,
): Promise<boolean> {
  const { db } = here;
  const before = (await readState(db))?.told ?? ALL;
  const again = before.mode === 'chosen' && choice.mode === 'all';
  const freeing = choice.mode === 'chosen' && frees;
  await world.alone(() => noteTold(db, choice, before, { again, isHeard, freeing }));
  if (freeing) await free(world, here, choice);
  return again;
}

/** What is followed no more goes; that it is to go is noted until it has. */
async function free(world: World, { db, me }: Here, { customers }: Choice): Promise<void> {
  const followed = new Set<string>();
  for (const id of customers) for (const one of await customerIds(db, id)) followed.add(one);
  await forgetUnfollowed(db, me, followed, (part) => world.alone(part));
  await world.alone(async () => {
    const state = await readState(db);
    if (state === undefined) return;
    const { freeing: _, ...rest } = state;
    await db.put('meta', rest, 'following');
  });
}

async function noteTold(
  db: WorkspaceDb,
  choice: Choice,
  before: Choice,
  { again, isHeard, freeing }: { again: boolean; isHeard: boolean; freeing: boolean },
): Promise<void> {
  const tx = db.transaction('meta', 'readwrite', { durability: 'strict' });
  const { freeing: _, ...held } = {
    ...NOTHING_SAID,
    ...((await tx.store.get('following')) as FollowState | undefined),
  };
  // What the member has chosen here meanwhile is told next.
  const state = isHeard && !held.untold ? { ...held, ...choice } : held;
  const isSame = state.mode === choice.mode && `${state.customers}` === `${choice.customers}`;
  const backfills: FollowState['backfills'] = {};
  if (choice.mode === 'chosen') {
    for (const id of choice.customers) {
      // Whoever was followed before is here already, and everybody was while all were.
      const begun = state.backfills[id];
      const isNew = before.mode === 'chosen' && !before.customers.includes(id);
      if (begun !== undefined || isNew) backfills[id] = begun ?? 0;
    }
  }
  const next: FollowState = { ...state, backfills, told: choice, untold: !isSame };
  await tx.store.put(freeing ? { ...next, freeing } : next, 'following');
  if (again) {
    const sync = (await tx.store.get('sync')) as SyncState | undefined;
    await tx.store.put({ ...FRESH_SYNC, ...sync, cursor: 0 }, 'sync');
  }
  await tx.done;
}

/** Fetches the past of customers that are followed anew, page by page, each with its own cursor. */
export async function backfill(deps: Deps, here: Here): Promise<ServerFailure | null> {
  const { world, fetch, changed } = deps;
  const { db, connection } = here;
  if (connection === null) return null;
  for (;;) {
    const [customer, cursor] = Object.entries((await readState(db))?.backfills ?? {})[0] ?? [];
    if (customer === undefined || cursor === undefined) return null;
    if ((await readFinding(db)) !== null) return null;
    const answer = await post(
      fetch,
      `${connection.server}/v1/backfill`,
      { customer, cursor, limit: MOST_PULLED },
      backfillResponse,
      connection.token,
    );
    if (!answer.ok) return answer.failure;
    const pin = await readPin(db);
    // What was added since the newest checkpoint comes with the next pull.
    const rows = answer.value.changes.filter(({ seq }) => pin === null || seq < pin.size);
    try {
      const proof = await proofOf({ db, connection, fetch }, pin, rows);
      if (!proof.ok) return proof.failure;
      const next = answer.value.more ? answer.value.cursor : null;
      const different = await world.alone(() =>
        takeBackfill(
          db,
          hasher,
          rows,
          world.source.now(),
          { pin, tiles: proof.tiles, withoutRows: false, progress: null },
          (tx) => moveOn(tx, customer, next),
        ),
      );
      if (different) changed(undefined, next !== null);
    } catch (error) {
      if (!(error instanceof Tampered)) return notStored(error);
      await stopPinning({ db, now: world.source.now }, error, pin?.note ?? null);
      return null;
    }
  }
}

function proofOf(
  proving: Parameters<typeof proveRows>[0],
  pin: Pin | null,
  rows: Parameters<typeof proveRows>[2],
): ReturnType<typeof proveRows> {
  if (pin === null) return Promise.resolve({ ok: true, tiles: [] });
  return proveRows(proving, { size: pin.size, root: fromHex(pin.root) }, rows);
}

/** `cursor` null: all of this customer's past is here. */
async function moveOn(tx: WorkspaceTx, customer: string, cursor: number | null): Promise<void> {
  const meta = tx.objectStore('meta');
  const state = (await meta.get('following')) as FollowState;
  // Unfollowed meanwhile: nothing is to be fetched any more.
  if (state.backfills[customer] === undefined) return;
  const { [customer]: _, ...others } = state.backfills;
  const backfills = cursor === null ? others : { ...others, [customer]: cursor };
  await meta.put({ ...state, backfills }, 'following');
}

async function readState(db: WorkspaceDb): Promise<FollowState | undefined> {
  return (await db.get('meta', 'following')) as FollowState | undefined;
}
