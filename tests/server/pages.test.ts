// What the server serves besides its API: the console's files, headers, a log that tells nothing.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeError } from '../../src/server/log.ts';
import { startServer } from '../../src/server/main.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { ADA, connect, serverOn, setUp, temporaryFolder } from './server.ts';
import { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function withConsole() {
  const dir = await temporaryFolder();
  await mkdir(path.join(dir, 'assets'));
  await writeFile(path.join(dir, 'index.html'), '<!doctype html><title>console</title>');
  await writeFile(path.join(dir, 'assets/app-1a2b3c.js'), 'export {};');
  return serverOn(await postgres.database(), dir);
}

describe('the console’s files', () => {
  test('hashed ones are kept for good, the page is asked for again each time', async () => {
    const { url } = await withConsole();
    const script = await fetch(`${url}/assets/app-1a2b3c.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<title>console</title>');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  });

  test('any other page address is the console, a missing file or API is a 404', async () => {
    const { url } = await withConsole();
    const html = { headers: { accept: 'text/html' } };
    expect(await (await fetch(`${url}/some/page`, html)).text()).toContain('console');
    expect((await fetch(`${url}/assets/gone-9z.js`)).status).toBe(404);
    for (const where of ['/v1/nothing', '/auth/nothing', '/auth/sign-up/email', '/pages/x']) {
      const answer = await fetch(url + where, html);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: 'not-found' });
    }
    expect((await fetch(`${url}/..%2f..%2fetc%2fpasswd`)).status).toBe(404);
  });

  test('a page says what to do when the console was not built', async () => {
    const server = await serverOn(await postgres.database());
    const page = await new Visitor(server.url).get('/');
    expect(page.text).toContain('npm run build');
  });
});

test('no page runs a script that is not ours, sits in a frame, or tells its address', async () => {
  const { url } = await withConsole();
  for (const where of ['/', '/sign-in', '/setup?token=x', '/v1/me']) {
    const { headers } = await fetch(url + where, { headers: { accept: 'text/html' } });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});

test('the log holds no person, no words, no secret', async () => {
  let lines = '';
  const sink = new Writable({
    write(chunk, _, done) {
      lines += chunk;
      done();
    },
  });
  const server = await startServer({
    port: 0,
    dataDir: await temporaryFolder(),
    databaseUrl: await postgres.database(),
    consoleDir: '/nonexistent',
    log: pino({ level: 'trace', serializers: { error: describeError } }, sink),
  });
  onTestFinished(() => server.close());
  const admin = await setUp(server);
  await join(server, admin, 'tom');
  const device = new Device(server.url, await connect(server, admin));
  await device.push(device.change('note', { text: 'private words' }));
  await admin.get('/v1/register?q=private+words');
  await admin.submit('/sign-in', { email: ADA.email, password: 'wrong secret' });
  expect(lines).toContain('"route":"/v1/register"');
  const secrets = [
    new URL(server.setupLink ?? '').searchParams.get('token') ?? '',
    device.who.token,
    ADA.email,
    ADA.password,
    'Ada',
    'tom',
    'private',
    'wrong secret',
    'user_code',
  ];
  for (const secret of secrets) expect(lines).not.toContain(secret);
});

test('an error of the database is logged without the row it quotes', () => {
  const error = Object.assign(new Error('invalid input syntax for type uuid: "Ada Sample"'), {
    code: '22P02',
    detail: 'Key (email)=(ada@unsaid.example) already exists.',
    table: 'user',
  });
  const text = JSON.stringify(describeError(error));
  expect(text).toContain('22P02');
  expect(text).not.toMatch(/Ada|ada@/);
});
