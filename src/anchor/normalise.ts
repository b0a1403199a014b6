// A second reading of a text, in which two copies of one mail agree: one space for any white
// space, plain quotation marks and dashes, NFKC, no soft hyphens or zero-width marks. Keeps a map
// back to the offsets of the first.

export type NormalText = {
  readonly text: string;
  /** Offset in the original of each unit of `text`, and of the end. */
  readonly starts: Uint32Array;
  /** Offset in the original after each unit of `text`. */
  readonly ends: Uint32Array;
};

const INVISIBLE =
  /\u034F|[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]/g;
const SINGLE = /[\u2018-\u201B\u2032\u2039\u203A`\u00B4]/g;
const DOUBLE = /[\u201C-\u201F\u2033\u00AB\u00BB\u300C-\u300F]/g;
const DASH = /[\u2010-\u2015\u2043\u2212\uFE58]/g;

// Plain ASCII runs go through untouched; all else goes by clusters, since NFKC joins a letter
// with the marks after it (and Hangul vowels and finals with the consonant before them, and
// half-width kana with their voicing).
const CLUSTER =
  /[\uFF66-\uFF9D][\uFF9E\uFF9F]|[\u1100-\u115F\uA960-\uA97C][\u1160-\u11FF\uD7B0-\uD7FB]*\p{M}*|\P{M}\p{M}*|\p{M}+/suy;

const cache = new WeakMap<object, NormalText>();

/** Normalises once for each indexed text. */
export function normalisedOf(indexed: { readonly text: string }): NormalText {
  let normal = cache.get(indexed);
  if (normal === undefined) {
    normal = normalise(indexed.text);
    cache.set(indexed, normal);
  }
  return normal;
}

export function normalise(original: string): NormalText {
  let starts = new Uint32Array(original.length + 16);
  let ends = new Uint32Array(original.length + 16);
  const parts: string[] = [];
  let length = 0;
  let inSpace = false;
  let plainFrom = -1;

  function put(from: number, to: number): void {
    if (length + 1 >= starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    starts[length] = from;
    ends[length] = to;
    length += 1;
  }
  function flush(to: number): void {
    if (plainFrom >= 0) parts.push(original.slice(plainFrom, to));
    plainFrom = -1;
  }

  for (let at = 0; at < original.length; ) {
    const code = original.charCodeAt(at);
    const following = at + 1 < original.length ? original.charCodeAt(at + 1) : 0;
    if (code > 0x20 && code < 0x7f && code !== 0x60 && following < 0x300) {
      if (plainFrom < 0) plainFrom = at;
      put(at, at + 1);
      inSpace = false;
      at += 1;
      continue;
    }
    if (code === 0x20 && following < 0x300 && !inSpace) {
      if (plainFrom < 0) plainFrom = at;
      put(at, at + 1);
      inSpace = true;
      at += 1;
      continue;
    }
    flush(at);
    CLUSTER.lastIndex = at;
    const cluster = CLUSTER.exec(original)?.[0] ?? original.charAt(at);
    const to = at + cluster.length;
    for (const unit of plain(cluster).split('')) {
      const space = unit === ' ';
      if (space && inSpace) continue;
      inSpace = space;
      parts.push(unit);
      put(at, to);
    }
    at = to;
  }
  flush(original.length);
  starts[length] = original.length;
  ends[length] = original.length;
  return { text: parts.join(''), starts, ends };
}

function plain(cluster: string): string {
  return cluster
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(SINGLE, "'")
    .replace(DOUBLE, '"')
    .replace(DASH, '-')
    .replace(/\s+/g, ' ');
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
