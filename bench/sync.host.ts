// What the benches of syncing run on: a PostgreSQL as the server starts it for itself, fsync on, and
// servers in processes of their own. Members and devices are put into the database as they are.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newToken, tokenHash } from '../src/server/accounts/secrets.ts';
import { freshId } from '../src/server/ids.ts';
import { startCluster } from '../src/server/postgres/cluster.ts';
import type { FromServer, ToServer } from './sync.server.ts';

/** A connected browser, as the server knows it. */
export type Known = {
  workspace: string;
  epoch: string;
  member: string;
  device: string;
  token: string;
};

export type Host = {
  url: string;
  /** As superuser: no walls hold. */
  database: pg.Pool;
  /** A workspace with this many members, each with one browser. */
  workspace(members?: number): Promise<[Known, ...Known[]]>;
  /** A code that connects a browser as the admin of the server's first workspace. */
  deviceCode(): Promise<string>;
  /** Resident memory of the server's process, in bytes. */
  memory(): Promise<number>;
  close(): Promise<void>;
};

/** Runs `work` with a way to start servers, each on a new database; all are stopped afterwards. */
export async function withHosts<T>(work: (start: () => Promise<Host>) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
  const cluster = await startCluster({ dir: join(folder, 'postgres'), password: 'bench' });
  const hosts: Host[] = [];
  // PostgreSQL is a process group of its own, and Ctrl-C does not reach it.
  const interrupted = () => void cluster.stop().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  try {
    return await work(async () => {
      const name = `bench_${hosts.length}`;
      const host = await startHost(await cluster.database(name), join(folder, name));
      hosts.push(host);
      return host;
    });
  } finally {
    for (const host of hosts) await host.close();
    await cluster.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startHost(databaseUrl: string, dataDir: string): Promise<Host> {
  const child = fork(join(import.meta.dirname, 'sync.server.ts'), [databaseUrl, dataDir], {
    // --cpu-prof, for example.
    execArgv: ['--expose-gc', ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? [])],
    env: { PATH: process.env.PATH },
  });
  const { url } = await answer(child, 'ready');
  const database = new pg.Pool({ connectionString: databaseUrl, max: 10 });
  await expectDurable(database);
  const ask = (what: ToServer) => child.send(what);
  let closed = false;
  return {
    url,
    database,
    async workspace(members = 1) {
      const [first, ...rest] = await putWorkspace(database, members);
      if (first === undefined) throw new RangeError('a workspace has a member');
      return [first, ...rest];
    },
    async deviceCode() {
      ask('device-code');
      return (await answer(child, 'device-code')).code;
    },
    async memory() {
      ask('memory');
      return (await answer(child, 'memory')).bytes;
    },
    async close() {
      if (closed) return;
      closed = true;
      await database.end();
      if (child.exitCode !== null || child.signalCode !== null) return;
      ask('stop');
      await once(child, 'exit');
    },
  };
}

async function answer<Is extends FromServer['is']>(
  child: ChildProcess,
  is: Is,
): Promise<Extract<FromServer, { is: Is }>> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    }),
  ])) as [FromServer];
  if (message.is !== is) throw new Error(`the server said ${message.is}, not ${is}`);
  return message as Extract<FromServer, { is: Is }>;
}

/** Nothing here is worth measuring on a database that forgets. */
async function expectDurable(database: pg.Pool): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await database.query(`SHOW ${setting}`);
    if (rows[0]?.[setting] !== 'on') throw new Error(`PostgreSQL runs with ${setting} off`);
  }
}

async function putWorkspace(database: pg.Pool, members: number): Promise<Known[]> {
  const workspace = freshId();
  const epoch = freshId();
  const all = Array.from({ length: members }, () => ({
    ...{ workspace, epoch, member: freshId(), device: freshId(), token: newToken(workspace) },
  }));
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO organization (id, name, slug, "createdAt") VALUES ($1, 'Bench', $2, now())`,
      [workspace, workspace],
    );
    await client.query('INSERT INTO workspace (id, epoch) VALUES ($1, $2)', [workspace, epoch]);
    for (const { member, device, token } of all) {
      const user = freshId();
      await client.query(
        `INSERT INTO "user" (id, name, email, "emailVerified", "updatedAt")
         VALUES ($1, 'Sample member', $2, false, now())`,
        [user, `${user}@unsaid.example`],
      );
      await client.query(
        `INSERT INTO member (id, "organizationId", "userId", role, "createdAt")
         VALUES ($1, $2, $3, 'annotator', now())`,
        [member, workspace, user],
      );
      await client.query(
        `INSERT INTO device (workspace_id, id, member_id, name, token_hash)
         VALUES ($1, $2, $3, 'Sample browser', $4)`,
        [workspace, device, member, tokenHash(token)],
      );
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return all;
}
