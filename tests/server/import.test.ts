import { describe, expect, test } from 'vitest';
import { facets, importPreview, importResult, recordDetail } from '../../src/console/api.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function start() {
  const server = await serverOn(await postgres.database());
  return { server, admin: await setUp(server) };
}

const preview = async (visitor: Visitor, body: unknown) =>
  importPreview.parse((await visitor.call('POST', '/v1/import/preview', body)).json);
const run = async (visitor: Visitor, body: unknown) =>
  importResult.parse((await visitor.call('POST', '/v1/import', body)).json);
const known = async (visitor: Visitor) =>
  facets.parse((await visitor.call('GET', '/v1/facets')).json);

describe('importing customers and projects', () => {
  test('guesses the columns, shows errors by line, imports the rest', async () => {
    const { admin } = await start();
    const csv = [
      '\uFEFFCompany;Website;Colour',
      'Halden Foods;https://www.halden.example/about;red',
      ';nameless.example;blue',
      '"Two\nlines";two.example;',
      'Free Rider;gmail.com;',
      'Odd;not a domain;',
      '',
      'Halden again;halden.example;',
    ].join('\r\n');
    const seen = await preview(admin, { csv, kind: 'customer' });
    expect(seen.mapping).toEqual({ Company: 'name', Website: 'domain', Colour: null });
    expect(seen.counts).toEqual({ rows: 6, create: 2, skip: 1, errors: 3 });
    expect(seen.rows.filter(({ errors }) => errors.length > 0).map(({ line }) => line)).toEqual([
      3, 6, 7,
    ]);

    const result = await run(admin, { csv, kind: 'customer', mapping: seen.mapping });
    expect(result).toMatchObject({ created: 2, skipped: 1 });
    expect(result.errors.map(({ line }) => line)).toEqual([3, 6, 7]);
    expect((await known(admin)).customers.map(({ name }) => name)).toEqual([
      'Halden Foods',
      'Two\nlines',
    ]);
    expect((await run(admin, { csv, kind: 'customer', mapping: seen.mapping })).created).toBe(0);
  });

  test('projects find their customer by its name', async () => {
    const { admin } = await start();
    await run(admin, { csv: 'name\nHalden Foods\n', kind: 'customer' });
    const csv =
      'Customer,Project,Status\nhalden foods,Cold chain,Won\nNobody,Lost chain,won\nhalden foods,Odd,maybe\n';
    const result = await run(admin, { csv, kind: 'project' });
    expect(result.created).toBe(1);
    expect(result.errors.map(({ line, field }) => [line, field])).toEqual([
      [3, 'customer'],
      [4, 'state'],
    ]);
    expect((await known(admin)).projects).toMatchObject([
      { name: 'Cold chain', customer: { name: 'Halden Foods' } },
    ]);
  });

  test('writes changes of the member’s own console, which devices pull', async () => {
    const { server, admin } = await start();
    const device = new Device(server.url, await connect(server, admin));
    await run(admin, { csv: 'name,domain\nA,a.example\nB,b.example\n', kind: 'customer' });
    await run(admin, { csv: 'name\nC\n', kind: 'customer' });
    const pulled = await device.pullAll();
    // The setup wrote the first one: who this member is.
    expect(pulled.map(({ leaf }) => [leaf.n, leaf.kind])).toEqual([
      [0, 'member'],
      // Each import is begun, and says at its end what it has done.
      ...[1, 2, 3, 4].map((n) => [n, ['import', 'customer', 'customer', 'import'][n - 1]]),
      ...[5, 6, 7].map((n) => [n, ['import', 'customer', 'import'][n - 5]]),
    ]);
    expect(new Set(pulled.map(({ leaf }) => leaf.author))).toEqual(new Set([device.who.member]));
    expect(pulled[3]?.leaf.prevHash).not.toBe(pulled[2]?.leaf.prevHash);
    const record = pulled[2]?.leaf.record ?? '';
    const detail = await admin.call('GET', `/v1/records/customer/${record}`);
    expect(recordDetail.parse(detail.json).history[0]?.device?.name).toBe('Console');
  });

  test('two imports at once both arrive', async () => {
    const { admin } = await start();
    const many = (prefix: string) =>
      `name\n${Array.from({ length: 1_500 }, (_, n) => `${prefix} ${n}`).join('\n')}\n`;
    const results = await Promise.all(
      ['x', 'y'].map((prefix) => run(admin, { csv: many(prefix), kind: 'customer' })),
    );
    expect(results.map(({ created }) => created)).toEqual([1_500, 1_500]);
    expect((await known(admin)).customers).toHaveLength(3_000);
  });

  test.each([
    ['an open quotation mark', 'name\n"Halden\n', 'quotation mark'],
    ['nothing', '', 'empty'],
  ])('%s is said in words', async (_, csv, words) => {
    const { admin } = await start();
    const answer = await admin.call('POST', '/v1/import/preview', { csv, kind: 'customer' });
    expect(answer.status).toBe(400);
    expect((answer.json as { message: string }).message).toContain(words);
  });

  test('annotators do not import', async () => {
    const { server, admin } = await start();
    const tom = await join(server, admin, 'tom');
    const answer = await tom.call('POST', '/v1/import', { csv: 'name\nX\n', kind: 'customer' });
    expect(answer.status).toBe(403);
  });
});
