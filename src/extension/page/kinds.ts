import type { CaptureKind } from '../messages/shapes.ts';

/** What a selection can become, in the order of the toolbar. `key` is one ASCII capital. */
export const CAPTURES: readonly { kind: CaptureKind; key: string; name: string }[] = [
  { kind: 'expectation', key: 'E', name: 'Expectation' },
  { kind: 'note', key: 'N', name: 'Note' },
  { kind: 'commitment', key: 'P', name: 'Promise' },
  { kind: 'grievance', key: 'G', name: 'Grievance' },
  { kind: 'praise', key: 'L', name: 'Praise' },
  { kind: 'question', key: 'Q', name: 'Question' },
  { kind: 'decision', key: 'D', name: 'Decision' },
  { kind: 'risk', key: 'R', name: 'Risk' },
];

export function nameOf(kind: CaptureKind): string {
  return CAPTURES.find((capture) => capture.kind === kind)?.name ?? 'Note';
}

/**
 * The kind a key stands for. By the letter it types; where the layout types no Latin letter
 * (Greek, Cyrillic, Arabic), by its place on the keyboard.
 */
export function kindOfKey(key: string, code: string): CaptureKind | null {
  const letter = /^[a-z]$/i.test(key) ? key.toUpperCase() : placed(key, code);
  return CAPTURES.find((capture) => capture.key === letter)?.kind ?? null;
}

function placed(key: string, code: string): string {
  const isLetterOfAnotherScript = /^\p{L}$/u.test(key) && key > '\u024F';
  return isLetterOfAnotherScript && code.startsWith('Key') ? code.slice(3) : '';
}
