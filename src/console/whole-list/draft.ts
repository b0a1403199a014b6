// A list that is changed as a whole and saved as one: as it is being written, and what it was written
// over. What a colleague saved in between is kept, and so is what was changed here.

/** Of a row that the server has not seen: null. */
interface Wish {
  readonly id: string | null;
}

/** A row as it is being written; `row` tells new ones apart. */
export type DraftRow<W extends Wish> = W & { readonly row: string };

export interface WholeDraft<Base, W extends Wish> {
  readonly base: Base;
  readonly rows: readonly DraftRow<W>[];
}

/** How a list of this kind is written over what the server has. */
export interface ListKind<Base, W extends Wish> {
  /** Rows of what the server has. */
  readonly rowsOf: (base: Base) => readonly (W & { readonly id: string })[];
  /** What of a row can be changed. */
  readonly fields: readonly (keyof W)[];
}

export interface WholeList<Base, W extends Wish> {
  draftOf(base: Base): WholeDraft<Base, W>;
  isChanged(draft: WholeDraft<Base, W>): boolean;
  /** Theirs, with what was changed here since both were the draft's base: nobody's work is lost. */
  merge(mine: WholeDraft<Base, W>, theirs: Base): WholeDraft<Base, W>;
  /** A saving that made `after` of `before` taken back, over what there is `now`. */
  back(before: Base, after: Base, now: Base): WholeDraft<Base, W>;
}

export function wholeList<Base, W extends Wish>(kind: ListKind<Base, W>): WholeList<Base, W> {
  const { rowsOf, fields } = kind;
  const changedFields = (was: W, is: W) => fields.filter((field) => was[field] !== is[field]);
  const draftOf = (base: Base) => ({
    base,
    rows: rowsOf(base).map((one): DraftRow<W> => ({ ...one, row: one.id })),
  });
  /** Of these new ones, those that are not among `there`: they may have arrived without an answer. */
  function notYet(rows: readonly DraftRow<W>[], there: readonly W[]) {
    const left = [...there];
    return rows.filter((one) => {
      const at = left.findIndex((other) =>
        fields.every((field) => plain(other[field]) === plain(one[field])),
      );
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  }
  function merge({ base, rows }: WholeDraft<Base, W>, theirs: Base): WholeDraft<Base, W> {
    const before = new Map(rowsOf(base).map((one) => [one.id, one]));
    const mine = new Map(rows.map((one) => [one.id, one]));
    const merged = draftOf(theirs).rows.map((one): DraftRow<W> => {
      const [was, is] = [before.get(one.row), mine.get(one.row)];
      if (!was || !is) return one;
      const patch = changedFields(was, is).map((field) => [field, is[field]]);
      return { ...one, ...Object.fromEntries(patch) };
    });
    const known = rows.filter(({ id }) => id !== null);
    const wasMoved = rowsOf(base).some(({ id }, at) => known[at]?.id !== id);
    const fresh = rowsOf(theirs).filter(({ id }) => !before.has(id));
    const own = rows.filter(({ id }) => id === null);
    const whole = [...merged, ...notYet(own, fresh)];
    if (!wasMoved) return { base: theirs, rows: whole };
    const place = new Map(rows.map(({ row }, at) => [row, at]));
    const at = ({ row }: DraftRow<W>) => place.get(row) ?? rows.length;
    return { base: theirs, rows: whole.sort((a, b) => at(a) - at(b)) };
  }
  return {
    draftOf,
    merge,
    back(before, after, now) {
      const was = new Set(rowsOf(before).map(({ id }) => id));
      const made = new Set(rowsOf(after).flatMap(({ id }) => (was.has(id) ? [] : [id])));
      const { base, rows } = merge({ base: after, rows: draftOf(before).rows }, now);
      return { base, rows: rows.filter(({ row }) => !made.has(row)) };
    },
    isChanged({ base, rows }) {
      const before = rowsOf(base);
      return (
        rows.length !== before.length ||
        rows.some((one, at) => {
          const was = before[at];
          return was?.id !== one.id || changedFields(was, one).length > 0;
        })
      );
    },
  };
}

/** As the server keeps it. */
function plain(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}
