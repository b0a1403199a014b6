// Threads that look at a bundle's lines: reading and hashing them is most of a verification, and no
// line needs another for it. Their order is checked by whoever asks, who gets the answers in turn.
import { Worker } from 'node:worker_threads';
import type { Lookers, OneChange } from '../../evidence/index.ts';

/** What a thread is told; it answers with what it sees, in the order of asking. */
export type Look = { lines: Uint8Array<ArrayBuffer>; workspace: string };

type Waiting = { seen(changes: (OneChange | null)[]): void; failed(error: unknown): void };
type Thread = {
  worker: Worker;
  waiting: Waiting[];
  /** Why it answers no more. */
  ended: Error | null;
};

/** A thread works on one piece while the next one is there already. */
const PIECES_EACH = 2;
/** Nothing outlives its piece: with V8's usual room, two threads take half as much memory again. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

export type LookersInThreads = Lookers & { stop(): Promise<void> };

export function startLookers(threads: number): LookersInThreads {
  const all = Array.from({ length: threads }, startThread);
  return {
    atOnce: PIECES_EACH * threads,
    look(lines, workspace) {
      const [first, ...others] = all;
      if (first === undefined) throw new RangeError('one thread at least');
      const { worker, waiting, ended } = others.reduce(
        (least, one) => (one.waiting.length < least.waiting.length ? one : least),
        first,
      );
      return new Promise((seen, failed) => {
        if (ended !== null) throw ended;
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
  const script = new URL('./look-worker.ts', import.meta.url);
  const worker = new Worker(script, { resourceLimits: LIMITS });
  const thread: Thread = { worker, waiting: [], ended: null };
  const end = (error: Error) => {
    thread.ended ??= error;
    for (const one of thread.waiting.splice(0)) one.failed(thread.ended);
  };
  worker.on('message', (changes: (OneChange | null)[]) => thread.waiting.shift()?.seen(changes));
  worker.on('error', end);
  worker.on('exit', () => end(new Error('A thread of the verification ended too early.')));
  return thread;
}
