// Records by their names, wherever they are kept. A block is read once for all of its records that
// are asked for: reading one costs thirty times what a record does.
import { type Entry, entriesOf, keyOf, recordFrom } from '../blocks.ts';
import type { StoredRecord, WorkspaceTx } from '../schema.ts';

export type Placed = { record: StoredRecord; keptHere: boolean };

/** In the order of `names` ("kind/id"); null for one that is not here. */
export async function readNamed(
  tx: WorkspaceTx<'readonly'>,
  names: readonly string[],
): Promise<(Placed | null)[]> {
  const blocks = new Map<number, Promise<Map<string, Entry>>>();
  const inBlock = async (name: string): Promise<StoredRecord | undefined> => {
    const [kind = '', id = ''] = name.split('/');
    const store = tx.objectStore('blocks');
    const n = await store.index('keys').getKey(keyOf.record(kind, id));
    if (n === undefined) return undefined;
    const reading =
      blocks.get(n) ??
      store.get(n).then((block) => {
        const entries = block === undefined ? [] : entriesOf(block);
        return new Map(entries.map((entry) => [entry.keys[0] ?? '', entry]));
      });
    blocks.set(n, reading);
    const entry = (await reading).get(keyOf.record(kind, id));
    return entry === undefined ? undefined : (recordFrom(entry.changes) ?? undefined);
  };
  // Mostly nothing is kept here, and a record is in one place: what is not asked costs nothing.
  const isAnyKept = (await tx.objectStore('kept').count()) > 0;
  return Promise.all(
    names.map(async (name) => {
      const [kind = '', id = ''] = name.split('/');
      const keeping = isAnyKept ? tx.objectStore('kept').get([kind, id]) : undefined;
      const synced = (await inBlock(name)) ?? (await tx.objectStore('records').get([kind, id]));
      if (synced !== undefined) return { record: synced, keptHere: false };
      const kept = await keeping;
      return kept === undefined ? null : { record: kept, keptHere: true };
    }),
  );
}
