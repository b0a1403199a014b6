// The workspace that the console is measured on: made up by the seed's own generator, with reviews,
// on a PostgreSQL as the server starts it for itself.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { Device } from '../scripts/seed/device.ts';
import { PASSWORD, type Person, people } from '../scripts/seed/people.ts';
import { Random } from '../scripts/seed/random.ts';
import { records, type SeedChange } from '../scripts/seed/records.ts';
import { STARTER_STANDARDS } from '../src/domain/starter-standards.ts';
import { startServer } from '../src/server/main.ts';
import { startCluster } from '../src/server/postgres/cluster.ts';
import { audits } from './console.audits.ts';
import { addCopies } from './console.copies.ts';
import { partDraws } from './console.draws.ts';
import type { Ready } from './console.server.ts';

const BASE_CUSTOMERS = 500;
const MEMBERS = 8;
const AT_ONCE = 500;

export type Workspace = {
  url: string;
  /** A session of the admin, as a header has it. */
  cookie: string;
  /** Records that are not deleted. */
  size: number;
  /** Some ids of each kind, so that not always the same is asked for. */
  ids: ReadonlyMap<string, readonly string[]>;
};

export type Wanted = {
  /** At least so many, in steps of some 50,000. */
  records: number;
  seed: number;
  /** A folder that is kept, and used again where it has a workspace already. */
  keptIn: string | undefined;
  consoleDir: string;
};

/** Runs `work` with a server on such a workspace. */
export async function withWorkspace<T>(
  wanted: Wanted,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const folder = wanted.keptIn
    ? resolve(wanted.keptIn)
    : await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711); // as root, PostgreSQL runs under another account
  const cluster = await startCluster({ dir: join(folder, 'postgres'), password: 'bench' });
  // PostgreSQL is a process group of its own, and Ctrl-C does not reach it.
  const interrupted = () => void cluster.stop().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  let server: ChildProcess | null = null;
  try {
    const databaseUrl = await cluster.database('bench');
    const dataDir = join(folder, 'data');
    await grow(databaseUrl, dataDir, join(folder, 'copies'), wanted);
    await partDraws(databaseUrl);
    server = fork(
      join(import.meta.dirname, 'console.server.ts'),
      [databaseUrl, dataDir, wanted.consoleDir],
      { execArgv: process.env.BENCH_NODE_ARGS?.split(' ') ?? [], env: { PATH: process.env.PATH } },
    );
    const [{ url }] = (await Promise.race([
      once(server, 'message'),
      once(server, 'exit').then(() => {
        throw new Error('the server ended');
      }),
    ])) as [Ready];
    return await work({ url, cookie: await signIn(url), ...(await look(databaseUrl)) });
  } finally {
    if (server?.exitCode === null) {
      server.send('stop');
      await once(server, 'exit');
    }
    await cluster.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
    if (!wanted.keptIn) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `state`: a file that says how many copies there are, the original being one. */
async function grow(
  databaseUrl: string,
  dataDir: string,
  state: string,
  { records: least, seed }: Wanted,
): Promise<void> {
  if (!existsSync(state)) {
    const said = await seedBase(databaseUrl, dataDir, seed);
    await writeFile(state, `1 ${said}`);
  }
  const [copies = 1, base = 1] = (await readFile(state, 'utf8')).split(' ').map(Number);
  const wanted = Math.ceil(least / base);
  if (wanted <= copies) return;
  await addCopies(databaseUrl, {
    ...{ from: copies, to: wanted },
    onCopy: (copy) => progress(`${((copy + 1) * base).toLocaleString('en')} records`),
  });
  await writeFile(state, `${wanted} ${base}`);
}

/** Pushes as browsers do; the number of records. */
async function seedBase(databaseUrl: string, dataDir: string, seed: number): Promise<number> {
  const server = await startServer({
    ...{ port: 0, databaseUrl, dataDir, consoleDir: '/nonexistent', logLevel: 'warn' },
    ...{ guessesPerMinute: 10_000, requestsPerMinute: 1_000_000 },
  });
  try {
    const everybody = await people(server, MEMBERS);
    const began = Date.UTC(2023, 11, 1);
    const devices: Device[] = [];
    for (const [at, person] of everybody.entries()) {
      devices.push(await Device.connect(server.url, person, began, new Random(seed ^ (at + 1))));
    }
    const members = devices.map(({ member }) => member);
    const all = records({
      ...{ customers: BASE_CUSTOMERS, seed },
      members: MEMBERS,
      memberIds: members,
    });
    await push(devices, all);
    const [admin] = everybody;
    if (!admin) throw new RangeError('nobody');
    const { standards, audit } = await prepare(admin);
    const reviews = audits({ ...{ seed, changes: all, members, standards, audit } });
    await push(devices, reviews);
    return new Set([...all, ...reviews].map(({ record }) => record)).size;
  } finally {
    await server.close();
  }
}

async function push(devices: readonly Device[], all: readonly SeedChange[]): Promise<void> {
  let sent = 0;
  for (let from = 0; from < all.length; from += AT_ONCE * devices.length) {
    const part = all.slice(from, from + AT_ONCE * devices.length);
    for (const [by, device] of devices.entries()) {
      const own = part.filter((change) => change.by === by);
      for (let at = 0; at < own.length; at += AT_ONCE) {
        await device.push(own.slice(at, at + AT_ONCE));
      }
    }
    sent += part.length;
    progress(`${sent.toLocaleString('en')} of ${all.length.toLocaleString('en')} changes`);
  }
}

/** Standards and a draw, made as in the console. */
async function prepare(admin: Person): Promise<{ standards: string[]; audit: string }> {
  const made = await admin.call('/v1/standards', { standards: STARTER_STANDARDS });
  const { standards } = (await made.json()) as {
    standards: { current: { id: string; judgement: string } }[];
  };
  const drawn = await admin.call('/v1/draws', {
    ...{ name: 'Sample audit', unit: 'project', filter: {}, strata: 'satisfaction' },
    ...{ method: { kind: 'stratified', size: 60, least: 1 }, blind: false, due: null },
  });
  const { draw } = (await drawn.json()) as { draw: { id: string } };
  const yesNo = standards.filter(({ current }) => current.judgement === 'yes-no');
  return { standards: yesNo.map(({ current }) => current.id), audit: draw.id };
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    ...{ method: 'POST', redirect: 'manual' },
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: url },
    body: new URLSearchParams({ email: 'member-1@unsaid.example', password: PASSWORD }).toString(),
  });
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  if (cookies.length === 0) throw new Error('The admin could not sign in.');
  return cookies.join('; ');
}

const SOME = 40;

async function look(databaseUrl: string): Promise<Pick<Workspace, 'size' | 'ids'>> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    // PostgreSQL does so by itself within a minute; nobody writes a workspace of years in one.
    await client.query('ANALYZE');
    const { rows: counted } = await client.query<{ kind: string; count: string }>(
      'SELECT kind, count(*) FROM record WHERE NOT deleted GROUP BY kind',
    );
    const ids = new Map<string, string[]>();
    for (const { kind } of counted) {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM record WHERE kind = $1 AND NOT deleted
         ORDER BY md5(id::text || 'some') LIMIT ${SOME}`,
        [kind],
      );
      ids.set(
        kind,
        rows.map(({ id }) => id),
      );
    }
    return { ids, size: counted.reduce((sum, { count }) => sum + Number(count), 0) };
  } finally {
    await client.end();
  }
}

function progress(text: string): void {
  process.stderr.write(`\r\x1b[K${text}`);
}
