// /v1/members and /v1/devices: who is here and with what, and what an admin may change of it.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { readsAll, role } from '../../domain/permissions.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { changeMember, revoke } from './acts.ts';
import { standings } from './standing.ts';

const memberChange = z.object({ role: z.optional(role), active: z.optional(z.boolean()) });

const LAST_ADMIN =
  'This is the last admin. Make somebody else an admin first: nobody could undo this.';

export function memberRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.get('/members', member, async (c) =>
    c.json({ members: await membersOf(server.db, c.var.asker.workspace.id) }),
  );

  app.put('/members/:id', member, async (c) => {
    const refused = roleRefusal(c, 'admin');
    if (refused) return refused;
    const whom = id.safeParse(c.req.param('id'));
    const parsed = memberChange.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      return refuse(c, 400, 'not-well-formed', 'Give a role that exists, or say who is active.');
    }
    const { asker } = c.var;
    const done = whom.success
      ? await inWorkspace(server.db, asker.workspace.id, (tx) =>
          changeMember(tx, asker, whom.data, parsed.data),
        )
      : ({ ok: false, problem: 'unknown' } as const);
    if (!done.ok && done.problem === 'last-admin') return refuse(c, 409, 'last-admin', LAST_ADMIN);
    if (!done.ok) return refuse(c, 404, 'not-found', 'There is no such member.');
    server.pokes.poke(asker.workspace.id, done.size);
    return c.json({ changed: true });
  });

  app.get('/devices', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const all = readsAll(me.role);
    const [members, devices, standing] = await inWorkspace(server.db, workspace.id, async (tx) => [
      await membersOf(tx, workspace.id),
      await tx
        .selectFrom('device')
        .select(['id', 'name', 'member_id', 'created_at', 'last_seen_at', 'revoked_at'])
        .where('workspace_id', '=', workspace.id)
        .where('kind', '=', 'browser')
        .$if(!all, (query) => query.where('member_id', '=', me.id))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute(),
      await standings(tx, workspace.id),
    ]);
    const names = new Map(members.map(({ id: key, name }) => [key, name]));
    return c.json({
      devices: devices.map((device) => ({
        id: device.id,
        name: device.name,
        member: { id: device.member_id, name: names.get(device.member_id) ?? '' },
        standing: standing.get(device.id) ?? 'keyless',
        connectedAt: device.created_at.toISOString(),
        lastSeenAt: device.last_seen_at?.toISOString() ?? null,
        revokedAt: device.revoked_at?.toISOString() ?? null,
      })),
    });
  });

  app.delete('/devices/:id', member, async (c) => {
    const { asker } = c.var;
    const device = id.safeParse(c.req.param('id'));
    const owner = asker.member.role === 'admin' ? null : asker.member.id;
    const done = device.success
      ? await inWorkspace(server.db, asker.workspace.id, (tx) =>
          revoke(tx, asker, device.data, owner),
        )
      : null;
    if (!done?.ok)
      return refuse(c, 404, 'not-found', 'There is no such device among those you manage.');
    server.pokes.poke(asker.workspace.id, done.size);
    return c.json({ revoked: true });
  });

  return app;
}
