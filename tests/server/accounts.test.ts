import { describe, expect, test } from 'vitest';
import { usePostgres, withClient } from './postgres.ts';
import { ADA, connect, serverOn, setUp } from './server.ts';
import { Visitor } from './visitor.ts';

const postgres = usePostgres();

describe('the setup link', () => {
  test('makes the admin, signs them in, and works once', async () => {
    const server = await serverOn(await postgres.database());
    const link = server.setupLink ?? '';
    const visitor = await setUp(server);
    expect((await visitor.get('/connect')).text).toContain('Connect a browser');

    const again = await new Visitor(server.url).get(new URL(link).pathname + new URL(link).search);
    expect(again.status).toBe(410);
    expect(again.text).toContain('Sign in instead');
  });

  test('two people with the same link: one becomes the admin', async () => {
    const server = await serverOn(await postgres.database());
    const token = new URL(server.setupLink ?? '').searchParams.get('token') ?? '';
    const pages = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        new Visitor(server.url).submit('/setup', {
          token,
          workspace: 'Sample',
          name,
          email: `${name}@unsaid.example`,
          password: 'sample words 1',
        }),
      ),
    );
    expect(pages.filter((page) => page.text.includes('has been used'))).toHaveLength(2);
  });

  test('is replaced by a new one at the next start, until somebody used it', async () => {
    const database = await postgres.database();
    const first = await serverOn(database);
    await first.close();
    const second = await serverOn(database);
    expect(second.setupLink).not.toBeNull();
    const old = new URL(first.setupLink ?? '');
    const page = await new Visitor(second.url).get(old.pathname + old.search);
    expect(page.status).toBe(404);
    expect(page.text).toContain('newest setup link');
    await setUp(second);
    await second.close();
    expect((await serverOn(database)).setupLink).toBeNull();
  });

  test('expires after seven days', async () => {
    const server = await serverOn(await postgres.database());
    await withClient(server.database, (client) =>
      client.query(`UPDATE link SET expires_at = now() - interval '1 second'`),
    );
    const page = await new Visitor(server.url).get(
      `/setup${new URL(server.setupLink ?? '').search}`,
    );
    expect(page.status).toBe(410);
    expect(page.text).toContain('older than seven days');
  });

  test('keeps what was typed when something is missing, and shows it as text', async () => {
    const server = await serverOn(await postgres.database());
    const token = new URL(server.setupLink ?? '').searchParams.get('token') ?? '';
    const page = await new Visitor(server.url).submit('/setup', {
      token,
      workspace: '"><script>alert(1)</script>',
      name: 'Ada',
      email: 'no address',
      password: 'short',
    });
    expect(page.status).toBe(400);
    expect(page.text).toContain('This is no e-mail address.');
    expect(page.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page.text).not.toContain('<script>alert');
  });

  test('the member who was connected before is the one who is claimed', async () => {
    const server = await serverOn(await postgres.database());
    const before = await connect(server, null);
    const visitor = await setUp(server);
    const after = await connect(server, visitor);
    expect(after.member).toBe(before.member);
    expect(after.role).toBe('admin');
  });
});

describe('signing in', () => {
  test('with the right words goes on to where one wanted to go, on this server only', async () => {
    const server = await serverOn(await postgres.database());
    await setUp(server);
    const { email, password } = ADA;
    const visitor = new Visitor(server.url);
    const page = await visitor.submit('/sign-in', {
      email,
      password,
      next: '/connect?user_code=ABCD',
    });
    expect(page.path).toBe('/connect?user_code=ABCD');
    const evil = await visitor.submit('/sign-in', { email, password, next: '//evil.example/x' });
    expect(evil.path).toBe('/');
  });

  test('with wrong words says so and does not say which', async () => {
    const server = await serverOn(await postgres.database());
    await setUp(server);
    const visitor = new Visitor(server.url);
    const wrong = await visitor.submit('/sign-in', { email: ADA.email, password: 'wrong words 1' });
    const unknown = await visitor.submit('/sign-in', { email: 'no@unsaid.example', password: 'x' });
    expect(wrong.status).toBe(401);
    expect(wrong.text.replace(ADA.email, '')).toBe(unknown.text.replace('no@unsaid.example', ''));
  });

  test('is refused from another site', async () => {
    const server = await serverOn(await postgres.database());
    await setUp(server);
    const page = await new Visitor(server.url).submit('/sign-in', ADA, 'https://evil.example');
    expect(page.status).toBe(403);
  });

  test('nobody signs up without a link', async () => {
    const server = await serverOn(await postgres.database());
    const response = await fetch(`${server.url}/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({
        name: 'Eve',
        email: 'eve@unsaid.example',
        password: 'sample words 1',
      }),
    });
    expect(response.status).toBe(404);
  });

  test('guessing is slowed down', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = new Visitor(server.url);
    const pages = await Promise.all(
      Array.from({ length: 70 }, () => visitor.get('/join?invitation=guess')),
    );
    expect(pages.filter((page) => page.status === 429).length).toBeGreaterThan(0);
  });
});
