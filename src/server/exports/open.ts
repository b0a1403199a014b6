// Opens an export: what was asked for as a stream of bytes, as the asker may have it.

import { mayExport } from '../../domain/permissions.ts';
import { chosenTables, type TableInfo } from '../../export/columns.ts';
import { headings, tableName } from '../../export/headings.ts';
import { isZone } from '../../export/zoned.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import type { Directories } from '../register/directory.ts';
import type { Piece } from './copy-out.ts';
import { CONTENT_TYPES, EXTENSIONS, writeFormat } from './formats.ts';
import { pieces } from './pieces.ts';
import type { Given, Refused } from './source.ts';
import { sourceOf } from './sources.ts';
import { keepExport } from './store.ts';
import { type ExportFormat, type ExportWish, FORMATS } from './wish.ts';

export type Opened = {
  fileName: string;
  contentType: string;
  /** Keys, in their order; of several tables "table.column"; none in formats of whole records. */
  columns: string[];
  /** Rows to come, or null where counting costs as much as writing. */
  of: number | null;
  /**
   * Read once, as fast as the file is taken. That it was exported is written down when it ends,
   * however it ends: also by `return()`, by the signal or by an error.
   */
  bytes: AsyncGenerator<Uint8Array>;
  /** Rows written so far. */
  rows(): number;
};

export type { Refused };

export type ExportServer = Pick<ServerContext, 'db' | 'pokes'>;

/** Formats that have no columns, and the one that has those of one table. */
const WHOLE: readonly ExportFormat[] = ['ndjson', 'json', 'jsonld', 'webvtt'];
const ONE_TABLE = 'csv';

/** Rejects, and ends `bytes` with the signal's reason, when `signal` is aborted. */
export async function openExport(
  server: ExportServer,
  directories: Directories,
  asker: Asker,
  wish: ExportWish,
  signal: AbortSignal,
): Promise<Opened | Refused> {
  signal.throwIfAborted();
  const { what, format } = wish;
  if (!mayExport(asker.member.role, what)) {
    return { refused: 'not-allowed', words: 'Managers can export this. Ask one of them.' };
  }
  if (!FORMATS[what].includes(format)) return misfit('There is no such format of this.');
  if (!isZone(wish.zone)) return misfit('There is no such time zone.');
  const givenIn = async (tx: Tx): Promise<Given> => {
    const members = await membersOf(tx, asker.workspace.id);
    const names = new Map(members.map(({ id, name }) => [id, name]));
    return { tx, asker, wish, names, directory: await directories.of(tx, asker) };
  };
  // Asked before anything is sent, so that it can be refused.
  const asked = await inWorkspace(server.db, asker.workspace.id, async (tx) => {
    const given = await givenIn(tx);
    const source = await sourceOf(given);
    if ('refused' in source) return source;
    const tables = tablesOf(source.tables, wish);
    if (tables === null) return misfit('One of the columns means nothing here.');
    return { source, tables, of: await source.count(given) };
  });
  if ('refused' in asked) return asked;
  const { source, tables, of } = asked;

  const columns = WHOLE.includes(format) ? [] : keysOf(tables);
  let rows = 0;
  const written = pieces<Piece>((hand) =>
    inWorkspace(
      server.db,
      asker.workspace.id,
      async (tx) => {
        const given = await givenIn(tx);
        const file = writeFormat({ given, source, tables, db: server.db });
        for await (const piece of file) await hand(piece);
      },
      { snapshot: true },
    ),
  );
  const bytes = (async function* () {
    try {
      for await (const piece of written) {
        signal.throwIfAborted();
        rows += piece.rows;
        if (piece.bytes.length > 0) yield piece.bytes;
      }
    } finally {
      await keepExport(server, asker, {
        ...{ what, format, filter: filterKept(wish.filter), rows },
        columns: WHOLE.includes(format) ? [] : columnsKept(tables),
      });
    }
  })();
  const day = new Date().toISOString().slice(0, 10);
  return {
    fileName: `unsaid-${what}-${day}.${EXTENSIONS[format]}`,
    contentType: CONTENT_TYPES[format],
    ...{ columns, of, bytes, rows: () => rows },
  };
}

/** null: a column that is chosen is of no table. */
function tablesOf(
  all: readonly TableInfo[],
  { format, filter, columns }: ExportWish,
): TableInfo[] | null {
  if (format !== ONE_TABLE) return chosenTables(all, columns);
  const named = columns?.[0]?.split('.')[0];
  const one = all.find(({ key }) => key === (filter.table || named)) ?? all[0];
  return one === undefined ? [] : chosenTables([one], columns);
}

function keysOf(tables: readonly TableInfo[]): string[] {
  const [first] = tables;
  if (tables.length === 1 && first) return first.columns.map(({ key }) => key);
  return tables.flatMap(({ key: table, columns }) => columns.map(({ key }) => `${table}.${key}`));
}

function misfit(words: string): Refused {
  return { refused: 'not-well-formed', words };
}

/** Of several tables only which ones: together they have hundreds of columns. */
function columnsKept(tables: readonly TableInfo[]): string[] {
  const [first] = tables;
  if (tables.length === 1 && first) return headings(first, 'en');
  return tables.map(({ key }) => tableName(key, 'en'));
}

/** What was filtered by. Words may name somebody, and exports are never erased: only that there were. */
function filterKept(given: { [name: string]: string }): { [name: string]: string } {
  const filled = Object.entries(given).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, name === 'q' ? '…' : value]));
}
