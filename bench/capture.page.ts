// Runs in the browser for capture.bench.ts: the extension's own store on a page's IndexedDB.

import { newId } from '../src/domain/index.ts';
import { hasher } from '../src/extension/background/hasher.ts';
import { commit, openWorkspace, type Write } from '../src/extension/store/index.ts';
import { newChain } from '../src/ledger/index.ts';
import { sampleNote } from './sample-note.ts';

const source = {
  now: () => Date.now(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};
const AUTHOR = newId(source);
const FILL_AT_ONCE = 500;

const noteWrite = (turn: number): Write => ({
  id: newId(source),
  kind: 'note',
  record: newId(source),
  body: sampleNote(turn),
});

/** Opens a connected workspace and writes `present` notes into it. */
async function prepare(
  present: number,
): Promise<{ ours(): Promise<number>; bare(): Promise<number> }> {
  const db = await openWorkspace(`bench-${present}`);
  const chain = newChain(newId(source), newId(source), AUTHOR, '0000000000000000');
  await db.put('meta', chain, 'chain');
  for (let done = 0; done < present; done += FILL_AT_ONCE) {
    const many = Math.min(FILL_AT_ONCE, present - done);
    const writes = Array.from({ length: many }, (_, turn) => noteWrite(done + turn));
    await commit(db, source, writes, { author: AUTHOR });
  }
  let turn = present;
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  return {
    ours() {
      turn += 1;
      const write = noteWrite(turn);
      return timed(() => commit(db, source, [write], { author: AUTHOR }));
    },
    // The least that a durable capture can be: one row, put strictly.
    bare() {
      turn += 1;
      const row = { id: newId(source), changedAt: turn, body: sampleNote(turn) };
      return timed(async () => {
        const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
        await tx.store.put(row);
        await tx.done;
      });
    },
  };
}

Object.assign(globalThis, { prepare });
export type Prepare = typeof prepare;
