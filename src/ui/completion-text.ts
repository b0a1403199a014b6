// Where in a text a name is being typed: after an @ or a # that begins a word.

export type Sign = '@' | '#';

export interface Asked {
  readonly sign: Sign;
  /** What stands between the sign and the caret. */
  readonly words: string;
  /** Where the sign stands, in UTF-16 units. */
  readonly start: number;
}

// Names have spaces, so three words at most; a mail address has something before its @.
const TYPING = /(?:^|[\s([{"'“”„‚‘«‹¡¿/…—–-])([@#])((?:[^\s@#]+(?: [^\s@#]+){0,2} ?)?)$/u;
const LONGEST = 60;

/** What is asked for where the caret stands, or null. */
export function askedAt(text: string, caret: number): Asked | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const found = TYPING.exec(before);
  if (found === null) return null;
  const [, sign, words = ''] = found;
  return { sign: sign as Sign, words, start: caret - words.length - 1 };
}

/** What goes between the sign and the caret, with a space after it unless there is one. */
export function withName(
  text: string,
  { sign, start }: Asked,
  caret: number,
  name: string,
): { insert: string; from: number; to: number } {
  const space = /^\s/.test(text.slice(caret)) ? '' : ' ';
  return { insert: `${sign}${name}${space}`, from: start, to: caret };
}
