import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Owner of PostgreSQL's process and files: `{}` is this process's own. */
export type Account = { uid?: number; gid?: number };

/** PostgreSQL refuses to run as root, so root lends it the system account `postgres`. */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const known = await idsOf('postgres');
  if (known) return known;
  await run('groupadd', ['-f', '--system', 'postgres']);
  await run('useradd', ['--system', '-g', 'postgres', '-M', '-s', '/usr/sbin/nologin', 'postgres']);
  const made = await idsOf('postgres');
  if (!made)
    throw new Error('PostgreSQL does not run as root, and no account could be made for it.');
  return made;
}

async function idsOf(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}
