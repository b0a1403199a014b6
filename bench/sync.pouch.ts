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

type Document = { id: string; body: Body };

export type Pouch = {
  /**
   * Each team's lists go to one database, each list from a database of its own, all at once;
   * documents per second.
   */
  push(teams: Document[][][]): Promise<number>;
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
    async push(teams) {
      const targets: PouchDB[] = [];
      const pairs: { source: PouchDB; target: PouchDB; count: number }[] = [];
      for (const lists of teams) {
        made += 1;
        const target = new PouchDB(`${url}/target-${made}`);
        await target.info(); // which makes it
        targets.push(target);
        for (const [at, list] of lists.entries()) {
          const source = new PouchDB(`source-${made}-${at}`, { adapter: 'memory' });
          await source.bulkDocs(list.map(({ id, body }) => ({ _id: id, ...body })));
          pairs.push({ source, target, count: list.length });
        }
      }
      const start = performance.now();
      const options = { batch_size: BATCH };
      const told = await Promise.all(
        pairs.map(({ source, target }) => PouchDB.replicate(source, target, options)),
      );
      const seconds = (performance.now() - start) / 1_000;
      for (const [at, { source, count }] of pairs.entries()) {
        if (told[at]?.docs_written !== count) throw new Error('not every document arrived');
        await source.destroy();
      }
      for (const target of targets) await target.destroy();
      return pairs.reduce((sum, { count }) => sum + count, 0) / seconds;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
