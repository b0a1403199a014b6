// The main acts on a real cluster. UNSAID_CITUS_URL: an empty database on the coordinator of a Citus
// whose nodes are added, as a superuser. Nothing installs one here.
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { citusStatements, distribute, layoutOf } from '../../src/server/citus.ts';
import { verifyCommand } from '../../src/server/log/commands.ts';
import { startServer } from '../../src/server/main.ts';
import { migrate, readMigrations } from '../../src/server/migrate.ts';
import { besidesMembers, Device } from './device.ts';
import { join } from './people.ts';
import { withClient } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, setUp, temporaryFolder } from './server.ts';

const url = process.env.UNSAID_CITUS_URL ?? '';
const log = pino({ level: 'silent' });

describe.skipIf(url === '')('on a cluster', () => {
  test('spread, written, read behind walls, followed, exported, verified', async () => {
    await withClient(url, async (client) => {
      // As an update finds it: spread when there was less, with new tables and columns since.
      const migrations = await readMigrations();
      await migrate(client, migrations.slice(0, 12));
      await distribute(client);
      await migrate(client, migrations);
      await distribute(client);
      // What is spread stays so.
      const again = citusStatements(await layoutOf(client));
      expect(again.filter((one) => one.includes('SELECT create_'))).toEqual([]);
      const { rows } = await client.query(
        `SELECT count(DISTINCT nodename || ':' || nodeport)::int AS nodes FROM citus_shards`,
      );
      expect(rows[0].nodes).toBeGreaterThan(1);
    });
    const dataDir = await temporaryFolder();
    const settings = { port: 0, dataDir, databaseUrl: url, consoleDir: '/nonexistent', log };
    const server = await startServer(settings);
    onTestFinished(() => server.close());
    const admin = await setUp(server);
    const mira = new Device(server.url, await connect(server, admin));
    const tom = new Device(server.url, await connect(server, await join(server, admin, 'tom')));
    const otto = await secondWorkspace({ ...server, database: url }, 'otto');
    const theirs = new Device(server.url, await connect(server, otto));

    const customer = mira.change('customer', { name: 'Acme' });
    const about = { customer: customer.envelope.record };
    const call = mira.change('interaction', {
      ...{ ...about, channel: 'call', logged: true, subject: 'First call' },
      startedAt: '2026-11-01T10:00:00Z',
    });
    const within = mira.change('note', { text: 'within', interaction: call.envelope.record });
    const notes = Array.from({ length: 300 }, (_, n) =>
      mira.change('note', { text: `Note ${n}`, ...(n % 2 ? about : {}) }),
    );
    await mira.push(customer, call, within, ...notes);
    await theirs.push(theirs.change('note', { text: 'theirs' }));

    await withClient(url, async (client) => {
      const seen = async (workspace: string | null, of: string) => {
        await client.query('BEGIN');
        await client.query('SET LOCAL ROLE unsaid_app');
        if (workspace) await client.query(`SET LOCAL unsaid.workspace = '${workspace}'`);
        const { rows } = await client.query(
          'SELECT count(*)::int AS n FROM record WHERE workspace_id = $1',
          [of],
        );
        await client.query('ROLLBACK');
        return rows[0].n as number;
      };
      const [ours, other] = [mira.who.workspace, theirs.who.workspace];
      expect(await seen(ours, ours)).toBeGreaterThan(300);
      expect([await seen(ours, other), await seen(null, ours)]).toEqual([0, 0]);
    });

    const chosen = await fetch(`${server.url}/v1/following`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tom.who.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'chosen', customers: [about.customer] }),
    });
    expect(chosen.status).toBe(200);
    const followed = besidesMembers(await tom.pullAll()).map(({ body }) => body?.text);
    expect(followed).toEqual(expect.arrayContaining(['Note 1', 'within']));
    expect(followed).not.toContain('Note 2');

    const wish = JSON.stringify({ what: 'calls', format: 'csv', bom: false, zone: 'UTC' });
    const calls = await admin.get(`/v1/export?wish=${encodeURIComponent(wish)}`);
    expect(calls.text).toContain('First call');
    const register = (await admin.call('GET', '/v1/register?q=note%2029&limit=5')).json as {
      total: number;
    };
    expect(register.total).toBe(13);
    const wrong: string[] = [];
    const config = settings as unknown as Parameters<typeof verifyCommand>[0];
    await verifyCommand(config, log, (found) => {
      if (found.is === 'wrong') wrong.push(found.what);
    });
    expect(wrong).toEqual([]);
  }, 300_000);
});
