// The records that a search found, with the words it found them by.
import type { Id } from '../../../domain/index.ts';
import { reading } from '../read.ts';
import type { StoredRecord, WorkspaceDb, WorkspaceTx } from '../schema.ts';
import { type Excerpt, excerptOf } from './excerpt.ts';
import { readNamed } from './named.ts';
import { parseQuery } from './query.ts';
import { nameOf } from './rows.ts';
import { textsOf } from './texts.ts';

export type ReadHit = { record: StoredRecord; keptHere: boolean; excerpt: Excerpt | null };

/** In their order; one that is not here any more is left out. */
export async function readHits(
  db: WorkspaceDb,
  hits: readonly { kind: string; id: Id }[],
  words: string,
): Promise<ReadHit[]> {
  const clauses = parseQuery(words);
  const tx = reading(db) as unknown as WorkspaceTx<'readonly'>;
  const names = hits.map(({ kind, id }) => nameOf(kind, id));
  const found = await readNamed(tx, names);
  return found.flatMap((placed) => {
    if (placed === null) return [];
    return [{ ...placed, excerpt: excerptOf(textsOf(placed.record.state), clauses) }];
  });
}
