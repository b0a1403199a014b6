// Opens an export: what was asked for as a stream of bytes, as the asker may have it.
import { mayExport } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import type { Directories } from '../register/directory.ts';
import { readFilters } from '../register/filters.ts';
import { registerCsv } from './register-csv.ts';
import { keepExport } from './store.ts';
import { type ExportWish, FORMATS } from './wish.ts';

export type Opened = {
  fileName: string;
  contentType: string;
  /** Keys, in their order. */
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

/** `words` are for a person. */
export type Refused = { refused: 'not-allowed' | 'not-well-formed' | 'not-found'; words: string };

export type ExportServer = Pick<ServerContext, 'db' | 'pokes'>;

/** Rejects, and ends `bytes` with the signal's reason, when `signal` is aborted. */
export async function openExport(
  server: ExportServer,
  directories: Directories,
  asker: Asker,
  wish: ExportWish,
  signal: AbortSignal,
): Promise<Opened | Refused> {
  signal.throwIfAborted();
  if (!mayExport(asker.member.role, wish.what)) {
    return { refused: 'not-allowed', words: 'Managers can export this. Ask one of them.' };
  }
  if (!FORMATS[wish.what].includes(wish.format)) {
    return { refused: 'not-well-formed', words: 'There is no such format of this.' };
  }
  const filters = readFilters(wish.filter);
  if (!filters) {
    return { refused: 'not-well-formed', words: 'One of the filters means nothing here.' };
  }
  if (wish.what !== 'register' || wish.format !== 'csv') {
    return { refused: 'not-well-formed', words: 'There is no such format of this.' };
  }
  const csv = registerCsv(server, directories, asker, filters, wish.bom);
  let rows = 0;
  const bytes = (async function* () {
    try {
      for await (const slice of csv.slices) {
        signal.throwIfAborted();
        rows += slice.rows;
        yield slice.bytes;
      }
    } finally {
      await keepExport(server, asker, {
        ...{ what: wish.what, format: wish.format, filter: filterKept(wish.filter) },
        ...{ columns: csv.columns, rows },
      });
    }
  })();
  return {
    fileName: `unsaid-${new Date().toISOString().slice(0, 10)}.csv`,
    contentType: 'text/csv; charset=utf-8',
    ...{ columns: csv.columns, of: null, bytes, rows: () => rows },
  };
}

/** What was filtered by. Words may name somebody, and exports are never erased: only that there were. */
function filterKept(given: { [name: string]: string }): { [name: string]: string } {
  const filled = Object.entries(given).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, name === 'q' ? '…' : value]));
}
