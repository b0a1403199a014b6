// The register as CSV: the rows that the same filters show, as a stream. That it was exported is
// written down when it ends, however it ends.
import type { Context } from 'hono';
import { BYTE_ORDER_MARK, csvRow } from '../../export/csv.ts';
import type { Asker, AskerEnv } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { keepExport } from '../exports/store.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from './directory.ts';
import { type Filters, isFilter, type Place, readFilters } from './filters.ts';
import { type Found, findRows } from './query.ts';
import { type Row, rowOf } from './rows.ts';

const ROWS_AT_ONCE = 1_000;

const COLUMNS: [heading: string, cell: (row: Row) => string | null | undefined][] = [
  ['Kind', (row) => row.label ?? row.kind],
  ['Written', (row) => row.at],
  ['Author', (row) => row.author.name],
  ['Customer', (row) => row.customer?.name],
  ['Project', (row) => row.project?.name],
  ['Class', (row) => row.class],
  ['Stage', (row) => row.stage],
  ['Outcome', (row) => row.outcome],
  ['Quote', (row) => row.quote],
  ['In our words', (row) => row.text],
  ['Source', (row) => row.source?.subject],
  ['From', (row) => row.source?.from],
  ['Sent', (row) => row.source?.sentAt],
  ['Address', (row) => row.source?.url],
  ['Id', (row) => row.id],
];

/** `bom=0` leaves out the byte order mark, which tells Excel that the file is UTF-8. */
export function exportRoute(server: ServerContext, directories: Directories) {
  return async (c: Context<AskerEnv>): Promise<Response> => {
    const { bom, ...given } = c.req.query();
    const filters = readFilters(given);
    if (!filters)
      return refuse(c, 400, 'not-well-formed', 'One of the filters means nothing here.');
    const { asker } = c.var;
    const rows = rowsOf(server, directories, asker, filters);
    const filter = filterKept(given);
    const columns = COLUMNS.map(([heading]) => heading);
    const onEnd = (count: number) =>
      keepExport(server, asker, { what: 'register', format: 'csv', filter, columns, rows: count });
    const today = new Date().toISOString().slice(0, 10);
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', `attachment; filename="unsaid-${today}.csv"`);
    c.header('Cache-Control', 'no-store');
    return c.body(streamOf(csvText(rows, bom !== '0', onEnd)));
  };
}

/** What was filtered by. Words may name somebody, and exports are never erased: only that there were. */
function filterKept(given: Record<string, string>): { [name: string]: string } {
  const filled = Object.entries(given).filter(
    ([name, value]) => isFilter(name) && value.trim() !== '',
  );
  return Object.fromEntries(filled.map(([name, value]) => [name, name === 'q' ? '…' : value]));
}

async function* rowsOf(
  server: ServerContext,
  directories: Directories,
  asker: Asker,
  filters: Filters,
): AsyncGenerator<Row> {
  // A transaction for each slice: whoever takes the file slowly holds none.
  const within = <T>(work: (tx: Tx) => Promise<T>) =>
    inWorkspace(server.db, asker.workspace.id, work);
  const directory = await within((tx) => directories.of(tx, asker));
  const members = await within((tx) => membersOf(tx, asker.workspace.id));
  const names = new Map(members.map(({ id, name }) => [id, name]));
  let place: Place | null = null;
  for (;;) {
    const from: Place | null = place;
    const found: Found[] = await within((tx) =>
      findRows(tx, asker, directory, filters, from, ROWS_AT_ONCE),
    );
    for (const one of found) yield rowOf(one, directory, names, []);
    const last = found.at(-1);
    if (!last || found.length < ROWS_AT_ONCE) return;
    place = { written: last.written, id: last.id };
  }
}

/** `onEnd` is told the number of rows, also when the other side stops taking them. */
async function* csvText(
  rows: AsyncIterable<Row>,
  mark: boolean,
  onEnd: (count: number) => Promise<void>,
): AsyncGenerator<string> {
  let count = 0;
  try {
    yield (mark ? BYTE_ORDER_MARK : '') + csvRow(COLUMNS.map(([heading]) => heading));
    for await (const row of rows) {
      count += 1;
      yield csvRow(COLUMNS.map(([, cell]) => cell(row) ?? ''));
    }
  } finally {
    await onEnd(count);
  }
}

/** Reads on only as fast as the other side takes it. */
function streamOf(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await text.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
}
