// Tables whose rows are counted as they are read.
import type { Table } from '../../export/table.ts';

/** `taken` is told how many rows of the tables were read. */
export async function* counted(
  tables: AsyncIterable<Table>,
  taken: (rows: number) => void,
): AsyncGenerator<Table> {
  for await (const table of tables) {
    const rows = (async function* () {
      for await (const batch of table.rows) {
        taken(batch.length);
        yield batch;
      }
    })();
    yield { ...table, rows };
  }
}
