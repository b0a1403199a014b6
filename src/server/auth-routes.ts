import { Hono } from 'hono';
import { CLIENT_ADDRESS } from './accounts/auth.ts';
import type { ServerContext } from './context.ts';
import { clientAddress } from './rate-limit.ts';

/** The few endpoints of better-auth that are open; members and links go through our own rules. */
export const OPEN: ReadonlySet<string> = new Set([
  'POST /auth/sign-in/email',
  'POST /auth/sign-out',
  'GET /auth/get-session',
  'POST /auth/change-password',
  'GET /auth/list-sessions',
  'POST /auth/revoke-other-sessions',
]);

export function authRoutes(server: ServerContext): Hono {
  const app = new Hono();
  app.all('/*', (c, next) => {
    if (!OPEN.has(`${c.req.method} ${c.req.path}`)) return next();
    const headers = new Headers(c.req.raw.headers);
    headers.set(CLIENT_ADDRESS, clientAddress(server, c));
    return server.auth.handler(new Request(c.req.raw, { headers }));
  });
  return app;
}
