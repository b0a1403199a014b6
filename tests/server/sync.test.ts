import { describe, expect, test } from 'vitest';
import { fieldsOf, fold, type Ranked } from '../../src/domain/index.ts';
import { type PulledChange, syncResponse, timestampOf } from '../../src/ledger/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { besidesMembers, Device } from './device.ts';
import { one, two } from './pair.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { ADA, connect, post, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

const ids = (changes: PulledChange[]) => changes.map(({ leaf }) => leaf.id);

describe('pushing', () => {
  test('a change is accepted once, and then a duplicate with the rank it was given', async () => {
    const { device } = await one(postgres);
    const note = device.change('note', { text: 'They take it for granted.' });
    const [first] = await device.push(note);
    expect(first?.result).toBe('accepted');
    expect(first?.rank).toBe(note.envelope.at);
    const [again] = await device.push(note);
    expect(again).toEqual({ id: note.envelope.id, result: 'duplicate', rank: first?.rank });
  });

  test('the same batch sent many times at once is stored once', async () => {
    const { device } = await one(postgres);
    const notes = Array.from({ length: 20 }, (_, n) =>
      device.change('note', { text: `note ${n}` }),
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => device.request(notes)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const results = answers.flatMap(({ json }) => json.results as { result: string }[]);
    expect(results.filter(({ result }) => result === 'accepted')).toHaveLength(20);
    expect(await device.pullAll()).toHaveLength(20);
  });

  test('leaves are numbered from 0 without gaps, whoever writes at the same time', async () => {
    const server = await serverOn(await postgres.database());
    const devices = await Promise.all(
      [1, 2, 3, 4].map(async () => new Device(server.url, await connect(server, null))),
    );
    await Promise.all(
      devices.map(async (device) => {
        for (let round = 0; round < 5; round++) {
          await device.push(
            ...Array.from({ length: 7 }, (_, n) =>
              device.change('note', { text: `${round}.${n}` }),
            ),
          );
        }
      }),
    );
    const reader = new Device(server.url, await connect(server, null));
    const seqs = (await reader.pullAll()).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 4 * 5 * 7 }, (_, n) => n));
  });

  test('a clock a year ahead gets the time of arrival, and keeps its own order', async () => {
    const { device } = await one(postgres);
    const ahead = Date.now() + 365 * 86_400_000;
    const record = freshId();
    const before = timestampOf({ ms: Date.now() - 1, counter: 0 });
    const first = device.change('note', { text: 'first' }, record, ahead);
    const second = device.change('note', { text: 'second' }, record, ahead);
    const results = await device.push(first, second);
    const third = await device.push(device.change('note', { text: 'third' }, record, ahead));
    const ranks = [...results, ...third].map(({ rank }) => rank ?? '');
    expect(ranks.toSorted()).toEqual(ranks);
    expect(new Set(ranks).size).toBe(3);
    expect(ranks[0] && ranks[0] > before).toBe(true);
    expect(ranks[2] && ranks[2] < timestampOf({ ms: Date.now() + 1, counter: 0 })).toBe(true);
  });

  test('an answer is what the protocol says, to the field', async () => {
    const { device } = await one(postgres);
    const answer = await device.request([device.change('note', { text: 'x' })]);
    expect(syncResponse.safeParse(answer.json).success).toBe(true);
  });
});

describe('pulling', () => {
  test('gives own and others’ changes with their ranks, page by page, once', async () => {
    const { mira, tom } = await two(postgres);
    const introduced = ids(await tom.pullAll());
    await mira.push(...Array.from({ length: 25 }, (_, n) => mira.change('note', { text: `${n}` })));
    const pages: number[] = [];
    const seen: string[] = [];
    for (;;) {
      const page = await tom.sync([], 10);
      pages.push(page.changes.length);
      seen.push(...ids(page.changes));
      if (!page.more) break;
    }
    expect(pages).toEqual([10, 10, 5]);
    expect(new Set(seen).size).toBe(25);
    mira.cursor = 0;
    expect(ids(await mira.pullAll())).toEqual([...introduced, ...seen]);
  });

  test('long texts come in smaller pages, one page at least a change', async () => {
    const { mira, tom } = await two(postgres);
    const introduced = await tom.pullAll();
    for (let round = 0; round < 5; round++) {
      const notes = Array.from({ length: 20 }, (_, n) =>
        mira.change('note', { text: `${round}.${n} ${'x'.repeat(199_000)}` }),
      );
      await mira.push(...notes);
    }
    const first = await tom.sync();
    expect(first.more).toBe(true);
    expect(first.changes.length).toBeLessThan(45);
    expect([...ids(first.changes), ...ids(await tom.pullAll())]).toHaveLength(100);
    tom.cursor = 0;
    expect(new Set(ids(await tom.pullAll(1))).size).toBe(introduced.length + 100);
  });

  test('the server’s records are what a device folds from what it pulled', async () => {
    const { server, mira, tom } = await two(postgres);
    const records = [freshId(), freshId(), freshId()];
    for (let round = 0; round < 12; round++) {
      const device = round % 2 === 0 ? mira : tom;
      const skew = (round % 3) * 60_000 - 60_000;
      const record = records[round % records.length];
      const body = { text: `round ${round}`, label: round % 4 === 0 ? null : ('risk' as const) };
      await device.push(device.change('note', body, record, Date.now() + skew));
    }
    const reader = new Device(server.url, mira.who);
    const changes: Ranked[] = (await reader.pullAll()).map(({ leaf, body }) => ({
      ...leaf,
      body: body as Ranked['body'],
    }));
    const folded = [...fold(changes).values()].map((state) => [state.id, fieldsOf(state)]);
    await withClient(server.database, async (client) => {
      const { rows } = await client.query('SELECT id, fields FROM record');
      expect(new Map(rows.map((row) => [row.id, row.fields]))).toEqual(new Map(folded as never));
    });
  });

  test('records for managers reach their author and managers only', async () => {
    const { server, mira, tom } = await two(postgres);
    await tom.push(tom.change('note', { text: 'mine', visibility: 'managers' }));
    await mira.push(mira.change('note', { text: 'hers', visibility: 'managers' }));
    await mira.push(mira.change('note', { text: 'all' }));
    tom.cursor = 0;
    mira.cursor = 0;
    const texts = async (device: Device) =>
      besidesMembers(await device.pullAll()).map(({ body }) => body?.text);
    expect(await texts(tom)).toEqual(['mine', 'all']);
    expect(await texts(mira)).toEqual(['mine', 'hers', 'all']);
    await server.close();
  });

  test('a record opened to all later arrives whole, though the cursor has passed it', async () => {
    const { mira, tom } = await two(postgres);
    await tom.pullAll();
    const note = mira.change('note', { text: 'not yet', visibility: 'managers' });
    await mira.push(note);
    await mira.push(mira.change('note', { label: 'risk' }, note.envelope.record));
    await mira.push(mira.change('note', { text: 'other' }));
    expect((await tom.pullAll()).map(({ body }) => body)).toEqual([{ text: 'other' }]);

    await mira.push(mira.change('note', { visibility: 'workspace' }, note.envelope.record));
    expect((await tom.pullAll()).map(({ body }) => body)).toEqual([
      { text: 'not yet', visibility: 'managers' },
      { label: 'risk' },
      { visibility: 'workspace' },
    ]);
    expect(await tom.pullAll()).toEqual([]);
  });

  test('12.4 a record for managers turns out to be the member’s, whose clock is behind', async () => {
    const { mira, tom } = await two(postgres);
    const note = mira.change('note', { text: 'seen early', visibility: 'managers' });
    await mira.push(note);
    expect(besidesMembers(await tom.pullAll())).toEqual([]);
    const yearAgo = Date.now() - 365 * 86_400_000;
    const behind = new Device(tom.url, tom.who);
    behind.chain = tom.chain;
    await behind.push(behind.change('note', { remark: 'first' }, note.envelope.record, yearAgo));
    expect(besidesMembers(await tom.pullAll()).map(({ body }) => body)).toEqual([
      { text: 'seen early', visibility: 'managers' },
      { remark: 'first' },
    ]);
  });

  test('who set up and who joins is introduced to every device, by name and role', async () => {
    const server = await serverOn(await postgres.database());
    const early = new Device(server.url, await connect(server, null));
    expect(await early.pullAll()).toEqual([]);
    const introduced = async (device: Device) =>
      (await device.pullAll()).map(({ leaf: { kind, record, author }, body }) => ({
        kind,
        record,
        author,
        body,
      }));

    const admin = await setUp(server);
    const ada = {
      kind: 'member',
      record: early.who.member,
      author: early.who.member,
      body: { name: ADA.name, role: 'admin' },
    };
    expect(await introduced(early)).toEqual([ada]);

    const joined = await connect(server, await join(server, admin, 'tom'));
    const tom = {
      kind: 'member',
      record: joined.member,
      author: joined.member,
      body: { name: 'tom', role: 'annotator' },
    };
    expect(await introduced(early)).toEqual([tom]);
    expect(await introduced(new Device(server.url, joined))).toEqual([ada, tom]);
  });

  test('a device of another epoch gets everything from the start', async () => {
    const { device } = await one(postgres);
    await device.push(device.change('note', { text: 'kept' }));
    device.epoch = freshId();
    const answer = await device.sync();
    expect(answer.changes).toHaveLength(1);
    expect(answer.epoch).toBe(device.who.epoch);
  });

  test('everything is there after a restart', async () => {
    const database = await postgres.database();
    const first = await serverOn(database);
    const device = new Device(first.url, await connect(first, null));
    const note = device.change('note', { text: 'kept' });
    await device.push(note);
    await first.close();
    const second = await serverOn(database);
    const again = new Device(second.url, device.who);
    expect(await again.push(note)).toMatchObject([{ result: 'duplicate' }]);
    again.cursor = 0;
    expect((await again.pullAll()).map(({ body }) => body)).toEqual([{ text: 'kept' }]);
  });
});

describe('what is refused as a whole is refused in words', () => {
  test.each([
    ['half a JSON', '{"v":1,"pu', 400],
    ['no object', '[]', 400],
    ['a future version', '{"v":2,"epoch":null,"cursor":0,"push":[],"limit":1}', 400],
    ['a negative cursor', '{"v":1,"epoch":null,"cursor":-1,"push":[],"limit":1}', 400],
    ['a nameless change', '{"v":1,"epoch":null,"cursor":0,"push":[{}],"limit":1}', 400],
    [
      'too many changes',
      `{"v":1,"epoch":null,"cursor":0,"push":[${Array(501).fill('{}')}],"limit":1}`,
      400,
    ],
    ['too many bytes', `"${'x'.repeat(34_000_000)}"`, 413],
  ])('%s', async (_, body, status) => {
    const { device } = await one(postgres);
    const answer = await post(device.url, '/v1/sync', body, device.who.token);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toEqual(expect.any(String));
    expect(answer.json.message).toEqual(expect.any(String));
  });

  test('no token, a wrong one, a session’s cookie', async () => {
    const { server } = await one(postgres);
    const body = { v: 1, epoch: null, cursor: 0, push: [], limit: 1 };
    expect((await post(server.url, '/v1/sync', body)).status).toBe(401);
    expect((await post(server.url, '/v1/sync', body, 'x'.repeat(43))).status).toBe(401);
    const admin = await setUp(server);
    expect((await admin.call('POST', '/v1/sync', body)).status).toBe(401);
  });

  test('any origin may ask, without cookies', async () => {
    const { server } = await one(postgres);
    const answer = await fetch(`${server.url}/v1/sync`, {
      method: 'OPTIONS',
      headers: {
        origin: 'moz-extension://0f2a',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('pokes', () => {
  test('tell the size at once and after each commit, and end when the server stops', async () => {
    const { server, device } = await one(postgres);
    const stream = await fetch(`${server.url}/v1/pokes`, {
      headers: { authorization: `Bearer ${device.who.token}` },
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => (await reader?.read())?.value;
    expect(await next()).toBe('data: {"size":0}\n\n');
    await device.push(device.change('note', { text: 'a' }), device.change('note', { text: 'b' }));
    expect(await next()).toBe('data: {"size":2}\n\n');
    await server.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  test('are not told to strangers', async () => {
    const { server } = await one(postgres);
    expect((await fetch(`${server.url}/v1/pokes`)).status).toBe(401);
  });
});
