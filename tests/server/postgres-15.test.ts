// The oldest PostgreSQL that is served, as it is and behind a pooler that gives each transaction
// another connection. UNSAID_LONG=1.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { type Debian, missing, startDebian } from './debian.ts';
import { besidesMembers, Device } from './device.ts';
import { join } from './people.ts';
import { asOwner, withClient } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, serverOn, setUp, type TestServer } from './server.ts';

const LONG = process.env.UNSAID_LONG === '1';
const why = LONG ? await missing() : 'only with UNSAID_LONG=1';
if (LONG && why !== null) console.warn(`Skipped: ${why}`);

describe.skipIf(why !== null)('on PostgreSQL 15', () => {
  let debian: Debian;
  beforeAll(async () => {
    debian = await startDebian();
  }, 120_000);
  afterAll(() => debian?.stop(), 60_000);

  test('it is 15', async () => {
    expect(await debian.version()).toMatch(/^15\d{4}$/);
  });

  test('migrations run once, of servers that start together behind the pooler too', async () => {
    const url = await debian.database();
    const migrations = await readMigrations();
    const counts = await Promise.all(
      [url, url, debian.pooled(url), debian.pooled(url)].map((one) =>
        withClient(asOwner(one), (client) => migrate(client, migrations)),
      ),
    );
    expect(counts.sort()).toEqual([0, 0, 0, migrations.length]);
  });

  for (const [how, through] of [
    ['directly', (url: string) => url],
    ['through pgbouncer', (url: string) => debian.pooled(url)],
  ] as const) {
    test(`${how}: connect, push, pull, read the register, change a setting`, async () => {
      const server = await serverOn(through(await debian.database()));
      const admin = await setUp(server);
      const mira = new Device(server.url, await connect(server, admin));
      const tom = new Device(server.url, await connect(server, await join(server, admin, 'tom')));
      const changes = Array.from({ length: 500 }, (_, i) =>
        mira.change('note', { text: `Note ${i}` }),
      );
      const results = await mira.push(...changes);
      expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(500);
      expect(besidesMembers(await tom.pullAll(200))).toHaveLength(500);
      const register = (await admin.call('GET', '/v1/register?q=note%2049&limit=5')).json as {
        total: number;
      };
      expect(register.total).toBe(15);
      const { settings } = (await admin.call('GET', '/v1/settings')).json as {
        settings: { name: string; seen: string }[];
      };
      const [setting] = settings;
      const written = await admin.call('PUT', `/v1/settings/${setting?.name}`, {
        lines: ['acme.example'],
        seen: setting?.seen,
      });
      expect(written.status).toBe(200);
    }, 120_000);

    test(`${how}: two companies and two servers share connections, and see nothing of each other`, async () => {
      const database = await debian.database();
      const one = await serverOn(through(database));
      const admin = await setUp(one);
      const two = await serverOn(through(database));
      const direct: TestServer = { ...one, database };
      const otto = await secondWorkspace(direct, 'otto');
      const people = [
        new Device(one.url, await connect(one, admin)),
        new Device(two.url, await connect(one, admin)),
        new Device(one.url, await connect(one, otto)),
        new Device(two.url, await connect(one, otto)),
      ];
      const name = (at: number) => (at < 2 ? 'ours' : 'theirs');
      for (let round = 0; round < 10; round++) {
        await Promise.all(
          people.map((device, at) =>
            device.sync([device.change('note', { text: `${name(at)} ${round}` })]),
          ),
        );
      }
      for (const [at, device] of people.entries()) {
        device.cursor = 0;
        const texts = besidesMembers(await device.pullAll()).map(({ body }) => String(body?.text));
        expect(texts.filter((text) => text.startsWith(name(at)))).toHaveLength(20);
        expect(texts).toHaveLength(20);
      }
      await withClient(database, async (client) => {
        const { rows } = await client.query(
          'SELECT workspace_id, array_agg(seq::int ORDER BY seq) AS seqs FROM log_leaf GROUP BY 1',
        );
        expect(rows).toHaveLength(2);
        for (const { seqs } of rows) {
          expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i));
        }
      });
    }, 120_000);
  }
});
