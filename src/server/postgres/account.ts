import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Who runs PostgreSQL and owns its files: `{}` is this process's own user. With `mapped` it is root
 * still, but sees itself as another user (a user namespace).
 */
export type Account = { uid?: number; gid?: number; mapped?: true };

/**
 * PostgreSQL refuses to run as root, so root lends it the system account `postgres`. Where that
 * account cannot reach the files (a checkout under a private folder such as /root), PostgreSQL runs
 * in a user namespace instead, in which root has another number; nobody's folders are opened up.
 */
export async function postgresAccount(dir: string, binary: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = (await stat(dir).catch(() => null))?.uid;
  const hidden = !(await reachable(dir)) || !(await reachable(binary));
  if (owner === 0 || (owner === undefined && hidden)) {
    if (await canMap()) return { mapped: true };
    throw new Error(
      `PostgreSQL does not run as root, and its own account cannot reach ${dir}. ` +
        'Move the project out of the private folder, start it as another user, or set DATABASE_URL.',
    );
  }
  const known = await idsOf('postgres');
  if (known) return known;
  await run('groupadd', ['-f', '--system', 'postgres']);
  await run('useradd', ['--system', '-g', 'postgres', '-M', '-s', '/usr/sbin/nologin', 'postgres']);
  const made = await idsOf('postgres');
  if (!made) {
    throw new Error('PostgreSQL does not run as root, and no account could be made for it.');
  }
  return made;
}

/** Starts a program of PostgreSQL as this account. */
export function spawnAs(
  account: Account,
  program: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  if (account.mapped !== true) return spawn(program, args, { ...account, ...options });
  return spawn('unshare', [...MAP, program, ...args], options);
}

const MAP = ['--user', '--map-user=1000', '--map-group=1000'];

async function canMap(): Promise<boolean> {
  return run('unshare', [...MAP, 'true']).then(
    () => true,
    () => false,
  );
}

/** Whether every folder above lets any user through. */
async function reachable(target: string): Promise<boolean> {
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found && (found.mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

async function idsOf(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
