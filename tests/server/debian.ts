// PostgreSQL 15 and pgbouncer as Debian has them: other programs than the ones the server brings.
import { type ChildProcess, execFile } from 'node:child_process';
import { access, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Account, postgresAccount, spawnAs } from '../../src/server/postgres/account.ts';

const run = promisify(execFile);
const BIN = '/usr/lib/postgresql/15/bin';
const POOLER = '/usr/sbin/pgbouncer';

/** Null when both are there, else in words why not. Root on Debian installs them. */
export async function missing(): Promise<string | null> {
  const there = () =>
    Promise.all([access(`${BIN}/postgres`), access(POOLER)]).then(
      () => true,
      () => false,
    );
  if (await there()) return null;
  if (process.getuid?.() === 0) {
    await run('apt-get', ['install', '-y', 'postgresql-15', 'pgbouncer'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).catch(() => undefined);
    if (await there()) return null;
  }
  return 'PostgreSQL 15 and pgbouncer are not installed: apt-get install postgresql-15 pgbouncer';
}

export type Debian = {
  /** Connection string of a new database, as superuser. */
  database(): Promise<string>;
  /** The same database through pgbouncer in transaction mode, with three connections to share. */
  pooled(url: string): string;
  version(): Promise<string>;
  stop(): Promise<void>;
};

export async function startDebian(): Promise<Debian> {
  const folder = await mkdtemp(path.join(tmpdir(), 'unsaid-15-'));
  await chmod(folder, 0o755);
  const dir = path.join(folder, 'data');
  const account = await postgresAccount(dir, `${BIN}/postgres`);
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(folder, account.uid, account.gid);
  }
  const [port, poolPort] = [await freePort(), await freePort()];
  await finished(account, `${BIN}/initdb`, [
    '-D',
    dir,
    '-U',
    'unsaid',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
  const postgres = spawnAs(
    account,
    `${BIN}/postgres`,
    ['-D', dir, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
    { cwd: '/', stdio: 'ignore' },
  );
  const at = (name: string, where: number) => `postgresql://unsaid:test@127.0.0.1:${where}/${name}`;
  await answering(at('postgres', port));

  const config = path.join(folder, 'pgbouncer.ini');
  await writeFile(path.join(folder, 'users'), '"unsaid" "test"\n"unsaid_owner" "test"\n');
  await writeFile(
    config,
    `[databases]
* = host=127.0.0.1 port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${poolPort}
unix_socket_dir =
auth_type = trust
auth_file = ${folder}/users
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
`,
  );
  const pooler = spawnAs(account, POOLER, [config], { cwd: '/', stdio: 'ignore' });
  await answering(at('postgres', poolPort));
  await query(at('postgres', port), `CREATE ROLE unsaid_owner LOGIN CREATEROLE`);

  let made = 0;
  return {
    async database() {
      const name = `unsaid_${made++}`;
      await query(at('postgres', port), `CREATE DATABASE ${name} OWNER unsaid_owner`);
      return at(name, port);
    },
    pooled(url) {
      const through = new URL(url);
      through.port = String(poolPort);
      return through.href;
    },
    async version() {
      const rows = await query(at('postgres', port), 'SHOW server_version_num');
      return String(rows[0]?.server_version_num);
    },
    async stop() {
      await ended(pooler, 'SIGTERM');
      await ended(postgres, 'SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function answering(url: string): Promise<void> {
  for (let left = 300; ; left--) {
    try {
      await query(url, 'SELECT 1');
      return;
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}

function finished(account: Account, program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawnAs(account, program, args, { cwd: '/', stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program}: ${code}`)),
    );
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('close', () => resolve());
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
