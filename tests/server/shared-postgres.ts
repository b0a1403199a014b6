// One PostgreSQL for all test files that do not ask for one of their own. The first that needs it
// starts it; it is stopped when the last test has run (global setup of vitest.config.ts).
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { type Cluster, startCluster } from '../../src/server/postgres/cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    sharedPostgres: string;
  }
}

/** Nothing that a test keeps outlives it: how PostgreSQL keeps is not what is tested with these. */
const SETTINGS = [
  ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'],
  ...['wal_level=minimal', 'max_wal_senders=0', 'max_connections=120'],
];

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await quickFolder(), 'unsaid-tests-'));
  project.provide('sharedPostgres', folder);
  return async () => {
    if (existsSync(path.join(clusterIn(folder), 'postmaster.pid'))) {
      await (await startTestCluster(folder)).stop();
    }
    await rm(folder, { recursive: true, force: true });
  };
}

/** Of Linux: files that are in memory only. */
const IN_MEMORY = '/dev/shm';
/** Much more than all databases that are there at once. */
const ROOM = 3 * 2 ** 30;

/** A database for each test: its making costs several times as much on a disk. */
async function quickFolder(): Promise<string> {
  const there = await statfs(IN_MEMORY).catch(() => null);
  if (there === null || process.availableMemory() < 2 * ROOM) return tmpdir();
  return there.bavail * there.bsize < ROOM ? tmpdir() : IN_MEMORY;
}

const clusterIn = (folder: string) => path.join(folder, 'postgres');

/** Starts the one in this folder, or takes over the one that runs there. */
export async function startTestCluster(folder: string): Promise<Cluster> {
  await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
  return startCluster({ dir: clusterIn(folder), password: 'test', settings: SETTINGS });
}

/** What `prepare` answered when the first test file that needs this cluster had it started. */
export async function sharedCluster<T>(
  folder: string,
  prepare: (cluster: Cluster) => Promise<T>,
): Promise<{ cluster: Cluster; prepared: T }> {
  const ready = path.join(folder, 'ready');
  const isFirst = await mkdir(path.join(folder, 'claimed')).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const cluster = await startTestCluster(folder);
    const prepared = await prepare(cluster);
    await writeFile(`${ready}.partial`, JSON.stringify(prepared));
    await rename(`${ready}.partial`, ready);
    return { cluster, prepared };
  }
  // If the first one failed this waits until the hook's time is over, and says so by that.
  while (!existsSync(ready)) await sleep(50);
  const prepared = JSON.parse(await readFile(ready, 'utf8')) as T;
  return { cluster: await startTestCluster(folder), prepared };
}
