// Makes a workspace larger by copies of what it has: the same records under other ids, with leaves of
// their own, and customers of other names and domains. Pushing a million changes would take an hour.
import pg from 'pg';

/** What is one of its kind in a workspace, and what everything refers to. */
const ONCE = [
  ...['member', 'device', 'setting', 'label', 'pattern', 'standard', 'audit', 'programme'],
  ...['erasure', 'export'],
];

/**
 * Puts in copies number `from` up to, not with, `to`. The tree is built anew at the next start of a
 * server; the log begins with what it was.
 */
export async function addCopies(
  databaseUrl: string,
  { from, to, onCopy }: { from: number; to: number; onCopy: (copy: number) => void },
): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    const once = await kept(client);
    const columns = {
      record: await columnsOf(client, 'record'),
      log_leaf: await columnsOf(client, 'log_leaf'),
    };
    await client.query(
      `CREATE TEMP TABLE base_leaf AS
      SELECT *, row_number() OVER (ORDER BY seq) - 1 AS place FROM log_leaf
      WHERE kind <> ALL ($1)`,
      [ONCE],
    );
    await client.query(
      'CREATE TEMP TABLE base_record AS SELECT * FROM record WHERE kind <> ALL ($1)',
      [ONCE],
    );
    for (let copy = from; copy < to; copy += 1) {
      await client.query(mapping(once, copy));
      await client.query(`INSERT INTO record (${columns.record.map(name)})
        SELECT ${columns.record.map((column) => copied(column, copy))} FROM base_record`);
      await client.query(`INSERT INTO log_leaf (${columns.log_leaf.map(name)})
        SELECT ${columns.log_leaf.map((column) => copied(column, copy))}
        FROM base_leaf, (SELECT seq AS size FROM workspace LIMIT 1) AS w ORDER BY place`);
      await client.query('UPDATE workspace SET seq = seq + (SELECT count(*) FROM base_leaf)');
      onCopy(copy);
    }
    await client.query('DELETE FROM log_tile');
    await client.query('UPDATE workspace SET frontier = NULL');
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

type Column = { column_name: string; data_type: string };
const name = ({ column_name }: Column) => `"${column_name}"`;

/** A column of the copy, from the same of the original. */
function copied({ column_name: column, data_type: type }: Column, copy: number): string {
  if (column === 'seq') return 'w.size + place';
  if (column === 'n') return `n + ${copy} * 10000000`;
  if (['workspace_id', 'author', 'device'].includes(column)) return column;
  const text = (value: string) => `pg_temp.copied(${value})`;
  if (type === 'uuid') return `pg_temp.copied_id(${column})`;
  if (type === 'jsonb') return `${text(`${column}::text`)}::jsonb`;
  if (type === 'bytea') {
    return `convert_to(${text(`convert_from(${column}, 'UTF8')`)}, 'UTF8')`;
  }
  if (column === 'provenance') return text(column);
  return `"${column}"`;
}

/** Ids of what is not copied: they stay what they are wherever they are named. */
async function kept(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id::text FROM record WHERE kind = ANY ($1)
     UNION SELECT id::text FROM device UNION SELECT id::text FROM member UNION SELECT id::text FROM workspace`,
    [ONCE],
  );
  return rows.map(({ id }) => id);
}

const ID = /([0-9a-f]{8}-[0-9a-f]{4}-7)[0-9a-f]{3}-([89ab])[0-9a-f]{3}-/g;

/**
 * What a copy's texts are: another id differs in 24 of its random bits, so the time in it, by which
 * records are sorted, stays.
 */
function mapping(kept: readonly string[], copy: number): string {
  const digits = copy.toString(16).padStart(2, '0');
  const [rand, more] = [`f${digits}`, `e${digits}`];
  const named = `regexp_replace(t, 'sample-(\\d+)\\.example', 'sample-\\1-${copy}.example', 'g')`;
  const other = `regexp_replace(${named}, '${ID.source}', '\\1${rand}-\\2${more}-', 'g')`;
  const back = kept.reduce(
    (text, id) => `replace(${text}, '${id.replace(ID, `$1${rand}-$2${more}-`)}', '${id}')`,
    other,
  );
  return `CREATE OR REPLACE FUNCTION pg_temp.copied(t text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $body$ SELECT ${back} $body$;
    CREATE OR REPLACE FUNCTION pg_temp.copied_id(t uuid) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $body$ SELECT regexp_replace(t::text, '${ID.source}', '\\1${rand}-\\2${more}-')::uuid $body$`;
}

async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT column_name, data_type FROM information_schema.columns
     WHERE table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return rows;
}
