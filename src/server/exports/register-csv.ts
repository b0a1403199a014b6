// The register as CSV, row by row.
import { BYTE_ORDER_MARK, csvRow } from '../../export/csv.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import { inWorkspace, type Tx } from '../database.ts';
import type { Directories } from '../register/directory.ts';
import type { Filters, Place } from '../register/filters.ts';
import { type Found, findRows } from '../register/query.ts';
import { type Row, rowOf } from '../register/rows.ts';
import type { ExportServer } from './open.ts';

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

type Slice = { rows: number; bytes: Uint8Array };

export function registerCsv(
  server: ExportServer,
  directories: Directories,
  asker: Asker,
  filters: Filters,
  mark: boolean,
): { columns: string[]; slices: AsyncGenerator<Slice> } {
  const columns = COLUMNS.map(([heading]) => heading);
  const encoder = new TextEncoder();
  const slices = (async function* () {
    yield { rows: 0, bytes: encoder.encode((mark ? BYTE_ORDER_MARK : '') + csvRow(columns)) };
    for await (const rows of rowsOf(server, directories, asker, filters)) {
      const lines = rows.map((row) => csvRow(COLUMNS.map(([, cell]) => cell(row) ?? '')));
      yield { rows: rows.length, bytes: encoder.encode(lines.join('')) };
    }
  })();
  return { columns, slices };
}

async function* rowsOf(
  server: ExportServer,
  directories: Directories,
  asker: Asker,
  filters: Filters,
): AsyncGenerator<Row[]> {
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
    yield found.map((one) => rowOf(one, directory, names, []));
    const last = found.at(-1);
    if (!last || found.length < ROWS_AT_ONCE) return;
    place = { written: last.written, id: last.id };
  }
}
