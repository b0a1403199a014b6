// A second reading of a text, in which two copies of one mail agree: one space for any white space
// with the marks of a quotation ("> ") in it, plain quotation marks and dashes, NFKC, no soft
// hyphens or zero-width marks, no line break between two CJK characters. It knows the way back to
// the offsets of the first.

import { finished, type Steps } from './steps.ts';

const INVISIBLE =
  /\u034F|[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]/g;
const SINGLE = /[\u2018-\u201B\u2032\u2039\u203A`\u00B4]/g;
const DOUBLE = /[\u201C-\u201F\u2033\u00AB\u00BB\u300C-\u300F]/g;
const DASH = /[\u2010-\u2015\u2043\u2212\uFE58]/g;

/**
 * Characters that stay as they are and never join with the one before: what nearly all of a text
 * is made of, and what the engine can skip over by itself.
 */
export const PLAIN =
  '!-_a-~\\u00C0-\\u00FF\\u0100-\\u0131\\u0134-\\u013E\\u0141-\\u0148\\u014A-\\u017E' +
  '\\u0388\\u0389\\u038A\\u038C\\u038E-\\u03A1\\u03A3-\\u03CE\\u0400-\\u0481\\u048A-\\u052F' +
  '\\u05D0-\\u05EA\\u0621-\\u063A\\u0641-\\u064A\\u0660-\\u066D\\u0671-\\u0674\\u0679-\\u06D3' +
  '\\u0904-\\u0939\\u0E01-\\u0E30\\u0E32\\u0E40-\\u0E46\\u3001\\u3002\\u3041-\\u3096' +
  '\\u30A1-\\u30FA\\u30FC\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uAC00-\\uD7A3';
const OTHER = new RegExp(`[^ ${PLAIN}]| (?![${PLAIN}])`, 'g');

// What is not plain goes by clusters, since NFKC joins a letter with the marks after it, Hangul
// vowels and finals with the consonant before them, and half-width kana with their voicing.
const CLUSTER =
  /[\uFF66-\uFF9D][\uFF9E\uFF9F]|[\u1100-\u115F\uA960-\uA97C][\u1160-\u11FF\uD7B0-\uD7FB]*\p{M}*|\P{M}[\u11A8-\u11FF]*\p{M}*|\p{M}+/suy;
const JOINS = /[\p{M}\u1160-\u11FF\uD7B0-\uD7FB]/uy;

// White space; where it goes over the end of a line, with a quotation's marks after it.
const GAP = /\s*[\n\r]\s*(?:>[>\s]*)?|\s+/y;
const QUOTED = /^>[>\s]*/;
const CJK = /[\u3001-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uFF01-\uFF65]/;

const AT_ONCE = 2_000;
const MOST_KNOWN = 4_096;
const known = new Map<string, string>();

export class NormalText {
  readonly text: string;
  // Stretches of the text: where each begins here and in the original. `tos` is 0 where unit stands
  // for unit; else each unit of the stretch stands for the original from `froms` to `tos`.
  readonly #ats: readonly number[];
  readonly #froms: readonly number[];
  readonly #tos: readonly number[];

  constructor(
    text: string,
    ats: readonly number[],
    froms: readonly number[],
    tos: readonly number[],
  ) {
    this.text = text;
    this.#ats = ats;
    this.#froms = froms;
    this.#tos = tos;
  }

  /** Offset in the original where this unit begins; that of its end for the end. */
  start(unit: number): number {
    const at = this.#stretch(unit);
    const from = this.#froms[at] ?? 0;
    return this.#tos[at] ? from : from + unit - (this.#ats[at] ?? 0);
  }

  /** Offset in the original after this unit. */
  end(unit: number): number {
    const at = this.#stretch(unit);
    return this.#tos[at] || this.start(unit) + 1;
  }

  /** The first unit that begins at or after an offset of the original. */
  unitAt(offset: number): number {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #stretch(unit: number): number {
    let low = 0;
    let high = this.#ats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ats[middle] ?? 0) <= unit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

export function normalise(original: string): NormalText {
  return finished(normaliseInSteps(original));
}

export function* normaliseInSteps(original: string): Steps<NormalText> {
  const parts: string[] = [];
  const ats: number[] = [];
  const froms: number[] = [];
  const tos: number[] = [];
  let length = 0;
  let inSpace = false;

  function put(text: string, from: number, to: number): void {
    if (text === '') return;
    ats.push(length);
    froms.push(from);
    tos.push(to);
    parts.push(text);
    length += text.length;
    inSpace = text.endsWith(' ');
  }

  let at = QUOTED.exec(original)?.[0].length ?? 0;
  for (let count = 1; at < original.length; count += 1) {
    if (count % AT_ONCE === 0) yield;
    if (inSpace && original.charAt(at) === ' ') at += 1;
    OTHER.lastIndex = at;
    let other = OTHER.exec(original)?.index ?? original.length;
    JOINS.lastIndex = other;
    if (other > at && JOINS.test(original)) other -= 1;
    put(original.slice(at, other), at, 0);
    at = other;
    if (at >= original.length) break;
    GAP.lastIndex = at;
    const gap = GAP.exec(original)?.[0];
    if (gap !== undefined) {
      const to = at + gap.length;
      if (!inSpace && !isBrokenCjk(original, at, to, gap)) put(' ', at, to);
      at = to;
      continue;
    }
    CLUSTER.lastIndex = at;
    const cluster = CLUSTER.exec(original)?.[0] ?? original.charAt(at);
    const text = plain(cluster);
    put(inSpace && text.startsWith(' ') ? text.slice(1) : text, at, at + cluster.length);
    at += cluster.length;
  }
  ats.push(length);
  froms.push(original.length);
  tos.push(0);
  return new NormalText(parts.join(''), ats, froms, tos);
}

// A line that was broken in a script that has no spaces to break it at.
function isBrokenCjk(original: string, from: number, to: number, gap: string): boolean {
  return /[\n\r]/.test(gap) && CJK.test(original.charAt(from - 1)) && CJK.test(original.charAt(to));
}

function plain(cluster: string): string {
  let text = known.get(cluster);
  if (text === undefined) {
    text = cluster
      .replace(INVISIBLE, '')
      .replace(SINGLE, "'")
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      .replace(SINGLE, "'")
      .replace(DOUBLE, '"')
      .replace(DASH, '-')
      .replace(/\s+/g, ' ');
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(cluster, text);
  }
  return text;
}
