// Edit distance by Myers' bit vectors (J. ACM 46(3), 1999), blocks of 32 rows after Hyyrö (2003).

import { REDACTED } from './occurrences.ts';

// Bit masks of where each character stands in a pattern: one row of words per character, one
// 32-bit word per block of 32 rows. Row 0 is for characters that do not occur.
class Masks {
  readonly words: Int32Array;
  readonly ascii = new Int32Array(128);
  readonly #others = new Map<number, number>();

  constructor(pattern: string, blocks: number) {
    const units = new Set(pattern.split(''));
    const hasHoles = units.delete(REDACTED);
    // A hole stands for anything but white space, so that needs rows of its own.
    if (hasHoles) for (const space of SPACES) units.add(space);
    this.words = new Int32Array((units.size + 1) * blocks);
    let row = 0;
    for (const unit of units) {
      row += blocks;
      const code = unit.charCodeAt(0);
      if (code < 128) this.ascii[code] = row;
      else this.#others.set(code, row);
    }
    const mark = (first: number, at: number) => {
      const word = first + (at >> 5);
      this.words[word] = (this.words[word] as number) | (1 << (at & 31)); // rows were counted
    };
    for (let at = 0; at < pattern.length; at += 1) {
      if (pattern.charAt(at) !== REDACTED) mark(this.row(pattern.charCodeAt(at)), at);
      else {
        mark(0, at);
        for (const unit of units) {
          if (!SPACES.includes(unit)) mark(this.row(unit.charCodeAt(0)), at);
        }
      }
    }
  }

  /** Where the character's words begin in `words`. */
  row(code: number): number {
    return (code < 128 ? this.ascii[code] : this.#others.get(code)) ?? 0;
  }
}

const SPACES = ' \n\r\t\u00A0';

export type End = { end: number; errors: number };

/** Finds the part of a text that is nearest to one pattern; built once per pattern. */
export class NearestPart {
  readonly #length: number;
  readonly #blocks: number;
  readonly #masks: Masks;
  readonly #plus: Int32Array;
  readonly #minus: Int32Array;

  constructor(pattern: string) {
    this.#length = pattern.length;
    this.#blocks = Math.max(1, (pattern.length + 31) >> 5);
    this.#masks = new Masks(pattern, this.#blocks);
    this.#plus = new Int32Array(this.#blocks);
    this.#minus = new Int32Array(this.#blocks);
  }

  /**
   * Where in text[from, to) the nearest part ends, and its edit distance to the pattern. The part
   * may begin anywhere, or only at `from` when `anchored`. `better` breaks ties: the end for
   * which it is smallest is taken.
   */
  end(text: string, from: number, to: number, anchored: boolean, better?: (end: number) => number) {
    const { best } = this.#scan(text, from, to, anchored, false, better);
    return best;
  }

  /** The same for text read backwards from `to`: `end` is where the part begins. */
  begin(
    text: string,
    from: number,
    to: number,
    anchored: boolean,
    better?: (at: number) => number,
  ) {
    const { best } = this.#scan(text, from, to, anchored, true, better);
    return best;
  }

  /**
   * The edit distance of the nearest part that begins at `from` (read backwards: ends there), for
   * patterns of up to 32 units: what ranking thousands of places by their context needs.
   */
  errorsAt(text: string, from: number, steps: number, backwards: boolean): number {
    const masks = this.#masks;
    const { words, ascii } = masks;
    const lastBit = 1 << (this.#length - 1);
    let vp = -1;
    let vn = 0;
    let errors = this.#length;
    let least = errors;
    for (let step = 0; step < steps; step += 1) {
      const code = text.charCodeAt(backwards ? from - 1 - step : from + step);
      // One block, so the row is the word.
      const eq = words[code < 128 ? (ascii[code] as number) : masks.row(code)] as number;
      const xv = eq | vn;
      const xh = (((eq & vp) + vp) ^ vp) | eq;
      let hp = vn | ~(xh | vp);
      const hn = vp & xh;
      if (hp & lastBit) errors += 1;
      if (hn & lastBit) errors -= 1;
      if (errors < least) least = errors;
      hp = (hp << 1) | 1;
      vp = (hn << 1) | ~(xv | hp);
      vn = hp & xv;
    }
    return least;
  }

  #scan(
    text: string,
    from: number,
    to: number,
    anchored: boolean,
    backwards: boolean,
    better: (end: number) => number = () => 0,
  ): { best: End } {
    const blocks = this.#blocks;
    const { words } = this.#masks;
    const plus = this.#plus.fill(-1);
    const minus = this.#minus.fill(0);
    const top = blocks - 1;
    const lastBit = 1 << ((this.#length - 1) & 31);
    let errors = this.#length;
    const first = backwards ? to : from;
    const best: End = { end: first, errors };
    let rank = better(first);
    for (let step = 0; step < to - from; step += 1) {
      const code = text.charCodeAt(backwards ? to - 1 - step : from + step);
      const row = this.#masks.row(code);
      // What enters the first row from above: +1 where the part must begin at the start.
      let carryPlus = anchored ? 1 : 0;
      let carryMinus = 0;
      for (let block = 0; block < blocks; block += 1) {
        const vp = plus[block] as number; // block < blocks, as below
        const vn = minus[block] as number;
        let eq = words[row + block] as number;
        const xv = eq | vn;
        eq |= carryMinus;
        const xh = (((eq & vp) + vp) ^ vp) | eq;
        let hp = vn | ~(xh | vp);
        let hn = vp & xh;
        if (block === top) {
          if (hp & lastBit) errors += 1;
          if (hn & lastBit) errors -= 1;
        }
        const outPlus = hp >>> 31;
        const outMinus = hn >>> 31;
        hp = (hp << 1) | carryPlus;
        hn = (hn << 1) | carryMinus;
        carryPlus = outPlus;
        carryMinus = outMinus;
        plus[block] = hn | ~(xv | hp);
        minus[block] = hp & xv;
      }
      if (errors > best.errors) continue;
      const end = backwards ? to - 1 - step : from + step + 1;
      const value = better(end);
      if (errors < best.errors || value < rank) {
        best.end = end;
        best.errors = errors;
        rank = value;
      }
    }
    return { best };
  }
}

/** A string read backwards by UTF-16 units, as patterns of `begin` have to be. */
export function reversed(text: string): string {
  let result = '';
  for (let at = text.length - 1; at >= 0; at -= 1) result += text.charAt(at);
  return result;
}
