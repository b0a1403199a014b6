// What a killed server or a crashed machine leaves behind: a PostgreSQL still running, or the pid
// file of one that is gone.
import { readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const WAIT_MS = 15_000;

/** True when a PostgreSQL on this port takes the password. */
export async function answers(port: number, user: string, password: string): Promise<boolean> {
  return (await dataDirectory(port, user, password)) !== null;
}

/**
 * The PostgreSQL that still runs on `dir`, or null after the way is clear for a new one.
 * A pid file whose process is no PostgreSQL (numbers are used again, above all in containers) is
 * removed; PostgreSQL itself would refuse to start on it.
 */
export async function runningCluster(
  dir: string,
  user: string,
  password: string,
): Promise<{ pid: number; port: number } | null> {
  const file = path.join(dir, 'postmaster.pid');
  const limit = Date.now() + WAIT_MS;
  for (;;) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return null;
    const lines = text.split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!Number.isInteger(pid) || pid <= 0 || !(await isPostgres(pid))) {
      await rm(file, { force: true });
      return null;
    }
    if (port > 0) {
      const serves = await dataDirectory(port, user, password);
      if (serves !== null && (await realpath(serves)) === (await realpath(dir)))
        return { pid, port };
    }
    // It may be starting or stopping: both end soon.
    if (Date.now() > limit) {
      throw new Error(
        `A PostgreSQL (process ${pid}) holds ${dir} and does not answer. Stop it, then start again.`,
      );
    }
    await sleep(100);
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives under another account.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  // No /proc (macOS, Windows): believe the file, and let the connection decide.
  if (command === null) return process.platform !== 'linux';
  return command.split('\0')[0]?.includes('postgres') ?? false;
}

async function dataDirectory(port: number, user: string, password: string): Promise<string | null> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory ?? null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}
