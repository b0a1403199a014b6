// Which columns there are to choose from, by their headings.
import { TABLES, type TableInfo } from '../../export/columns.ts';
import { heading, tableName } from '../../export/headings.ts';
import { type ExportWhat, type ExportWish, isTable } from './wish.ts';

export interface NamedColumn {
  readonly key: string;
  readonly name: string;
  /** Not in the file unless it is chosen. */
  readonly extra: boolean;
}

/** The tables that a file of one table is chosen from, the usual one first; none elsewhere. */
export function tablesOf({
  what,
  format,
  language,
}: Pick<ExportWish, 'what' | 'format' | 'language'>): readonly { key: string; name: string }[] {
  const tables = all(what);
  if (format !== 'csv' || tables.length < 2) return [];
  return tables.map(({ key }) => ({ key, name: tableName(key, language) }));
}

/** In the usual order; none where whole records are exported, or several tables at once. */
export function columnsOf(wish: ExportWish): readonly NamedColumn[] {
  const table = tableOf(wish);
  if (table === null) return [];
  return table.columns.map(({ key, extra }) => {
    const name = heading(table.key, key, wish.language);
    return { key, name, extra: extra === true };
  });
}

/** One of several tables that a file has; the keys of its columns name the table too. */
export interface NamedTable {
  readonly key: string;
  readonly name: string;
  readonly columns: readonly NamedColumn[];
}

/** The tables of a file that has several, with what there is to choose in each; none elsewhere. */
export function severalOf({ what, format, language }: ExportWish): readonly NamedTable[] {
  const tables = all(what);
  if (!isTable(format) || format === 'csv' || tables.length < 2) return [];
  return tables.map((table) => ({
    key: table.key,
    name: tableName(table.key, language),
    columns: table.columns.map(({ key, extra }) => ({
      key: `${table.key}.${key}`,
      name: heading(table.key, key, language),
      extra: extra === true,
    })),
  }));
}

/** What is chosen of one of them, in its order; undefined: the usual ones. */
export function chosenIn(wish: ExportWish, table: NamedTable): string[] | undefined {
  const chosen = wish.columns?.filter((key) => key.startsWith(`${table.key}.`));
  return chosen === undefined || isSame(chosen, usualOf(table)) ? undefined : chosen;
}

/** The same choice but for one table; undefined: the usual ones in all of them. */
export function chosenBut(
  wish: ExportWish,
  table: NamedTable,
  chosen: readonly string[] | undefined,
): string[] | undefined {
  const tables = severalOf(wish);
  const next = tables.flatMap((one) => {
    const own = one.key === table.key ? chosen : chosenIn(wish, one);
    return own ?? usualOf(one);
  });
  return isSame(next, tables.flatMap(usualOf)) ? undefined : next;
}

function usualOf({ columns }: NamedTable): string[] {
  return columns.filter(({ extra }) => !extra).map(({ key }) => key);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}

/** As it can be asked for: columns that were chosen for another format are none of this one. */
export function fitted(wish: ExportWish): ExportWish {
  const { columns, ...rest } = wish;
  const offered = [...columnsOf(wish), ...severalOf(wish).flatMap((table) => table.columns)];
  const fit = columns?.filter((key) => offered.some((one) => one.key === key)) ?? [];
  return fit.length === 0 ? rest : { ...rest, columns: fit };
}

function tableOf({ what, format, filter }: ExportWish): TableInfo | null {
  if (!isTable(format)) return null;
  const tables = all(what);
  if (format !== 'csv' && tables.length > 1) return null;
  return tables.find(({ key }) => key === filter.table) ?? tables[0] ?? null;
}

function all(what: ExportWhat): readonly TableInfo[] {
  return TABLES[what];
}
