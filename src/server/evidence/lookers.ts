// Threads that look at a bundle's lines: reading and hashing them is most of a verification, and no
// line needs another for it. Their order is checked by whoever asks, who gets the answers in turn.
import { Worker } from 'node:worker_threads';
import type { Lookers, OneChange } from '../../evidence/index.ts';

/** What a thread is told; it answers with what it sees, in the order of asking. */
export type Look = { lines: Uint8Array<ArrayBuffer>; workspace: string };

type Waiting = { seen(changes: (OneChange | null)[]): void; failed(error: unknown): void };
type Thread = { worker: Worker; waiting: Waiting[] };

/** A thread works on one piece while the next one is there already. */
const PIECES_EACH = 2;

export type LookersInThreads = Lookers & { stop(): Promise<void> };

export function startLookers(threads: number): LookersInThreads {
  const all = Array.from({ length: threads }, startThread);
  return {
    atOnce: PIECES_EACH * threads,
    look(lines, workspace) {
      const [first, ...others] = all;
      if (first === undefined) throw new RangeError('one thread at least');
      const { worker, waiting } = others.reduce(
        (least, one) => (one.waiting.length < least.waiting.length ? one : least),
        first,
      );
      return new Promise((seen, failed) => {
        waiting.push({ seen, failed });
        worker.postMessage({ lines, workspace } satisfies Look, [lines.buffer]);
      });
    },
    async stop() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

function startThread(): Thread {
  const worker = new Worker(new URL('./look-worker.ts', import.meta.url));
  const waiting: Waiting[] = [];
  worker.on('message', (changes: (OneChange | null)[]) => waiting.shift()?.seen(changes));
  const end = (error: unknown) => {
    for (const one of waiting.splice(0)) one.failed(error);
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('A thread of the verification ended too early.')));
  return { worker, waiting };
}
