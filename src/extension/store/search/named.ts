// Records by their names, wherever they are kept. What came together lies together: of names in the
// order in which they were written, one finds the block of its neighbours too.
import { inBlock, keyOf, recordFrom, recordKeys } from '../blocks.ts';
import type { Block, StoredRecord, WorkspaceTx } from '../schema.ts';

export type Placed = { record: StoredRecord; keptHere: boolean };

/** Of so many names one is looked for first: a block has as many records twice. */
const APART = 16;
/** Of fewer it is quicker to ask for all at once. */
const FEW = 64;

/** In the order of `names` ("kind/id"); null for one that is not here. */
export async function readNamed(
  tx: WorkspaceTx<'readonly'>,
  names: readonly string[],
): Promise<(Placed | null)[]> {
  // Mostly nothing is kept here, and a record is in one place: what is not asked costs nothing.
  const [kept, blocks] = await Promise.all([tx.objectStore('kept').count(), blocksOf(tx, names)]);
  return Promise.all(
    names.map(async (name) => {
      const [kind = '', id = ''] = name.split('/');
      const block = blocks.get(name);
      const changes = block === undefined ? undefined : inBlock(block, kind, id);
      const [own, keptOne] = await Promise.all([
        changes === undefined ? tx.objectStore('records').get([kind, id]) : recordFrom(changes),
        kept > 0 ? tx.objectStore('kept').get([kind, id]) : undefined,
      ]);
      if (own) return { record: own, keptHere: false };
      return keptOne === undefined ? null : { record: keptOne, keptHere: true };
    }),
  );
}

/** The blocks that hold some of these, by each name that is in one. */
async function blocksOf(
  tx: WorkspaceTx<'readonly'>,
  names: readonly string[],
): Promise<Map<string, Block>> {
  const found = new Map<string, Block>();
  const store = tx.objectStore('blocks');
  const read = new Map<number, Promise<void>>();
  const look = async (name: string) => {
    const [kind = '', id = ''] = name.split('/');
    const n = await store.index('keys').getKey(keyOf.record(kind, id));
    if (n === undefined) return;
    const reading =
      read.get(n) ??
      store.get(n).then((block) => {
        if (block === undefined) return;
        for (const key of recordKeys(block)) found.set(key.slice(1), block);
      });
    read.set(n, reading);
    await reading;
  };
  const isFirst = (at: number) => names.length > FEW && at % APART === 0;
  await Promise.all(names.filter((_name, at) => isFirst(at)).map(look));
  await Promise.all(names.filter((name, at) => !isFirst(at) && !found.has(name)).map(look));
  return found;
}
