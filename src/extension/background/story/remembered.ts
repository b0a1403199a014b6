// A story is asked for page by page, and all of its records have to be read to put one page in order:
// they are read once, as long as nothing has changed.
import type { Id } from '../../../domain/index.ts';
import { readSync, recordsAbout, type WorkspaceDb } from '../../store/index.ts';
import { type KeptMoment, momentsIn } from './moments.ts';

type Story = { moments: KeptMoment[]; contacts: number[] };

/**
 * The one that was asked for last, of each open database. A guess that is looked at before it is
 * believed: a worker that dies loses nothing by it.
 */
const last = new WeakMap<WorkspaceDb, { of: string; stamp: string; story: Story }>();

/** All moments of these customers, and when there was a word; newest first. */
export async function storyAbout(db: WorkspaceDb, customers: readonly Id[]): Promise<Story> {
  const of = [...customers].sort().join();
  // Before reading: what changes meanwhile makes the stamp another one.
  const stamp = await stampOf(db);
  const present = last.get(db);
  if (present?.of === of && present.stamp === stamp) return present.story;
  const story = momentsIn(await recordsAbout(db, 'customer', customers));
  last.set(db, { of, stamp, story });
  return story;
}

/**
 * Another whenever records may be other ones. Whatever is written here moves the chain or the clock,
 * what comes moves where sync or a backfill stands, what goes is told of in `following`.
 */
async function stampOf(db: WorkspaceDb): Promise<string> {
  const [chain, clock, sync, following] = await Promise.all([
    db.get('meta', 'chain'),
    db.get('meta', 'clock'),
    readSync(db),
    db.get('meta', 'following'),
  ]);
  const { epoch, cursor, lastSuccess } = sync;
  return JSON.stringify([chain, clock, epoch, cursor, lastSuccess, following]);
}
