// One export, or one COPY through Node, in a process of its own: `node export.copy.ts WHICH URL`.
// Says what it took as JSON.
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { membershipById } from '../src/server/accounts/members.ts';
import { inWorkspace, openDatabase, openPool } from '../src/server/database.ts';
import { openExport } from '../src/server/exports/open.ts';
import { exportWish } from '../src/server/exports/wish.ts';
import { createDirectories } from '../src/server/register/directory.ts';
import { createPokeHub } from '../src/server/sync/pokes.ts';

export type Which = 'csv' | 'ndjson' | 'copy-csv' | 'copy-records';

/** `cpu`: seconds of the processor, this process and PostgreSQL's together. */
export type Took = { cpu: number; seconds: number; first: number; mb: number; rss: number };

/** The columns that our CSV has, as PostgreSQL gives them. */
const CELLS = `coalesce(r.fields->>'label', r.kind), to_timestamp((('x' || left(r.written, 12))::bit(48)::bigint) / 1000.0),
  u.name, c.fields->>'name', p.fields->>'name', r.fields->>'class', r.fields->>'stage', r.fields->>'outcome',
  e.first->>'quote', coalesce(r.fields->>'statement', r.fields->>'text', r.fields->>'subject'),
  i.fields->>'subject', coalesce(nullif(i.fields->'sender'->>'name', ''), i.fields->'sender'->>'address'),
  (i.fields->>'startedAt')::timestamptz, coalesce(e.first->>'url', i.fields->>'url'), r.id`;
const FROM = `FROM record AS r
  LEFT JOIN record AS i ON i.workspace_id = r.workspace_id AND i.kind = 'interaction' AND i.id = r.interaction
  LEFT JOIN record AS c ON c.workspace_id = r.workspace_id AND c.kind = 'customer' AND c.id = coalesce(r.customer, i.customer)
  LEFT JOIN record AS p ON p.workspace_id = r.workspace_id AND p.kind = 'project' AND p.id = coalesce(r.project, i.project)
  LEFT JOIN member AS m ON m.id::uuid = r.author LEFT JOIN "user" AS u ON u.id = m."userId"
  LEFT JOIN LATERAL (SELECT jsonb_path_query_first(r.fields, '$.evidence.*') AS first OFFSET 0) AS e ON true
  WHERE r.kind IN ('expectation', 'commitment', 'note') AND NOT r.deleted`;
/** As every reader of the register wants them. */
const ORDER = 'ORDER BY r.written DESC, r.id DESC';

const COPIES = {
  'copy-csv': `COPY (SELECT ${CELLS} ${FROM} ${ORDER}) TO STDOUT (FORMAT csv, HEADER)`,
  'copy-records': `COPY (SELECT r.kind, r.id, r.author,
      to_timestamp((('x' || left(r.written, 12))::bit(48)::bigint) / 1000.0), r.visibility, r.fields
    FROM record AS r WHERE r.kind IN ('expectation', 'commitment', 'note') AND NOT r.deleted ${ORDER})
    TO STDOUT`,
};

async function* bytesOf(which: Which, url: string, pids: Set<number>): AsyncGenerator<Uint8Array> {
  if (which === 'copy-csv' || which === 'copy-records') {
    const client = new pg.Client(url);
    await client.connect();
    await client.query('SET enable_sort = off');
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    pids.add(rows[0]?.pid ?? 0);
    yield* client.query(copyTo(COPIES[which]));
    yield new Uint8Array(0);
    await client.end();
    return;
  }
  const pool = openPool(url, () => undefined);
  const db = openDatabase(pool);
  const { rows } = await pool.query<{ workspace: string; member: string }>(
    'SELECT w.id AS workspace, m.id AS member FROM workspace AS w, member AS m LIMIT 1',
  );
  const { workspace = '', member = '' } = rows[0] ?? {};
  const found = await inWorkspace(db, workspace, (tx) => membershipById(tx, workspace, member));
  if (found === null) throw new Error('there is no member');
  const wish = exportWish.parse({ what: 'register', format: which });
  const asker = { ...found, device: null };
  const { signal } = new AbortController();
  const server = { db, pokes: createPokeHub() };
  const opened = await openExport(server, createDirectories(), asker, wish, signal);
  if ('refused' in opened) throw new Error(opened.words);
  yield* opened.bytes;
  const { rows: backends } = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'unsaid' AND datname = current_database()`,
  );
  for (const { pid } of backends) pids.add(pid);
  yield new Uint8Array(0);
  await pool.end();
}

/** Seconds of the processor that another process has had; Linux counts them in hundredths. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

if (import.meta.main) {
  const [which, url = ''] = process.argv.slice(2);
  const pids = new Set<number>();
  const began = performance.now();
  let [bytes, first, theirs] = [0, 0, 0];
  for await (const piece of bytesOf(which as Which, url, pids)) {
    if (first === 0) first = (performance.now() - began) / 1_000;
    bytes += piece.length;
    // The last piece is empty: then PostgreSQL's processes are still there.
    if (piece.length === 0) theirs = [...pids].reduce((sum, pid) => sum + cpuOf(pid), 0);
  }
  const { user, system } = process.cpuUsage();
  const took: Took = {
    ...{ cpu: (user + system) / 1e6 + theirs, seconds: (performance.now() - began) / 1_000, first },
    ...{ mb: bytes / 1e6, rss: process.resourceUsage().maxRSS / 1_024 },
  };
  console.log(JSON.stringify(took));
}
