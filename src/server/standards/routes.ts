// /v1/standards: the service standards of a workspace, for the console.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { id, type StandardText, standardProblems } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import {
  addStandards,
  readStandards,
  retireStandard,
  type Written,
  writeVersion,
} from './store.ts';

const line = z.string().check(z.maxLength(2_000));
const target = z.nullable(z.number());
const wish = z.object({
  ...{ name: line, text: z.string().check(z.maxLength(20_000)), unit: line, clause: line },
  judgement: z.enum(['yes-no', 'scale', 'number']),
  anchors: z.array(line).check(z.maxLength(5)),
  better: z.enum(['more', 'less']),
  ...{ ourTarget: target, customerTarget: target, weight: z.number() },
  ...{ critical: z.boolean(), mayNotApply: z.boolean() },
  causes: z.array(line).check(z.maxLength(100)),
});
const added = z.object({ standards: z.array(wish).check(z.minLength(1), z.maxLength(100)) });
const version = z.object({ seen: id, standard: wish });
const use = z.object({ retired: z.boolean() });

export function standardRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const notWellFormed = 'The request does not fit.';
  const problem = (standards: readonly StandardText[]) =>
    standards.some((one) => standardProblems(one).length > 0);

  app.get('/', member, async (c) => {
    const workspace = c.var.asker.workspace.id;
    const standards = await inWorkspace(server.db, workspace, (tx) => readStandards(tx, workspace));
    return c.json({ standards });
  });

  app.post('/', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const parsed = added.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', notWellFormed);
    const { standards } = parsed.data;
    if (problem(standards)) return refuse(c, 400, 'bad-standard', BAD);
    return written(c, (tx) => addStandards(tx, c.var.asker, standards));
  });

  app.post('/:series/versions', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const parsed = version.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', notWellFormed);
    const { seen, standard } = parsed.data;
    if (problem([standard])) return refuse(c, 400, 'bad-standard', BAD);
    const series = c.req.param('series');
    return written(c, (tx) => writeVersion(tx, c.var.asker, { series, seen, wish: standard }));
  });

  app.put('/:series/use', member, async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    const parsed = use.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', notWellFormed);
    const series = c.req.param('series');
    return written(c, (tx) => retireStandard(tx, c.var.asker, { series, ...parsed.data }));
  });

  type Writes = (tx: Parameters<typeof readStandards>[0]) => Promise<Written>;

  /** Answers all standards as they are then. */
  async function written(c: Parameters<typeof roleRefusal>[0], write: Writes) {
    const { workspace } = c.var.asker;
    const done = await inWorkspace(server.db, workspace.id, async (tx) => {
      const result = await write(tx);
      return result.ok ? { ...result, standards: await readStandards(tx, workspace.id) } : result;
    });
    if (!done.ok && done.why === 'unknown') {
      return refuse(c, 404, 'not-found', 'There is no such standard.');
    }
    if (!done.ok) {
      const words = 'Somebody has written a new version in the meantime.';
      return refuse(c, 409, 'changed', words);
    }
    if (done.size !== null) server.pokes.poke(workspace.id, done.size);
    return c.json({ standards: done.standards });
  }

  return app;
}

const BAD = 'One of these standards cannot be used as it is.';
