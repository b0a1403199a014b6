import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { newSecret } from './accounts/secrets.ts';
import { keptSecret } from './postgres/cluster.ts';

/** Folder of the server's own files. Root's PostgreSQL runs as another account and must pass. */
export async function openDataDir(dir: string): Promise<string> {
  const resolved = path.resolve(dir);
  await mkdir(resolved, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  return resolved;
}

/** What signs the console's cookies: losing it signs everybody out, nothing more. */
export function cookieSecret(dataDir: string): Promise<string> {
  return keptSecret(path.join(dataDir, 'secret'), newSecret);
}

export function databasePassword(dataDir: string): Promise<string> {
  return keptSecret(path.join(dataDir, 'postgres-password'), newSecret);
}
