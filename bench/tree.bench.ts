// The tree: appending leaves on the server, hashing them in a browser, and verifying a whole log.
import { hash, randomBytes } from 'node:crypto';
import { newId } from '../src/domain/index.ts';
import {
  auditLog,
  canonicalBytes,
  extend,
  type LogRow,
  leafBytes,
  newChain,
  noteKey,
  rankOf,
  seal,
  timestampOf,
  ZERO_TIME,
} from '../src/ledger/index.ts';
import { nodeHasher } from '../src/server/hasher.ts';
import { type Figure, figure } from './figure.ts';
import { inChromium } from './in-chromium.ts';
import { inRounds, perSecond } from './rounds.ts';
import { sampleNote } from './sample-note.ts';
import type { Ways } from './tree.page.ts';

const source = { now: () => Date.now(), random: (bytes: number) => randomBytes(bytes) };

export async function run({ quick }: { quick: boolean }): Promise<Figure[]> {
  return [
    await appending(quick ? 20_000 : 100_000, quick ? 9 : 21),
    ...(await hashing(quick ? 4_000 : 20_000, quick ? 9 : 21)),
    await verifying(quick ? 1_000 : 5_000, quick ? 3 : 9),
  ];
}

/** Leaf hashes that come in; the peer is one hash of a node, answered with memory of its own. */
async function appending(many: number, rounds: number): Promise<Figure> {
  const hashes = Array.from({ length: many }, () => new Uint8Array(randomBytes(32)));
  const node = randomBytes(65);
  const { size, frontier } = extend(nodeHasher, 0, [], hashes.slice(0, 300));
  const took = await inRounds(rounds, {
    ours() {
      const start = performance.now();
      extend(nodeHasher, size, frontier, hashes);
      return (many * 1_000) / (performance.now() - start);
    },
    bare: () => perSecond(many, () => void hash('sha256', node, 'buffer')),
  });
  return figure(
    { name: 'leaf hashes appended to a tree, in Node', value: took.ours, unit: '/s' },
    { name: 'bare crypto.hash of a node', value: took.bare },
    { of: 'value', at: 'least', bound: 300_000 },
  );
}

async function hashing(many: number, rounds: number): Promise<Figure[]> {
  const took = await inChromium('tree.page.ts', async (page) => {
    const inPage = (name: keyof Ways) => () =>
      page.evaluate(
        ([way, leaves]) => (globalThis as unknown as { ways: Ways }).ways[way](leaves),
        [name, many] as const,
      );
    await page.evaluate(() => (globalThis as unknown as { agree(): Promise<void> }).agree());
    return inRounds(rounds, {
      ours: inPage('ours'),
      webCrypto: inPage('webCrypto'),
      noble: inPage('noble'),
    });
  });
  const ours = { name: 'leaves of 500 B hashed, in Chromium', value: took.ours, unit: '/s' };
  return [
    figure(
      ours,
      { name: 'WebCrypto, all in flight', value: took.webCrypto },
      {
        of: 'value',
        at: 'least',
        bound: 150_000,
      },
    ),
    figure(ours, { name: '@noble/hashes', value: took.noble }, null),
  ];
}

/** Every check of every row, without a database. */
async function verifying(many: number, rounds: number): Promise<Figure> {
  const workspace = newId(source);
  const rows = logOf(workspace, many);
  const key = noteKey(nodeHasher, 'log.example', new Uint8Array(32));
  const { verify } = await inRounds(rounds, {
    async verify() {
      const start = performance.now();
      const log = {
        workspace,
        rows: (async function* () {
          yield* rows;
        })(),
        tile: async () => null,
        checkpoint: null,
        pinned: [],
        key,
      };
      const { size } = await auditLog(
        nodeHasher,
        () => true,
        log,
        () => {},
      );
      if (size !== many) throw new Error('not all rows were read');
      return (many * 1_000) / (performance.now() - start);
    },
  });
  return figure({ name: 'rows of a log verified offline', value: verify, unit: '/s' }, null, null);
}

function logOf(workspace: string, many: number): LogRow[] {
  let chain = newChain(workspace, newId(source), newId(source), ZERO_TIME);
  return Array.from({ length: many }, (_, seq) => {
    const draft = { id: newId(source), kind: 'note', record: newId(source), body: sampleNote(seq) };
    const sealed = seal(nodeHasher, source, chain, draft);
    chain = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const received = Date.now();
    const rank = rankOf(envelope.at, timestampOf({ ms: received, counter: 0 }));
    return {
      seq,
      leaf: leafBytes({ ...envelope, received: new Date(received).toISOString(), rank }),
      salt,
      body: canonicalBytes(body),
      folded: true,
      signature: null,
    };
  });
}
