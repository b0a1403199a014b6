import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Who runs PostgreSQL and owns its files: `{}` is this process's own user. With `mapped` it is root
 * still, but sees itself as another user (a user namespace). With `passing` it is another user who
 * keeps root's right to go through private folders.
 */
export type Account = { uid?: number; gid?: number; mapped?: true; passing?: true };

/**
 * PostgreSQL refuses to run as root, so root lends it the system account `postgres`. Where that
 * account cannot reach the files (a checkout under a private folder such as /root), PostgreSQL runs
 * in a user namespace instead, in which root has another number; nobody's folders are opened up.
 * Containers mostly forbid such namespaces: there the account passes through folders as root does.
 */
export async function postgresAccount(dir: string, binary: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = (await stat(dir).catch(() => null))?.uid;
  const hidden = !(await reachable(dir)) || !(await reachable(binary));
  if (owner === 0 || (owner === undefined && hidden && (await canMap()))) {
    if (await canMap()) return { mapped: true };
    throw new Error(cannotReach(dir));
  }
  const account = await lentAccount();
  if (!hidden) return account;
  const passing: Account = { ...account, passing: true };
  if (await canPass(passing, binary)) return passing;
  throw new Error(cannotReach(dir));
}

function cannotReach(dir: string): string {
  return (
    `PostgreSQL does not run as root, and its own account cannot reach ${dir}. ` +
    'Move the project out of the private folder, start it as another user, or set DATABASE_URL.'
  );
}

async function lentAccount(): Promise<Account> {
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
  if (account.mapped) return spawn('unshare', [...MAP, program, ...args], options);
  if (account.passing) return spawn('setpriv', [...passAs(account), program, ...args], options);
  return spawn(program, args, { ...account, ...options });
}

const MAP = ['--user', '--map-user=1000', '--map-group=1000'];

async function canMap(): Promise<boolean> {
  return run('unshare', [...MAP, 'true']).then(
    () => true,
    () => false,
  );
}

/** One right of root's is kept, all others are given up for good. */
function passAs({ uid, gid }: Account): string[] {
  const who = ['--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups'];
  const right = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'];
  // access(2) looks at the right too only with no_setuid_fixup; initdb asks it for its programs.
  const only = ['--securebits', '+no_setuid_fixup', '--bounding-set', '-all,+dac_override'];
  return [...who, ...right, ...only, '--'];
}

async function canPass(account: Account, binary: string): Promise<boolean> {
  return run('setpriv', [...passAs(account), binary, '--version']).then(
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
