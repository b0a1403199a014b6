import { indexText, quotations, type TextIndex } from '../../anchor/index.ts';
import type { ReadMessage } from '../messages/shapes.ts';
import { fingerprint } from './fingerprint.ts';
import { isInside } from './inside.ts';
import { page } from './page-document.ts';

// In UTF-16 units: nobody writes more by hand, and what is quoted below says nothing.
const LONGEST = 100_000;
const MOST_QUOTED = 2_000;

type Told = Pick<ReadMessage, 'text' | 'quoted'>;

/** The texts of message bodies (or of a page without messages), read when they are asked for. */
export class Texts {
  readonly #indexes = new Map<Element, TextIndex>();
  /** What was told of a text, for as long as it is the same one. */
  readonly #told = new WeakMap<TextIndex, { of: string; told: Told }>();
  /** Told by every change to something that was read. */
  changes = 0;

  /** Read once, brought up to date by `update`, kept until it is released. */
  index(body: Element): TextIndex {
    let index = this.#indexes.get(body);
    if (index === undefined) {
      index = indexText(body);
      this.#indexes.set(body, index);
    }
    return index;
  }

  /** A body's text as it is told, and which parts of it were written in earlier mails. */
  words(body: Element): Told {
    const index = this.index(body);
    const before = this.#told.get(index);
    const { text } = index;
    if (before?.of === text) return before.told;
    const quoted = quotations(index).filter(({ start }) => start < LONGEST);
    const told = {
      text: text.slice(0, LONGEST).toWellFormed(),
      quoted: quoted
        .slice(0, MOST_QUOTED)
        .map(({ start, end }): [number, number] => [start, Math.min(end, LONGEST)]),
    };
    this.#told.set(index, { of: text, told });
    return told;
  }

  /** What tells this text from another one, without keeping it. */
  print(text: string): number {
    return fingerprint(text);
  }

  /** What the observer of the document saw. */
  update(records: readonly MutationRecord[]): void {
    for (const [body, index] of this.#indexes) {
      const inside = records.filter(({ target }) => isInside(target, body));
      if (inside.length === 0) continue;
      index.update(inside);
      this.changes += 1;
    }
  }

  /** Keeps only the texts of these bodies, and of the page as a whole. */
  keep(bodies: ReadonlySet<Element | null>): void {
    for (const body of this.#indexes.keys()) {
      if (body !== page.body && !bodies.has(body)) this.#indexes.delete(body);
    }
  }

  /** Lets go of all: a page with nothing marked keeps no second copy of its words. */
  release(): void {
    this.#indexes.clear();
  }
}
