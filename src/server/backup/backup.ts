// A backup of our own: every row of every table, as of one moment, in files that can be read without
// PostgreSQL. Keys and secrets of the data folder are not in it.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type pg from 'pg';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { enter, insertRows, type Row, rowsOf, settleTexts } from './rows.ts';
import { type Table, tablesOf } from './tables.ts';

const table = z.object({
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.int(),
  /** SHA-256 of its lines, in hex. */
  sha256: z.string(),
});

const manifest = z.object({
  v: z.literal(1),
  made: z.iso.datetime(),
  /** Migrations of the database it is of. */
  migrations: z.int(),
  workspaces: z.array(z.object({ id, size: z.int() })),
  tables: z.array(table),
});
export type Manifest = z.infer<typeof manifest>;

const MANIFEST = 'manifest.json';
const fileOf = (dir: string, name: string) => path.join(dir, `${name}.ndjson.gz`);

/**
 * Writes a backup into `dir`, which must be new or empty of one, and returns what is in it. The
 * manifest comes last: a folder without one is no backup. `now` in ms since 1970.
 */
export async function backUp(client: pg.ClientBase, dir: string, now: number): Promise<Manifest> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (await readFile(path.join(dir, MANIFEST)).catch(() => null)) {
    throw new Error(`There is a backup in ${dir} already. Name another folder.`);
  }
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await settleTexts(client);
    const tables = await tablesOf(client);
    const workspaces = await workspacesOf(client);
    const written: Manifest['tables'] = [];
    for (const one of tables) {
      const tally = new Tally();
      await pipeline(
        Readable.from(tally.lines(rowsOf(client, one, workspaces))),
        createGzip({ level: 6 }),
        createWriteStream(fileOf(dir, one.name), { mode: 0o600, flags: 'wx', flush: true }),
      );
      written.push({ name: one.name, columns: one.columns, ...tally.sum() });
    }
    const sizes = [];
    for (const workspace of workspaces) {
      await enter(client, workspace);
      const { rows } = await client.query<{ seq: string }>(
        'SELECT seq::text FROM workspace WHERE id = $1',
        [workspace],
      );
      sizes.push({ id: workspace, size: Number(rows[0]?.seq ?? 0) });
    }
    const { rows } = await client.query('SELECT count(*)::int AS count FROM schema_migration');
    const made: Manifest = {
      ...{ v: 1, made: new Date(now).toISOString(), migrations: rows[0]?.count ?? 0 },
      ...{ workspaces: sizes, tables: written },
    };
    const file = path.join(dir, MANIFEST);
    await writeFile(`${file}.partial`, `${JSON.stringify(made, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await rename(`${file}.partial`, file);
    return made;
  } finally {
    await client.query('ROLLBACK');
  }
}

/** Rejects in words when there is none in `dir`, or one of a later version. */
export async function readManifest(dir: string): Promise<Manifest> {
  const text = await readFile(path.join(dir, MANIFEST), 'utf8').catch(() => {
    throw new Error(`There is no whole backup in ${dir}.`);
  });
  const parsed = manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`The backup in ${dir} is of another version of Unsaid.`);
  return parsed.data;
}

/**
 * Puts a backup into an empty database that has as many migrations, reads it back and compares, all
 * or nothing. Every workspace gets a new epoch, so that devices push again what the backup lacks.
 */
export async function restore(
  client: pg.ClientBase,
  dir: string,
  newEpoch: () => string,
): Promise<Manifest> {
  const wanted = await readManifest(dir);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    await settleTexts(client);
    if ((await workspacesOf(client)).length > 0) {
      throw new Error('There is a workspace in this database already. Restore into an empty one.');
    }
    const tables = await tablesOf(client);
    const byName = new Map(wanted.tables.map((one) => [one.name, one]));
    for (const one of tables) {
      const saved = byName.get(one.name);
      if (!saved || JSON.stringify(saved.columns) !== JSON.stringify(one.columns)) {
        throw new Error(`Table ${one.name} is not in this backup as this version has it.`);
      }
      await load(client, dir, one, saved);
    }
    const workspaces = wanted.workspaces.map((one) => one.id);
    for (const one of tables) {
      const tally = new Tally();
      for await (const _ of tally.lines(rowsOf(client, one, workspaces)));
      compare(one.name, tally.sum(), byName.get(one.name), 'came back changed');
    }
    for (const workspace of workspaces) {
      await enter(client, workspace);
      await client.query('UPDATE workspace SET epoch = $2 WHERE id = $1', [workspace, newEpoch()]);
      // What devices said they have was said of another log.
      await client.query('UPDATE device SET cursor = NULL WHERE workspace_id = $1', [workspace]);
    }
    await client.query('COMMIT');
    return wanted;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function load(
  client: pg.ClientBase,
  dir: string,
  into: Table,
  saved: Manifest['tables'][number],
): Promise<void> {
  const tally = new Tally();
  const packed = createReadStream(fileOf(dir, into.name));
  const unpacked = packed.pipe(createGunzip());
  // A broken file ends the reading of lines with its error.
  packed.on('error', (error) => unpacked.destroy(error));
  let waiting: Row[] = [];
  for await (const line of createInterface({
    input: unpacked,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    tally.add(`${line}\n`);
    waiting.push(JSON.parse(line) as Row);
    if (waiting.length < 200) continue;
    await insertRows(client, into, waiting);
    waiting = [];
  }
  if (waiting.length > 0) await insertRows(client, into, waiting);
  compare(into.name, tally.sum(), saved, 'is damaged in the backup');
}

function compare(
  name: string,
  found: { rows: number; sha256: string },
  wanted: { rows: number; sha256: string } | undefined,
  words: string,
): void {
  if (found.rows === wanted?.rows && found.sha256 === wanted.sha256) return;
  throw new Error(`Table ${name} ${words}. Nothing was restored.`);
}

/** Ids of all workspaces, sorted: those of the organizations. */
async function workspacesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM organization ORDER BY id');
  return rows.map((row) => row.id);
}

/** Counts and hashes lines as they go by. */
class Tally {
  #rows = 0;
  readonly #hash = createHash('sha256');

  add(line: string): void {
    this.#rows++;
    this.#hash.update(line);
  }

  async *lines(pages: AsyncIterable<Row[]>): AsyncGenerator<string> {
    for await (const rows of pages) {
      let text = '';
      for (const row of rows) {
        const line = `${JSON.stringify(row)}\n`;
        this.add(line);
        text += line;
      }
      yield text;
    }
  }

  sum(): { rows: number; sha256: string } {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}
