// The index's rows in IndexedDB: which segments there are, and what is not in any yet.
import type { Id } from '../../../domain/index.ts';
import { quiet } from '../errors.ts';
import type { WorkspaceDb, WorkspaceTx } from '../schema.ts';
import { GONE, type Leaf, PAPERS, type Papers } from './segment.ts';

/** Raised when what is written here, or how words are folded, changes: all is read anew then. */
export const FORMAT = 1;
export const STATE: [number, number] = [0, 0];

export type SegmentFacts = {
  n: number;
  /** Records, also those that are gone. */
  count: number;
  gone: number;
  /** Words in all of them. */
  words: number;
  /** Words that were erased are still in it: it is to be written anew. */
  purge: boolean;
};

export type SearchState = {
  format: number;
  /** Changes whenever anything else does. */
  version: number;
  /** The next segment's number. */
  next: number;
  segments: SegmentFacts[];
  /** Everything on the device is to be looked at anew. */
  all?: true;
};

export type SearchRow = SearchState | Papers | Leaf | Uint8Array;

/**
 * Records ("kind/id") that were written since the index was; `gone`: their texts left the device.
 */
export type Unindexed = { names: string[]; gone?: true };

export const EMPTY_STATE: SearchState = { format: FORMAT, version: 0, next: 1, segments: [] };

/** So many names in a row: they are taken a row at a time. */
const NAMES = 500;

/**
 * Tells the index, in the transaction that wrote them, that these records are not as they were. One
 * request, and nobody waits for it: it lies in the path of captures.
 */
export function noteWritten(
  tx: Pick<WorkspaceTx, 'objectStore'>,
  names: string[],
  gone = false,
): void {
  for (let from = 0; from < names.length; from += NAMES) {
    const part = names.slice(from, from + NAMES);
    const row: Unindexed = gone ? { names: part, gone } : { names: part };
    void quiet(tx.objectStore('unindexed').add(row));
  }
}

export function nameOf(kind: string, id: Id): string {
  return `${kind}/${id}`;
}

export async function readState(tx: Pick<WorkspaceTx, 'objectStore'>): Promise<SearchState> {
  const state = (await tx.objectStore('search').get(STATE)) as SearchState | undefined;
  return state?.format === FORMAT ? state : EMPTY_STATE;
}

export function ofSegment(n: number): IDBKeyRange {
  return IDBKeyRange.bound([n, PAPERS], [n, []]);
}

/** What is held of a segment while the worker lives. */
export type Segment = { facts: SegmentFacts; papers: Papers; gone: Uint8Array };
export type Held = { version: number; segments: Segment[] };

const held = new WeakMap<WorkspaceDb, Held>();

/** The segments as they are; read again only when they have changed. */
export async function heldSegments(db: WorkspaceDb, tx: WorkspaceTx<'readonly'>): Promise<Held> {
  const state = await readState(tx as unknown as WorkspaceTx);
  const before = held.get(db);
  if (before?.version === state.version) return before;
  const store = tx.objectStore('search');
  const segments = await Promise.all(
    state.segments.map(async (facts): Promise<Segment> => {
      const known = before?.segments.find(({ facts: { n } }) => n === facts.n);
      const [papers, gone] = await Promise.all([
        known?.papers ?? (store.get([facts.n, PAPERS]) as Promise<Papers>),
        store.get([facts.n, GONE]) as Promise<Uint8Array | undefined>,
      ]);
      return { facts, papers, gone: gone ?? new Uint8Array(Math.ceil(facts.count / 8)) };
    }),
  );
  const now = { version: state.version, segments };
  held.set(db, now);
  return now;
}
