// What each line of changes.ndjson shows by itself, whatever stands before it: nearly all the work of
// a verification. What depends on order and place is in-order.ts.
import { envelopeTextIn, type Hasher, leafTextHash, textHash } from '../ledger/index.ts';
import { textOf } from './bytes.ts';
import {
  type ChangeLine,
  contentsHash,
  readChangeLine,
  type Shown,
  shownFields,
  shownOf,
} from './change-line.ts';
import { readLeaf } from './leaf-text.ts';

/** Bytes; in a longer one nothing is looked for. */
export const LONGEST_LINE = 4_000_000;
const NEWLINE = 10;

export type OneChange = {
  seq: number;
  shown: Shown;
  leafHash: Uint8Array;
  /** What is wrong with the leaf itself, in words. */
  wrong: string[];
  /** Its place in its device's chain; null when the leaf cannot be read, and little else is known. */
  link: { device: string; n: number; prevHash: string; envelopeHash: string | null } | null;
  /** What is shown of the contents gives the leaf's bodyHash; nothing does. */
  fits: boolean;
  notKept: boolean;
  /** Which change took the contents of which record, "kind/id", as far as the line says. */
  erased: { by: number; subject: string } | null;
  /** Of an erasure: "kind/id" of what it names; null when that is not shown. */
  erases: { targets: ReadonlySet<string> | null } | null;
};

/**
 * Lines with a newline between them; null for one that is no change as bundles have them.
 * `workspace`: id of the one that all changes are to be of.
 */
export function lookAtLines(
  hasher: Hasher,
  bytes: Uint8Array,
  workspace: string,
): (OneChange | null)[] {
  const changes: (OneChange | null)[] = [];
  let from = 0;
  while (from <= bytes.length) {
    const next = bytes.indexOf(NEWLINE, from);
    const end = next < 0 ? bytes.length : next;
    changes.push(lookAt(hasher, bytes.subarray(from, end), workspace));
    from = end + 1;
  }
  return changes;
}

function lookAt(hasher: Hasher, bytes: Uint8Array, workspace: string): OneChange | null {
  const text = bytes.length > LONGEST_LINE ? null : textOf(bytes);
  const line = text === null ? null : readChangeLine(text);
  if (line === null) return null;
  const { seq } = line;
  const change: OneChange = {
    seq,
    shown: shownOf(line),
    leafHash: leafTextHash(hasher, line.leaf),
    wrong: [],
    link: null,
    fits: false,
    notKept: 'missing' in line && line.missing === 'not-kept',
    erased: null,
    erases: null,
  };
  const read = readLeaf(line.leaf);
  if (read === null) {
    change.wrong.push(`The leaf of change ${seq} is none.`);
    return change;
  }
  const { leaf } = read;
  if (!read.canonical) {
    change.wrong.push(`The leaf of change ${seq} is not written as leaves are.`);
  }
  if (leaf.workspace !== workspace) change.wrong.push(`Change ${seq} is of another workspace.`);
  const envelope = envelopeTextIn(line.leaf, leaf);
  const envelopeHash = envelope === null ? null : textHash(hasher, envelope);
  change.link = { device: leaf.device, n: leaf.n, prevHash: leaf.prevHash, envelopeHash };
  change.fits = 'missing' in line || contentsHash(hasher, line) === leaf.bodyHash;
  if ('missing' in line && line.missing === 'erased') {
    change.erased = { by: line.erasure, subject: `${leaf.kind}/${leaf.record}` };
  }
  if (leaf.kind === 'erasure') change.erases = { targets: targetsOf(line) };
  return change;
}

/** "kind/id" of what an erasure names; null when that is not shown. */
function targetsOf(line: ChangeLine): ReadonlySet<string> | null {
  const { targets } = shownFields(line);
  if (!Array.isArray(targets)) return null;
  return new Set(
    targets.flatMap((target) => {
      if (typeof target !== 'object' || target === null || Array.isArray(target)) return [];
      const { kind, id } = target;
      return typeof kind === 'string' && typeof id === 'string' ? [`${kind}/${id}`] : [];
    }),
  );
}
