// Pushes what the server does not have and pulls what it does, until both are even.
import { MOST_PULLED, syncResponse } from '../../ledger/index.ts';
import { noteSync, pendingChanges, readSync, takeAnswer } from '../store/index.ts';
import { hasher } from './hasher.ts';
import { post, type ServerFailure } from './server-call.ts';
import type { Here, World } from './world.ts';

/** Changes a request; small enough that a slow line gets through in 30 s. */
const BATCH = 200;
const BATCH_BYTES = 2_000_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

export type SyncOutcome = 'even' | 'not-connected' | 'waiting' | 'failed';

export type SyncDeps = {
  world: World;
  fetch: typeof fetch;
  /** Records look different now. */
  changed(): void;
  /** The counts or the connection's state changed. */
  status(): void;
};

/** The run that has not begun yet. Lost with the worker, and then there is none. */
let waiting: Promise<SyncOutcome> | null = null;

/**
 * One run at a time. Whoever asks while one is waiting gets that one: it has not looked at the
 * outbox yet, so it takes along what was just saved.
 */
export function sync(deps: SyncDeps, options: { force?: boolean } = {}): Promise<SyncOutcome> {
  const force = options.force === true;
  if (waiting !== null && !force) return waiting;
  const begun = navigator.locks.request('unsaid-sync', () => {
    if (waiting === begun) waiting = null;
    return run(deps, force);
  });
  if (!force) waiting = begun;
  return begun;
}

async function run(deps: SyncDeps, force: boolean): Promise<SyncOutcome> {
  const { world } = deps;
  let here = await world.current();
  if (here.connection === null) return 'not-connected';
  await world.write(async (now) => {
    here = now;
  });
  for (;;) {
    const connection = here.connection;
    if (connection === null) return 'not-connected';
    const state = await readSync(here.db);
    if (!force && state.notBefore > world.source.now()) return 'waiting';
    if (state.signedOut && !force) return 'failed';
    const push = await pendingChanges(here.db, BATCH, BATCH_BYTES);
    const answer = await post(
      deps.fetch,
      `${connection.server}/v1/sync`,
      { v: 1, epoch: state.epoch, cursor: state.cursor, push, limit: MOST_PULLED },
      syncResponse,
      connection.token,
    );
    if (!answer.ok) {
      await noteFailure(world, here, answer.failure);
      deps.status();
      return 'failed';
    }
    const { changed, even } = await world.alone(async () => {
      const taken = await takeAnswer(here.db, hasher, answer.value, world.source.now());
      const left = await here.db.count('outbox');
      // An answer that acknowledges nothing must not be asked for again at once.
      const stuck = push.length > 0 && answer.value.results.length === 0;
      return { changed: taken.changed, even: (left === 0 || stuck) && !answer.value.more };
    });
    if (changed) deps.changed();
    deps.status();
    const epochChanged = state.epoch !== null && state.epoch !== answer.value.epoch;
    if (even && !epochChanged) return 'even';
  }
}

async function noteFailure(world: World, here: Here, failure: ServerFailure): Promise<void> {
  const now = world.source.now();
  const state = await readSync(here.db);
  const failures = state.failures + 1;
  // Exponential, with jitter so that a team's devices do not all come back at once.
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  const jitter = (world.source.random(1)[0] ?? 0) / 256;
  const asked = failure.kind === 'refused' ? (failure.retryAfter ?? 0) * 1_000 : 0;
  await noteSync(here.db, {
    failures,
    notBefore: now + Math.max(wait * (0.5 + jitter / 2), asked),
    offlineSince: failure.kind === 'away' ? (state.offlineSince ?? now) : null,
    problem: failure.kind === 'away' ? null : failure.message,
    signedOut: failure.kind === 'signed-out',
  });
}
