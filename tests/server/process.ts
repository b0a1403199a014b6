// The `unsaid` command as a process of its own, with its own PostgreSQL.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './server.ts';

const CLI = path.resolve('src/server/cli.ts');

export type Started = {
  child: ChildProcess;
  url: string;
  setupLink: string | null;
  ended: Promise<number | null>;
};

/** Nothing of ours but the way to Node, and to what it has compiled before. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return {
    ...{ PATH, UNSAID_LOG: 'silent' },
    ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }),
  };
}

/** Does not wait until it has started. */
export function launch(data: string, port = 0) {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { child, ended };
}

export async function start(data: string, port = 0): Promise<Started> {
  const { child, ended } = launch(data, port);
  let out = '';
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const found = /Unsaid is at (\S+)/.exec(out)?.[1];
      if (found) resolve(found);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, 50)); // the link's line follows
  return { child, url, setupLink: /Set it up once at (\S+)/.exec(out)?.[1] ?? null, ended };
}

export const postgresPid = async (data: string) =>
  Number((await readFile(path.join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

export async function dataFolder() {
  const folder = await temporaryFolder();
  await chmod(folder, 0o711);
  return path.join(folder, 'data');
}
