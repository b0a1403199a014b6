import type { CaptureKind } from '../messages/shapes.ts';

/** One ASCII capital for each kind that a selection can become; kinds.ts has their names. */
const KINDS: Readonly<Record<string, CaptureKind>> = {
  E: 'expectation',
  N: 'note',
  P: 'commitment',
  G: 'grievance',
  L: 'praise',
  Q: 'question',
  D: 'decision',
  R: 'risk',
};

/**
 * The kind a key stands for. By the letter it types; where the layout types no Latin letter
 * (Greek, Cyrillic, Arabic), by its place on the keyboard.
 */
export function kindOfKey(key: string, code: string): CaptureKind | null {
  const letter = /^[a-z]$/i.test(key) ? key.toUpperCase() : placed(key, code);
  return KINDS[letter] ?? null;
}

function placed(key: string, code: string): string {
  const isLetterOfAnotherScript = /^\p{L}$/u.test(key) && key > '\u024F';
  return isLetterOfAnotherScript && code.startsWith('Key') ? code.slice(3) : '';
}
