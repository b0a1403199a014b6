import { describe, expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, serverOn, setUp } from './server.ts';
import { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function ask(url: string, name = 'Sample browser') {
  const device = { id: freshId(), name };
  const { json } = await post(url, '/v1/device/code', { client_id: 'unsaid-extension', device });
  return {
    device,
    code: json as { device_code: string; user_code: string } & Record<string, unknown>,
  };
}

const poll = (url: string, device_code: string) => post(url, '/v1/device/token', { device_code });

/** Lets the next poll come at once. */
const waitInterval = (database: string) =>
  withClient(database, (client) => client.query('UPDATE "deviceCode" SET "lastPolledAt" = NULL'));

describe('connecting a browser (RFC 8628)', () => {
  test('code, approval on the page, one token', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = await setUp(server);
    const { code, device } = await ask(server.url, 'Chromium on <b>Sample</b>');
    expect(code).toMatchObject({
      expires_in: 900,
      interval: 5,
      verification_uri: `${server.url}/connect`,
    });

    expect((await poll(server.url, code.device_code)).json.error).toBe('authorization_pending');
    expect((await poll(server.url, code.device_code)).json.error).toBe('slow_down');

    const complete = new URL(String(code.verification_uri_complete));
    const page = await visitor.get(complete.pathname + complete.search);
    expect(page.text).toContain('Chromium on &lt;b&gt;Sample&lt;/b&gt;');
    expect(page.text).toContain(`${code.user_code.slice(0, 4)}-${code.user_code.slice(4)}`);
    const done = await visitor.submit('/connect', { user_code: code.user_code, decision: 'allow' });
    expect(done.text).toContain('The browser connects within a few seconds.');

    await waitInterval(server.database);
    const granted = await poll(server.url, code.device_code);
    expect(granted.status).toBe(200);
    expect(granted.json).toMatchObject({
      token_type: 'Bearer',
      workspace: { name: 'Sample Workspace' },
      member: { name: 'Ada Sample', email: 'ada@unsaid.example', role: 'admin' },
      device: { id: device.id },
      server: { name: 'Sample Workspace' },
    });
    expect(String(granted.json.access_token)).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/);

    const again = await poll(server.url, code.device_code);
    expect(again.json.error).toBe('expired_token');
    const used = await visitor.get(`/connect?user_code=${code.user_code}`);
    expect(used.status).toBe(400);
  });

  test('many polls at once get one token', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = await setUp(server);
    const { code } = await ask(server.url);
    await visitor.get(`/connect?user_code=${code.user_code}`);
    await visitor.submit('/connect', { user_code: code.user_code, decision: 'allow' });
    const polls = await Promise.all(
      Array.from({ length: 6 }, () => poll(server.url, code.device_code)),
    );
    expect(polls.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test('refused on the page', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = await setUp(server);
    const { code } = await ask(server.url);
    await visitor.get(`/connect?user_code=${code.user_code}`);
    await visitor.submit('/connect', { user_code: code.user_code, decision: 'refuse' });
    expect((await poll(server.url, code.device_code)).json.error).toBe('access_denied');
  });

  test('an expired code says so to the browser and on the page', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = await setUp(server);
    const { code } = await ask(server.url);
    await withClient(server.database, (client) =>
      client.query(`UPDATE "deviceCode" SET "expiresAt" = now() - interval '1 second'`),
    );
    const page = await visitor.get(`/connect?user_code=${code.user_code}`);
    expect(page.text).toContain('older than 15 minutes');
    expect((await poll(server.url, code.device_code)).json.error).toBe('expired_token');
  });

  test('a mistyped code says what to do', async () => {
    const server = await serverOn(await postgres.database());
    const visitor = await setUp(server);
    const page = await visitor.get('/connect?user_code=WRONGWRO');
    expect(page.status).toBe(400);
    expect(page.text).toContain('Compare it with the one the browser shows');
  });

  test('whoever is not signed in signs in first, and approves nothing', async () => {
    const server = await serverOn(await postgres.database());
    await setUp(server);
    const { code } = await ask(server.url);
    const stranger = new Visitor(server.url);
    const page = await stranger.get(`/connect?user_code=${code.user_code}`);
    expect(page.path).toBe(
      `/sign-in?next=${encodeURIComponent(`/connect?user_code=${code.user_code}`)}`,
    );
    await stranger.submit('/connect', { user_code: code.user_code, decision: 'allow' });
    expect((await poll(server.url, code.device_code)).json.error).toBe('authorization_pending');
  });

  test('tokens are stored hashed, and no session is left behind', async () => {
    const server = await serverOn(await postgres.database());
    const { token } = await connect(server, null);
    await withClient(server.database, async (client) => {
      const device = await client.query('SELECT token_hash FROM device');
      expect(device.rows[0].token_hash).toHaveLength(32);
      expect(JSON.stringify((await client.query('SELECT * FROM device')).rows)).not.toContain(
        token,
      );
      expect((await client.query('SELECT * FROM session')).rowCount).toBe(0);
    });
  });

  test('disconnecting ends the token, connecting again gives a new one', async () => {
    const server = await serverOn(await postgres.database());
    const first = await connect(server, null);
    expect((await post(server.url, '/v1/device/revoke', {}, first.token)).status).toBe(200);
    const after = await post(server.url, '/v1/device/revoke', {}, first.token);
    expect(after.status).toBe(401);
    expect(after.json.message).toContain('Connect it again');
    const second = await connect(server, null, first.device);
    expect(second.token).not.toBe(first.token);
  });

  test('a browser that is connected as one member is not taken over by another', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    const tom = await join(server, admin, 'tom');
    const mine = await connect(server, admin);
    await expect(connect(server, tom, mine.device)).rejects.toThrow('access_denied');
    expect((await post(server.url, '/v1/device/revoke', {}, mine.token)).status).toBe(200);
    expect((await connect(server, tom, mine.device)).role).toBe('annotator');
  });

  test('the page to approve on has the name that the browser asked under', async () => {
    const server = await serverOn(await postgres.database());
    const { code } = await ask(server.url.replace('127.0.0.1', 'localhost'));
    expect(code.verification_uri_complete).toContain('http://localhost:');
  });

  test.each([
    ['nothing', ''],
    ['half a JSON', '{"client_id":'],
    ['another client', JSON.stringify({ client_id: 'x', device: { id: freshId(), name: 'x' } })],
    ['no device', JSON.stringify({ client_id: 'unsaid-extension' })],
  ])('%s is refused as invalid_request', async (_, body) => {
    const server = await serverOn(await postgres.database());
    const answer = await post(server.url, '/v1/device/code', body);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toBe('invalid_request');
  });
});
