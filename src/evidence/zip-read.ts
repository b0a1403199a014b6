// The files of a zip (PKWARE APPNOTE 6.3), read where they lie. What a bundle never has is refused:
// encryption, parts on several disks, more than 4 GB, names that lead out of a folder.
import { fromUtf8 } from '../ledger/index.ts';
import type { BundleFiles } from './reading.ts';

export type ZipSource = {
  size: number;
  /** Exactly these bytes. */
  read(from: number, bytes: number): Promise<Uint8Array>;
};

/** What was deflated (RFC 1951) as it was before. */
export type Inflate = (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** This is no zip that can be read; the message says why. */
export class ZipError extends Error {
  override name = 'ZipError';
}

type Entry = { name: string; method: number; packed: number; bytes: number; at: number };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const PIECE = 1 << 20;
const STORED = 0;
const DEFLATED = 8;

/** @throws ZipError */
export async function openZip(source: ZipSource, inflate: Inflate): Promise<BundleFiles> {
  const entries = await readEntries(source);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    names: () => entries.map(({ name }) => name),
    read(name) {
      const entry = byName.get(name);
      if (entry === undefined) throw new ZipError('It is not in the zip.');
      return contents(source, entry, inflate);
    },
  };
}

async function readEntries(source: ZipSource): Promise<Entry[]> {
  const length = Math.min(source.size, END_BYTES + LONGEST_COMMENT);
  const tail = viewOf(await source.read(source.size - length, length));
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new ZipError('This is no zip, or it was cut off.');
  const count = tail.getUint16(end + 10, true);
  const bytes = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  if (count === 0xffff || bytes === 0xffffffff || from === 0xffffffff) {
    throw new ZipError('This zip is larger than a bundle can be.');
  }
  if (from + bytes > source.size) throw new ZipError('The list of files in this zip is cut off.');
  const list = viewOf(await source.read(from, bytes));
  const entries: Entry[] = [];
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > list.byteLength || list.getUint32(at, true) !== CENTRAL) {
      throw new ZipError('The list of files in this zip is broken.');
    }
    const [name, extra, comment] = [28, 30, 32].map((offset) => list.getUint16(at + offset, true));
    const next = at + 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    if (next > list.byteLength) throw new ZipError('The list of files in this zip is broken.');
    entries.push({
      name: nameOf(new Uint8Array(list.buffer, list.byteOffset + at + 46, name)),
      method: list.getUint16(at + 10, true),
      packed: list.getUint32(at + 20, true),
      bytes: list.getUint32(at + 24, true),
      at: list.getUint32(at + 42, true),
    });
    if ((list.getUint16(at + 8, true) & 1) === 1) throw new ZipError('This zip is encrypted.');
    at = next;
  }
  return entries;
}

function nameOf(bytes: Uint8Array): string {
  try {
    const name = fromUtf8(bytes);
    if (!/[\\\p{Cc}]/u.test(name) && !name.startsWith('/') && !name.split('/').includes('..')) {
      return name;
    }
  } catch {
    // Not UTF-8: said below.
  }
  throw new ZipError('A file in this zip has a name that no bundle has.');
}

async function* contents(
  source: ZipSource,
  entry: Entry,
  inflate: Inflate,
): AsyncGenerator<Uint8Array> {
  if (entry.at + 30 > source.size) throw new ZipError('It is cut off.');
  const header = viewOf(await source.read(entry.at, 30));
  if (header.getUint32(0, true) !== LOCAL) throw new ZipError('The zip is broken where it begins.');
  const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + entry.packed > source.size) throw new ZipError('It is cut off.');
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new ZipError('It is packed in a way that no bundle is.');
  }
  const packed = pieces(source, start, entry.packed);
  let bytes = 0;
  try {
    for await (const piece of entry.method === STORED ? packed : inflate(packed)) {
      bytes += piece.length;
      if (bytes > entry.bytes) throw new ZipError('It is longer than the zip says.');
      yield piece;
    }
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError('The zip is broken in it: it cannot be unpacked.');
  }
  if (bytes < entry.bytes) throw new ZipError('It is shorter than the zip says.');
}

async function* pieces(source: ZipSource, from: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PIECE) {
    yield await source.read(from + at, Math.min(PIECE, bytes - at));
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
