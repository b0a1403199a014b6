import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ServerContext } from '../context.ts';
import { field, page, problemBox } from './layout.ts';
import { textOf } from './person-form.ts';
import { localPath, signIn } from './sessions.ts';

export function signInPage(server: ServerContext): Hono {
  const app = new Hono();

  const form = (next: string, email = '', problem?: string) => html`${problemBox(problem)}
<form method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', value: email })}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })}
<button class="primary">Sign in</button>
</form>
<p class="hint">New here? Ask an admin of your workspace for an invitation link. If you have just
started this server, open the setup link it has printed.</p>`;

  app.get('/', (c) => page(c, 'Sign in', form(localPath(c.req.query('next')))));

  app.post('/', async (c) => {
    const text = textOf(await c.req.parseBody());
    const next = localPath(text.next);
    const email = (text.email ?? '').trim().toLowerCase();
    if (await signIn(server, c, email, text.password ?? '')) return c.redirect(next, 303);
    const problem = 'This address and password do not belong together. Try again.';
    return page(c, 'Sign in', form(next, email, problem), 401);
  });

  return app;
}
