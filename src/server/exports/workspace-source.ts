// All records of a workspace, oldest first; as tables one of each kind.
import { type RawBuilder, sql } from 'kysely';
import { KINDS } from '../../domain/index.ts';
import { isJsonField, TABLES, type TableInfo } from '../../export/columns.ts';
import { columnsOf, field, instant, memberName, numberIn, truth, written } from './cells.ts';
import type { Given, Source } from './source.ts';
import { notHidden } from './unrevealed.ts';

/** Who asks reads everything (mayExport), but what others say of what they are still to score. */
export async function workspaceSource(given: Given): Promise<Source> {
  const { asker } = given;
  const shown = await notHidden(given);
  const from = (kinds: readonly string[]) => sql`FROM record AS r
    WHERE r.workspace_id = ${asker.workspace.id} AND NOT r.deleted
      AND r.kind IN (${sql.join(kinds)}) ${shown} ORDER BY r.written, r.id`;
  const every = Object.keys(KINDS);
  return {
    tables: TABLES.workspace,
    async count({ tx }) {
      const { rows } = await sql<{ count: number }>`SELECT count(*) FROM record AS r
        WHERE r.workspace_id = ${asker.workspace.id} AND NOT r.deleted
          AND r.kind IN (${sql.join(every)}) ${shown}`.execute(tx);
      return rows[0]?.count ?? null;
    },
    async table(given, chosen) {
      return {
        ...{ columns: columnsOf(chosen, cellsOf(given, chosen)), isOrdered: false },
        query: (cells) => sql`SELECT ${sql.join(cells)} ${from([chosen.key])}`,
      };
    },
    async records() {
      const columns = sql`r.kind, r.id, r.author, r.written, r.visibility, r.fields`;
      return { query: sql`SELECT ${columns} ${from(every)}`, isOrdered: true };
    },
  };
}

function cellsOf(given: Given, { key: kind, columns }: TableInfo) {
  const cells: { [column: string]: RawBuilder<unknown> } = {};
  for (const { key, type } of columns) {
    if (isJsonField(kind, key)) cells[key] = sql`(r.fields->${sql.lit(key)})::text`;
    else if (type === 'instant') cells[key] = instant(key);
    else if (type === 'number') cells[key] = numberIn(key);
    else if (type === 'yes-no') cells[key] = truth(key);
    else cells[key] = field(key);
  }
  return {
    ...cells,
    ...{ id: sql`r.id::text`, written, visibility: sql`r.visibility` },
    author: memberName(given, sql`r.author`),
  };
}
