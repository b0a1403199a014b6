// When the index is worked on: a moment after something was written, never while it is, and not
// while somebody tags a call. What is left, and what a worker that dies leaves, is in the store: it
// is done by whoever looks next, a minute later at the latest.
import { indexStep, type WorkspaceDb } from '../../store/index.ts';
import { isTalking, lastPress } from '../calls/talking.ts';
import type { World } from '../world.ts';

/** Captures come in rows. */
const QUIET_MS = 1_500;

const working = new WeakMap<WorkspaceDb, Promise<void>>();

/** Brings the index up to date, whatever else goes on; once at a time for each database. */
export async function keepUp(db: WorkspaceDb): Promise<void> {
  const present = working.get(db);
  // That one may stop for a call.
  if (present !== undefined) await present.catch(() => undefined);
  await (working.get(db) ?? begin(db, steps(db)));
}

/** The same when nobody is talking; stopped by the next press, and its step is done again. */
export async function keepUpQuietly(world: World): Promise<void> {
  const { db } = await world.current();
  await (working.get(db) ?? begin(db, quietSteps(world, db)));
}

function begin(db: WorkspaceDb, steps: Promise<void>): Promise<void> {
  const work = steps.finally(() => working.delete(db));
  working.set(db, work);
  return work;
}

async function steps(db: WorkspaceDb): Promise<void> {
  while (await indexStep(db)) {
    // Each step is whole: between two, the worker may die.
  }
}

async function quietSteps(world: World, db: WorkspaceDb): Promise<void> {
  while (!(await isTalking(world))) {
    const before = lastPress(world);
    const isPressed = () => lastPress(world) !== before;
    if (!(await indexStep(db, { isStopped: isPressed })) && !isPressed()) return;
  }
}

/** A function that says something was written. */
export function indexSoon(world: World): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      // The database was closed or is gone; what is left is found by the next who looks.
      keepUpQuietly(world).catch(() => undefined);
    }, QUIET_MS);
  };
}
