// Requests by somebody who means harm: UNSAID_LONG=1 sends 100,000 of them.
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { secondWorkspace } from './second-workspace.ts';
import { connect, post, serverOn, setUp, type TestServer } from './server.ts';

const postgres = usePostgres();
const LONG = process.env.UNSAID_LONG === '1';
const AT_ONCE = 25;

/** Words that stand in the first workspace and nowhere else. */
const SECRET = 'Quincunx-Zeppelin';

type Target = {
  method: string;
  path: string;
  /** A request that would be taken if the right one sent it. */
  body?: unknown;
  form?: true;
};

type World = {
  server: TestServer;
  targets: Target[];
  /** The workspace of whoever is of another one. */
  other: string;
  /** Headers of who has no right to anything that the targets name. */
  askers: { [name: string]: Record<string, string> };
  /** What must not be told to them. */
  secrets: string[];
};

async function world(): Promise<World> {
  const server = await serverOn(await postgres.database(), undefined, {
    trustProxy: true,
    requestsPerMinute: 1_000_000,
  });
  const admin = await setUp(server);
  const victim = new Device(server.url, await connect(server, admin));
  const gone = new Device(server.url, await connect(server, admin));
  const written = victim.change('expectation', {
    class: 'unstated',
    stage: 'hunch',
    statement: `They expect ${SECRET}`,
  });
  const customer = victim.change('customer', { name: `${SECRET} Ltd` });
  await victim.push(written, customer);
  await post(server.url, '/v1/device/revoke', {}, gone.who.token);

  const other = await secondWorkspace(server, 'otto');
  const nosy = new Device(server.url, await connect(server, await join(server, other, 'nosy')));
  const next = victim.change('note', { text: `${SECRET} again` });
  const { workspace, member, device, token } = victim.who;
  const sync = { v: 1, epoch: null, cursor: 0, push: [next], limit: 10 };
  const info = { id: device, name: 'Sample browser' };
  const hash = written.envelope.prevHash;
  return {
    server,
    other: nosy.who.workspace,
    targets: [
      { method: 'POST', path: '/v1/sync', body: sync },
      { method: 'POST', path: '/v1/sync', body: { ...sync, push: [written] } },
      { method: 'POST', path: '/v1/sync', body: { ...sync, push: [next, next], pinned: 2 } },
      { method: 'POST', path: '/v1/sync', body: { ...sync, epoch: victim.who.epoch, push: [] } },
      {
        method: 'POST',
        path: '/v1/backfill',
        body: { customer: customer.envelope.record, cursor: 0, limit: 10 },
      },
      {
        method: 'PUT',
        path: '/v1/following',
        body: { mode: 7, customers: [customer.envelope.record] },
      },
      {
        method: 'POST',
        path: '/v1/device/code',
        body: { client_id: 'unsaid-extension', device: info },
      },
      { method: 'POST', path: '/v1/device/token', body: { device_code: hash, device: info } },
      {
        method: 'POST',
        path: '/v1/device/renew',
        body: { device: { id: `${device}0`, name: '' } },
      },
      { method: 'POST', path: '/v1/log/report', body: { found: 'odd', pinned: null, told: null } },
      { method: 'GET', path: '/v1/log/checkpoint' },
      { method: 'GET', path: '/v1/log/tile/0/000.p/1' },
      { method: 'GET', path: '/v1/log/proof?index=0&size=1' },
      { method: 'GET', path: '/v1/log/consistency?from=0&to=1' },
      { method: 'GET', path: '/v1/log/reports' },
      { method: 'GET', path: '/v1/key' },
      { method: 'GET', path: '/v1/sites' },
      { method: 'GET', path: '/v1/me' },
      { method: 'GET', path: '/v1/members' },
      { method: 'PUT', path: `/v1/members/${member}`, body: { role: 'annotator' } },
      { method: 'GET', path: '/v1/devices' },
      { method: 'DELETE', path: `/v1/devices/${device}` },
      {
        method: 'POST',
        path: '/v1/invitations',
        body: { email: 'nosy@other.example', role: 'admin' },
      },
      { method: 'GET', path: `/v1/register?q=${SECRET}&customer=${customer.envelope.record}` },
      { method: 'GET', path: '/v1/register?limit=500&kind=expectation,note' },
      { method: 'GET', path: '/v1/facets' },
      { method: 'GET', path: '/v1/export.csv?bom=0' },
      { method: 'GET', path: `/v1/records/expectation/${written.envelope.record}` },
      { method: 'GET', path: `/v1/story?unit=customer&subject=${customer.envelope.record}` },
      { method: 'GET', path: `/v1/story/words?unit=customer&subject=x&q=${SECRET}` },
      { method: 'GET', path: '/v1/insight' },
      { method: 'GET', path: `/v1/reviews?customer=${customer.envelope.record}` },
      {
        method: 'POST',
        path: '/v1/reviews/start',
        body: { audit: written.envelope.record, subject: customer.envelope.record },
      },
      { method: 'GET', path: '/v1/inquiries?state=all' },
      { method: 'GET', path: '/v1/improvements?state=all' },
      { method: 'GET', path: '/v1/exports' },
      { method: 'GET', path: `/v1/draws/${written.envelope.record}` },
      { method: 'GET', path: `/v1/log/records/expectation/${written.envelope.record}` },
      { method: 'GET', path: '/v1/settings' },
      { method: 'PUT', path: '/v1/settings/neverLog', body: { lines: ['acme.example'], seen: '' } },
      { method: 'POST', path: '/v1/import', body: { csv: 'name\nNobody', kind: 'customer' } },
      {
        method: 'POST',
        path: '/v1/import/preview',
        body: { csv: 'name\nNobody', kind: 'customer' },
      },
      { method: 'GET', path: '/v1/erasures' },
      { method: 'GET', path: `/v1/erasures/people?q=${SECRET}` },
      { method: 'GET', path: `/v1/erasures/proposal?kind=customer&id=${customer.envelope.record}` },
      {
        method: 'POST',
        path: '/v1/erasures',
        body: { targets: [{ kind: 'customer', id: customer.envelope.record }], reason: 'x' },
      },
      { method: 'GET', path: '/v1/retention' },
      { method: 'PUT', path: '/v1/retention', body: { days: { note: 1 }, holds: [], seen: '' } },
      { method: 'GET', path: '/auth/get-session' },
      {
        method: 'POST',
        path: '/auth/change-password',
        body: { currentPassword: 'sample words 1', newPassword: 'sample words 2' },
      },
      { method: 'POST', path: '/auth/revoke-other-sessions', body: {} },
      { method: 'GET', path: '/auth/list-sessions' },
      {
        method: 'POST',
        path: '/setup',
        body: {
          token,
          workspace: 'Mine',
          name: 'x',
          email: 'x@x.example',
          password: 'long enough words',
        },
        form: true,
      },
      {
        method: 'POST',
        path: '/join',
        body: {
          invitation: `${workspace}.${'A'.repeat(43)}`,
          name: 'x',
          email: 'x@x.example',
          password: 'long enough words',
        },
        form: true,
      },
      {
        method: 'POST',
        path: '/connect',
        body: { user_code: 'ABCDEFGH', decision: 'allow' },
        form: true,
      },
      { method: 'GET', path: '/connect?user_code=ABCDEFGH' },
      { method: 'GET', path: `/join?invitation=${workspace}.${'A'.repeat(43)}` },
      { method: 'GET', path: '/sign-in?next=//elsewhere.example' },
    ],
    askers: {
      nobody: {},
      revoked: bearer(gone.who.token),
      'of another workspace': bearer(nosy.who.token),
      'with their own secret under our name': bearer(
        `${workspace}.${nosy.who.token.split('.')[1]}`,
      ),
      'with our secret under their name': bearer(`${nosy.who.workspace}.${token.split('.')[1]}`),
      'with half a token': bearer(token.slice(0, -1)),
      'with a hash': bearer(hash),
      'with a made-up cookie': { Cookie: `unsaid.session_token=${token}.${hash}` },
    },
    secrets: [
      SECRET,
      written.envelope.id,
      customer.envelope.id,
      'ada@unsaid.example',
      'Ada Sample',
      victim.who.epoch,
    ],
  };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** Values that fit nowhere. Text that is odd and fits is another test's. */
const unfit = fc.oneof(
  fc.constantFrom<unknown>(
    -1,
    1.5,
    2 ** 53,
    1e308,
    true,
    '',
    '\u0000',
    '\ud800',
    '\udfff x',
    '../../etc/passwd',
    "'; DROP TABLE log_leaf; --",
    '<script>1</script>',
    { toString: 1, valueOf: 1, length: -1 },
    { constructor: { prototype: { polluted: true } } },
    JSON.parse('{"__proto__":{"polluted":true},"id":"x"}'),
  ),
  fc.constantFrom(50, 3_000).map((depth) => `@@deep${depth}`),
  fc.constantFrom(200, 70_000).map((length) => 'x'.repeat(length)),
  fc.uuid(),
);

type Attack = {
  target: number;
  asker: number;
  /** Which leaf of the body is replaced, and by what. */
  leaf: number;
  value: unknown;
  also:
    | 'nothing'
    | 'cut'
    | 'added'
    | 'gzip'
    | 'gzip-cut'
    | 'gzip-noise'
    | 'gzip-bomb'
    | 'encoding'
    | 'no-type'
    | 'method'
    | 'query'
    | 'path';
  noise: string;
};

const attack: fc.Arbitrary<Attack> = fc.record({
  target: fc.nat(),
  asker: fc.nat(),
  leaf: fc.nat(),
  value: unfit,
  also: fc.constantFrom<Attack['also'][]>(
    ...([
      'nothing',
      'nothing',
      'cut',
      'added',
      'gzip',
      'gzip-cut',
      'gzip-noise',
      'gzip-bomb',
      'encoding',
      'no-type',
      'method',
      'query',
      'path',
    ] as const),
  ) as fc.Arbitrary<Attack['also']>,
  noise: fc.string({ unit: 'binary', maxLength: 40 }),
});

/** Every place of a value, as a path of names. */
function places(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...at, name]))];
}

function replaced(value: unknown, at: string[], by: unknown): unknown {
  const [name, ...rest] = at;
  if (name === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as {
    [key: string]: unknown;
  };
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

const BOMB = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));

function requestOf(
  { targets, askers }: World,
  one: Attack,
): { path: string; sent: string; init: RequestInit } {
  const target = targets[one.target % targets.length] as Target;
  const names = Object.keys(askers);
  const headers: Record<string, string> = {
    ...askers[names[one.asker % names.length] as string],
    // Another address each time: else the limits answer instead of what is tried here.
    'X-Forwarded-For': [...randomBytes(4)].join('.'),
    'Sec-Fetch-Site': 'same-origin',
    Origin: 'http://127.0.0.1',
  };
  let { method, path } = target;
  let body: string | Buffer | undefined;
  if (target.body !== undefined) {
    const all = places(target.body);
    const changed = replaced(target.body, all[one.leaf % all.length] ?? [], one.value);
    if (target.form) {
      headers['Content-Type'] = 'application/x-www-form-urlencoded';
      const fields = Object.entries(typeof changed === 'object' ? (changed ?? {}) : { changed });
      body = fields
        .map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`)
        .join('&');
    } else {
      headers['Content-Type'] = 'application/json';
      body = JSON.stringify(changed).replace(
        /"@@deep(\d+)"/,
        (_, depth) => '['.repeat(Number(depth)) + ']'.repeat(Number(depth)),
      );
    }
  }
  const bytes = Buffer.from(body ?? '');
  switch (one.also) {
    case 'cut':
      body = bytes.subarray(0, bytes.length / 2);
      break;
    case 'added':
      body = Buffer.concat([bytes, Buffer.from(one.noise)]);
      break;
    case 'gzip':
    case 'gzip-cut':
    case 'gzip-noise':
    case 'gzip-bomb': {
      headers['Content-Encoding'] = 'gzip';
      const packed = one.also === 'gzip-bomb' ? BOMB : gzipSync(bytes);
      if (one.also === 'gzip-noise') packed[packed.length >> 1] = 0xff;
      body = one.also === 'gzip-cut' ? packed.subarray(0, packed.length - 5) : packed;
      break;
    }
    case 'encoding':
      headers['Content-Encoding'] = 'br, gzip';
      break;
    case 'no-type':
      headers['Content-Type'] = 'text/plain';
      break;
    case 'method':
      method = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'][one.leaf % 6] as string;
      break;
    case 'query':
      path += `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(wellFormed(one.value))}&limit=1e9&${encodeURIComponent(one.noise.toWellFormed())}=%00%ff`;
      break;
    case 'path':
      path = path.replace(
        /[^/?]+(?=\?|$)/,
        encodeURIComponent(wellFormed(one.value)).slice(0, 4_000) || '%',
      );
      break;
  }
  const withBody = method !== 'GET' && body !== undefined;
  return {
    path,
    /** What comes back as it was sent tells nothing: also where it was packed. */
    sent: path + bytes.toString('latin1'),
    init: {
      method,
      headers,
      redirect: 'manual',
      ...(withBody ? { body: new Uint8Array(Buffer.from(body ?? '')) } : {}),
    },
  };
}

function wellFormed(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.toWellFormed();
}

/**
 * What everybody together has stored, table by table. Codes to connect with are for anybody, and that
 * `other` exported what is their own is written down in their own log.
 */
async function stored(database: string, other: string): Promise<Record<string, string>> {
  return withClient(database, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname <> 'deviceCode' ORDER BY 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      // When a device was last seen may change.
      const { rows } = await client.query<{ sum: string }>(
        `SELECT md5(coalesce(string_agg(j::text, ' ' ORDER BY j::text), '')) AS sum
         FROM (SELECT to_jsonb(t) - 'last_seen_at' - 'cursor' AS j FROM "${name}" t) AS rows
         WHERE (CASE WHEN $1::text = 'workspace' THEN j->>'id' ELSE j->>'workspace_id' END)
                 IS DISTINCT FROM $2
           OR NOT ($1::text = 'workspace' OR coalesce(j->>'kind', '') IN ('export', 'console'))`,
        [name, other],
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

describe('hostile requests', () => {
  test(
    'SPEC 13.7 nothing breaks, nothing is stored, nothing of another workspace is told',
    async () => {
      const given = await world();
      const before = await stored(given.server.database, given.other);
      const statuses = new Map<number, number>();
      const requests = LONG ? 100_000 : 5_000;
      await fc.assert(
        fc.asyncProperty(
          fc.array(attack, { minLength: AT_ONCE, maxLength: AT_ONCE }),
          async (all) => {
            await Promise.all(
              all.map(async (one) => {
                const { path, sent, init } = requestOf(given, one);
                const response = await fetch(given.server.url + path, {
                  ...init,
                  signal: AbortSignal.timeout(60_000),
                });
                const answer = Buffer.from(await response.arrayBuffer()).toString('latin1');
                const said = answer + JSON.stringify([...response.headers]);
                statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
                const what = `${init.method} ${path.slice(0, 200)}: ${response.status} ${answer.slice(0, 200)}`;
                expect(response.status, what).toBeLessThan(500);
                // What was sent may come back: its own words, not the workspace's.
                for (const secret of given.secrets) {
                  if (!sent.includes(secret)) expect(said.includes(secret), what).toBe(false);
                }
              }),
            );
          },
        ),
        { numRuns: requests / AT_ONCE, ...(LONG ? {} : { seed: 20_261 }), endOnFailure: true },
      );
      expect(await stored(given.server.database, given.other)).toEqual(before);
      // The tries got somewhere: they were judged by the routes, not by the limits alone.
      expect(statuses.get(401)).toBeGreaterThan(requests / 10);
      expect(
        (statuses.get(200) ?? 0) + (statuses.get(400) ?? 0) + (statuses.get(403) ?? 0),
      ).toBeGreaterThan(requests / 10);
      expect(statuses.get(429) ?? 0).toBeLessThan(requests / 4);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
    LONG ? 3_600_000 : 180_000,
  );

  test('SPEC 1.1 text that no store can hold breaks nothing, wherever it stands', async () => {
    const server = await serverOn(await postgres.database(), undefined, { trustProxy: true });
    const admin = await setUp(server);
    const who = await connect(server, admin);
    const device = new Device(server.url, who);
    const info = { id: freshId(), name: 'Sample browser' };
    const change = device.change('note', { text: 'x', label: 'praise' });
    const requests: [method: string, path: string, body: object][] = [
      ['POST', '/v1/device/code', { client_id: 'unsaid-extension', device: info }],
      ['POST', '/v1/device/token', { device_code: 'x', device: info }],
      ['POST', '/v1/device/renew', { device: info }],
      ['POST', '/v1/sync', { v: 1, epoch: null, cursor: 0, limit: 1, push: [change] }],
      ['POST', '/v1/log/report', { found: 'fork', pinned: 'x', told: 'y', seq: 1 }],
      ['PUT', '/v1/following', { mode: 'chosen', customers: [freshId()] }],
      ['POST', '/v1/invitations', { email: 'x@other.example', role: 'annotator' }],
      ['PUT', '/v1/settings/neverLog', { lines: ['acme.example'], seen: '' }],
      ['POST', '/v1/import', { csv: 'name,x\n"A",b', kind: 'customer', mapping: { name: 'name' } }],
      ['POST', '/v1/erasures', { targets: [{ kind: 'note', id: freshId() }], reason: 'x' }],
      ['PUT', '/v1/retention', { days: { note: 10 }, holds: [freshId()], seen: '' }],
      ['PUT', `/v1/members/${who.member}`, { role: 'admin', active: true }],
    ];
    const texts = ['\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '\ufeff', '\u202e\u0007'];
    const tried = requests.flatMap(([method, path, body]) =>
      places(body)
        .filter((at) => typeof at.reduce<unknown>(within, body) === 'string')
        .flatMap((at) => texts.map((odd) => ({ method, path, body: replaced(body, at, odd) }))),
    );
    for (const odd of ['%00', 'a%00b', '%ED%A0%80', '%E0%A4%A', '%', '%FF', '%2e%2e%2f']) {
      for (const path of [
        `/v1/register?q=${odd}`,
        `/v1/register?customer=${odd}`,
        `/v1/register?cursor=${odd}`,
        `/v1/export.csv?q=${odd}`,
        `/v1/records/note/${odd}`,
        `/v1/records/${odd}/${freshId()}`,
        `/v1/log/tile/0/${odd}`,
        `/v1/log/proof?index=${odd}&size=1`,
        `/v1/erasures/people?q=${odd}`,
        `/v1/erasures/proposal?kind=address&id=${odd}`,
        `/v1/settings/${odd}`,
        `/v1/devices/${odd}`,
        `/join?invitation=${odd}`,
        `/setup?token=${odd}`,
        `/connect?user_code=${odd}`,
        `/sign-in?next=${odd}`,
        `/practice/${odd}`,
        `/pages/${odd}`,
        `/${odd}`,
      ]) {
        tried.push({ method: 'GET', path, body: undefined });
      }
    }
    expect(tried.length).toBeGreaterThan(200);
    const broken: string[] = [];
    for (const { method, path, body } of tried) {
      const response = await fetch(server.url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...bearer(who.token),
          'Content-Type': 'application/json',
          'X-Forwarded-For': [...randomBytes(4)].join('.'),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await response.arrayBuffer();
      if (response.status >= 500) broken.push(`${method} ${path} ${JSON.stringify(body)}`);
    }
    expect(broken).toEqual([]);
  }, 180_000);
});

const within = (value: unknown, name: string) => (value as { [key: string]: unknown })[name];
