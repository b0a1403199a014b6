// The lines of a session as they are shown: what the server has, with what was said since and is still
// on its way laid over it.
import type { ImprovementShown } from '../improvements/answer.ts';
import type { ImprovementWish } from '../improvements/calls.ts';
import { idOf, type KeptOp } from './outbox.ts';

export interface Line {
  readonly id: string;
  readonly text: string;
  readonly owner: string | null;
  /** ISO date */
  readonly due: string | null;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  /** When the moment was it is about, ISO. */
  readonly at: string | null;
  /** Their words that it is about. */
  readonly quote: string | null;
  readonly deleted: boolean;
  /** waiting: something of it is not on the server yet. */
  readonly state: 'kept' | 'waiting' | 'refused';
  /** Why the server did not take it, '' where it did. */
  readonly why: string;
}

/** In the order in which they were said. `session`: only those of this sitting. */
export function linesOf(
  known: ReadonlyMap<string, ImprovementShown>,
  out: readonly KeptOp[],
  session: string,
): Line[] {
  const lines = new Map<string, Line>();
  for (const [id, improvement] of known) {
    if (improvement.session === session) lines.set(id, lineOf(improvement));
  }
  for (const { op, refused } of out) {
    const id = idOf(op);
    const before =
      lines.get(id) ??
      (op.is === 'begin' && op.wish.session === session ? fromWish(op.wish) : undefined);
    if (before === undefined) continue;
    const { text, owner, due, deleted } = { ...before, ...(op.is === 'change' ? op.patch : {}) };
    const state = refused === null && before.state !== 'refused' ? 'waiting' : 'refused';
    const why = refused ?? before.why;
    lines.set(id, { ...before, text, owner, due, deleted, state, why });
  }
  // Ids are made in time.
  return [...lines.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function lineOf(improvement: ImprovementShown): Line {
  const { id, text, owner, due, subject, at, quotes, deleted } = improvement;
  const quote = quotes[0]?.quote ?? null;
  return { id, text, owner, due, subject, at, quote, deleted, state: 'kept', why: '' };
}

function fromWish({ id, text, owner, due, subject, at }: ImprovementWish): Line {
  return {
    ...{ id, text, owner: owner ?? null, due: due ?? null, subject: subject ?? null },
    ...{ at: at ?? null, quote: null, deleted: false, state: 'waiting', why: '' },
  };
}
