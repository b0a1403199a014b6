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

/** As it can be asked for: columns that were chosen for another format are none of this one. */
export function fitted(wish: ExportWish): ExportWish {
  const { columns, ...rest } = wish;
  const table = tableOf(wish);
  const fit = columns?.filter((key) => table?.columns.some((one) => one.key === key)) ?? [];
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
