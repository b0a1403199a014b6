// Reads a bundle's files, each once and held against the manifest, and says what cannot be read.
import { toHex } from '../ledger/index.ts';
import { joined } from './bytes.ts';
import type { Manifest } from './manifest.ts';
import { LONGEST_LINE } from './one-change.ts';
import type { Told } from './report.ts';

/** The files of a bundle. */
export type BundleFiles = {
  names(): string[];
  /** Rejects with an Error in words when it cannot be read. */
  read(name: string): AsyncIterable<Uint8Array>;
};

export type ReadWith = {
  /** SHA-256 of what comes in pieces. */
  hashing: () => { update(bytes: Uint8Array): void; digest(): Uint8Array };
  /** Bytes read so far. */
  progress?: (bytes: number) => void;
};

/** Small files are read whole. */
const LARGEST_SMALL = 20_000_000;
const NEWLINE = 10;

export class BundleReading {
  readonly told: Told;
  readonly #files: BundleFiles;
  readonly #using: ReadWith;
  readonly #present: ReadonlySet<string>;
  readonly #read = new Set<string>();
  #named: ReadonlyMap<string, Manifest['files'][number]> = new Map();
  #bytes = 0;

  constructor(files: BundleFiles, using: ReadWith, told: Told) {
    this.#files = files;
    this.#using = using;
    this.told = told;
    this.#present = new Set(files.names());
  }

  /** From now on what is read is held against it. */
  hold({ files }: Manifest) {
    // The first of two by one name: the second is told of elsewhere.
    this.#named = new Map(files.toReversed().map((file) => [file.name, file]));
    this.#read.clear();
  }

  /** Names as they stand in the bundle, one that is there twice included. */
  names(): string[] {
    return this.#files.names();
  }

  has(name: string): boolean {
    return this.#present.has(name);
  }

  /** Whether it was held against the manifest, as far as it can be read. */
  wasRead(name: string): boolean {
    return this.#read.has(name);
  }

  /** A small file; null, and said, when it cannot be read. */
  async whole(name: string): Promise<Uint8Array | null> {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const piece of this.#pieces(name)) {
        bytes += piece.length;
        if (bytes > LARGEST_SMALL) throw new Error('It is larger than such a file ever is.');
        pieces.push(piece);
      }
    } catch (error) {
      this.#cannot(name, error);
      return null;
    }
    return joined(pieces);
  }

  /**
   * Lines as they come, many at once with a newline between them, in memory of their own; null for one
   * that is too long.
   */
  async *lines(name: string): AsyncGenerator<Uint8Array<ArrayBuffer> | null> {
    let rest: Uint8Array[] = [];
    let waiting = 0;
    const wait = (piece: Uint8Array) => {
      waiting += piece.length;
      // A line that is too long is not kept either.
      if (waiting <= LONGEST_LINE) rest.push(piece);
    };
    try {
      for await (const piece of this.#pieces(name)) {
        const end = piece.lastIndexOf(NEWLINE);
        if (end >= 0) {
          const first = piece.indexOf(NEWLINE);
          if (waiting + first <= LONGEST_LINE) yield joined([...rest, piece.subarray(0, end)]);
          else {
            yield null;
            if (first < end) yield joined([piece.subarray(first + 1, end)]);
          }
          rest = [];
          waiting = 0;
        }
        // A piece of its own: the rest of the lines are done with.
        if (end + 1 < piece.length) wait(piece.slice(end + 1));
      }
    } catch (error) {
      this.#cannot(name, error);
      return;
    }
    if (waiting > 0) yield waiting > LONGEST_LINE ? null : joined(rest);
  }

  /** That it is the file that the manifest names, and no more. */
  async skim(name: string): Promise<void> {
    try {
      for await (const _piece of this.#pieces(name)) {
        // Only its hash is wanted.
      }
    } catch (error) {
      this.#cannot(name, error);
    }
  }

  async *#pieces(name: string): AsyncGenerator<Uint8Array> {
    this.#read.add(name);
    const hashing = this.#using.hashing();
    let bytes = 0;
    for await (const piece of this.#files.read(name)) {
      hashing.update(piece);
      bytes += piece.length;
      this.#bytes += piece.length;
      this.#using.progress?.(this.#bytes);
      yield piece;
    }
    const named = this.#named.get(name);
    if (named === undefined) return;
    if (named.bytes !== bytes) {
      const words = `It has ${bytes} bytes; the manifest says ${named.bytes}.`;
      this.told.wrong({ file: name, words });
    } else if (named.sha256 !== toHex(hashing.digest())) {
      const words = 'It is not the file that the manifest names: its SHA-256 is another.';
      this.told.wrong({ file: name, words });
    }
  }

  #cannot(name: string, error: unknown) {
    const words = error instanceof Error ? error.message : 'It cannot be read.';
    this.told.wrong({ file: name, words });
  }
}
