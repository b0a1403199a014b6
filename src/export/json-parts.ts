// One large JSON value, read as it comes: the elements of certain arrays one by one, so that a file of
// any length needs the memory of one element, and what stands around them at the end.

/** Of the text given so far; `path`: names of members down to the array, with dots ('' on top). */
export type JsonElement = { path: string; text: string };

type Frame = { isArray: boolean; key: string };

/** UTF-16 units: longer is no record, nor what stands around records. */
const LONGEST = 32_000_000;
const DEEPEST = 64;

/** Reads what is well-formed; what is not is told by `end`, or by JSON.parse of an element. */
export class JsonParts {
  readonly #paths: ReadonlySet<string>;
  readonly #frames: Frame[] = [];
  #around = '';
  #before: unknown;
  #stringFrom = 0;
  #lastString = '';
  #inString = false;
  #isEscaped = false;
  /** The array whose elements are read, and how deep within an element we are. */
  #path: string | null = null;
  #depth = 0;
  #element = '';
  #isBroken = false;

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
  }

  take(text: string): JsonElement[] {
    const elements: JsonElement[] = [];
    for (let at = 0; at < text.length && !this.#isBroken; ) {
      at = this.#path === null ? this.#outside(text, at) : this.#inside(text, at, elements);
      if (this.#element.length > LONGEST || this.#around.length > LONGEST) this.#isBroken = true;
    }
    return elements;
  }

  /** What stands before the first of those arrays: the members known by then. */
  before(): unknown {
    return this.#before;
  }

  /** The whole value with those arrays empty; undefined: it is no JSON, or it ends too early. */
  end(): unknown {
    return this.#isBroken || this.#frames.length > 0 ? undefined : parsed(this.#around);
  }

  /** One character that is of no array's element. Returns where to go on. */
  #outside(text: string, at: number): number {
    const character = text[at] ?? '';
    this.#around += character;
    if (this.#inString) {
      this.#follow(character);
      if (!this.#inString) this.#lastString = this.#around.slice(this.#stringFrom);
      return at + 1;
    }
    const frame = this.#frames.at(-1);
    switch (character) {
      case '"':
        this.#inString = true;
        this.#stringFrom = this.#around.length - 1;
        break;
      case ':':
        if (frame) frame.key = String(parsed(this.#lastString));
        break;
      case '{':
      case '[': {
        const isArray = character === '[';
        const path = this.#frames.map((one) => (one.isArray ? '[]' : one.key)).join('.');
        if (this.#frames.length >= DEEPEST) this.#isBroken = true;
        this.#frames.push({ isArray, key: '' });
        if (isArray && this.#paths.has(path)) {
          this.#path = path;
          this.#before ??= parsed(this.#around + this.#closing());
        }
        break;
      }
      case '}':
      case ']':
        // A parser tells later what is wrong with it.
        if (frame?.isArray !== (character === ']')) this.#isBroken = true;
        this.#frames.pop();
    }
    return at + 1;
  }

  /** As much as there is of one element. Returns where to go on. */
  #inside(text: string, from: number, elements: JsonElement[]): number {
    for (let at = from; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (this.#inString) {
        this.#follow(character);
        continue;
      }
      if (character === '"') this.#inString = true;
      else if (character === '{' || character === '[') this.#depth += 1;
      else if (this.#depth > 0) {
        if (character === '}' || character === ']') this.#depth -= 1;
      } else if (character === ',' || character === ']') {
        const element = this.#element + text.slice(from, at);
        this.#element = '';
        const isEmpty = element.trim() === '';
        if (!isEmpty || character === ',') {
          elements.push({ path: this.#path ?? '', text: element });
        }
        if (character === ',') return at + 1;
        this.#path = null;
        return at;
      }
    }
    this.#element += text.slice(from);
    return text.length;
  }

  /** What would end what is open. */
  #closing(): string {
    const ends = this.#frames.map(({ isArray }) => (isArray ? ']' : '}'));
    return ends.toReversed().join('');
  }

  #follow(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === '"') this.#inString = false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
