// The audit trail as the list of reviews shows it, and never what its reader may not read yet.
import { expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { Device } from './device.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

type Line = { kind: string; id: string; fields: { [field: string]: string } };

async function audit() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const desk = new Device(server.url, await connect(server, admin));
  const customers = ['Sample Foods', 'Sample Hotels'].map((name) =>
    desk.change('customer', { name }),
  );
  const reviews = customers.map(({ envelope: { record: customer } }, at) =>
    desk.change('review', {
      ...{ audit: freshId(), unit: 'customer', subject: customer, customer },
      ...{ reviewer: desk.who.member, scores: {}, ours: 80, theirs: 55, blind: false },
      ...{ startedAt: '2027-04-01T09:00:00.000Z', finishedAt: `2027-04-0${at + 1}T10:00:00.000Z` },
      ...(at === 1 ? { withdrawn: true, reason: 'The wrong one' } : {}),
    }),
  );
  const findings = reviews.map(({ envelope }) =>
    desk.change('finding', { review: envelope.record, type: 'observation', text: 'Late' }),
  );
  await desk.push(...customers, ...reviews, ...findings);
  const ids = { reviews: idsOf(reviews), findings: idsOf(findings), customers: idsOf(customers) };
  return { desk, ids };
}

const idsOf = (changes: { envelope: { record: string } }[]) =>
  changes.map(({ envelope }) => envelope.record);

async function exported(desk: Device, filter: { [name: string]: string }, what = 'audit') {
  const wish = { what, format: 'ndjson', filter };
  const response = await fetch(
    `${desk.url}/v1/export?wish=${encodeURIComponent(JSON.stringify(wish))}`,
    { headers: { authorization: `Bearer ${desk.who.token}` } },
  );
  if (response.status !== 200) return response.status;
  const lines = (await response.text()).trimEnd().split('\n').slice(1, -1);
  return lines.map((line) => (JSON.parse(line) as Line).id).sort();
}

test('what the list of reviews is narrowed by, the export is, with what came of those reviews', async () => {
  const { desk, ids } = await audit();
  const [first, second] = [0, 1].map((at) => [ids.reviews[at], ids.findings[at]].sort());
  expect(await exported(desk, {})).toEqual([...ids.reviews, ...ids.findings].sort());
  expect(await exported(desk, { which: 'withdrawn' })).toEqual(second);
  expect(await exported(desk, { q: 'foods' })).toEqual(first);
  expect(await exported(desk, { q: 'nobody' })).toEqual([]);
  expect(await exported(desk, { customer: ids.customers[1] ?? '' })).toEqual(second);
  expect(await exported(desk, { subject: ids.customers[0] ?? '', which: 'withdrawn' })).toEqual([]);
  expect(await exported(desk, { which: 'good ones' })).toBe(400);
  expect(await exported(desk, { subject: 'nobody' })).toBe(400);
});

test('a reviewer who is still to score the same reads nobody else’s scores in a file', async () => {
  const { desk, ids } = await audit();
  const [subject = ''] = ids.customers;
  const calibration = desk.change('audit', {
    ...{ name: 'Sample calibration', unit: 'customer', calibration: true },
    reviewers: [desk.who.member, freshId()],
  });
  const theirs = desk.change('review', {
    ...{ audit: calibration.envelope.record, unit: 'customer', subject, customer: subject },
    ...{ reviewer: freshId(), scores: {}, ours: 20, theirs: 20, blind: true },
    ...{ startedAt: '2027-05-01T09:00:00.000Z', finishedAt: '2027-05-01T10:00:00.000Z' },
  });
  const found = desk.change('finding', {
    ...{ review: theirs.envelope.record, type: 'observation', text: 'Not to be seen yet' },
  });
  await desk.push(calibration, theirs, found);
  const all = await exported(desk, {});
  expect(all).toContain(calibration.envelope.record);
  expect(all).not.toContain(theirs.envelope.record);
  expect(all).not.toContain(found.envelope.record);
  expect(await exported(desk, { q: 'foods' })).not.toContain(theirs.envelope.record);
  const everything = await exported(desk, {}, 'workspace');
  expect(everything).toEqual(expect.arrayContaining([...ids.customers, ...ids.reviews]));
  expect(everything).not.toContain(theirs.envelope.record);
  expect(everything).not.toContain(found.envelope.record);
});
