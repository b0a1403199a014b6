import { describe, expect, test } from 'vitest';
import { importPreview, importResult } from '../../src/console/api.ts';
import { Device } from './device.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

/** Two customers: one by its mail domain and CRM id, one by its name alone. */
async function start() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const csv =
    'name,domain,id\nHalden Foods,halden.example,H-1\nNorthwind,,\nTwin,twin-a.example,\nTwin,twin-b.example,\n';
  // A second one of the same name comes in by a device, as it does in life.
  await admin.call('POST', '/v1/import', { csv, kind: 'customer' });
  const device = new Device(server.url, await connect(server, admin));
  await device.pullAll();
  await device.push(
    device.change('customer', { name: 'Twin', identifiers: { 'domain:twin-b.example': true } }),
  );
  return { server, admin, device };
}

type Request = { csv: string; kind: string; mapping?: object; options?: object };
const preview = async (visitor: Visitor, body: Request) =>
  importPreview.parse((await visitor.call('POST', '/v1/import/preview', body)).json);
const run = async (visitor: Visitor, body: Request) =>
  importResult.parse((await visitor.call('POST', '/v1/import', body)).json);

/** The bodies of all records of a kind, by what devices pull. */
async function written(device: Device, kind: string) {
  device.cursor = 0;
  const pulled = await device.pullAll();
  return pulled
    .filter(({ leaf }) => leaf.kind === kind)
    .map(({ body }) => body as Record<string, unknown>);
}

const csvOf = (...lines: string[]) => `${lines.join('\r\n')}\r\n`;

describe('surveys', () => {
  const SURVEYS = csvOf(
    '\uFEFFCompany;Date;Score;Comment',
    'halden foods;4.3.2026;4,5;"Fine; as always"',
    'Northwind;2026-03-05 09:30;2;',
  );
  const scale = { min: 1, max: 5 };

  test('become scores of their customers, with text, scale and day', async () => {
    const { admin, device } = await start();
    const csv = SURVEYS;
    const seen = await preview(admin, { csv, kind: 'survey' });
    expect(seen.mapping).toEqual({
      Company: 'customer',
      Date: 'date',
      Score: 'score',
      Comment: 'text',
    });
    expect(seen.asks).toEqual({ order: null, orderUnknown: false, scale: true });
    expect(seen.counts).toEqual({ rows: 2, create: 0, skip: 0, errors: 2 });
    expect(seen.rows[0]?.errors[0]?.message).toContain('On which scale');
    expect(await written(device, 'perception')).toEqual([]);

    const options = { scale, zone: 'Europe/Berlin' };
    expect(await run(admin, { csv, kind: 'survey', options })).toEqual({
      ...{ created: 2, skipped: 0, errors: [] },
    });
    const found = await written(device, 'perception');
    expect(found).toMatchObject([
      {
        ...{ form: 'survey', score: 4.5, scaleMin: 1, scaleMax: 5, text: 'Fine; as always' },
        observedAt: '2026-03-04T11:00:00.000Z',
      },
      { score: 2, observedAt: '2026-03-05T08:30:00.000Z' },
    ]);
    const [halden, north] = await written(device, 'customer').then((all) =>
      all.map(({ name }) => name),
    );
    expect([halden, north]).toEqual(['Halden Foods', 'Northwind']);
    expect(found[0]?.customer).not.toBe(found[1]?.customer);
  });

  test('twice the same file: nothing is doubled, and what is new in it comes', async () => {
    const { admin, device } = await start();
    const csv = SURVEYS;
    const request = { kind: 'survey', options: { scale } };
    await run(admin, { ...request, csv });
    expect(await run(admin, { ...request, csv })).toMatchObject({ created: 0, skipped: 2 });
    const more = `${csv}Northwind;2026-03-06;3;\r\n`;
    expect(await run(admin, { ...request, csv: more })).toMatchObject({ created: 1, skipped: 2 });
    expect(await written(device, 'perception')).toHaveLength(3);
  });

  test('two people who answered alike are two, also the second time', async () => {
    const { admin } = await start();
    const csv = csvOf('customer,date,score', 'Northwind,2026-03-05,4', 'Northwind,2026-03-05,4');
    const request = { csv, kind: 'survey', options: { scale } };
    expect(await run(admin, request)).toMatchObject({ created: 2 });
    expect(await run(admin, request)).toMatchObject({ created: 0, skipped: 2 });
  });

  test('a row key says which row it is, whatever else changed in it', async () => {
    const { admin } = await start();
    const file = (score: string) =>
      csvOf('customer,date,score,min,max,response id', `Northwind,2026-03-05,${score},0,10,R-7`);
    expect(await run(admin, { csv: file('7'), kind: 'survey' })).toMatchObject({ created: 1 });
    expect(await run(admin, { csv: file('8'), kind: 'survey' })).toMatchObject({
      created: 0,
      skipped: 1,
    });
    const twice = csvOf(
      'customer,date,score,min,max,key',
      'Northwind,2026-03-05,1,0,10,A',
      'Northwind,2026-03-05,2,0,10,A',
    );
    const seen = await preview(admin, { csv: twice, kind: 'survey' });
    expect(seen.rows[1]?.errors).toEqual([
      { field: 'key', message: '“A” stands in line 2 already.' },
    ]);
  });

  test('two imports of one file at once write it once', async () => {
    const { admin, device } = await start();
    const request = { csv: SURVEYS, kind: 'survey', options: { scale } };
    const both = await Promise.all([run(admin, request), run(admin, request)]);
    expect(both.map(({ created }) => created).sort()).toEqual([0, 2]);
    expect(await written(device, 'perception')).toHaveLength(2);
  });

  test('the customer by name, mail domain, address or id; contradictions are told', async () => {
    const { admin } = await start();
    const csv = csvOf(
      'customer,mail domain,customer id,date,score,min,max',
      ',halden.example,,2026-03-01,1,0,10',
      ',jo@halden.example,,2026-03-01,2,0,10',
      ',,H-1,2026-03-01,3,0,10',
      'Twin,twin-b.example,,2026-03-01,4,0,10',
      'Nobody,,,2026-03-01,5,0,10',
      ',,H-9,2026-03-01,5,0,10',
      'Northwind,halden.example,,2026-03-01,5,0,10',
      ',,,2026-03-01,5,0,10',
      'Twin,,,2026-03-01,5,0,10',
    );
    const seen = await preview(admin, { csv, kind: 'survey' });
    expect(seen.counts).toMatchObject({ create: 4, errors: 5 });
    expect(seen.rows.slice(4).map(({ errors }) => errors[0]?.message)).toEqual([
      'There is no customer called “Nobody”. Import customers first.',
      'No customer has the id “H-9”.',
      'domain and customer are of different customers.',
      'Whose this is cannot be told. Give the customer’s name, mail domain or id.',
      '2 customers are called “Twin”. Add a column with their mail domain or CRM id.',
    ]);
  });

  test.each([
    ['11', '0', '10', 'score', '11 is not on the scale of 0 to 10.'],
    ['-1', '0', '10', 'score', '-1 is not on the scale of 0 to 10.'],
    ['5', '10', '0', 'scaleMax', 'A scale does not go from 10 to 0.'],
    ['5', '5', '5', 'scaleMax', 'A scale does not go from 5 to 5.'],
    ['good', '0', '10', 'score', '“good” is no number.'],
    ['1e400', '0', '10', 'score', '“1e400” is no number.'],
    ['', '0', '10', 'score', 'There is neither a score nor a text.'],
  ])('a score of %s on %s to %s is left out, in words', async (score, min, max, field, message) => {
    const { admin, device } = await start();
    const csv = csvOf(
      'customer,date,score,min,max',
      `Northwind,2026-03-05,${score},${min},${max}`,
      'Northwind,2026-03-06,5,0,10',
    );
    const result = await run(admin, { csv, kind: 'survey' });
    expect(result).toEqual({ created: 1, skipped: 0, errors: [{ line: 2, field, message }] });
    expect(await written(device, 'perception')).toHaveLength(1);
  });

  test('dates that can be read in two ways are asked for; what the column tells is taken', async () => {
    const { admin, device } = await start();
    const file = (...days: string[]) =>
      csvOf('customer,date,score,min,max', ...days.map((day) => `Northwind,${day},5,0,10`));
    const csv = file('03/04/2026', '05/06/2026');
    const seen = await preview(admin, { csv, kind: 'survey' });
    expect(seen.asks).toMatchObject({ orderUnknown: true, order: null });
    expect(seen.rows[0]?.errors[0]?.message).toContain('can be read in two ways');
    expect(await run(admin, { csv, kind: 'survey' })).toMatchObject({ created: 0 });
    const said = { csv, kind: 'survey', options: { order: 'mdy' } };
    expect(await run(admin, said)).toMatchObject({ created: 2 });
    const told = await preview(admin, { csv: file('03/04/2026', '25/04/2026'), kind: 'survey' });
    expect(told.asks).toMatchObject({ orderUnknown: false, order: 'dmy' });
    expect(told.counts.errors).toBe(0);
    expect((await written(device, 'perception')).map(({ observedAt }) => observedAt)).toEqual([
      ...['2026-03-04T12:00:00.000Z', '2026-05-06T12:00:00.000Z'],
    ]);
  });

  test('days to come, short years and no dates are told', async () => {
    const { admin } = await start();
    const csv = csvOf(
      'customer,date,score,min,max',
      'Northwind,2126-01-01,5,0,10',
      'Northwind,1.2.26,5,0,10',
      'Northwind,soon,5,0,10',
      'Northwind,,5,0,10',
    );
    const seen = await preview(admin, { csv, kind: 'survey' });
    expect(seen.rows.map(({ errors }) => errors[0]?.message)).toEqual([
      '“2126-01-01” is a day to come.',
      '“1.2.26” has a year of two digits. Write all four.',
      '“soon” is no date. Write it as 2027-03-04 or 4.3.2027.',
      'There is no date.',
    ]);
  });
});

describe('past interactions', () => {
  const MAILS = csvOf(
    'channel,sent at,subject,from,to,direction,body',
    'E-Mail,2026-03-04T09:30:00Z,Delivery,Jo Sample <jo@halden.example>,you@practice.example; kim@practice.example,in,As always',
    'Call,2026-03-05 14:00,Weekly call,,Sample Kim <kim@halden.example>,out,',
  );

  test('are logged in their customer’s story, by the people where no column tells', async () => {
    const { admin, device } = await start();
    const seen = await preview(admin, { csv: MAILS, kind: 'interaction' });
    expect(seen.counts).toEqual({ rows: 2, create: 2, skip: 0, errors: 0 });
    expect(await run(admin, { csv: MAILS, kind: 'interaction' })).toMatchObject({ created: 2 });
    const found = await written(device, 'interaction');
    expect(found).toMatchObject([
      {
        ...{ channel: 'email', subject: 'Delivery', direction: 'inbound', logged: true },
        ...{ startedAt: '2026-03-04T09:30:00.000Z', text: 'As always' },
        sender: { name: 'Jo Sample', address: 'jo@halden.example' },
        recipients: [
          { name: '', address: 'you@practice.example' },
          { name: '', address: 'kim@practice.example' },
        ],
      },
      { channel: 'call', subject: 'Weekly call', direction: 'outbound' },
    ]);
    expect(found[0]?.customer).toBe(found[1]?.customer);
    expect(await run(admin, { csv: MAILS, kind: 'interaction' })).toMatchObject({
      ...{ created: 0, skipped: 2 },
    });
    const register = await admin.call('GET', '/v1/register?kind=interaction');
    expect(register.json).toMatchObject({ total: 2 });
  });

  test('a mail that somebody logged in a browser is there already', async () => {
    const { admin, device } = await start();
    await device.push(
      device.change('interaction', {
        ...{ channel: 'email', logged: true },
        identifiers: { 'smt:jo@halden.example|2026-03-04T09:30|delivery': true },
      }),
    );
    expect(await run(admin, { csv: MAILS, kind: 'interaction' })).toMatchObject({
      ...{ created: 1, skipped: 1 },
    });
  });

  test('nothing against the workspace’s never-log list', async () => {
    const { admin, device } = await start();
    await admin.call('PUT', '/v1/settings/never-log', { lines: ['jo@halden.example'], seen: '' });
    const result = await run(admin, { csv: MAILS, kind: 'interaction' });
    expect(result).toMatchObject({
      created: 1,
      errors: [{ line: 2, message: 'This is on the never-log list of the workspace.' }],
    });
    expect(JSON.stringify(await written(device, 'interaction'))).not.toContain('jo@halden');
  });

  test('what is wrong is told row by row', async () => {
    const { admin } = await start();
    const csv = csvOf(
      'customer,channel,date,from,direction',
      'Northwind,pigeon,2026-03-04,,',
      'Northwind,,2026-03-04,,',
      'Northwind,call,2026-03-04,a@x.example; b@x.example,',
      'Northwind,call,2026-03-04,,sideways',
      'Northwind,__proto__,2026-03-04,,',
      'Northwind,call,2026-03-04,,,,extra',
    );
    const seen = await preview(admin, { csv, kind: 'interaction' });
    expect(seen.rows.map(({ errors }) => errors[0]?.message)).toEqual([
      '“pigeon” is none of: email, call, meeting, chat, ticket, visit.',
      'There is no channel.',
      'A sender is one person.',
      '“sideways” is none of: inbound, outbound.',
      '“__proto__” is none of: email, call, meeting, chat, ticket, visit.',
      'This row has more cells than there are headings.',
    ]);
  });
});

test.each([
  ['one column', 'customer|date|score\nNorthwind|2026-01-01|5\n', 'one column only'],
  ['an open quotation mark', 'customer,date\n"North,2026\n', 'quotation mark'],
])('%s is said in words, and nothing is written', async (_what, csv, words) => {
  const { admin, device } = await start();
  const answer = await admin.call('POST', '/v1/import', { csv, kind: 'survey' });
  expect(answer).toMatchObject({ status: 400, json: { message: expect.stringContaining(words) } });
  expect(await written(device, 'perception')).toEqual([]);
});

test('a zone that is none is refused', async () => {
  const { admin } = await start();
  const csv = csvOf('customer,date,score', 'Northwind,2026-01-01,5');
  const body = { csv, kind: 'survey', options: { zone: 'Nowhere/Land' } };
  expect((await admin.call('POST', '/v1/import/preview', body)).status).toBe(400);
});
