// The pages behind links that work once: setting up the server, and joining a workspace.
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod/mini';
import { type Claim, claimInvitation, claimSetup, findLink, type Link } from '../accounts/links.ts';
import type { ServerContext } from '../context.ts';
import { field, notice, page, problemBox } from './layout.ts';
import {
  type FormText,
  type Problems,
  personFields,
  personForm,
  problemsOf,
  textOf,
} from './person-form.ts';
import { signIn } from './sessions.ts';

const setupForm = z.extend(personForm, {
  workspace: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});

const GONE = {
  setup: {
    unknown: 'This link is not known here. Open the newest setup link this server has printed.',
    used: 'This link has been used: the workspace has its admin. Sign in instead.',
    expired: 'This link is older than seven days. Restart the server: it prints a new one.',
  },
  invitation: {
    unknown: 'This invitation is not known here. Ask for a new one.',
    used: 'This invitation has been used. If that was you, sign in instead.',
    expired: 'This invitation is older than seven days. Ask for a new one.',
  },
} as const;

const TAKEN = 'There is an account with this address already. Sign in with it.';

export function setupPage(server: ServerContext): Hono {
  const app = new Hono();

  const form = (token: string, text: FormText, problems: Problems, words?: string) =>
    html`<p>This is your own server. Name the workspace and yourself; what a browser connected to it
has already captured stays yours.</p>${problemBox(words)}
<form method="post" action="/setup">
<input type="hidden" name="token" value="${token}">
${field({
  name: 'workspace',
  label: 'Workspace',
  hint: 'Your company or team.',
  value: text.workspace,
  autocomplete: 'organization',
  problem: problems.workspace,
})}${personFields(text, problems)}
<button class="primary">Set up</button>
</form>`;

  app.get('/', async (c) => {
    const token = c.req.query('token') ?? '';
    const found = await findLink(server.db, 'setup', token);
    if (!found.ok) return gone(c, 'setup', found.problem);
    return page(c, 'Set up Unsaid', form(token, {}, {}));
  });

  app.post('/', async (c) => {
    const text = textOf(await c.req.parseBody());
    const token = text.token ?? '';
    const parsed = setupForm.safeParse(text);
    if (!parsed.success) {
      return page(c, 'Set up Unsaid', form(token, text, problemsOf(parsed.error)), 400);
    }
    const person = await personOf(server, parsed.data);
    const claim = await claimSetup(server.db, token, person, parsed.data.workspace);
    if (!claim.ok && claim.problem === 'email-taken') {
      return page(c, 'Set up Unsaid', form(token, text, {}, TAKEN), 409);
    }
    return welcome(server, c, 'setup', claim, parsed.data);
  });

  return app;
}

export function joinPage(server: ServerContext): Hono {
  const app = new Hono();

  const form = (link: Link, token: string, text: FormText, problems: Problems, words?: string) =>
    html`<p>You are invited to <strong>${link.workspaceName}</strong>.</p>${problemBox(words)}
<form method="post" action="/join">
<input type="hidden" name="invitation" value="${token}">
${personFields(text, problems, link.email ?? undefined)}
<button class="primary">Join</button>
</form>`;

  app.get('/', async (c) => {
    const token = c.req.query('invitation') ?? '';
    const found = await findLink(server.db, 'invitation', token);
    if (!found.ok) return gone(c, 'invitation', found.problem);
    return page(c, 'Join the workspace', form(found.link, token, {}, {}));
  });

  app.post('/', async (c) => {
    const text = textOf(await c.req.parseBody());
    const token = text.invitation ?? '';
    const found = await findLink(server.db, 'invitation', token);
    if (!found.ok) return gone(c, 'invitation', found.problem);
    const again = (problems: Problems, status: 400 | 409, words?: string) =>
      page(c, 'Join the workspace', form(found.link, token, text, problems, words), status);

    const parsed = personForm.safeParse({ ...text, email: found.link.email ?? text.email });
    if (!parsed.success) return again(problemsOf(parsed.error), 400);
    const claim = await claimInvitation(server.db, token, await personOf(server, parsed.data));
    if (!claim.ok && claim.problem === 'email-taken') return again({}, 409, TAKEN);
    return welcome(server, c, 'invitation', claim, parsed.data);
  });

  return app;
}

type PersonForm = z.infer<typeof personForm>;

async function personOf(server: ServerContext, form: PersonForm) {
  const { password } = await server.auth.$context;
  return { name: form.name, email: form.email, passwordHash: await password.hash(form.password) };
}

async function welcome(
  server: ServerContext,
  c: Context,
  purpose: Link['purpose'],
  claim: Claim,
  form: PersonForm,
): Promise<Response> {
  if (!claim.ok) return gone(c, purpose, claim.problem === 'email-taken' ? 'used' : claim.problem);
  await signIn(server, c, form.email, form.password);
  return c.redirect('/', 303);
}

function gone(c: Context, purpose: Link['purpose'], problem: 'unknown' | 'used' | 'expired') {
  return notice(
    c,
    'This link does not work',
    GONE[purpose][problem],
    problem === 'unknown' ? 404 : 410,
  );
}
