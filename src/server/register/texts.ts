// Texts that are looked through for parts of words. Each word is kept once, and a text is the numbers
// of its words: four bytes a word. What fits is then asked of the words and not of a million texts.

/** How many parts can be asked for at once: masks are bytes, so that all of them stay close at hand. */
export const IN_MASK = 7;
/** In a mask of what was looked at: there may be no part in it, and there need be no second look. */
export const SEEN = 1 << IN_MASK;

export class Texts {
  readonly #numbers = new Map<string, number>();
  readonly #words: string[] = [];
  /** How many words a text has, and their numbers; one text after the other. At 0 one without words. */
  #cells = new Uint32Array(1_024);
  #length = 1;
  #unused = 0;

  /** Takes in a text and says where it is. Words are parted by spaces and line ends, as texts are folded. */
  add(text: string): number {
    if (text === '') return 0;
    const words = text.replaceAll('\n', ' ').split(' ');
    this.#cells = withRoom(this.#cells, this.#length + words.length + 1);
    const start = this.#length;
    for (const word of words) {
      if (word === '') continue;
      this.#length += 1;
      this.#cells[this.#length] = this.#numberOf(word);
    }
    this.#cells[start] = this.#length - start;
    this.#length += 1;
    return start;
  }

  /** It is asked for no more. */
  remove(start: number): void {
    if (start !== 0) this.#unused += (this.#cells[start] ?? 0) + 1;
  }

  /** Whether so much is asked for no more that it is worth going through all (`compact`). */
  get isLoose(): boolean {
    return this.#unused > 100_000 && this.#unused > this.#length / 3;
  }

  /** The same texts, and no word that none of them has. `starts`: where they are, and are afterwards. */
  compact(starts: Uint32Array): Texts {
    const tight = new Texts();
    for (const [at, start] of starts.entries()) {
      if (start === 0) continue;
      const end = start + (this.#cells[start] ?? 0);
      const words: string[] = [];
      for (let cell = start + 1; cell <= end; cell += 1) {
        words.push(this.#words[this.#cells[cell] ?? 0] ?? '');
      }
      starts[at] = tight.add(words.join(' '));
    }
    return tight;
  }

  /** For `partsIn`: for each word which of the parts stand in it, part 0 as bit 0. At most IN_MASK. */
  masksOf(parts: readonly string[]): Uint8Array {
    const masks = new Uint8Array(this.#words.length);
    for (const [bit, part] of parts.entries()) {
      for (let number = 0; number < masks.length; number += 1) {
        if (this.#words[number]?.includes(part)) masks[number] = (masks[number] ?? 0) | (1 << bit);
      }
    }
    return masks;
  }

  /** Which of the parts stand in a text. */
  partsIn(start: number, masks: Uint8Array): number {
    const cells = this.#cells;
    const end = start + (cells[start] ?? 0);
    let all = 0;
    for (let cell = start + 1; cell <= end; cell += 1) all |= masks[cells[cell] ?? 0] ?? 0;
    return all;
  }

  #numberOf(word: string): number {
    const present = this.#numbers.get(word);
    if (present !== undefined) return present;
    const number = this.#words.length;
    // A copy: as a piece of its text it would keep all of the text in memory.
    const own = Buffer.from(word).toString();
    this.#words.push(own);
    this.#numbers.set(own, number);
    return number;
  }
}

/** The same with room for so many, if it has less: half as many again at least. */
export function withRoom<T extends Uint8Array | Uint32Array | Int32Array>(
  cells: T,
  size: number,
): T {
  if (size <= cells.length) return cells;
  const larger = new (cells.constructor as new (length: number) => T)(
    Math.max(size, Math.ceil(cells.length * 1.5)),
  );
  larger.set(cells);
  return larger;
}
