// Writes a bundle's files, one after the other: constant memory, whatever the log's size.
import {
  HASH_BYTES,
  type Hasher,
  inclusionProof,
  readerOfTiles,
  type TileId,
  tilePath,
  tilesFor,
  toHex,
  utf8,
} from '../ledger/index.ts';
import type { WrittenLine } from './change-line.ts';
import {
  CHANGES,
  CHECKPOINT,
  FORMAT,
  MANIFEST,
  type Manifest,
  MOST_PROOFS,
  SIGNATURE,
  signatureText,
} from './manifest.ts';
import { proofName, writeProof } from './proof-file.ts';

export type BundleSource = Pick<
  Manifest,
  'made' | 'by' | 'workspace' | 'filter' | 'log' | 'leftOut'
> & {
  /** The signed note of the log with `log.size` leaves. */
  checkpoint: string;
  /** Which changes, by their number, in order; null: all. */
  seqs: readonly number[] | null;
  changes: AsyncIterable<WrittenLine>;
  tile: (level: number, index: number, width: number) => Promise<Uint8Array>;
  /** For people: name → text in pieces. Made after the changes were read. */
  more: readonly { name: string; text: () => AsyncIterable<string> | Iterable<string> }[];
  sign: (text: string) => Promise<string>;
};

export type WriteWith = {
  hasher: Hasher;
  /** SHA-256 of what comes in pieces. */
  hashing: () => { update(bytes: Uint8Array): void; digest(): Uint8Array };
};

export type BundleFile = { name: string; pieces: AsyncIterable<Uint8Array> };

const PIECE = 1 << 16;

/** Each file's pieces are to be read to their end before the next file is asked for. */
export async function* writeBundle(
  source: BundleSource,
  { hasher, hashing }: WriteWith,
): AsyncGenerator<BundleFile> {
  const { size } = source.log;
  const whole = source.seqs === null || source.seqs.length === size;
  const counts = { all: 0, open: 0, partly: 0, leftOut: 0, erased: 0 };
  const files: Manifest['files'] = [];

  function file(name: string, pieces: AsyncIterable<Uint8Array>): BundleFile {
    const hash = hashing();
    return {
      name,
      pieces: (async function* () {
        let bytes = 0;
        for await (const piece of pieces) {
          hash.update(piece);
          bytes += piece.length;
          yield piece;
        }
        files.push({ name, bytes, sha256: toHex(hash.digest()) });
      })(),
    };
  }

  async function* changes(): AsyncGenerator<string> {
    for await (const line of source.changes) {
      counts.all += 1;
      counts[line.shown] += 1;
      yield `${line.text}\n`;
    }
  }

  yield file(CHECKPOINT, inPieces([source.checkpoint]));
  yield file(CHANGES, inPieces(changes()));
  const seqs =
    source.seqs ?? Array.from({ length: Math.min(size, MOST_PROOFS + 1) }, (_, at) => at);
  if (seqs.length <= MOST_PROOFS) {
    const read = readerOfTiles(hasher, size, source.tile);
    for (const index of seqs) {
      const hashes = await inclusionProof(hasher, index, size, read);
      const proof = writeProof({ index, hashes, checkpoint: source.checkpoint });
      yield file(proofName(index), inPieces([proof]));
    }
  } else if (!whole) {
    for (const tile of tilesFor(size, seqs))
      yield file(nameOf(tile), onePiece(await hashesOf(tile)));
  }
  for (const { name, text } of source.more) yield file(name, inPieces(text()));

  const manifest: Manifest = {
    ...{ format: FORMAT, version: 1, made: source.made, by: source.by },
    ...{ workspace: source.workspace, filter: source.filter, log: source.log, whole },
    ...{ changes: counts, leftOut: source.leftOut, files },
  };
  const bytes = utf8(`${JSON.stringify(manifest, null, 2)}\n`);
  yield { name: MANIFEST, pieces: onePiece(bytes) };
  const text = signatureText(source.log.origin, hasher.sha256Hex(bytes));
  yield { name: SIGNATURE, pieces: onePiece(utf8(await source.sign(text))) };

  async function hashesOf({ level, index, width }: TileId): Promise<Uint8Array> {
    const hashes = await source.tile(level, index, width);
    return hashes.subarray(0, width * HASH_BYTES);
  }
}

function nameOf({ level, index, width }: TileId): string {
  return tilePath(level, index, width);
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Texts as pieces of a size that is worth handing on. */
async function* inPieces(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Uint8Array> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < PIECE) continue;
    yield utf8(waiting);
    waiting = '';
  }
  if (waiting !== '') yield utf8(waiting);
}
