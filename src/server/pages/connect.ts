// Approving a browser that wants to connect (RFC 8628, 3.3): compare the code, allow or refuse.
import { APIError } from 'better-auth/api';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { deviceOf } from '../accounts/device-grant.ts';
import { membershipOfUser } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { field, notice, page, problemBox } from './layout.ts';
import { textOf } from './person-form.ts';

export function connectPage(server: ServerContext): Hono {
  const app = new Hono();

  app.get('/', async (c) => {
    const code = c.req.query('user_code')?.trim().slice(0, 40) ?? '';
    const session = await server.auth.api.getSession({ headers: c.req.raw.headers });
    if (!session) {
      const next = code ? `/connect?user_code=${encodeURIComponent(code)}` : '/connect';
      return c.redirect(`/sign-in?next=${encodeURIComponent(next)}`, 303);
    }
    if (code === '') return page(c, 'Connect a browser', askCode());
    const request = await verify(server, c, code);
    if (!request.ok) return page(c, 'Connect a browser', askCode(code, request.words), 400);
    const membership = await membershipOfUser(server.db, session.user.id);
    return page(
      c,
      'Connect a browser',
      html`<p>This browser asks to save and read notes as <strong>${session.user.name}</strong> in
<strong>${membership?.workspace.name ?? 'no workspace'}</strong>:</p>
<p class="device">${request.device}</p>
<p>Allow it only if the browser shows this same code:</p>
<p class="code">${spaced(code)}</p>
<form method="post" action="/connect">
<input type="hidden" name="user_code" value="${code}">
<div class="choice">
<button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="refuse">Refuse</button>
</div>
</form>`,
    );
  });

  app.post('/', async (c) => {
    const text = textOf(await c.req.parseBody());
    const code = (text.user_code ?? '').slice(0, 40);
    const decide =
      text.decision === 'allow' ? server.auth.api.deviceApprove : server.auth.api.deviceDeny;
    try {
      await decide({ body: { userCode: code }, headers: c.req.raw.headers });
    } catch (error) {
      const words = wordsOf(error);
      return notice(c, 'This code does not work', words, 400);
    }
    return text.decision === 'allow'
      ? notice(c, 'Allowed', 'The browser connects within a few seconds. You can close this tab.')
      : notice(c, 'Refused', 'The browser was not connected. You can close this tab.');
  });

  return app;
}

const askCode = (code = '', problem?: string) => html`${problemBox(problem)}
<form method="get" action="/connect">
${field({ name: 'user_code', label: 'Code', hint: 'The browser that wants to connect shows it.', value: code })}
<button class="primary">Go on</button>
</form>`;

type Verified = { ok: true; device: string } | { ok: false; words: string };

/** Looks the request up and, the first time, reserves it for whoever is signed in. */
async function verify(server: ServerContext, c: Context, code: string): Promise<Verified> {
  try {
    const found = await server.auth.api.deviceVerify({
      query: { user_code: code },
      headers: c.req.raw.headers,
    });
    if (found.status !== 'pending') return { ok: false, words: USED };
    if (found.client_id === undefined) return { ok: false, words: OTHERS };
    return { ok: true, device: deviceOf(found.scope ?? null)?.name ?? 'A browser' };
  } catch (error) {
    return { ok: false, words: wordsOf(error) };
  }
}

const USED = 'This code has been used. Start connecting again in the browser to get a new one.';
const OTHERS = 'Somebody else has opened this code. Start connecting again to get a new one.';
const EXPIRED = 'This code is older than 15 minutes. Start connecting again to get a new one.';
const UNKNOWN = 'This code is not known here. Compare it with the one the browser shows.';

function wordsOf(error: unknown): string {
  if (!(error instanceof APIError)) throw error;
  const body = error.body as { error?: string; error_description?: string } | undefined;
  if (body?.error === 'expired_token') return EXPIRED;
  if (body?.error === 'access_denied') return OTHERS;
  if (body?.error === 'unauthorized') return 'You are signed out. Open the connect page again.';
  return body?.error_description?.includes('already') ? USED : UNKNOWN;
}

function spaced(code: string): string {
  const plain = code.replace(/[^a-zA-Z0-9]/g, '').toUpperCase();
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain;
}
