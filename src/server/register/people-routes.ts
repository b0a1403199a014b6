// Who I am, and inviting others.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { role } from '../../domain/permissions.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { createInvitation } from '../accounts/links.ts';
import type { ServerContext } from '../context.ts';
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

  return app;
}
