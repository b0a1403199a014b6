// Whether syncing costs more as a workspace grows: the same push and the same pull at each decade.
import { type Figure, figure } from './figure.ts';
import { seeded } from './random.ts';
import { median } from './rounds.ts';
import type { Host } from './sync.host.ts';
import { noteMaker, type Sealed, Sender } from './sync.sender.ts';

const GROW_BY = 500;
/** Few, so that a workspace of a thousand is not a far larger one once it was measured. */
const PUSHED = 100;
const PULLED = 1_000;
/** How many times dearer the largest may be than the smallest. */
const MOST = 1.5;
/** A device may ask 600 times a minute. */
const WRITERS = 8;

export type AtSize = { size: number; push: number; pull: number };

export async function growth(host: Host, quick: boolean, seed: number): Promise<Figure[]> {
  const sizes = quick ? [1_000, 10_000, 50_000] : [1_000, 10_000, 100_000, 1_000_000];
  const note = noteMaker(seeded(seed));
  const samples = quick ? 7 : 21;
  const grow = async () => {
    const known = await host.workspace(WRITERS + 1);
    const [reader, ...writers] = await Promise.all(known.map((one) => Sender.of(host.url, one)));
    if (reader === undefined) throw new Error('a workspace has a member');
    return { reader, writers, note };
  };
  // Another workspace first: what is compared is sizes, not a cold server with a warm one.
  await at(await grow(), 1_000, samples);
  const grown = await grow();
  const measured: AtSize[] = [];
  for (const size of sizes) measured.push(await at(grown, size, samples));
  return figuresOf(measured);
}

/** The times at each size, and the last beside the first. Needs at least two. */
export function figuresOf(measured: AtSize[]): Figure[] {
  const [first] = measured;
  const last = measured.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('no sizes were measured');
  return (['push', 'pull'] as const).flatMap((way) =>
    measured
      .slice(1)
      .map((one) =>
        figure(
          { name: nameOf(way, one.size), value: one[way], unit: 'ms' },
          { name: `at ${first.size.toLocaleString('en-GB')}`, value: first[way] },
          one === last ? { of: 'ratio', at: 'most', bound: MOST } : null,
        ),
      ),
  );
}

function nameOf(way: 'push' | 'pull', size: number): string {
  const what = way === 'push' ? `a push of ${PUSHED}` : `a pull of ${PULLED}`;
  return `${what} in a workspace of ${size.toLocaleString('en-GB')} changes`;
}

type Grown = { reader: Sender; writers: Sender[]; note: ReturnType<typeof noteMaker> };

async function at(
  { reader, writers, note }: Grown,
  size: number,
  samples: number,
): Promise<AtSize> {
  let turn = 0;
  const next = () => writers[turn++ % writers.length] as Sender;
  const sealed = (sender: Sender, count: number) => ({
    sender,
    batch: sender.sealNotes(count, note),
  });
  // While one batch is on its way, the next is sealed.
  let sending: Promise<unknown> = Promise.resolve();
  let reached = reader.size;
  while (reached < size) {
    const { sender, batch } = sealed(next(), Math.min(GROW_BY, size - reached));
    await sending;
    sending = sender.send(batch);
    reached += batch.count;
  }
  await sending;
  const push: number[] = [];
  const pull: number[] = [];
  // Pages from all over the log: old ones, and the newest.
  const last = Math.max(0, reached - PULLED);
  for (let sample = 0; sample < samples; sample += 1) {
    const { sender, batch } = sealed(next(), PUSHED);
    push.push(await timed(sender, batch));
    const cursor = Math.floor((last * sample) / Math.max(1, samples - 1));
    const start = performance.now();
    const answer = await reader.pull({ cursor, limit: PULLED });
    pull.push(performance.now() - start);
    if (answer.changes.length < Math.min(PULLED, size) - writers.length - 1) {
      throw new Error(`${answer.changes.length} were pulled`);
    }
  }
  return { size, push: median(push), pull: median(pull) };
}

/** ms of a push that lies packed. */
async function timed(sender: Sender, batch: Sealed): Promise<number> {
  const packed = sender.pack(batch);
  const start = performance.now();
  await sender.sendPacked(packed, batch.count);
  return performance.now() - start;
}
