// /v1/import/records and /v1/import/runs: files of records, part by part. A look first; then an
// import is begun, takes the parts in their order, and is ended. Any import can be taken back.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { type Asker, type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { refuse } from '../refusal.ts';
import { incoming } from './incoming.ts';
import { type Planned, planRecords } from './records.ts';
import {
  beginImport,
  COUNTS,
  type Counts,
  countsOf,
  holdWorkspace,
  NO_COUNTS,
  readImport,
  readImports,
  writePart,
} from './runs.ts';
import { undoSome } from './undo.ts';

/** Records in one part. Whoever sends them cuts by size as well. */
const MOST_RECORDS = 1_000;
/** Problems told of one part; all are counted. */
const MOST_PROBLEMS = 200;

const records = z.array(incoming).check(z.maxLength(MOST_RECORDS));
const look = z.object({ records });
const about = z.object({
  name: z.string().check(z.minLength(1), z.maxLength(500)),
  format: z.enum(['ndjson', 'json', 'jsonld', 'hypothesis']),
});
const part = z.object({
  /** From 0 on. */
  part: z.int().check(z.gte(0)),
  /** Where a record is here otherwise: what stands. */
  take: z.enum(['ours', 'file']),
  records,
});

export function recordRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.post('/records/check', member, async (c) => {
    const asked = await read(c, look);
    if (asked instanceof Response) return asked;
    const { asker } = c.var;
    const planned = await inWorkspace(
      server.db,
      asker.workspace.id,
      (tx) => planRecords(tx, asker, asked.records, Date.now()),
      { snapshot: true },
    );
    return c.json({ kinds: byKind(planned), ...problemsOf(planned) });
  });

  app.get('/runs', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const { id: workspace } = c.var.asker.workspace;
    const imports = await inWorkspace(server.db, workspace, (tx) => readImports(tx, workspace));
    return c.json({ imports });
  });

  app.post('/runs', member, async (c) => {
    const asked = await read(c, about);
    if (asked instanceof Response) return asked;
    const { asker } = c.var;
    const { id, size } = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      beginImport(tx, asker, asked),
    );
    server.pokes.poke(asker.workspace.id, size);
    return c.json({ id }, 201);
  });

  app.post('/runs/:id/records', member, async (c) => {
    const asked = await read(c, part);
    if (asked instanceof Response) return asked;
    const { asker } = c.var;
    const workspace = asker.workspace.id;
    const id = c.req.param('id');
    const answer = await inWorkspace(server.db, workspace, async (tx) => {
      await holdWorkspace(tx, workspace);
      const found = await openImport(tx, asker, id);
      if (typeof found === 'string') return found;
      const { parts = 0 } = found;
      // The answer to a part may have been lost: it is not taken twice.
      if (asked.part !== parts && asked.part !== parts - 1) return OUT_OF_ORDER;
      const planned = await planRecords(tx, asker, asked.records, Date.now());
      if (asked.part < parts) return { counts: countsOf(found), planned, size: null };
      const fresh = countedOf(planned, asked.take);
      const before = countsOf(found);
      const counts = sum(before, fresh);
      const size = await writePart(tx, asker, id, draftsOf(planned, asked.take), () => ({
        ...{ ...counts, parts: parts + 1 },
      }));
      return { counts, planned, size };
    });
    if (typeof answer === 'string') return refuse(c, 409, 'not-now', answer);
    if (answer.size !== null) server.pokes.poke(workspace, answer.size);
    return c.json({ ...answer.counts, ...problemsOf(answer.planned) });
  });

  app.post('/runs/:id/end', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const { asker } = c.var;
    const workspace = asker.workspace.id;
    const id = c.req.param('id');
    const answer = await inWorkspace(server.db, workspace, async (tx) => {
      await holdWorkspace(tx, workspace);
      const found = await openImport(tx, asker, id);
      if (typeof found === 'string') return found;
      const endedAt = new Date().toISOString();
      return writePart(tx, asker, id, [], () => ({ endedAt }));
    });
    if (typeof answer === 'string') return refuse(c, 409, 'not-now', answer);
    server.pokes.poke(workspace, answer);
    return c.json({ ok: true });
  });

  app.post('/runs/:id/undo', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const { asker } = c.var;
    const workspace = asker.workspace.id;
    const id = c.req.param('id');
    const answer = await inWorkspace(server.db, workspace, async (tx) => {
      await holdWorkspace(tx, workspace);
      const found = await readImport(tx, workspace, id);
      if (found === null) return NO_SUCH;
      if (found.undoneAt !== undefined) return UNDONE;
      return undoSome(tx, asker, id, found);
    });
    if (typeof answer === 'string') return refuse(c, 409, 'not-now', answer);
    const { size, ...undone } = answer;
    server.pokes.poke(workspace, size);
    return c.json(undone);
  });

  return app;
}

const NO_SUCH = 'There is no such import.';
const UNDONE = 'This import was taken back already.';
const ENDED = 'This import has ended. Import the file anew: what is here already is passed over.';
const OUT_OF_ORDER =
  'Parts of this file came out of order. Import the file anew: what is here already is passed over.';

/** An import that takes more, of whoever began it: its changes stand in one chain. */
async function openImport(tx: Tx, { workspace, member }: Asker, id: string) {
  const found = await readImport(tx, workspace.id, id, member.id);
  if (found === null) return NO_SUCH;
  if (found.undoing !== undefined || found.undoneAt !== undefined) return UNDONE;
  return found.endedAt === undefined ? found : ENDED;
}

async function read<S extends z.ZodMiniType>(
  c: Context<AskerEnv>,
  schema: S,
): Promise<z.output<S> | Response> {
  const refused = roleRefusal(c, 'manager', 'admin');
  if (refused) return refused;
  const parsed = schema.safeParse(await c.req.json().catch(() => null));
  if (parsed.success) return parsed.data;
  return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
}

function draftsOf(planned: readonly Planned[], take: 'ours' | 'file') {
  return planned.flatMap((one) =>
    one.is === 'created' || (one.is === 'differs' && take === 'file') ? [one.draft] : [],
  );
}

function countedOf(planned: readonly Planned[], take: 'ours' | 'file'): Counts {
  const counts = { ...NO_COUNTS };
  for (const { is } of planned) counts[is === 'differs' && take === 'file' ? 'changed' : is] += 1;
  return counts;
}

function sum(a: Counts, b: Counts): Counts {
  return Object.fromEntries(COUNTS.map((name) => [name, a[name] + b[name]])) as Counts;
}

/** Without what is changed: before it is chosen whose stands, nothing is. */
function byKind(planned: readonly Planned[]): { [kind: string]: Counts } {
  const kinds = new Map<string, Counts>();
  for (const { kind, is } of planned) {
    const counts = kinds.get(kind) ?? { ...NO_COUNTS };
    counts[is] += 1;
    kinds.set(kind, counts);
  }
  return Object.fromEntries(kinds);
}

function problemsOf(planned: readonly Planned[]) {
  const wrong = planned.filter((one) => one.is === 'wrong');
  const problems = wrong
    .slice(0, MOST_PROBLEMS)
    .map(({ row, kind, id, words }) => ({ row, kind, id, words }));
  return { problems };
}
