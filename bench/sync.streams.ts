// Open sidebars: streams of pokes held by one server process, and what they add to its memory.
import { Agent, get, type IncomingMessage } from 'node:http';
import { type Figure, figure } from './figure.ts';
import { seeded } from './random.ts';
import type { Host, Known } from './sync.host.ts';
import { percentile } from './sync.numbers.ts';
import { noteMaker, Sender } from './sync.sender.ts';

const MB = 2 ** 20;
const MOST_MB = 300;
const OPENED_AT_ONCE = 50;

/** `host`: one that has done nothing yet, so that nothing it has used before is used again. */
export async function streams(host: Host, quick: boolean): Promise<Figure[]> {
  const count = quick ? 100 : 1_000;
  const [writer, ...members] = await host.workspace(1 + count);
  const sender = await Sender.of(host.url, writer);
  const push = () => sender.send(sender.sealNotes(1, noteMaker(seeded(1))));
  await push();
  const idle = await host.memory();
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const open: Stream[] = [];
  try {
    for (let from = 0; from < count; from += OPENED_AT_ONCE) {
      const some = members.slice(from, from + OPENED_AT_ONCE);
      open.push(...(await Promise.all(some.map((one) => openStream(host.url, one, agent)))));
    }
    const told = Promise.all(open.map((one) => one.next(sender.size + 1)));
    const start = performance.now();
    await push();
    const took = (await told).map((at) => at - start);
    const held = await host.memory();
    const name = `${count} open sidebars`;
    const most = { of: 'value', at: 'most', bound: MOST_MB } as const;
    return [
      figure(
        { name: `${name}: memory beyond idle`, value: (held - idle) / MB, unit: 'MB' },
        null,
        most,
      ),
      figure({ name: `${name}: all of the process`, value: held / MB, unit: 'MB' }, null, null),
      figure(
        { name: `${name}: a push until the last is poked`, value: percentile(took, 1), unit: 'ms' },
        null,
        null,
      ),
    ];
  } finally {
    for (const one of open) one.close();
    agent.destroy();
  }
}

type Stream = {
  /** When the stream first tells of at least this many leaves. */
  next(size: number): Promise<number>;
  close(): void;
};

/** Resolves once the stream has said its first size. */
async function openStream(url: string, who: Known, agent: Agent): Promise<Stream> {
  const headers = { Authorization: `Bearer ${who.token}`, Accept: 'text/event-stream' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/v1/pokes`, { agent, headers }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`a stream was refused: ${response.statusCode}`);
  response.setEncoding('utf8');
  const waiting = new Set<(size: number) => void>();
  response.on('data', (text: string) => {
    for (const size of sizesIn(text)) for (const hear of waiting) hear(size);
  });
  const stream: Stream = {
    next: (wanted) =>
      new Promise((resolve) => {
        const hear = (size: number) => {
          if (size < wanted) return;
          waiting.delete(hear);
          resolve(performance.now());
        };
        waiting.add(hear);
      }),
    close: () => response.destroy(),
  };
  await stream.next(0);
  return stream;
}

/** Sizes that a piece of a stream tells of; an event is small and comes in one piece. */
export function sizesIn(text: string): number[] {
  return [...text.matchAll(/"size":(\d+)/g)].map(([, size]) => Number(size));
}
