// What is kept in memory is, after whatever was written, what somebody reads who reads all of it anew;
// and what an index finds is what reading every text finds.
import { describe, expect, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function start() {
  const database = await postgres.database();
  const server = await serverOn(database);
  const admin = await setUp(server);
  const mira = new Device(server.url, await connect(server, admin));
  const put = async (kind: string, body: Body, record = freshId()): Promise<string> => {
    const [result] = await mira.push(mira.change(kind, body, record));
    expect(result?.result, JSON.stringify(result)).toBe('accepted');
    return record;
  };
  return { database, server, admin, put };
}

type Facets = {
  customers: { id: string; name: string; count: number }[];
  projects: { name: string; customer: { name: string } | null }[];
};

async function facets(visitor: Visitor): Promise<Facets> {
  return (await visitor.call('GET', '/v1/facets')).json as Facets;
}

describe('customers and projects', () => {
  test('are known by their new names, counted, merged, split and gone, each at once', async () => {
    const { admin, put } = await start();
    const acme = await put('customer', {
      name: 'Acme',
      identifiers: { 'domain:acme.example': true },
    });
    const depot = await put('project', { name: 'Depot', customer: acme });
    await put('note', { text: 'One', customer: acme });
    expect(await facets(admin)).toMatchObject({
      customers: [{ id: acme, name: 'Acme', count: 1 }],
      projects: [{ name: 'Depot', customer: { name: 'Acme' } }],
    });
    await put('customer', { name: 'Acme Sample' }, acme);
    expect((await facets(admin)).projects).toMatchObject([{ customer: { name: 'Acme Sample' } }]);
    const other = await put('customer', { name: 'Acme Two' });
    await put('note', { text: 'Two', customer: other });
    expect((await facets(admin)).customers).toHaveLength(2);
    await put('customer', { mergedInto: acme }, other);
    expect((await facets(admin)).customers).toMatchObject([{ id: acme, count: 2 }]);
    await put('customer', { mergedInto: null }, other);
    expect((await facets(admin)).customers).toMatchObject([{ count: 1 }, { count: 1 }]);
    await put('customer', { identifiers: { 'domain:acme.example': true } }, other);
    expect((await facets(admin)).customers).toHaveLength(1);
    await put('project', { deleted: true }, depot);
    await put('customer', { deleted: true }, other);
    expect(await facets(admin)).toMatchObject({
      customers: [{ id: acme, count: 1 }],
      projects: [],
    });
  });
});

describe('words in the register', () => {
  const WORDS = ['called', 'back', '100%', 'a_b', 'c\\d', 'Straße', 'zz', 'delay'];

  test('are found in own texts, those of the talk, and names, as by reading all of them', async () => {
    const { admin, put } = await start();
    const customer = await put('customer', { name: 'Delay Sample' });
    const talk = await put('interaction', {
      channel: 'call',
      subject: 'We called them',
      logged: true,
    });
    const texts: { id: string; text: string }[] = [];
    const add = async (text: string, also: string, body: Body = {}) => {
      texts.push({
        id: await put('note', { text, ...body }),
        text: `${text} ${also}`.toLowerCase(),
      });
    };
    await add('Get back', 'we called them', { interaction: talk });
    await add('Nothing', 'delay sample', { customer });
    for (const one of WORDS) for (const two of WORDS) await add(`x${one}y ${two}`, '');
    for (const words of [...WORDS, 'called back', 'back zz', 'A_B 100%', 'nowhere', 'zz delay']) {
      const found = await admin.call(
        'GET',
        `/v1/register?kind=note&limit=500&q=${encodeURIComponent(words)}`,
      );
      const { rows, total } = found.json as { rows: { id: string }[]; total: number };
      const all = words.toLowerCase().split(' ');
      const fit = texts.filter(({ text }) => all.every((word) => text.includes(word)));
      expect(new Set(rows.map(({ id }) => id)), words).toEqual(new Set(fit.map(({ id }) => id)));
      expect(total, words).toBe(fit.length);
    }
  });
});
