// What exports are made of: tables and records, most of them as queries, some told by the server.
import type { TableInfo } from '../../export/columns.ts';
import type { ExportedRecord } from '../../export/exported-record.ts';
import type { Column, Row } from '../../export/table.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';
import type { SqlRecords, SqlTable } from './sql-lines.ts';
import type { ExportWish } from './wish.ts';

/** `names`: of members. */
export type Given = {
  tx: Tx;
  asker: Asker;
  directory: Directory;
  names: ReadonlyMap<string, string>;
  wish: ExportWish;
};

export type Told = { columns: readonly Column[]; rows: readonly Row[] };

export type Source = {
  tables: readonly TableInfo[];
  /** How many rows there are, where that is quickly told. */
  count(given: Given): Promise<number | null>;
  table(given: Given, chosen: TableInfo): Promise<SqlTable | Told>;
  /** null: as nothing but tables. */
  records(given: Given): Promise<SqlRecords | ExportedRecord[]>;
};

/** What is not there, or means nothing; `words` are for a person. */
export type Refused = { refused: 'not-allowed' | 'not-well-formed' | 'not-found'; words: string };
