// /v1/following and /v1/backfill: which customers' records a member's devices get (SPEC 12).
import { Hono } from 'hono';
import type * as z from 'zod/mini';
import { backfillRequest, type backfillResponse, following } from '../../ledger/index.ts';
import { type AskerEnv, devicesOnly, membersOnly } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { createLimiter } from '../rate-limit.ts';
import { refuse } from '../refusal.ts';
import { backfill } from '../sync/pull.ts';
import { readFollowing, writeFollowing } from './store.ts';

const BACKFILLS_PER_MINUTE = 600;

export function followingRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const limiter = createLimiter(BACKFILLS_PER_MINUTE, 60_000, Date.now);

  app.get('/following', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    return c.json(
      await inWorkspace(server.db, workspace.id, (tx) => readFollowing(tx, workspace.id, me.id)),
    );
  });

  app.put('/following', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const parsed = following.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    const said = await inWorkspace(server.db, workspace.id, async (tx) => {
      await writeFollowing(tx, workspace.id, me.id, parsed.data);
      return readFollowing(tx, workspace.id, me.id);
    });
    return c.json(said);
  });

  app.post('/backfill', devicesOnly(server), async (c) => {
    const { workspace, member: me, device } = c.var.asker;
    const allowed = limiter.take(device ?? '');
    if (!allowed.ok) {
      c.header('Retry-After', String(allowed.retryAfterSeconds));
      return refuse(c, 429, 'too-many', 'This browser asks too often. It tries again by itself.');
    }
    const parsed = backfillRequest.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    const { customer, cursor, limit } = parsed.data;
    const filled = await inWorkspace(
      server.db,
      workspace.id,
      (tx) => backfill(tx, workspace.id, me, customer, cursor, limit, server.customers),
      { snapshot: true },
    );
    return c.json({ epoch: workspace.epoch, ...filled } satisfies z.infer<typeof backfillResponse>);
  });

  return app;
}
