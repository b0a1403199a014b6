// What is summed up of workspaces and kept in memory, for all routes that ask for it.
import { keepBlindSpots } from './blind-spots/facts.ts';
import { type Db, inWorkspace, type Tx } from './database.ts';
import { type FactsKept, keepFacts } from './insight/facts.ts';
import { keepCounts } from './register/counts.ts';
import type { Directories } from './register/directory.ts';
import { keepListing, type Listing } from './register/listing.ts';
import { keepListed } from './reviews/listed.ts';

export type Kept = {
  /** What insight is summed up from. */
  facts: FactsKept;
  /** Reviews as lists show them. */
  reviews: ReturnType<typeof keepListed>;
  /** What is known of each customer. */
  blindSpots: ReturnType<typeof keepBlindSpots>;
  /** What the register lists. */
  listing: Listing;
  /** Rows of the register by customer. */
  counts: ReturnType<typeof keepCounts>;
};

export function createKept(db: Db, directories: Directories): Kept {
  const listing = keepListing(db);
  return {
    ...{ facts: keepFacts(directories), reviews: keepListed() },
    ...{ blindSpots: keepBlindSpots(db), listing, counts: keepCounts(db, listing) },
  };
}

/** Leaves of a workspace from which on the first who asks would wait. */
const LARGE = 20_000;

/**
 * Reads what managers ask for of large workspaces, one after the other, so that nobody waits for it
 * after a restart; whoever is quicker waits for what is being read. Never rejects.
 */
export async function warmUp(
  db: Db,
  directories: Directories,
  kept: Kept,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  try {
    for (const { id } of await db.selectFrom('organization').select('id').execute()) {
      const viewer = { workspace: { id }, member: { id: '', role: 'admin' as const } };
      const isLarge = await inWorkspace(db, id, async (tx) => {
        const row = await tx
          .selectFrom('workspace')
          .select('seq')
          .where('id', '=', id)
          .executeTakeFirst();
        return (row?.seq ?? 0) >= LARGE;
      });
      if (!isLarge) continue;
      const reads: ((tx: Tx) => Promise<unknown>)[] = [
        (tx) => directories.of(tx, viewer),
        (tx) => kept.listing.of(tx, id),
        (tx) => kept.reviews.of(tx, id),
        (tx) => kept.facts.of(tx, viewer),
        (tx) => kept.counts.of(tx, viewer),
        (tx) => kept.blindSpots.of(tx, viewer),
      ];
      for (const read of reads) {
        if (signal.aborted) return;
        await inWorkspace(db, id, read);
      }
    }
  } catch (error) {
    // Whoever asks reads it then.
    if (!signal.aborted) failed(error);
  }
}
