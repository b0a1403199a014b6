// A bundle into a file that is named whole only when it is.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { type EvidenceWish, type Made, makeBundle } from './bundle.ts';
import { createZip } from './write-zip.ts';

type Server = Parameters<typeof makeBundle>[0];
type Who = Parameters<typeof makeBundle>[1];

/** Nothing is left at `path` or beside it when it cannot be made, or is not wanted any more. */
export async function bundleToFile(
  server: Server,
  asker: Who,
  wish: EvidenceWish,
  path: string,
  progress?: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<Made> {
  const part = `${path}.part`;
  const file = createWriteStream(part, { flags: 'wx', mode: 0o600 });
  let failed: Error | null = null;
  file.on('error', (error) => {
    failed = error;
  });
  const zip = createZip(async (bytes) => {
    signal?.throwIfAborted();
    if (failed) throw failed;
    if (!file.write(bytes)) await once(file, 'drain');
  });
  try {
    const made = await makeBundle(server, asker, wish, (one) => zip.add(one), progress);
    if (made.ok) {
      await zip.end();
      file.end();
      await once(file, 'finish');
      await rename(part, path);
      return made;
    }
    file.destroy();
    await rm(part, { force: true });
    return made;
  } catch (error) {
    file.destroy();
    await rm(part, { force: true });
    throw error;
  }
}
