// /v1/retention: how long records are kept, whose are held, and what would go today.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id, KINDS } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { LONGEST_DAYS, mayExpire, readPolicy, SHORTEST_DAYS, writePolicy } from './policy.ts';
import { runRetention } from './run.ts';

const request = z.object({
  days: z.record(z.string(), z.int().check(z.gte(SHORTEST_DAYS), z.lte(LONGEST_DAYS))),
  holds: z.array(id).check(z.maxLength(5_000)),
  seen: z.string(),
});

export function retentionRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.use('*', membersOnly(server), async (c, next) => {
    const refused = roleRefusal(c, 'admin');
    if (refused) return refused;
    await next();
    return;
  });

  app.get('/', async (c) => c.json(await shown(server, c)));

  app.put('/', async (c) => {
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    const wrong = parsed.success && Object.keys(parsed.data.days).some((kind) => !mayExpire(kind));
    if (!parsed.success || wrong) {
      return refuse(c, 400, 'not-well-formed', 'Give whole days, from 1 to 36,500, by kind.');
    }
    const { asker } = c.var;
    const written = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      writePolicy(tx, asker, parsed.data, parsed.data.seen),
    );
    if (!written.ok) {
      return refuse(c, 409, 'changed', 'Somebody has changed this in the meantime.');
    }
    server.pokes.poke(asker.workspace.id, written.size);
    return c.json(await shown(server, c));
  });

  return app;
}

/** With what the next run would erase: nobody should learn that from the run. */
async function shown(server: ServerContext, c: Context<AskerEnv>) {
  const { workspace } = c.var.asker;
  const [policy, members] = await inWorkspace(server.db, workspace.id, async (tx) => [
    await readPolicy(tx, workspace.id),
    await membersOf(tx, workspace.id),
  ]);
  const run = await runRetention(server.db, workspace.id, server.customers, Date.now(), true);
  const names = new Map(members.map((one) => [one.id, one.name]));
  return {
    kinds: Object.keys(KINDS).filter(mayExpire),
    days: policy.days,
    holds: policy.holds,
    seen: policy.seen,
    by: policy.authors.map((author) => names.get(author) ?? ''),
    due: run.counts,
    refused: run.refused,
  };
}
