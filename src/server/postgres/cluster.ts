// A PostgreSQL of our own under the data folder: made once, started with the server, stopped with it.
// Imported by main.ts and by the tests.
import type { ChildProcess } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, postgresAccount, spawnAs } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { answers, runningCluster } from './leftover.ts';

const USER = 'unsaid';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;
/** Of a PostgreSQL that was killed, processes may live on until what they compute is done. */
const LINGERS = /pre-existing shared memory block/;
const LINGER_LIMIT_MS = 60_000;
const LINGER_PAUSE_MS = 250;

export type Cluster = {
  /** Connection string of one of its databases, made when missing. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
};

export type ClusterOptions = {
  /** Folder of the cluster's files. */
  dir: string;
  password: string;
  /** Settings as "name=value". */
  settings?: string[];
  /** Lines PostgreSQL writes; they can hold values of rows, so keep them out of shared logs. */
  onLine?: (line: string) => void;
};

/**
 * Starts the cluster in `dir`, or takes over the one that a killed server left running there.
 * Rejects in words when it cannot be made or started.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const left = await runningCluster(options.dir, USER, options.password);
  if (left) return clusterAt(left.port, options.password, () => stopProcess(left.pid));

  const binaries = await findBinaries();
  const account = await postgresAccount(options.dir, binaries.postgres);
  await initialise(binaries, account, options);
  const deadline = Date.now() + LINGER_LIMIT_MS;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const started = await launch(binaries, account, options, port);
    if (started.ok) {
      const pid = started.child.pid;
      if (pid === undefined) throw new Error('PostgreSQL has no process id.');
      return clusterAt(port, options.password, () => stopProcess(pid, started.child));
    }
    if (LINGERS.test(started.words) && Date.now() < deadline) {
      await sleep(LINGER_PAUSE_MS);
      attempt -= 1;
      continue;
    }
    // Somebody else may have taken the port in between.
    if (attempt === 3) {
      throw new Error(`PostgreSQL did not start in ${options.dir}:\n${started.words}`);
    }
  }
}

async function initialise(binaries: Binaries, account: Account, options: ClusterOptions) {
  if (await stat(path.join(options.dir, 'PG_VERSION')).catch(() => null)) return;
  // Made aside and renamed, so that a kill half-way leaves nothing that looks finished.
  const partial = `${options.dir}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const secret = path.join(tmpdir(), `unsaid-${process.pid}-${Date.now()}`);
  try {
    await writeFile(secret, `${options.password}\n`, { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      await chown(partial, account.uid, account.gid);
      await chown(secret, account.uid, account.gid);
    }
    const child = spawnAs(
      account,
      binaries.initdb,
      [
        `--pgdata=${partial}`,
        `--username=${USER}`,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: environment() },
    );
    const { code, words } = await finished(child);
    if (code !== 0) throw new Error(`PostgreSQL could not be set up in ${options.dir}:\n${words}`);
    await rename(partial, options.dir);
  } finally {
    await rm(secret, { force: true });
  }
}

type Launched = { ok: true; child: ChildProcess } | { ok: false; words: string };

async function launch(
  binaries: Binaries,
  account: Account,
  options: ClusterOptions,
  port: number,
): Promise<Launched> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    ...(options.settings ?? []),
  ];
  const child = spawnAs(
    account,
    binaries.postgres,
    ['-D', options.dir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    // A group of its own: Ctrl-C reaches the server only, which stops PostgreSQL last.
    {
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment(),
    },
  );
  let words = '';
  let ended = false;
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', (error) => {
    words += error.message;
    ended = true;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4_000);
    options.onLine?.(text.trimEnd());
  });
  const limit = Date.now() + START_LIMIT_MS;
  while (!ended && Date.now() < limit) {
    if (await answers(port, USER, options.password)) {
      child.unref();
      return { ok: true, child };
    }
    await sleep(50);
  }
  if (!ended) child.kill('SIGINT');
  return { ok: false, words };
}

function clusterAt(port: number, password: string, stop: () => Promise<void>): Cluster {
  const url = (name: string) =>
    `postgresql://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
  return {
    async database(name) {
      const { default: pg } = await import('pg');
      const client = new pg.Client(url('postgres'));
      await client.connect();
      try {
        const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
        if (known.rowCount === 0) {
          await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
        }
      } finally {
        await client.end();
      }
      return url(name);
    },
    stop,
  };
}

/** SIGINT is PostgreSQL's fast shutdown: open transactions roll back, all is written. */
async function stopProcess(pid: number, child?: ChildProcess) {
  const alive = () => {
    if (child && (child.exitCode !== null || child.signalCode !== null)) return false;
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  if (!alive()) return;
  process.kill(pid, 'SIGINT');
  const limit = Date.now() + STOP_LIMIT_MS;
  while (alive() && Date.now() < limit) await sleep(25);
}

function finished(child: ChildProcess): Promise<{ code: number | null; words: string }> {
  let words = '';
  child.stdout?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-4_000);
  });
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-4_000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, words: error.message }));
    child.on('close', (code) => resolve({ code, words }));
  });
}

/** PostgreSQL needs none of our environment; DATABASE_URL and secrets stay out of it. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** The password kept beside the cluster, made at the first start; readable by its owner only. */
export async function keptSecret(file: string, make: () => string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null && kept.trim() !== '') return kept.trim();
  const secret = make();
  const partial = `${file}.partial`;
  await writeFile(partial, `${secret}\n`, { mode: 0o600, flush: true });
  await rename(partial, file);
  return secret;
}
