// Who is here: me, members, invitations, devices.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { readsAll, role } from '../../domain/permissions.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { revokeDevice } from '../accounts/devices.ts';
import { createInvitation } from '../accounts/links.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';

const invitation = z.object({
  email: z.nullish(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(200), z.email())),
  role: z._default(role, 'annotator'),
});

export function peopleRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.get('/me', member, (c) => {
    const { member: me, workspace } = c.var.asker;
    return c.json({ member: me, workspace: { id: workspace.id, name: workspace.name } });
  });

  app.get('/members', member, async (c) =>
    c.json({ members: await membersOf(server.db, c.var.asker.workspace.id) }),
  );

  app.post('/invitations', member, async (c) => {
    const refused = roleRefusal(c, 'admin');
    if (refused) return refused;
    const parsed = invitation.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      return refuse(c, 400, 'not-well-formed', 'Give an e-mail address and a role that exists.');
    }
    const token = await createInvitation(server.db, {
      workspace: c.var.asker.workspace.id,
      email: parsed.data.email ?? null,
      role: parsed.data.role,
    });
    return c.json({ link: `${server.url}/join?invitation=${token}` });
  });

  app.get('/devices', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const all = readsAll(me.role);
    const [members, devices] = await inWorkspace(server.db, workspace.id, async (tx) => [
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
    ]);
    const names = new Map(members.map(({ id: key, name }) => [key, name]));
    return c.json({
      devices: devices.map((device) => ({
        id: device.id,
        name: device.name,
        member: { id: device.member_id, name: names.get(device.member_id) ?? '' },
        connectedAt: device.created_at.toISOString(),
        lastSeenAt: device.last_seen_at?.toISOString() ?? null,
        revokedAt: device.revoked_at?.toISOString() ?? null,
      })),
    });
  });

  app.delete('/devices/:id', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const device = id.safeParse(c.req.param('id'));
    const owner = me.role === 'admin' ? null : me.id;
    const done =
      device.success &&
      (await inWorkspace(server.db, workspace.id, (tx) =>
        revokeDevice(tx, workspace.id, device.data, owner),
      ));
    if (!done)
      return refuse(c, 404, 'not-found', 'There is no such device among those you manage.');
    return c.json({ revoked: true });
  });

  return app;
}
