// Changes that cannot be taken as they are: stored all the same, said in words, in nobody's way.
import { describe, expect, test } from 'vitest';
import { bodyHash, envelopeHash, type PulledChange } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { freshId } from '../../src/server/ids.ts';
import { besidesMembers, Device } from './device.ts';
import { one, two } from './pair.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

const ids = (changes: PulledChange[]) => changes.map(({ leaf }) => leaf.id);

describe('a change that needs attention does not hold up the others', () => {
  const cases: [string, (device: Device) => unknown, string][] = [
    [
      'contents that do not match their hash',
      (d) => ({ ...d.change('note', { text: 'x' }), body: { text: 'y' } }),
      'do not match their hash',
    ],
    ['a field of the wrong type', (d) => d.change('note', { text: 7 }), 'note.text'],
    ['text over the limit', (d) => d.change('note', { text: 'x'.repeat(250_000) }), 'note.text'],
    [
      'a body over 1 MB',
      (d) => d.change('note', { extra: 'x'.repeat(1_100_000) }),
      'larger than 1 MB',
    ],
    [
      'a body that is a list',
      (d) => ({ ...d.change('note', { text: 'x' }), body: [1] }),
      'no object',
    ],
    [
      'a body that is null',
      (d) => ({ ...d.change('note', { text: 'x' }), body: null }),
      'no object',
    ],
    ['a salt that is none', (d) => ({ ...d.change('note', { text: 'x' }), salt: 'x' }), 'salt'],
  ];
  test.each(cases)('%s', async (_, make, reason) => {
    const { device } = await one(postgres);
    const good = device.change('note', { text: 'good' });
    const bad = make(device) as { envelope: { id: string } };
    const after = device.change('note', { text: 'after' });
    const results = await device.push(good, bad, after);
    expect(results.map(({ result }) => result)).toEqual([
      'accepted',
      'needs-attention',
      'accepted',
    ]);
    expect(results[1]?.reason).toContain(reason);
    // Stored all the same: it is a leaf, and pushing it again says the same.
    expect((await device.push(bad))[0]).toEqual(results[1]);
    device.cursor = 0;
    const pulled = await device.pullAll();
    expect(ids(pulled)).toContain(bad.envelope.id);
    expect(pulled.find(({ leaf }) => leaf.id === bad.envelope.id)?.problem).toContain(reason);
  });

  test('NUL and lone surrogates are stored and not folded', async () => {
    const { server, device } = await one(postgres);
    // A device that does not normalise: the hash is over the raw text.
    for (const text of ['a\u0000b', 'a\ud800b']) {
      const made = device.change('note', { text: 'placeholder' });
      const raw = { ...made, body: { text } };
      const hash = text.isWellFormed()
        ? bodyHash(nodeHasher, raw.salt, raw.body)
        : made.envelope.bodyHash;
      const envelope = { ...raw.envelope, bodyHash: hash };
      device.chain = { ...device.chain, prevHash: envelopeHash(nodeHasher, envelope) };
      const [result] = await device.push({ ...raw, envelope });
      expect(result?.result).toBe('needs-attention');
    }
    await withClient(server.database, async (client) => {
      expect((await client.query('SELECT * FROM log_leaf')).rowCount).toBe(2);
      expect((await client.query('SELECT * FROM record')).rowCount).toBe(0);
    });
  });

  test('a body nested thousands of levels deep', async () => {
    const { device } = await one(postgres);
    const made = device.change('note', { text: 'x' });
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const body = `{"v":1,"epoch":null,"cursor":0,"limit":10,"push":[${JSON.stringify({ ...made, body: 0 }).replace('"body":0', `"body":${deep}`)}]}`;
    const answer = await post(device.url, '/v1/sync', body, device.who.token);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.json)).toContain('nested too deeply');
  });

  test('another device, member or workspace in the envelope', async () => {
    const { device } = await one(postgres);
    for (const field of ['device', 'author', 'workspace']) {
      const change = device.change('note', { text: 'x' });
      const forged = { ...change, envelope: { ...change.envelope, [field]: freshId() } };
      const [result] = await device.push(forged);
      expect(result?.result).toBe('needs-attention');
    }
    expect(await device.pullAll()).toEqual([]);
  });

  test('half characters, NUL or nothing where the envelope or body should be', async () => {
    const { device } = await one(postgres);
    for (const text of ['\u0000', '\ud800']) {
      const change = device.change('note', { text: 'x' });
      for (const part of [{ kind: `note${text}` }, { base: { [`a${text}`]: freshId() } }]) {
        const [result] = await device.push({
          ...change,
          envelope: { ...change.envelope, ...part },
        });
        expect(result?.reason).toBe('Its envelope is not well-formed.');
      }
      const [salted] = await device.push({ ...change, salt: text });
      expect(salted?.reason).toContain('salt');
    }
    const { envelope } = device.change('note', { text: 'x' });
    expect((await device.push({ envelope }))[0]?.reason).toContain('is missing');
  });

  test('an envelope of a newer version', async () => {
    const { device } = await one(postgres);
    const change = device.change('note', { text: 'x' });
    const [result] = await device.push({ ...change, envelope: { ...change.envelope, v: 2 } });
    expect(result?.reason).toContain('newer version');
  });

  test('4.4 what a copy of the profile wrote goes out again under another name', async () => {
    const { server, device } = await one(postgres);
    const backup = device.chain;
    const [first] = await device.push(device.change('note', { text: 'one history' }));
    device.chain = backup; // the browser profile was restored from a copy
    const others = [
      device.change('note', { text: 'another history' }),
      device.change('note', { text: 'what came after' }),
    ];
    expect(first?.result).toBe('accepted');
    for (const _ of ['now', 'again']) {
      const results = await device.push(...others);
      expect(results.map(({ result }) => result)).toEqual(['number-taken', 'number-taken']);
      expect(results[0]?.reason).toContain('Number 0');
    }
    // One whose number is free, but which does not come after what is there.
    const [late] = await device.push(others[1]);
    expect(late?.result).toBe('number-taken');
    await withClient(server.database, async (client) => {
      expect((await client.query('SELECT * FROM log_leaf')).rowCount).toBe(1);
    });
  });

  test('4.4 what two copies of a profile both sealed is settled in one answer', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    const [one, other] = [
      new Device(server.url, await connect(server, admin)),
      new Device(server.url, await connect(server, admin)),
    ];
    const waiting = ['one', 'two', 'three'].map((text) => one.change('note', { text }));
    const anew = waiting.map(({ envelope: { id, record }, body }) =>
      other.change('note', body, record, Date.now(), id),
    );
    const own = other.change('note', { text: 'of this copy alone' });
    await one.push(...waiting);
    const results = await other.push(...anew, own);
    expect(results).toMatchObject([
      { result: 'duplicate', elsewhere: true },
      { result: 'duplicate', elsewhere: true },
      { result: 'duplicate', elsewhere: true },
      { result: 'number-taken' },
    ]);
    expect(results[3]).not.toHaveProperty('elsewhere');
    // What a device itself has sent before ends no chain.
    for (const said of await one.push(...waiting)) {
      expect(said).toMatchObject({ result: 'duplicate' });
      expect(said).not.toHaveProperty('elsewhere');
    }
    one.cursor = 0;
    expect(ids(besidesMembers(await one.pullAll()))).toEqual(waiting.map((one) => one.envelope.id));
  });

  test('an id used twice for different contents keeps both', async () => {
    const { device } = await one(postgres);
    const first = device.change('note', { text: 'one' });
    const second = device.change('note', { text: 'two' });
    await device.push(first);
    const clash = { ...second, envelope: { ...second.envelope, id: first.envelope.id } };
    expect((await device.push(clash))[0]?.reason).toContain('Both are kept');
  });

  test('a kind of a newer version is accepted and relayed', async () => {
    const { mira, tom } = await two(postgres);
    await tom.pullAll();
    const change = mira.change('hologram', { text: 'from the future' });
    expect((await mira.push(change))[0]?.result).toBe('accepted');
    const pulled = await tom.pullAll();
    expect(pulled.map(({ body }) => body)).toEqual([{ text: 'from the future' }]);
  });
});
