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
