// What `npm start` was asked for, checked before anything is built or written.
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type StartOptions = {
  browser: boolean;
  /** Without it the server's own default and environment variable hold. 0: any free port */
  port: number | undefined;
  /** Absolute. */
  dataDir: string;
};

export type Read = { ok: true; options: StartOptions } | { ok: false; error: string };

export const USAGE = `npm start -- [--no-browser] [--port N] [--data DIR]
    --no-browser  opens no browser, says how to load the extension instead
    --port N      port of the server (default 8787)
    --data DIR    folder of the database and the browser's profile (default ./data)`;

type Environment = Readonly<Record<string, string | undefined>>;

/** `cwd`: what a relative folder starts from. */
export function readStartOptions(args: string[], env: Environment, cwd: string): Read {
  let values: { 'no-browser': boolean; port?: string; data?: string };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        'no-browser': { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
      },
    }));
  } catch (error) {
    return { ok: false, error: sayMistake(error) };
  }
  const { port, data } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    return { ok: false, error: `“${port}” is no port: it is a number from 0 to 65535.` };
  }
  if (data?.trim() === '') return { ok: false, error: '--data needs the name of a folder.' };
  const dataDir = resolve(cwd, data ?? (env.UNSAID_DATA || 'data'));
  const trouble = folderTrouble(dataDir);
  if (trouble !== null) return { ok: false, error: trouble };
  const options = {
    browser: !values['no-browser'],
    port: port === undefined ? undefined : Number(port),
    dataDir,
  };
  return { ok: true, options };
}

/** Why nothing could be kept in this folder, in words; null when it can. Writes nothing. */
function folderTrouble(folder: string): string | null {
  for (let path = folder; ; path = dirname(path)) {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && path !== dirname(path)) continue;
      // Below a file; the file itself is one of the next steps up.
      if (code === 'ENOTDIR') continue;
      return `The data folder ${folder} cannot be reached. Choose another with --data.`;
    }
    if (!isFolder) {
      return `The data folder ${folder} cannot be made: ${path} is a file. Choose another with --data.`;
    }
    try {
      accessSync(path, constants.W_OK | constants.X_OK);
      return null;
    } catch {
      return `The data folder ${folder} cannot be written to: ${path} is not yours to write. Choose another with --data.`;
    }
  }
}

function sayMistake(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const named = /'(-[^'\s]*|[^']*)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${named}.`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `“${named}” is not an option.`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return named === '--no-browser' ? '--no-browser takes no value.' : `${named} needs a value.`;
  }
  throw error;
}
