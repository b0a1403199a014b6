// The server's own key (SPEC 7.3, 7.5): what it signs, devices that pinned the key believe. It lies
// outside the database, so that whoever can change rows cannot also sign them.
import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromBase64, type NoteSigner, noteKey, toBase64, writeNoteKey } from '../ledger/index.ts';
import type { Config } from './config.ts';
import { nodeHasher } from './hasher.ts';

/** How private keys of signed notes are written by other programs as well. */
const PREFIX = 'PRIVATE+KEY+';
const SEED_BYTES = 32;
/** PKCS #8 of an Ed25519 key up to its seed (RFC 8410, 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export type LogKey = NoteSigner & {
  /** The public key as it is handed to devices and printed. */
  vkey: string;
};

/** From the settings, else from the data folder, where it is made at the first start. */
export async function openLogKey(config: Config, dataDir: string, url: string): Promise<LogKey> {
  if (config.logKey !== undefined) return readKey(config.logKey, 'UNSAID_LOG_KEY');
  const file = keyFile(dataDir);
  const kept = await keptKey(file);
  if (kept !== null) return kept;
  const name = `${new URL(url).hostname}/${randomBytes(4).toString('hex')}`;
  await keep(file, writeKey(name, randomBytes(SEED_BYTES)));
  const made = await keptKey(file);
  if (made === null) throw new Error(`The server’s key could not be kept in ${file}.`);
  return made;
}

/** The key of a server that was started before. Rejects in words when there is none. */
export async function presentLogKey(config: Config): Promise<LogKey> {
  if (config.logKey !== undefined) return readKey(config.logKey, 'UNSAID_LOG_KEY');
  const file = keyFile(path.resolve(config.dataDir));
  const kept = await keptKey(file);
  if (kept === null) throw new Error(`There is no key in ${file} yet. Start the server once.`);
  return kept;
}

function keyFile(dataDir: string): string {
  return path.join(dataDir, 'keys', 'log.key');
}

/** null only when the file is not there: one that cannot be read must not be replaced. */
async function keptKey(file: string): Promise<LogKey | null> {
  try {
    return readKey((await readFile(file, 'utf8')).trim(), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function keep(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const partial = `${file}.partial`;
  await writeFile(partial, `${text}\n`, { mode: 0o600, flush: true });
  await rename(partial, file);
}

function readKey(text: string, where: string): LogKey {
  const [, name = '', id = '', encoded = ''] =
    /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes?.length === 1 + SEED_BYTES && bytes[0] === 1) {
    const key = signerOf(name, bytes.slice(1));
    if (key.id === id) return { ...key, vkey: writeNoteKey(key) };
  }
  // Never with a word of what was read.
  throw new Error(`${where} holds no key of an Unsaid server. Restore it from a backup.`);
}

function writeKey(name: string, seed: Uint8Array): string {
  return `${PREFIX}${name}+${signerOf(name, seed).id}+${toBase64(Uint8Array.of(1, ...seed))}`;
}

/** A key of this name made of 32 bytes. */
export function signerOf(name: string, seed: Uint8Array): NoteSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    ...noteKey(nodeHasher, name, Buffer.from(x, 'base64url')),
    sign: (message) => sign(null, message, privateKey),
  };
}
