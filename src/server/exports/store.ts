// What was exported, by whom and how much: a record of kind "export" for each, which nobody erases.
import type { Fields, Json } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import type { Place } from '../register/filters.ts';

export type Exported = {
  /** What it was of: "register". */
  what: string;
  format: string;
  /** As it was asked for, by the filters' names in the address. */
  filter: { [name: string]: string };
  /** Headings, in their order. */
  columns: string[];
  /** Rows that were sent, also where whoever took them stopped before the end. */
  rows: number;
};

export type ExportShown = Exported & { id: string; at: string; by: string };

/** Writes down one export as the member who asked for it, by whichever device. */
export async function keepExport(
  server: Pick<ServerContext, 'db' | 'pokes'>,
  asker: Asker,
  exported: Exported,
): Promise<void> {
  const body: Fields<'export'> = { ...exported, visibility: 'managers' };
  const size = await inWorkspace(server.db, asker.workspace.id, (tx) =>
    writeFromConsole(tx, asker, [
      {
        ...{ id: freshId(), kind: 'export', record: freshId() },
        body: body as { [field: string]: Json },
      },
    ]),
  );
  server.pokes.poke(asker.workspace.id, size);
}

/** Newest first, `most` of those after `place`. */
export async function readExports(
  tx: Tx,
  workspace: string,
  place: Place | null,
  most: number,
): Promise<(ExportShown & Place)[]> {
  let query = tx
    .selectFrom('record')
    .select(['id', 'author', 'written', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'export')
    .where('deleted', '=', false);
  if (place) {
    query = query.where((eb) =>
      eb.or([
        eb('written', '<', place.written),
        eb.and([eb('written', '=', place.written), eb('id', '<', place.id)]),
      ]),
    );
  }
  const rows = await query.orderBy('written', 'desc').orderBy('id', 'desc').limit(most).execute();
  return rows.map(({ id, author, written, fields }) => {
    const {
      what = '',
      format = '',
      filter = {},
      columns = [],
      rows: count = 0,
    } = fields as Fields<'export'>;
    const at = new Date(msOf(written)).toISOString();
    return { id, written, at, by: author, what, format, filter, columns, rows: count };
  });
}

/** What people call the customers and projects that filters name; those that are gone are missing. */
export async function namesIn(
  tx: Tx,
  workspace: string,
  exports: readonly Exported[],
): Promise<{ [id: string]: string }> {
  const named = (name: 'customer' | 'project') =>
    exports.flatMap(({ filter }) => filter[name] ?? []);
  const found: { [id: string]: string } = {};
  for (const kind of ['customer', 'project'] as const) {
    const ids = [...new Set(named(kind))];
    if (ids.length === 0) continue;
    const rows = await tx
      .selectFrom('record')
      .select(['id', 'fields'])
      .where('workspace_id', '=', workspace)
      .where('kind', '=', kind)
      .where('id', 'in', ids)
      .where('deleted', '=', false)
      .execute();
    for (const { id, fields } of rows) found[id] = String(fields.name ?? '');
  }
  return found;
}
