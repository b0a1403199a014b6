// /v1/reports/<draw>: the report of an audit.
import { Hono } from 'hono';
import { id } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { readReport } from './read.ts';

export function reportRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const { directories } = server;
  app.get('/:draw', membersOnly(server), async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    const draw = c.req.param('draw');
    const { asker } = c.var;
    const today = new Date().toISOString().slice(0, 10);
    const report = id.safeParse(draw).success
      ? await inWorkspace(server.db, asker.workspace.id, async (tx) =>
          readReport({ tx, asker, directory: await directories.of(tx, asker) }, draw, today),
        )
      : null;
    if (report === null) return refuse(c, 404, 'not-found', 'There is no such draw.');
    return c.json(report);
  });
  return app;
}
