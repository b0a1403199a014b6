// /v1/exports: who exported what, for managers, admins and auditors.
import { Hono } from 'hono';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { readPlace, writePlace } from '../register/filters.ts';
import { namesIn, readExports } from './store.ts';

const ROWS = 100;

export function exportRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();

  app.get('/', membersOnly(server), async (c) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    const cursor = c.req.query('cursor');
    const place = cursor ? readPlace(cursor) : null;
    if (cursor && !place)
      return refuse(c, 400, 'not-well-formed', 'The place to go on from is unknown.');
    const { id: workspace } = c.var.asker.workspace;
    const answer = await inWorkspace(server.db, workspace, async (tx) => {
      const found = await readExports(tx, workspace, place, ROWS + 1);
      const page = found.slice(0, ROWS);
      const last = page.at(-1);
      const members = await membersOf(tx, workspace);
      const names = Object.fromEntries(members.map(({ id, name }) => [id, name]));
      return {
        exports: page.map(({ written: _, by, ...one }) => ({
          ...one,
          by: { id: by, name: names[by] ?? '' },
        })),
        names: { ...names, ...(await namesIn(tx, workspace, page)) },
        next: last && found.length > ROWS ? writePlace(last) : null,
      };
    });
    return c.json(answer);
  });

  return app;
}
