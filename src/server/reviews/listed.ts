// Finished reviews as lists show them, and how far each has got with whom it is about. Kept in memory
// and brought up to date: the list is looked through by names, which stand in other records.
import { sql } from 'kysely';
import { byStandard, type Dispute, waitsForReviewer } from '../../domain/disputes.ts';
import { type Fields, type Id, type Review, reviewOf } from '../../domain/index.ts';
import type { Inquiry } from '../../domain/inquiries.ts';
import type { Tx } from '../database.ts';
import { isAmong, partsOf, type Which } from '../in-parts.ts';
import { readRequests } from '../inquiries/store.ts';
import { idsOf, type Kept, keepUp } from '../keeping.ts';
import { readDisputes } from './store.ts';

/** How far a review has got with whom it is about. */
export type Standing = {
  review: Id;
  /** Somebody was asked to read it, and whether somebody did. */
  read: 'nobody-asked' | 'waits' | 'read';
  /** Standards (or the whole) that are not agreed with. */
  disputed: number;
  /** Of these, for how many the reviewer's answer is waited for. */
  waiting: number;
};

/** A review without what fills its own page. */
export type Listed = Omit<Review, 'scores' | 'text' | 'reason'>;

export type ListedReviews = {
  /** Newest first; those that were withdrawn too. */
  readonly newest: readonly Listed[];
  standingOf(review: Id): Standing;
};

type Request = Pick<Inquiry, 'id' | 'review' | 'state'>;
type Said = Dispute;

/** For all who ask: what one of them may read is asked of the list afterwards. */
export function keepListed(): { of(tx: Tx, workspace: Id): Promise<ListedReviews> } {
  const kept: Kept<State> = keepUp<State>({
    ...{ kinds: ['review', 'inquiry', 'dispute'], most: 16 },
    async read(tx, { workspace }) {
      const state = new State();
      for (const kind of ['review', 'inquiry', 'dispute'] as const) {
        for (const part of await partsOf(tx, workspace.id, kind)) {
          (await reread(tx, workspace.id, state, kind, part))();
        }
      }
      return state;
    },
    async change(tx, { workspace }, state, changed) {
      const puts: (() => void)[] = [];
      for (const kind of ['review', 'inquiry', 'dispute'] as const) {
        const some = idsOf(changed, kind);
        if (some.length > 0) puts.push(await reread(tx, workspace.id, state, kind, { some }));
      }
      for (const put of puts) put();
      return state;
    },
  });
  return {
    of: (tx, workspace) =>
      kept.of(tx, { workspace: { id: workspace }, member: { id: '', role: 'admin' } }),
  };
}

async function reread(
  tx: Tx,
  workspace: Id,
  state: State,
  kind: 'review' | 'inquiry' | 'dispute',
  which: Which,
): Promise<() => void> {
  const ids = 'some' in which ? which.some : [];
  switch (kind) {
    case 'review': {
      const found = await readListed(tx, workspace, which);
      return () => state.putReviews(ids, found);
    }
    case 'inquiry': {
      const found = await readRequests(tx, workspace, which);
      return () =>
        state.requests.put(
          ids,
          found.map(({ id, review, state: now }) => ({ id, review, state: now })),
        );
    }
    case 'dispute': {
      const found = await readDisputes(tx, workspace, which);
      return () =>
        state.said.put(
          ids,
          found.map((one) => ({ ...one, reason: '' })),
        );
    }
  }
}

class State implements ListedReviews {
  readonly #reviews = new Map<Id, Listed>();
  #newest: readonly Listed[] | null = null;
  readonly requests = new OfReviews<Request>();
  readonly said = new OfReviews<Said>();

  get newest(): readonly Listed[] {
    this.#newest ??= [...this.#reviews.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    return this.#newest;
  }

  putReviews(ids: readonly Id[], found: readonly Listed[]): void {
    for (const id of ids) this.#reviews.delete(id);
    for (const one of found) this.#reviews.set(one.id, one);
    this.#newest = null;
  }

  standingOf(review: Id): Standing {
    return standingOf(review, this.requests.of(review), this.said.of(review));
  }
}

/** What hangs on reviews, by the review. */
class OfReviews<T extends { id: Id; review: Id | null }> {
  readonly #byId = new Map<Id, T>();
  readonly #ofReview = new Map<Id, Set<T>>();

  /** Instead of what was there under these ids. */
  put(ids: readonly Id[], found: readonly T[]): void {
    for (const id of ids) {
      const old = this.#byId.get(id);
      if (old === undefined) continue;
      this.#byId.delete(id);
      this.#ofReview.get(old.review ?? '')?.delete(old);
    }
    for (const one of found) {
      this.#byId.set(one.id, one);
      const present = this.#ofReview.get(one.review ?? '');
      if (present) present.add(one);
      else this.#ofReview.set(one.review ?? '', new Set([one]));
    }
  }

  of(review: Id): readonly T[] {
    return [...(this.#ofReview.get(review) ?? [])];
  }
}

export function standingOf(
  review: Id,
  requests: readonly Request[],
  disputes: readonly Said[],
): Standing {
  const said = disputes.length === 0 ? [] : [...byStandard(disputes).values()];
  const asked = requests.filter(({ state }) => state !== 'withdrawn');
  const isRead = asked.some(({ state }) => state === 'answered');
  return {
    ...{ review, read: asked.length === 0 ? 'nobody-asked' : isRead ? 'read' : 'waits' },
    disputed: said.filter((all) => all.at(-1)?.stance !== 'accept').length,
    waiting: said.filter((all) => waitsForReviewer(all) !== null).length,
  };
}

/** Without what makes a review long. */
async function readListed(tx: Tx, workspace: Id, which: Which): Promise<Listed[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', sql<Fields<'review'>>`fields - '{scores,text,reason}'::text[]`.as('fields')])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'review')
    .where('deleted', '=', false)
    .where(isAmong(which))
    .execute();
  return rows.flatMap(({ id, fields }) => {
    const review = reviewOf(id, fields);
    if (review === null) return [];
    const { scores: _scores, text: _text, reason: _reason, ...listed } = review;
    return [listed];
  });
}
