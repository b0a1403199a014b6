// Customers, projects, surveys and past interactions from a CSV file: a look first, then the import.
// Files of records: record-routes.ts.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { parseNeverLog } from '../../domain/index.ts';
import { type Asker, type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { refuse } from '../refusal.ts';
import type { Directories } from '../register/directory.ts';
import { readSetting } from '../settings/store.ts';
import { isZone, orderIn } from './dates.ts';
import {
  guessMapping,
  IMPORT_FIELDS,
  type ImportKind,
  importKind,
  isStory,
  type Mapping,
} from './fields.ts';
import { knownKeys } from './known.ts';
import { type PlannedRow, planImport } from './plan.ts';
import { type Csv, readCsv } from './read-csv.ts';
import { recordRoutes } from './record-routes.ts';
import { holdWorkspace, writeWhole } from './runs.ts';
import { planStory } from './story.ts';
import type { StoryKind, StoryOptions } from './story-fields.ts';
import { Customers } from './whose.ts';

const request = z.object({
  csv: z.string(),
  /** Of the file, as the list of imports shows it. */
  name: z._default(z.string().check(z.maxLength(500)), ''),
  kind: importKind,
  mapping: z.optional(z.record(z.string(), z.nullable(z.string()))),
  /** What the file does not say: of 3/4/2027 which comes first, whose clock, which scale. */
  options: z.optional(
    z.object({
      order: z.optional(z.nullable(z.enum(['dmy', 'mdy']))),
      zone: z.optional(z.string().check(z.maxLength(100))),
      scale: z.optional(z.nullable(z.object({ min: z.number(), max: z.number() }))),
    }),
  ),
});

/** The first rows are shown, and rows in error up to this many. */
const SHOWN_ROWS = 20;
const SHOWN_ERRORS = 200;

/** A file as it was asked for. */
type Asked = { name: string; kind: ImportKind; csv: Csv; mapping: Mapping; options: StoryOptions };

/** What whoever imports may have to say; `order`: the one that the dates themselves tell. */
type Asks = { order: StoryOptions['order']; orderUnknown: boolean; scale: boolean };

export function importRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  app.route('/', recordRoutes(server));

  app.post('/preview', member, async (c) => {
    const asked = await read(c);
    if (asked instanceof Response) return asked;
    const { asker } = c.var;
    const rows = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      plan(tx, server.directories, asker, asked),
    );
    const inError = rows.filter(({ errors }) => errors.length > 0);
    const shown = new Set([...rows.slice(0, SHOWN_ROWS), ...inError.slice(0, SHOWN_ERRORS)]);
    const create = rows.filter(({ draft }) => draft !== null).length;
    return c.json({
      columns: asked.csv.columns,
      mapping: asked.mapping,
      ...(isStory(asked.kind) ? { asks: asksOf(asked) } : {}),
      rows: rows
        .filter((row) => shown.has(row))
        .map(({ line, values, errors }) => ({ line, values, errors })),
      counts: {
        rows: rows.length,
        create,
        skip: rows.length - create - inError.length,
        errors: inError.length,
      },
    });
  });

  app.post('/', member, async (c) => {
    const asked = await read(c);
    if (asked instanceof Response) return asked;
    const { asker } = c.var;
    const workspace = asker.workspace.id;
    const { rows, created, size } = await inWorkspace(server.db, workspace, async (tx) => {
      // Of two imports of one file at once, the second finds what the first has written.
      await holdWorkspace(tx, workspace);
      const planned = await plan(tx, server.directories, asker, asked);
      const drafts = planned.flatMap(({ draft }) => (draft ? [draft] : []));
      const wrong = planned.filter(({ errors }) => errors.length > 0).length;
      const counts = {
        created: drafts.length,
        wrong,
        same: planned.length - drafts.length - wrong,
      };
      const about = { name: asked.name, format: 'csv' };
      const written =
        drafts.length === 0 ? null : await writeWhole(tx, asker, about, drafts, counts);
      return { rows: planned, created: drafts.length, size: written };
    });
    if (size !== null) server.pokes.poke(workspace, size);
    const errors = rows.flatMap(({ line, errors: found }) =>
      found.map(({ field, message }) => ({ line, field, message })),
    );
    const failed = rows.filter((row) => row.errors.length > 0).length;
    return c.json({ created, skipped: rows.length - created - failed, errors });
  });

  return app;
}

async function read(c: Context<AskerEnv>): Promise<Asked | Response> {
  const refused = roleRefusal(c, 'manager', 'admin');
  if (refused) return refused;
  const parsed = request.safeParse(await c.req.json().catch(() => null));
  if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
  const { csv: file, name, kind, mapping: given, options = {} } = parsed.data;
  const { zone = 'UTC' } = options;
  if (!isZone(zone)) return refuse(c, 400, 'not-well-formed', 'There is no such time zone.');
  const found = readCsv(file);
  if (!found.ok) return refuse(c, 400, 'not-csv', found.message);
  const { csv } = found;
  if (isStory(kind) && csv.columns.length === 1) {
    const words = 'There is one column only. Are they apart by commas, semicolons or tabs?';
    return refuse(c, 400, 'not-csv', words);
  }
  const mapping = given
    ? onlyKnown(csv.columns, given, IMPORT_FIELDS[kind])
    : guessMapping(kind, csv.columns);
  const chosen = Object.values(mapping).filter((field) => field !== null);
  if (new Set(chosen).size < chosen.length) {
    return refuse(c, 400, 'not-well-formed', 'Two columns are said to mean the same.');
  }
  const order = options.order ?? orderIn(cellsOf(csv, mapping, 'date'));
  return { name, kind, csv, mapping, options: { order, zone, scale: options.scale ?? null } };
}

async function plan(
  tx: Tx,
  directories: Directories,
  asker: Asker,
  asked: Asked,
): Promise<PlannedRow[]> {
  const { kind, csv, mapping, options } = asked;
  const directory = await directories.of(tx, asker);
  if (!isStory(kind)) return planImport(kind, csv, mapping, directory);
  const { lines } = await readSetting(tx, asker.workspace.id, 'never-log');
  const rows = planStory(kind, csv, mapping, {
    ...{ customers: new Customers(directory), never: parseNeverLog(lines).rules },
    ...{ options, now: Date.now() },
  });
  return withoutKnown(tx, asker, kind, rows);
}

/** Rows that are there already, from an earlier import or further up, have nothing to write. */
async function withoutKnown(
  tx: Tx,
  asker: Asker,
  kind: StoryKind,
  rows: ReturnType<typeof planStory>,
): Promise<PlannedRow[]> {
  const keys = rows.flatMap((row) => row.keys);
  const known = await knownKeys(tx, asker.workspace.id, kind, keys);
  return rows.map((row) => {
    const isThere = row.keys.some((key) => known.has(key));
    for (const key of row.keys) known.add(key);
    return isThere ? { ...row, draft: null } : row;
  });
}

function asksOf({ kind, csv, mapping, options }: Asked): Asks {
  const told = orderIn(cellsOf(csv, mapping, 'date'));
  const isTwoWay = cellsOf(csv, mapping, 'date').some((cell) =>
    /^\d{1,2}[-/]\d{1,2}[-/]/.test(cell),
  );
  const fields = Object.values(mapping);
  const isScored = kind === 'survey' && fields.includes('score');
  return {
    order: options.order,
    orderUnknown: isTwoWay && told === null,
    scale: isScored && !(fields.includes('scaleMin') && fields.includes('scaleMax')),
  };
}

function cellsOf({ columns, rows }: Csv, mapping: Mapping, field: string): string[] {
  const at = columns.findIndex((column) => mapping[column] === field);
  return at < 0 ? [] : rows.map(({ cells }) => (cells[at] ?? '').trim());
}

function onlyKnown(columns: string[], given: Mapping, fields: readonly string[]): Mapping {
  return Object.fromEntries(
    columns.map((column) => {
      const field = Object.hasOwn(given, column) ? given[column] : null;
      return [column, field && fields.includes(field) ? field : null];
    }),
  );
}
