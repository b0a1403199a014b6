// When the index is worked on: a moment after something was written, never while it is. What is left
// when the worker dies is done by the next one.
import { indexStep, type WorkspaceDb } from '../../store/index.ts';
import type { World } from '../world.ts';

/** Captures come in rows. */
const QUIET_MS = 1_500;

const working = new WeakMap<WorkspaceDb, Promise<void>>();

/** Brings the index up to date; once at a time for each database. */
export function keepUp(db: WorkspaceDb): Promise<void> {
  const present = working.get(db);
  if (present !== undefined) return present;
  const work = steps(db).finally(() => working.delete(db));
  working.set(db, work);
  return work;
}

async function steps(db: WorkspaceDb): Promise<void> {
  while (await indexStep(db)) {
    // Each step is whole: between two, the worker may die.
  }
}

/** A function that says something was written. */
export function indexSoon(world: World): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  return () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      world
        .current()
        .then(({ db }) => keepUp(db))
        // The database was closed or is gone; what is left is found by the next who looks.
        .catch(() => undefined);
    }, QUIET_MS);
  };
}
