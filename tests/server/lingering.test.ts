// A PostgreSQL that was killed while it computed: its processes live on for a while, and the next one
// waits for them instead of giving up.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startCluster } from '../../src/server/postgres/cluster.ts';

test('killed while a statement ran, it starts again as soon as that is over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unsaid-lingering-'));
  const options = { dir: join(folder, 'postgres'), password: 'sample' };
  try {
    const first = await startCluster(options);
    const client = new pg.Client({ connectionString: await first.database('sample') });
    await client.connect();
    client.on('error', () => undefined);
    // Computing, it does not look whether its parent lives; seconds are enough.
    const busy = client
      .query('SELECT count(*) FROM generate_series(1, 6000000) AS n WHERE n % 7 = 3')
      .catch(() => null);
    await new Promise((done) => setTimeout(done, 200));
    const [pid] = (await readFile(join(options.dir, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    const second = await startCluster(options);
    const again = new pg.Client({ connectionString: await second.database('sample') });
    await again.connect();
    expect((await again.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await again.end();
    await busy;
    await second.stop();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
