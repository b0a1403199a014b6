// /v1/reminders: whether a member wants to be reminded by mail.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { type AskerEnv, membersOnly } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { isZone } from './local-time.ts';
import { readChoice, writeChoice } from './store.ts';

const choice = z.object({
  mail: z.boolean(),
  words: z.boolean(),
  zone: z.string().check(z.maxLength(100)),
});

export function reminderRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);

  app.get('/', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const said = await inWorkspace(server.db, workspace.id, (tx) =>
      readChoice(tx, workspace.id, me.id),
    );
    return c.json({ ...said, available: server.mails, address: me.email });
  });

  app.put('/', member, async (c) => {
    const { workspace, member: me } = c.var.asker;
    const parsed = choice.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
    if (!isZone(parsed.data.zone)) {
      return refuse(c, 400, 'unknown-zone', 'This server does not know that time zone.');
    }
    await inWorkspace(server.db, workspace.id, (tx) =>
      writeChoice(tx, workspace.id, me.id, parsed.data),
    );
    return c.json({ ...parsed.data, available: server.mails, address: me.email });
  });

  return app;
}
