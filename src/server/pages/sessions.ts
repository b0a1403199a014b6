import type { Context } from 'hono';
import { CLIENT_ADDRESS } from '../accounts/auth.ts';
import type { ServerContext } from '../context.ts';
import { clientAddress } from '../rate-limit.ts';

/** Signs in and puts the cookies on the answer; false when address or password is wrong. */
export async function signIn(
  server: ServerContext,
  c: Context,
  email: string,
  password: string,
): Promise<boolean> {
  const headers = new Headers({ [CLIENT_ADDRESS]: clientAddress(server, c) });
  const response = await server.auth.api.signInEmail({
    body: { email, password, rememberMe: true },
    headers,
    asResponse: true,
  });
  if (!response.ok) return false;
  for (const cookie of response.headers.getSetCookie()) {
    c.header('Set-Cookie', cookie, { append: true });
  }
  return true;
}

/** A path of this server to go on to, never another site. */
export function localPath(next: string | undefined): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return '/';
  const url = URL.parse(next, 'http://local.invalid');
  return url?.host === 'local.invalid' ? url.pathname + url.search : '/';
}
