// Runs in the browser for capture.bench.ts: the extension's own store on a page's IndexedDB.

import { newId } from '../src/domain/index.ts';
import { hasher } from '../src/extension/background/hasher.ts';
import {
  commit,
  openWorkspace,
  putDraft,
  takeAnswer,
  type Write,
} from '../src/extension/store/index.ts';
import { newChain, type PulledChange, seal } from '../src/ledger/index.ts';
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
  fresh: true,
});

/**
 * Opens a connected workspace with `present` notes in it: most pulled from a server, a fifth written
 * here.
 */
async function prepare(
  present: number,
): Promise<{ ours(): Promise<number>; bare(): Promise<number> }> {
  const db = await openWorkspace(`bench-${present}`);
  const chain = newChain(newId(source), newId(source), AUTHOR, '0000000000000000');
  await db.put('meta', chain, 'chain');
  const epoch = newId(source);
  let theirs = newChain(chain.workspace, newId(source), newId(source), '0000000000000000');
  const pulled = (seq: number): PulledChange => {
    const sealed = seal(hasher, source, theirs, noteWrite(seq));
    theirs = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    return { seq, leaf, salt, body };
  };
  for (let done = 0; done < present; done += FILL_AT_ONCE) {
    const many = Math.min(FILL_AT_ONCE, present - done);
    if ((done / FILL_AT_ONCE) % 5 === 0) {
      const writes = Array.from({ length: many }, (_, turn) => noteWrite(done + turn));
      await commit(db, source, writes, { author: AUTHOR });
    } else {
      const changes = Array.from({ length: many }, (_, turn) => pulled(done + turn));
      const cursor = done + many;
      const answer = { v: 1 as const, epoch, results: [], changes, cursor, more: true };
      await takeAnswer(db, hasher, answer, Date.now());
    }
  }
  let turn = present;
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  return {
    // As the sidebar saves: the card's draft goes with it.
    async ours() {
      turn += 1;
      const write = noteWrite(turn);
      const draft = newId(source);
      await putDraft(db, { id: draft, changedAt: turn, ...sampleNote(turn) });
      return timed(() => commit(db, source, [write], { author: AUTHOR, discardDraft: draft }));
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
