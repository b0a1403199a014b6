// The pages people meet before the console: plain forms, no script. Mounted by app.ts.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Context, Hono } from 'hono';
import { isSameOrigin } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { clientAddress } from '../rate-limit.ts';
import { connectPage } from './connect.ts';
import { notice } from './layout.ts';
import { joinPage, setupPage } from './links.ts';
import { signInPage } from './sign-in.ts';

const STYLES = path.join(import.meta.dirname, 'pages.css');

export function pageRoutes(server: ServerContext): Hono {
  const app = new Hono();

  app.get('/pages/pages.css', async (c) => {
    c.header('Content-Type', 'text/css; charset=utf-8');
    c.header('Cache-Control', 'no-cache');
    return c.body(await readFile(STYLES));
  });

  for (const [where, routes] of [
    ['/setup', setupPage(server)],
    ['/join', joinPage(server)],
    ['/sign-in', signInPage(server)],
    ['/connect', connectPage(server)],
  ] as const) {
    app.use(where, async (c, next) => {
      const refused = await guard(server, c);
      if (refused) return refused;
      await next();
      return;
    });
    app.route(where, routes);
  }
  return app;
}

/** Forms come from our own pages, and nobody guesses links, codes or passwords at speed. */
async function guard(server: ServerContext, c: Context): Promise<Response | null> {
  if (c.req.method === 'POST' && !isSameOrigin(c)) {
    return notice(c, 'Not accepted', 'This form was sent from another site. Open it here.', 403);
  }
  const allowed = server.guesses.take(clientAddress(server, c));
  if (allowed.ok) return null;
  c.header('Retry-After', String(allowed.retryAfterSeconds));
  return notice(c, 'Too many tries', 'Wait a minute, then try again.', 429);
}
