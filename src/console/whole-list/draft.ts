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
}

export function wholeList<Base, W extends Wish>(kind: ListKind<Base, W>): WholeList<Base, W> {
  const { rowsOf, fields } = kind;
  const changedFields = (was: W, is: W) => fields.filter((field) => was[field] !== is[field]);
  const draftOf = (base: Base) => ({
    base,
    rows: rowsOf(base).map((one): DraftRow<W> => ({ ...one, row: one.id })),
  });
  return {
    draftOf,
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
    merge({ base, rows }, theirs) {
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
      const whole = [...merged, ...rows.filter(({ id }) => id === null)];
      if (!wasMoved) return { base: theirs, rows: whole };
      const place = new Map(rows.map(({ row }, at) => [row, at]));
      const at = ({ row }: DraftRow<W>) => place.get(row) ?? rows.length;
      return { base: theirs, rows: whole.sort((a, b) => at(a) - at(b)) };
    },
  };
}
