// Customers and projects from a CSV file: a look first, then the import.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { createDirectories } from '../register/directory.ts';
import { guessMapping, IMPORT_FIELDS, importKind, type Mapping } from './fields.ts';
import { type PlannedRow, planImport } from './plan.ts';
import { readCsv } from './read-csv.ts';

const request = z.object({
  csv: z.string(),
  kind: importKind,
  mapping: z.optional(z.record(z.string(), z.nullable(z.string()))),
});

/** The first rows are shown, and rows in error up to this many. */
const SHOWN_ROWS = 20;
const SHOWN_ERRORS = 200;

type Planned = { columns: string[]; mapping: Mapping; rows: PlannedRow[] };

export function importRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.post('/preview', member, async (c) => {
    const planned = await plan(server, c);
    if (planned instanceof Response) return planned;
    const { columns, mapping, rows } = planned;
    const inError = rows.filter(({ errors }) => errors.length > 0);
    const shown = new Set([...rows.slice(0, SHOWN_ROWS), ...inError.slice(0, SHOWN_ERRORS)]);
    const create = rows.filter(({ draft }) => draft !== null).length;
    return c.json({
      columns,
      mapping,
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
    const planned = await plan(server, c);
    if (planned instanceof Response) return planned;
    const drafts = planned.rows.flatMap(({ draft }) => (draft ? [draft] : []));
    const { asker } = c.var;
    if (drafts.length > 0) {
      const size = await inWorkspace(server.db, asker.workspace.id, (tx) =>
        writeFromConsole(tx, asker, drafts),
      );
      server.pokes.poke(asker.workspace.id, size);
    }
    const errors = planned.rows.flatMap(({ line, errors: found }) =>
      found.map(({ field, message }) => ({ line, field, message })),
    );
    const failed = planned.rows.filter((row) => row.errors.length > 0).length;
    return c.json({
      created: drafts.length,
      skipped: planned.rows.length - drafts.length - failed,
      errors,
    });
  });

  return app;
}

async function plan(server: ServerContext, c: Context<AskerEnv>): Promise<Planned | Response> {
  const refused = roleRefusal(c, 'manager', 'admin');
  if (refused) return refused;
  const parsed = request.safeParse(await c.req.json().catch(() => null));
  if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
  const { csv: file, kind, mapping: given } = parsed.data;
  const read = readCsv(file);
  if (!read.ok) return refuse(c, 400, 'not-csv', read.message);
  const { columns } = read.csv;
  const mapping = given
    ? onlyKnown(columns, given, IMPORT_FIELDS[kind])
    : guessMapping(kind, columns);
  const chosen = Object.values(mapping).filter((field) => field !== null);
  if (new Set(chosen).size < chosen.length) {
    return refuse(c, 400, 'not-well-formed', 'Two columns are said to mean the same.');
  }
  const { asker } = c.var;
  const directory = await inWorkspace(server.db, asker.workspace.id, (tx) =>
    createDirectories().of(tx, asker),
  );
  return { columns, mapping, rows: planImport(kind, read.csv, mapping, directory) };
}

function onlyKnown(columns: string[], given: Mapping, fields: readonly string[]): Mapping {
  return Object.fromEntries(
    columns.map((column) => {
      const field = Object.hasOwn(given, column) ? given[column] : null;
      return [column, field && fields.includes(field) ? field : null];
    }),
  );
}
