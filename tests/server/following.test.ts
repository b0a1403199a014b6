// SPEC 12: what a device gets.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import {
  backfillResponse,
  type Following,
  followingName,
  type PulledChange,
  type SyncResponse,
  syncResponse,
} from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { two } from './pair.ts';
import { join } from './people.ts';
import { usePostgres, withClient } from './postgres.ts';
import { connect, post, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

const texts = (changes: PulledChange[]) =>
  changes.filter(({ leaf }) => leaf.kind === 'note').map(({ body }) => body?.text);

async function ask(device: Device, method: 'GET' | 'PUT', body?: unknown) {
  const response = await fetch(`${device.url}/v1/following`, {
    method,
    headers: {
      authorization: `Bearer ${device.who.token}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Following };
}

const follow = (device: Device, ...customers: string[]) =>
  ask(device, 'PUT', { mode: 'chosen', customers });

async function backfilled(device: Device, customer: string, limit = 1_000) {
  const changes: PulledChange[] = [];
  for (let cursor = 0, pages = 1; ; pages++) {
    const request = { customer, cursor, limit };
    const { json } = await post(device.url, '/v1/backfill', request, device.who.token);
    const page = backfillResponse.parse(json);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return { changes, pages };
  }
}

/** Writes one change and says of which record. */
async function write(device: Device, kind: string, body: Body, record?: string): Promise<string> {
  const change = device.change(kind, body, record);
  const [result] = await device.push(change);
  if (result?.result !== 'accepted') throw new Error(`not accepted: ${result?.reason}`);
  return change.envelope.record;
}

describe('12.1 a pulled change tells what is wrong with it, and always has its body', () => {
  test('a body with a problem comes back to its author and to managers with both', async () => {
    const { mira, tom } = await two(postgres);
    await tom.push(tom.change('note', { text: 7 as never }));
    for (const device of [tom, mira]) {
      device.cursor = 0;
      const found = (await device.pullAll()).find(({ leaf }) => leaf.kind === 'note');
      expect(found?.body).toEqual({ text: 7 });
      expect(found?.salt).toMatch(/^[0-9a-f]{32}$/);
      expect(found?.problem).toContain('note.text');
    }
  });
});

describe('12.3 a member who chose gets', () => {
  test('their own, the chosen customers’, the workspace’s and what is addressed to them', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', { name: 'Acme' });
    const other = await write(mira, 'customer', { name: 'Other' });
    const mail = await write(mira, 'interaction', { subject: 'Acme’s', customer: acme });
    await write(mira, 'note', { text: 'of Acme', customer: acme });
    await write(mira, 'note', { text: 'in a mail of Acme', interaction: mail });
    await write(mira, 'note', { text: 'of Other', customer: other });
    await write(mira, 'note', { text: 'of nobody' });
    await write(mira, 'setting', { name: 'never-log', value: 'x@unsaid.example' });
    await write(mira, 'contact', { name: 'Lee', customer: other });
    await write(mira, 'commitment', { text: 'to do', customer: other, owner: tom.who.member });
    await write(tom, 'note', { text: 'Tom’s own', customer: other });
    await write(mira, 'later-kind', { customer: other });
    expect((await follow(tom, acme)).status).toBe(200);

    tom.cursor = 0;
    const got = await tom.pullAll();
    expect(texts(got)).toEqual(['of Acme', 'in a mail of Acme', 'Tom’s own']);
    const kinds = got.map(({ leaf }) => leaf.kind).filter((kind) => kind !== 'note');
    expect(kinds.toSorted()).toEqual(
      [
        ...['commitment', 'contact', 'customer', 'customer', 'interaction', 'later-kind'],
        ...['member', 'member', 'setting'],
      ].toSorted(),
    );
  });

  test('nothing less by default, and everything again on going back', async () => {
    const { mira, tom } = await two(postgres);
    expect((await ask(tom, 'GET')).json).toEqual({ mode: 'all', customers: [] });
    await write(mira, 'note', { text: 'of nobody' });
    expect(texts(await tom.pullAll())).toEqual(['of nobody']);
    await follow(tom);
    tom.cursor = 0;
    expect(texts(await tom.pullAll())).toEqual([]);
    await ask(tom, 'PUT', { mode: 'all', customers: [] });
    tom.cursor = 0;
    expect(texts(await tom.pullAll())).toEqual(['of nobody']);
  });

  test('no record for managers, though they follow its customer', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', { name: 'Acme' });
    await write(mira, 'note', { text: 'hers', customer: acme, visibility: 'managers' });
    await follow(tom, acme);
    tom.cursor = 0;
    expect(texts(await tom.pullAll())).toEqual([]);
    expect((await backfilled(tom, acme)).changes).toEqual([]);
  });

  test('whom one follows is told to oneself alone and is not in the log', async () => {
    const { server, mira, tom } = await two(postgres);
    const before = (await mira.pullAll()).length;
    const acme = freshId();
    await follow(tom, acme, acme);
    expect((await ask(tom, 'GET')).json).toEqual({ mode: 'chosen', customers: [acme] });
    expect((await ask(mira, 'GET')).json).toEqual({ mode: 'all', customers: [] });
    mira.cursor = 0;
    expect(await mira.pullAll()).toHaveLength(before);
    await withClient(server.database, async (client) => {
      const { rows } = await client.query(`SELECT seq FROM log_leaf WHERE leaf::text LIKE $1`, [
        `%${acme}%`,
      ]);
      expect(rows).toEqual([]);
    });
  });

  test.each([
    ['an unknown mode', { mode: 'some', customers: [] }],
    ['no ids', { mode: 'chosen', customers: ['acme'] }],
    ['too many', { mode: 'chosen', customers: Array(10_001).fill(freshId()) }],
  ])('refused in words: %s', async (_, body) => {
    const { tom } = await two(postgres);
    expect((await ask(tom, 'PUT', body)).status).toBe(400);
    expect((await ask(tom, 'GET')).json.mode).toBe('all');
  });
});

describe('12.4 what comes into view is brought whole', () => {
  test('a record moved to a followed customer', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', { name: 'Acme' });
    const note = await write(mira, 'note', { text: 'first' });
    await write(mira, 'note', { label: 'risk' }, note);
    await follow(tom, acme);
    await tom.pullAll();
    await write(mira, 'note', { customer: acme }, note);
    const bodies = (await tom.pullAll()).map(({ body }) => body);
    expect(bodies).toEqual([{ text: 'first' }, { label: 'risk' }, { customer: acme }]);
  });

  test('what was noticed in a mail that is moved', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', { name: 'Acme' });
    const mail = await write(mira, 'interaction', { subject: 'whose?' });
    await write(mira, 'note', { text: 'by its field', interaction: mail });
    const evidence = { [freshId()]: { quote: 'words', interaction: mail } };
    await write(mira, 'note', { text: 'by its evidence', evidence });
    await follow(tom, acme);
    expect(texts(await tom.pullAll())).toEqual([]);
    await write(mira, 'interaction', { customer: acme }, mail);
    expect(texts(await tom.pullAll())).toEqual(['by its field', 'by its evidence']);
  });

  test('the records of a customer that is found to be a followed one', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', {
      name: 'Acme',
      identifiers: { 'domain:acme.example': true },
    });
    const twin = await write(mira, 'customer', { name: 'ACME Ltd' });
    const hand = await write(mira, 'customer', { name: 'Acme South' });
    const mail = await write(mira, 'interaction', { subject: 'hello', customer: twin });
    await write(mira, 'note', { text: 'of the twin', customer: twin });
    await write(mira, 'note', { text: 'in the twin’s mail', interaction: mail });
    await write(mira, 'note', { text: 'of the southern one', customer: hand });
    await follow(tom, acme);
    expect(texts(await tom.pullAll())).toEqual([]);
    await write(mira, 'customer', { identifiers: { 'domain:acme.example': true } }, twin);
    expect(texts(await tom.pullAll())).toEqual(['of the twin', 'in the twin’s mail']);
    await write(mira, 'customer', { mergedInto: acme }, hand);
    expect(texts(await tom.pullAll())).toEqual(['of the southern one']);
    // Nothing is brought twice for a change that joins nobody.
    await write(mira, 'customer', { identifiers: { 'domain:south.acme.example': true } }, hand);
    expect(texts(await tom.pullAll())).toEqual([]);
    await write(mira, 'note', { text: 'later', customer: twin });
    expect(texts(await tom.pullAll())).toEqual(['later']);
  });

  test('what is addressed to the member later', async () => {
    const { mira, tom } = await two(postgres);
    await follow(tom);
    const promise = await write(mira, 'commitment', { text: 'a promise' });
    await tom.pullAll();
    await write(mira, 'commitment', { owner: tom.who.member }, promise);
    expect((await tom.pullAll()).map(({ body }) => body)).toEqual([
      { text: 'a promise' },
      { owner: tom.who.member },
    ]);
  });

  test('what a mention points the member to, whole, though its customer is not followed', async () => {
    const { mira, tom } = await two(postgres);
    const other = await write(mira, 'customer', { name: 'Other' });
    const note = await write(mira, 'note', { text: 'first', customer: other });
    await write(mira, 'note', { text: 'not meant', customer: other });
    await follow(tom);
    expect(texts(await tom.pullAll())).toEqual([]);
    await write(mira, 'note', { label: 'risk' }, note);
    const subject = { kind: 'note', id: note };
    const mention = await write(mira, 'mention', {
      ...{ member: tom.who.member, subject, text: '@Tom, look' },
    });
    const bodies = (await tom.pullAll()).map(({ leaf, body }) => [leaf.kind, body]);
    expect(bodies).toEqual([
      ['note', { text: 'first', customer: other }],
      ['note', { label: 'risk' }],
      ['mention', { member: tom.who.member, subject, text: '@Tom, look' }],
    ]);
    // From then on it is kept up to date, and a new device of his gets it from the start.
    await write(mira, 'note', { text: 'second' }, note);
    expect(texts(await tom.pullAll())).toEqual(['second']);
    const fresh = new Device(tom.url, tom.who);
    expect(texts(await fresh.pullAll())).toEqual(['first', undefined, 'second']);
    // Taken back, it points nobody anywhere.
    await write(mira, 'mention', { deleted: true }, mention);
    await write(mira, 'note', { text: 'third' }, note);
    expect(texts(await tom.pullAll())).toEqual([]);
    await write(mira, 'mention', { deleted: false }, mention);
    expect(texts(await tom.pullAll())).toContain('third');
  });

  test('not what a mention of somebody else points to, nor what is for managers', async () => {
    const { mira, tom } = await two(postgres);
    const other = await write(mira, 'customer', { name: 'Other' });
    const hers = await write(mira, 'note', { text: 'hers', customer: other });
    const secret = { text: 'for managers', customer: other, visibility: 'managers' };
    const hidden = await write(mira, 'note', secret);
    await follow(tom);
    await tom.pullAll();
    const me = mira.who.member;
    await write(mira, 'mention', { member: me, subject: { kind: 'note', id: hers } });
    const toTom = { member: tom.who.member, subject: { kind: 'note', id: hidden } };
    await write(mira, 'mention', toTom);
    expect((await tom.pullAll()).map(({ body }) => body)).toEqual([toTom]);
    tom.cursor = 0;
    expect(texts(await tom.pullAll())).toEqual([]);
  });

  test('whatever happens, a cursor that moved on has all that a fresh device gets', async () => {
    const { server, mira, tom } = await two(postgres);
    const fresh = new Device(server.url, tom.who);
    const [a, b, c] = [freshId(), freshId(), freshId()];
    const customers = [a, b, c];
    for (const id of customers) await write(mira, 'customer', { name: id }, id);
    await follow(tom, a);
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('mention'),
        which: fc.nat(2),
        body: fc.oneof(
          fc.record({ of: fc.nat(5) }),
          fc.record({ member: fc.constantFrom(tom.who.member, mira.who.member) }),
          fc.record({ deleted: fc.boolean() }),
        ),
      }),
      fc.record({
        kind: fc.constantFrom('note', 'interaction'),
        which: fc.nat(5),
        body: fc.oneof(
          fc.record({ customer: fc.constantFrom(a, b, c, null) }),
          fc.record({ visibility: fc.constantFrom('managers', 'workspace') }),
          fc.record({ text: fc.constantFrom('one', 'two') }),
          fc.record({ in: fc.nat(5) }),
        ),
      }),
      fc.record({
        kind: fc.constant('customer'),
        which: fc.nat(2),
        body: fc.oneof(
          fc.record({ mergedInto: fc.constantFrom(a, b, c, null) }),
          fc.record({ identifiers: fc.record({ 'domain:x.example': fc.boolean() }) }),
          fc.record({ deleted: fc.boolean() }),
        ),
      }),
      fc.constant('pull' as const),
    );
    const seen = new Set<string>();
    const pullOn = async () => {
      for (const { leaf } of await tom.pullAll(3)) seen.add(leaf.id);
    };
    await pullOn();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        const notes = Array.from({ length: 6 }, () => freshId());
        const mails = Array.from({ length: 6 }, () => freshId());
        const mentions = Array.from({ length: 3 }, () => freshId());
        for (const one of steps) {
          if (one === 'pull') {
            await pullOn();
            continue;
          }
          const { in: mail, of, ...rest } = one.body as Body & { in?: number; of?: number };
          const pools = { note: notes, interaction: mails, customer: customers, mention: mentions };
          const pool = pools[one.kind as keyof typeof pools];
          const subject = of === undefined ? null : { kind: 'note', id: notes[of] ?? '' };
          const body: Body =
            one.kind === 'note' && mail !== undefined ? { interaction: mails[mail] ?? null } : rest;
          await mira.push(
            mira.change(one.kind, subject === null ? body : { subject }, pool[one.which]),
          );
        }
        await pullOn();
        fresh.cursor = 0;
        const missing = (await fresh.pullAll()).filter(({ leaf }) => !seen.has(leaf.id));
        expect(missing).toEqual([]);
      }),
      { numRuns: 10, seed: 124 },
    );
  });
});

describe('12.5 a customer’s past comes page by page', () => {
  test('with a cursor of its own, merged customers with it, others not', async () => {
    const { mira, tom } = await two(postgres);
    const acme = await write(mira, 'customer', { name: 'Acme' });
    const twin = await write(mira, 'customer', { name: 'Acme South', mergedInto: acme });
    const other = await write(mira, 'customer', { name: 'Other' });
    const mail = await write(mira, 'interaction', { subject: 'theirs', customer: twin });
    const wanted: string[] = [];
    for (let n = 0; n < 12; n++) {
      const about = [{ customer: acme }, { customer: twin }, { interaction: mail }][n % 3];
      await write(mira, 'note', { text: `${n}`, ...about });
      await write(mira, 'note', { text: `not ${n}`, customer: other });
      wanted.push(`${n}`);
    }
    await follow(tom);
    await tom.pullAll();
    const cursor = tom.cursor;
    for (const id of [acme, twin]) {
      const { changes, pages } = await backfilled(tom, id, 5);
      expect(texts(changes)).toEqual(wanted);
      expect(pages).toBe(3);
    }
    await tom.sync();
    expect(tom.cursor).toBe(cursor);
    expect((await backfilled(tom, freshId())).changes).toEqual([]);
  });

  test('only devices ask for it', async () => {
    const { mira } = await two(postgres);
    const request = { customer: freshId(), cursor: 0, limit: 10 };
    expect((await post(mira.url, '/v1/backfill', request)).status).toBe(401);
    const bad = { ...request, cursor: -1 };
    expect((await post(mira.url, '/v1/backfill', bad, mira.who.token)).status).toBe(400);
  });
});

test('12.6 one answer looks at so many leaves only, and goes on from there', async () => {
  const { server, mira, tom } = await two(postgres);
  await follow(tom);
  await tom.pullAll();
  await write(mira, 'note', { text: 'a stranger’s' });
  await withClient(server.database, async (client) => {
    // Leaves as such, written past the server: only their number matters.
    await client.query(
      `INSERT INTO log_leaf SELECT workspace_id, seq + more, gen_random_uuid(), device, 1000 + more,
         author, kind, record, leaf, body, salt, folded, problem, reveals
       FROM log_leaf, generate_series(1, 25000) AS more WHERE kind = 'note'`,
    );
    await client.query('UPDATE workspace SET seq = (SELECT max(seq) + 1 FROM log_leaf)');
  });
  const first = await tom.sync();
  expect(first.changes).toEqual([]);
  expect(first.more).toBe(true);
  expect(await tom.pullAll()).toEqual([]);
  expect(tom.cursor).toBe(first.cursor + 15_001);
});

describe('12.7 a sync tells a device what its member chose, where it goes by something else', () => {
  const ALL: Following = { mode: 'all', customers: [] };
  const chosen = (...customers: string[]): Following => ({ mode: 'chosen', customers });
  const nameOf = (choice: Following) => followingName(nodeHasher, choice);

  /** One sync from the device's cursor, which names this choice; `follows` null: it names none. */
  async function tells(
    device: Device,
    follows: string | null,
    { push = [], cursor = device.cursor }: { push?: unknown[]; cursor?: number } = {},
  ): Promise<SyncResponse> {
    const said = follows === null ? {} : { follows };
    const request = { v: 1, epoch: device.epoch, cursor, push, limit: 1_000, ...said };
    const { status, json } = await post(device.url, '/v1/sync', request, device.who.token);
    expect(status).toBe(200);
    return syncResponse.parse(json);
  }

  /** Whether the answer speaks of it at all: not as an empty choice, nor as null. */
  const isSilent = (answer: SyncResponse) => !Object.hasOwn(answer, 'following');

  test('who never chose goes by all, and hears nothing of it', async () => {
    const { tom } = await two(postgres);
    expect(isSilent(await tells(tom, nameOf(ALL)))).toBe(true);
    expect((await tells(tom, nameOf(chosen()))).following).toEqual(ALL);
  });

  test('the same customers in another order, or one of them twice, are the same choice', async () => {
    const { tom } = await two(postgres);
    const [acme, nordvik] = [freshId(), freshId()];
    await follow(tom, acme, nordvik);
    for (const customers of [
      [acme, nordvik],
      [nordvik, acme],
      [acme, nordvik, acme],
    ]) {
      expect(isSilent(await tells(tom, nameOf(chosen(...customers))))).toBe(true);
    }
    for (const behind of [ALL, chosen(), chosen(acme), chosen(acme, nordvik, freshId())]) {
      const { following } = await tells(tom, nameOf(behind));
      expect(following?.mode).toBe('chosen');
      expect(following?.customers.toSorted()).toEqual([acme, nordvik].toSorted());
    }
    // No name of a choice at all is not the right one either.
    expect((await tells(tom, '')).following?.mode).toBe('chosen');
  });

  test('another device of the member’s hears it with its next sync, and once it goes by it no more', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    const person = await join(server, admin, 'tom');
    const mira = new Device(server.url, await connect(server, admin));
    const tom = new Device(server.url, await connect(server, person));
    const laptop = new Device(server.url, await connect(server, person));
    const acme = await write(mira, 'customer', { name: 'Acme' });
    await tom.pullAll();
    await laptop.pullAll();
    await follow(tom, acme);
    // Nothing is new in the log: it is told all the same.
    const heard = await tells(laptop, nameOf(ALL));
    expect(heard.changes).toEqual([]);
    expect(heard.following).toEqual(chosen(acme));
    expect(isSilent(await tells(laptop, nameOf(chosen(acme))))).toBe(true);
    // Going back to all is a choice too.
    await ask(laptop, 'PUT', ALL);
    expect((await tells(tom, nameOf(chosen(acme)))).following).toEqual(ALL);
    // What one member chooses is nothing that another hears of.
    await follow(tom, acme);
    expect(isSilent(await tells(mira, nameOf(ALL)))).toBe(true);
  });

  test('a device that names nothing hears nothing', async () => {
    const { tom } = await two(postgres);
    await follow(tom, freshId());
    expect(isSilent(await tells(tom, null))).toBe(true);
    const push = [tom.change('note', { text: 'mine' })];
    expect(isSilent(await tells(tom, null, { push }))).toBe(true);
  });

  test('a push that reads the log hears it, one with nothing left to read does with its next sync', async () => {
    const { tom } = await two(postgres);
    const acme = freshId();
    await tom.pullAll();
    await follow(tom, acme);
    const behind = nameOf(ALL);
    const change = tom.change('note', { text: 'mine' });
    // Its own change is what is left to read.
    const first = await tells(tom, behind, { push: [change] });
    expect(first.results).toMatchObject([{ result: 'accepted' }]);
    expect(first.changes).toHaveLength(1);
    expect(first.following).toEqual(chosen(acme));
    // The answer was lost, and what it pushed is there already: the log is not read for it.
    const { cursor } = first;
    const again = await tells(tom, behind, { push: [change], cursor });
    expect(again.results).toMatchObject([{ result: 'duplicate' }]);
    expect(again).toMatchObject({ changes: [], cursor, more: false });
    expect(isSilent(again)).toBe(true);
    expect((await tells(tom, behind, { cursor })).following).toEqual(chosen(acme));
    // Nor is it spoken of where it is known.
    const push = [tom.change('note', { text: 'and this' })];
    expect(isSilent(await tells(tom, nameOf(chosen(acme)), { push, cursor }))).toBe(true);
  });

  test('a name that is none is refused, and nothing of the push is stored', async () => {
    const { tom } = await two(postgres);
    await tom.pullAll();
    for (const follows of ['x'.repeat(65), 7, null, { mode: 'all' }]) {
      const push = [tom.change('note', { text: 'not stored' })];
      const request = { v: 1, epoch: null, cursor: 0, push, limit: 10, follows };
      const { status } = await post(tom.url, '/v1/sync', request, tom.who.token);
      expect(status).toBe(400);
    }
    expect(texts(await tom.pullAll())).toEqual([]);
  });
});
