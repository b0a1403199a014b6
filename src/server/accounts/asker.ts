// Who is asking: a device with its token, or a person with the console's cookie.
import type { Context, MiddlewareHandler } from 'hono';
import type { Role } from '../../domain/permissions.ts';
import type { ServerContext } from '../context.ts';
import { clientAddress } from '../rate-limit.ts';
import { refuse } from '../refusal.ts';
import { type Membership, membershipOfUser } from './members.ts';

/** `device` is null for a person in the console. */
export type Asker = Membership & { device: string | null };

export type AskerEnv = { Variables: { asker: Asker } };

/** Whoever asks, or null. A request with an Authorization header is judged by it alone. */
export async function askerOf(server: ServerContext, c: Context): Promise<Asker | null> {
  const token = /^Bearer ([\w.-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (token !== undefined) return server.devices(token);
  if (c.req.header('authorization') !== undefined) return null;
  const session = await server.auth.api.getSession({ headers: c.req.raw.headers });
  if (!session) return null;
  const membership = await membershipOfUser(server.db, session.user.id);
  return membership ? { ...membership, device: null } : null;
}

/**
 * Whoever asks, within the limits: of tries with what is nobody's by address, before the database is
 * asked, and of a member's requests.
 */
async function admit(server: ServerContext, c: Context): Promise<Asker | Response | null> {
  const address = clientAddress(server, c);
  const trying = server.strangers.look(address);
  if (!trying.ok) return tooMany(c, trying.retryAfterSeconds);
  const asker = await askerOf(server, c);
  if (!asker) {
    server.strangers.take(address);
    return null;
  }
  const asking = server.requests.take(asker.member.id);
  return asking.ok ? asker : tooMany(c, asking.retryAfterSeconds);
}

function tooMany(c: Context, seconds: number): Response {
  c.header('Retry-After', String(seconds));
  return refuse(c, 429, 'too-many', `Too many requests. Try again in ${seconds} seconds.`);
}

/** Lets only devices pass. */
export function devicesOnly(server: ServerContext): MiddlewareHandler<AskerEnv> {
  return async (c, next) => {
    const asker = c.get('asker') ?? (await admit(server, c));
    if (asker instanceof Response) return asker;
    if (!asker?.device) return refuse(c, 401, 'not-connected', NOT_CONNECTED);
    c.set('asker', asker);
    await next();
    return;
  };
}

/** Lets people in the console and devices pass; changes by cookie only from our own pages. */
export function membersOnly(server: ServerContext): MiddlewareHandler<AskerEnv> {
  return async (c, next) => {
    const asker = c.get('asker') ?? (await admit(server, c));
    if (asker instanceof Response) return asker;
    if (!asker) return refuse(c, 401, 'not-signed-in', 'Sign in to see this.');
    if (asker.device === null && !isSafe(c.req.method) && !isSameOrigin(c)) {
      return refuse(c, 403, 'other-origin', 'This was sent from another site and is refused.');
    }
    c.set('asker', asker);
    await next();
    return;
  };
}

const NOT_CONNECTED = 'This browser is not connected any more. Connect it again in the options.';

/** 403 in words unless the asker has one of the roles. */
export function roleRefusal(c: Context<AskerEnv>, ...roles: Role[]): Response | null {
  if (roles.includes(c.var.asker.member.role)) return null;
  const who = roles.includes('manager') ? 'Managers' : 'Admins';
  return refuse(c, 403, 'not-allowed', `${who} can do this. Ask one of them.`);
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** True when a browser says the request comes from a page of this server. */
export function isSameOrigin(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return origin !== undefined && URL.parse(origin)?.host === c.req.header('host');
}
