// Edit distance by Myers' bit vectors (J. ACM 46(3), 1999), blocks of 32 rows after Hyyrö (2003).

// Bit masks of where each character stands in a pattern, one 32-bit word per block of 32 rows.
function masks(pattern: string, blocks: number): (code: number) => Int32Array {
  const byCode = new Map<number, Int32Array>();
  for (let at = 0; at < pattern.length; at += 1) {
    const code = pattern.charCodeAt(at);
    let words = byCode.get(code);
    if (words === undefined) {
      words = new Int32Array(blocks);
      byCode.set(code, words);
    }
    words[at >> 5] = (words[at >> 5] as number) | (1 << (at & 31)); // at >> 5 < blocks
  }
  const none = new Int32Array(blocks);
  return (code) => byCode.get(code) ?? none;
}

export type End = { end: number; errors: number };

/** Finds the part of a text that is nearest to one pattern; built once per pattern. */
export class NearestPart {
  readonly #length: number;
  readonly #blocks: number;
  readonly #mask: (code: number) => Int32Array;
  readonly #plus: Int32Array;
  readonly #minus: Int32Array;

  constructor(pattern: string) {
    this.#length = pattern.length;
    this.#blocks = Math.max(1, (pattern.length + 31) >> 5);
    this.#mask = masks(pattern, this.#blocks);
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
  begin(text: string, from: number, to: number, anchored: boolean, better?: (at: number) => number) {
    const { best } = this.#scan(text, from, to, anchored, true, better);
    return best;
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
      const mask = this.#mask(code);
      // What enters the first row from above: +1 where the part must begin at the start.
      let carryPlus = anchored ? 1 : 0;
      let carryMinus = 0;
      for (let block = 0; block < blocks; block += 1) {
        const vp = plus[block] as number; // block < blocks, as below
        const vn = minus[block] as number;
        let eq = mask[block] as number;
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
