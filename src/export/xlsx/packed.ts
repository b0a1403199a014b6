// A zip of which each file is packed by the platform, beside this thread, while it is written.
import { Zip, type ZipInputFile } from 'fflate';
import { crc32 } from './crc32.ts';

/** A zip has no zone: the same date in all makes the same bytes of the same contents. */
const NO_TIME = new Date(1980, 0, 1);

type Pieces = AsyncIterable<string> | Iterable<string>;

export type PackedZip = {
  /** Yields what is ready of the zip meanwhile. */
  add(name: string, pieces: Pieces): AsyncGenerator<Uint8Array>;
  /** Bytes of the file that is being added, not packed. */
  size(): number;
  /** Bytes of the zip so far. */
  written(): number;
  end(): Uint8Array[];
};

export function packedZip(): PackedZip {
  let ready: Uint8Array[] = [];
  let size = 0;
  let written = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    written += bytes.length;
    ready.push(bytes);
  });
  const taken = () => {
    const all = ready;
    ready = [];
    return all;
  };
  return {
    async *add(name, pieces) {
      const file: ZipInputFile = {
        ...{ filename: name, size: 0, crc: 0, compression: 8, mtime: NO_TIME },
      };
      size = 0;
      zip.add(file);
      const encoder = new TextEncoder();
      const packing = new CompressionStream('deflate-raw');
      const writer = packing.writable.getWriter();
      const packed = (async () => {
        for await (const bytes of packing.readable) {
          // It keeps what it is given until the file before is written: here there is none.
          if (bytes.length > 0) file.ondata?.(null, bytes, false);
        }
      })();
      // Said when it is waited for.
      packed.catch(() => undefined);
      let whole = false;
      try {
        for await (const piece of pieces) {
          const bytes = encoder.encode(piece);
          file.crc = crc32(bytes, file.crc);
          file.size += bytes.length;
          size = file.size;
          await writer.ready;
          // What goes wrong here is seen by whoever reads what is packed.
          writer.write(bytes).catch(() => undefined);
          yield* taken();
        }
        await writer.close();
        await packed;
        whole = true;
      } finally {
        if (!whole) await writer.abort().catch(() => undefined);
      }
      file.ondata?.(null, new Uint8Array(0), true);
      yield* taken();
    },
    size: () => size,
    written: () => written,
    end() {
      zip.end();
      return taken();
    },
  };
}
