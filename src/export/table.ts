// A table as the formats take it. Headings are words of a language, keys are the same for ever.

/** instant: ISO 8601 in UTC, with ms; day: "2027-03-01"; link: an http(s) address. */
export type CellType = 'text' | 'number' | 'yes-no' | 'instant' | 'day' | 'link';

export type Column = { readonly key: string; readonly type: CellType };

/** null: nothing is known; an empty cell. */
export type Cell = string | number | boolean | null;

export type Row = readonly Cell[];

export type Table = {
  /** In words, of the language asked for; a sheet's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Of the columns, in their order. */
  readonly headings: readonly string[];
  /** In batches of any size; read once, as fast as they are written. */
  readonly rows: AsyncIterable<readonly Row[]>;
};
