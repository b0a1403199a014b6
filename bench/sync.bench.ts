// The ledger and the sync, end to end: devices push to a server in a process of its own, over HTTP, on
// a PostgreSQL with fsync on; browsers' figures are taken in a real Chromium. Beside them COPY of the
// same rows and PouchDB with the same documents, in turns.
import { run as capture } from './capture.bench.ts';
import type { Figure } from './figure.ts';
import { run as poke } from './poke.bench.ts';
import type { Options } from './run.ts';
import { runDevice } from './sync.device.ts';
import { growth } from './sync.growth.ts';
import { withHosts } from './sync.host.ts';
import { batches, singles } from './sync.push.ts';
import { streams } from './sync.streams.ts';
import { wire } from './sync.wire.ts';
import { run as tree } from './tree.bench.ts';

const SEED = 1;

export function run(options: Options): Promise<Figure[]> {
  const { quick, seed = SEED, parts = [] } = options;
  return withHosts(async (start) => {
    const all: { [part: string]: () => Promise<Figure[]> } = {
      push: async () => batches(await start(), quick, seed),
      single: async () => singles(await start(), quick, seed),
      wire: async () => wire(await start(), seed),
      device: () => runDevice({ quick }),
      capture: () => capture({ quick }),
      tree: () => tree({ quick }),
      poke: () => poke({ quick }),
      streams: async () => streams(await start(), quick),
      growth: async () => growth(await start(), quick, seed),
    };
    const figures: Figure[] = [];
    for (const part of parts.length > 0 ? parts : Object.keys(all)) {
      const measure = all[part];
      if (measure === undefined) {
        throw new Error(`There is no part “${part}”. There are: ${Object.keys(all).join(', ')}`);
      }
      figures.push(...(await measure()));
    }
    return figures;
  });
}
