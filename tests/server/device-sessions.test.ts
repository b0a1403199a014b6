import { expect, onTestFinished, test } from 'vitest';
import { createDeviceSessions } from '../../src/server/accounts/device-sessions.ts';
import { newToken } from '../../src/server/accounts/secrets.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

async function devices() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const connected = [await connect(server, admin), await connect(server, admin)];
  const pool = openPool(asOwner(server.database), () => undefined);
  onTestFinished(() => pool.end());
  let transactions = 0;
  pool.on('acquire', () => {
    transactions += 1;
  });
  const sessions = createDeviceSessions(openDatabase(pool), Date.now);
  const [one, two] = connected;
  if (!one || !two) throw new Error('two devices');
  return { server, admin, pool, sessions, one, two, transactions: () => transactions };
}

test('what is asked while an answer is outstanding is asked together, each with its own', async () => {
  const { sessions, one, two, transactions } = await devices();
  await sessions(one.token);
  await sessions(two.token);
  const before = transactions();
  const stranger = newToken(one.workspace);
  const tokens = Array.from({ length: 60 }, (_, at) => [one.token, two.token, stranger][at % 3]);
  const answers = await Promise.all(tokens.map((token) => sessions(token ?? '')));
  expect(answers.map((session) => session?.device ?? null)).toEqual(
    tokens.map((_, at) => [one.device, two.device, null][at % 3]),
  );
  expect(answers[0]?.member.role).toBe('admin');
  // The first, and all others behind it.
  expect(transactions() - before).toBe(2);
});

test('a token that was taken back is nobody’s at the very next question', async () => {
  const { admin, sessions, one, two } = await devices();
  expect((await sessions(one.token))?.device).toBe(one.device);
  expect((await admin.call('DELETE', `/v1/devices/${one.device}`)).status).toBeLessThan(300);
  const both = await Promise.all([sessions(one.token), sessions(two.token)]);
  expect(both.map((session) => session?.device ?? null)).toEqual([null, two.device]);
  expect(await sessions('no token of ours')).toBeNull();
});

test('when PostgreSQL fails everybody who waits hears of it, and later ones are asked again', async () => {
  const { pool, sessions, one } = await devices();
  const connectAsIs = pool.connect.bind(pool);
  pool.connect = (() => Promise.reject(new Error('no connection'))) as typeof pool.connect;
  const asked = await Promise.allSettled([sessions(one.token), sessions(one.token)]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  pool.connect = connectAsIs as typeof pool.connect;
  expect((await sessions(one.token))?.device).toBe(one.device);
});
