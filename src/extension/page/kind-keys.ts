import type { CaptureKind } from '../messages/shapes.ts';

/** One ASCII capital for each kind that a selection can become; kinds.ts has their names. */
function kinds(): Readonly<Record<string, CaptureKind>> {
  return {
    E: 'expectation',
    N: 'note',
    P: 'commitment',
    G: 'grievance',
    L: 'praise',
    Q: 'question',
    D: 'decision',
    R: 'risk',
  };
}

/**
 * The kind a key stands for. By the letter it types; where the layout types no Latin letter
 * (Greek, Cyrillic, Arabic), by its place on the keyboard.
 */
export function kindOfKey(key: string, code: string): CaptureKind | null {
  const letter = /^[a-z]$/i.test(key) ? key.toUpperCase() : placed(key, code);
  return kinds()[letter] ?? null;
}

// The end of the Latin blocks. As a number: one letter beyond Latin-1 in its source doubles the
// memory that a script takes in every page.
const LATIN = 0x24f;

function placed(key: string, code: string): string {
  const isLetterOfAnotherScript = /^\p{L}$/u.test(key) && key.charCodeAt(0) > LATIN;
  return isLetterOfAnotherScript && code.startsWith('Key') ? code.slice(3) : '';
}
