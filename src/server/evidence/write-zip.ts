import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { BundleFile } from '../../evidence/index.ts';

/** A zip has no zone: the same date in all makes the same bytes of the same contents. */
const NO_TIME = new Date(1980, 0, 1);
/** Below this, packing is not worth its header. */
const SMALL = 'proofs/';

/** Writes a zip piece by piece; `sink` is waited for, so that nothing piles up. */
export function createZip(sink: (bytes: Uint8Array) => Promise<void>) {
  let waiting: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, bytes) => {
    if (error) failed = error;
    else waiting.push(bytes);
  });
  async function drain() {
    if (failed) throw failed;
    const ready = waiting;
    waiting = [];
    for (const bytes of ready) await sink(bytes);
  }
  return {
    async add({ name, pieces }: BundleFile): Promise<void> {
      const file = name.startsWith(SMALL)
        ? new ZipPassThrough(name)
        : new ZipDeflate(name, { level: 6 });
      file.mtime = NO_TIME;
      zip.add(file);
      for await (const piece of pieces) {
        // It keeps what it is given until later.
        file.push(Uint8Array.from(piece));
        await drain();
      }
      file.push(new Uint8Array(0), true);
      await drain();
    },
    async end(): Promise<void> {
      zip.end();
      await drain();
    },
  };
}
