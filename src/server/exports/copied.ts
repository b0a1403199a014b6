// Rows of a query as lines, formatted by PostgreSQL.
import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import type { Db, Tx } from '../database.ts';
import type { LineEnd, Piece } from './copy-out.ts';

/**
 * Asks `COPY (query) TO STDOUT (options)`. Ended early (`return()`), it is cancelled by way of another
 * connection of `db`, and the transaction can do no more.
 */
export async function* copied(
  db: Db,
  tx: Tx,
  query: RawBuilder<unknown>,
  { options, lineEnd }: { options: string; lineEnd: LineEnd },
): AsyncGenerator<Piece> {
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(tx);
  const text = `COPY (${withLiterals(query.compile(tx))}) TO STDOUT (${options})`;
  const copy = CompiledQuery.raw(text, [lineEnd]);
  let isDone = false;
  // What streams here are pieces: CopyOut is what the dialect takes for a cursor (database.ts).
  const pieces = tx
    .getExecutor()
    .stream(copy as CompiledQuery<Piece>, 1)
    [Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done) break;
      yield* next.value.rows;
    }
    isDone = true;
  } catch (error) {
    isDone = true;
    throw error;
  } finally {
    if (!isDone) {
      // Citus has one for processes of all nodes beside PostgreSQL's.
      await sql`SELECT pg_cancel_backend(${rows[0]?.pid ?? 0}::int)`.execute(db);
      await pieces.return?.();
    }
  }
}

/** COPY takes no parameters: they are written into its text. */
function withLiterals({ sql: text, parameters }: CompiledQuery): string {
  return text.replace(/\$(\d+)/g, (_, number: string) => literal(parameters[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return pg.escapeLiteral(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? `'{}'` : `ARRAY[${value.map(literal).join(',')}]`;
  }
  throw new TypeError('this cannot be written into a statement');
}
