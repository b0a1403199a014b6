// What goes over the wire, counted where the extension's own background calls fetch: it runs here in
// Node, on an IndexedDB in memory, against a real server.
import 'fake-indexeddb/auto';
import './no-extension.ts';
import { gzipSync } from 'node:zlib';
import { newId } from '../src/domain/index.ts';
import type { SyncResponse } from '../src/ledger/index.ts';
import { LEVEL } from '../src/server/bodies.ts';
import { Locks } from '../tests/simulation/locks.ts';
import { type Figure, figure } from './figure.ts';
import { seeded } from './random.ts';
import type { Host } from './sync.host.ts';
import { noteMaker, Sender } from './sync.sender.ts';

// Node's own locks call back at once, which no browser's do.
Object.defineProperty(navigator, 'locks', { value: new Locks(), configurable: true });
const { resumeConnect } = await import('../src/extension/background/connect.ts');
const { sync } = await import('../src/extension/background/sync.ts');
const { createWorld } = await import('../src/extension/background/world.ts');
const { commit } = await import('../src/extension/store/index.ts');

const NOTES = 100;
const MOST_A_NOTE = 220;
const MOST_IDLE = 399;

/** One request and its answer; sizes of the bodies as they went over the wire, in bytes. */
export type Counted = { path: string; sent: number; got: number };

/** `fetch` that writes down what it carries. */
export function counting(log: Counted[], carry: typeof fetch): typeof fetch {
  return async (url, init) => {
    const response = await carry(url, init);
    const bytes = await response.clone().arrayBuffer();
    log.push({
      path: new URL(String(url)).pathname,
      sent: lengthOf(init?.body),
      // Of a packed answer the header, since what fetch hands out is unpacked.
      got: Number(response.headers.get('content-length') ?? bytes.byteLength),
    });
    return response;
  };
}

function lengthOf(body: BodyInit | null | undefined): number {
  if (body === null || body === undefined) return 0;
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof ArrayBuffer) return body.byteLength;
  throw new TypeError('the extension sends text or an ArrayBuffer');
}

/** An answer's bytes as the server packs it, without what proves it. */
export function packedWithoutProofs(answer: SyncResponse): number {
  const { checkpoint, consistency, ...rest } = answer;
  return gzipSync(JSON.stringify(rest), { level: LEVEL }).length;
}

export async function wire(host: Host, seed: number): Promise<Figure[]> {
  const note = noteMaker(seeded(seed));
  const log: Counted[] = [];
  const world = createWorld();
  const deps = {
    ...{ world, fetch: counting(log, fetch) },
    ...{ changed: () => undefined, status: () => undefined },
  };
  const even = async () => {
    log.length = 0;
    const outcome = await sync(deps, { force: true });
    if (outcome !== 'even') throw new Error(`syncing ended ${outcome}`);
    return log.filter(({ path }) => path === '/v1/sync');
  };
  const state = await resumeConnect(deps, host.url, await host.deviceCode());
  if (state.state !== 'connected') throw new Error(`connecting ended ${state.state}`);
  await even();

  const writes = Array.from({ length: NOTES }, () => ({
    ...{ id: newId(world.source), kind: 'note', record: newId(world.source), body: note() },
  }));
  await world.write(({ db, me }) => commit(db, world.source, writes, { author: me }));
  const [pushed] = await even();
  if (pushed === undefined) throw new Error('nothing was pushed');
  await even();
  const idle = await even();
  const [asked] = idle;
  if (asked === undefined) throw new Error('an idle device asks as well');
  const most = (bound: number) => ({ of: 'value', at: 'most', bound }) as const;
  const bytes = (name: string, value: number, bound: number) =>
    figure({ name, value, unit: 'B' }, null, most(bound));
  return [
    bytes('a note of 100 characters pushed, of 100', pushed.sent / NOTES, MOST_A_NOTE),
    bytes('the same pulled, without proofs', (await pulled(host, note)) / NOTES, MOST_A_NOTE),
    figure({ name: 'requests of an idle sync', value: log.length, unit: '' }, null, most(1)),
    bytes('the body it sends', asked.sent, MOST_IDLE),
    bytes('the body it gets', asked.got, MOST_IDLE),
  ];
}

/** Bytes of an answer that brings a colleague's hundred notes. */
async function pulled(host: Host, note: ReturnType<typeof noteMaker>): Promise<number> {
  const [writer, reader] = await host.workspace(2);
  if (reader === undefined) throw new Error('a colleague');
  const sender = await Sender.of(host.url, writer);
  const colleague = await Sender.of(host.url, reader);
  const from = colleague.size;
  await sender.send(sender.sealNotes(NOTES, note));
  const answer = await colleague.pull({ cursor: from, limit: NOTES });
  if (answer.changes.length !== NOTES) throw new Error(`${answer.changes.length} were pulled`);
  return packedWithoutProofs({ ...answer, results: [] });
}
