// Draws as there are over years: a few dozen reviews each. All reviews of the workspace are made for
// one draw, and copies of it still name that one, as no workspace of people ever would.
import pg from 'pg';

const REVIEWS = 36;

/** Parts the reviews of a draw that has more among draws that are like it. Does nothing the next time. */
export async function partDraws(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; reviews: number }>(
      `SELECT fields->>'audit' AS id, count(*)::int AS reviews FROM record
       WHERE kind = 'review' GROUP BY 1 HAVING count(*) > ${2 * REVIEWS}`,
    );
    for (const { id } of rows) await part(client, id);
    if (rows.length === 0) return;
    // The tree is built anew at the next start of a server.
    await client.query('DELETE FROM log_tile');
    await client.query('UPDATE workspace SET frontier = NULL');
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}

async function part(client: pg.Client, draw: string): Promise<void> {
  await client.query('BEGIN');
  await client.query('DROP TABLE IF EXISTS parted');
  // Which draw a review is of now; the first ones keep theirs.
  await client.query(
    `CREATE TEMP TABLE parted AS
     SELECT id AS review, fields->>'subject' AS subject, nth, ${other('$1::text', 'nth')} AS draw
     FROM (SELECT id, fields, (row_number() OVER (ORDER BY md5(id::text)) - 1) / ${REVIEWS} AS nth
       FROM record WHERE kind = 'review' AND fields->>'audit' = $1) AS numbered WHERE nth > 0`,
    [draw],
  );
  await client.query('CREATE INDEX ON parted (review)');
  const draws = `(SELECT draw, nth, jsonb_agg(subject) AS sample FROM parted GROUP BY draw, nth)`;
  const renamed = (text: string) => `replace(${text}, '${draw}', p.draw)`;
  const bytes = (column: string) =>
    `convert_to(${renamed(`convert_from(${column}, 'UTF8')`)}, 'UTF8')`;

  await client.query(
    `INSERT INTO draw SELECT (d).* FROM (
       SELECT jsonb_populate_record(d, jsonb_build_object('audit_id', p.draw)) AS d
       FROM draw AS d, ${draws} AS p WHERE d.audit_id = $1) AS made`,
    [draw],
  );
  await client.query(
    `INSERT INTO record (${RECORD}) SELECT ${RECORD.replace(' id,', ' p.draw::uuid,').replace(
      ' fields,',
      ` fields || jsonb_build_object('sample', p.sample),`,
    )} FROM record, ${draws} AS p WHERE kind = 'audit' AND id = $1`,
    [draw],
  );
  await client.query(
    `INSERT INTO log_leaf (workspace_id, seq, id, device, n, author, kind, record, leaf, body, salt,
       folded, problem, reveals)
     SELECT l.workspace_id, w.seq + row_number() OVER (ORDER BY p.nth, l.seq) - 1,
       ${other('l.id::text', 'p.nth')}::uuid, device, n + 1000000000 + p.nth * 1000, author, kind,
       p.draw::uuid, ${bytes('leaf')}, ${bytes('body')}, salt, folded, problem, reveals
     FROM log_leaf AS l JOIN workspace AS w ON w.id = l.workspace_id, ${draws} AS p
     WHERE l.kind = 'audit' AND l.record = $1`,
    [draw],
  );
  await client.query(
    `UPDATE log_leaf AS l SET body = ${bytes('body')} FROM parted AS p
     WHERE l.kind = 'review' AND l.record = p.review AND body IS NOT NULL`,
  );
  await client.query(
    `UPDATE record AS r SET fields = ${renamed('fields::text')}::jsonb,
       state = ${renamed('state::text')}::jsonb
     FROM parted AS p WHERE r.kind = 'review' AND r.id = p.review`,
  );
  await client.query(
    `UPDATE workspace AS w SET seq = 1 + (SELECT max(seq) FROM log_leaf WHERE workspace_id = w.id)`,
  );
  await client.query('COMMIT');
}

const RECORD = `workspace_id, kind, id, state, provenance, fields, visibility, author, deleted,
  written, updated, customer, project, interaction, words`;

/** An id of the same time: the twelve bits after its version say which one it is. */
function other(id: string, nth: string): string {
  return `overlay(${id} PLACING lpad(to_hex(${nth}), 3, '0') FROM 16 FOR 3)`;
}
