// The peer that most offline programs sync with: PouchDB in memory replicating over HTTP to
// express-pouchdb in memory. Neither side of it writes to a disk.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';
import type { Body } from '../src/domain/index.ts';

PouchDB.plugin(memory).plugin(http).plugin(replication);

/** Documents in a batch: with more it is faster, and ours takes no more than this either. */
const BATCH = 500;

export type Pouch = {
  /** Replicates each list to a database of its own, all at once; documents per second. */
  push(lists: { id: string; body: Body }[][]): Promise<number>;
  close(): Promise<void>;
};

export async function startPouch(): Promise<Pouch> {
  const child = fork(join(import.meta.dirname, 'sync.pouch-server.ts'), {
    env: { PATH: process.env.PATH },
    silent: true,
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  let made = 0;
  return {
    async push(lists) {
      const pairs = await Promise.all(
        lists.map(async (list) => {
          made += 1;
          const source = new PouchDB(`source-${made}`, { adapter: 'memory' });
          await source.bulkDocs(list.map(({ id, body }) => ({ _id: id, ...body })));
          const target = new PouchDB(`${url}/target-${made}`);
          await target.info(); // which makes it
          return { source, target, count: list.length };
        }),
      );
      const start = performance.now();
      const options = { batch_size: BATCH };
      const told = await Promise.all(
        pairs.map(({ source, target }) => PouchDB.replicate(source, target, options)),
      );
      const seconds = (performance.now() - start) / 1_000;
      let all = 0;
      for (const [at, { source, target, count }] of pairs.entries()) {
        if (told[at]?.docs_written !== count) throw new Error('not every document arrived');
        all += count;
        await Promise.all([source.destroy(), target.destroy()]);
      }
      return all / seconds;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
