// Which kinds of records a file brings in, and which it does not: what proves how the company audited
// itself and who belongs to it is only true in the log that it was written into.
import { isKind, KINDS, type Kind } from '../../domain/index.ts';

/**
 * Not taken. Draws and reviews, with all that hangs on them, prove nothing outside their own log; the
 * rest rules the workspace, or calls somebody.
 */
const LEFT: ReadonlySet<Kind> = new Set<Kind>([
  ...(['audit', 'programme', 'review', 'finding', 'inquiry', 'dispute'] as const),
  ...(['export', 'import', 'erasure', 'member', 'device', 'setting', 'mention'] as const),
]);

export const TAKEN: readonly Kind[] = (Object.keys(KINDS) as Kind[]).filter(
  (kind) => !LEFT.has(kind),
);

export function isTaken(kind: string): kind is Kind {
  return isKind(kind) && !LEFT.has(kind);
}

/**
 * The order in which an import is taken back: what others point at comes after them, so that what is
 * pointed at by nothing but records of the same import can go.
 */
const POINTED_AT: readonly Kind[][] = [['interaction'], ['contact', 'project'], ['customer']];

export const PASSES: readonly (readonly Kind[])[] = [
  TAKEN.filter((kind) => !POINTED_AT.flat().includes(kind)),
  ...POINTED_AT,
];
