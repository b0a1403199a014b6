// Whoever is still to score something gets nobody else's scores of it in a file, whoever made the file.
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import { ask, ended, fetchFile, fileStatus, office } from './export-office.ts';
import { usePostgres } from './postgres.ts';

const postgres = usePostgres();

const WHOLE = { what: 'workspace', format: 'ndjson' };

/** The admin is still to score what somebody else has; mira is no part of it. */
async function calibrating() {
  const made = await office(await postgres.database());
  const { desk, admin, memberOf } = made;
  const { member } = await memberOf(admin);
  const customer = desk.change('customer', { name: 'Sample Foods' });
  const subject = customer.envelope.record;
  const calibration = desk.change('audit', {
    ...{ name: 'Sample calibration', unit: 'customer', calibration: true },
    reviewers: [member.id, freshId()],
  });
  const review = (reviewer: string) =>
    desk.change('review', {
      ...{ audit: calibration.envelope.record, unit: 'customer', subject, customer: subject },
      ...{ reviewer, scores: {}, ours: 20, theirs: 20, blind: true },
      ...{ startedAt: '2027-05-01T09:00:00.000Z', finishedAt: '2027-05-01T10:00:00.000Z' },
    });
  const theirs = review(freshId());
  const found = desk.change('finding', {
    ...{ review: theirs.envelope.record, type: 'observation', text: 'Not to be seen yet' },
  });
  await desk.push(customer, calibration, theirs, found);
  return {
    ...made,
    /** Of the review and of what was found in it. */
    hidden: [theirs.envelope.record, found.envelope.record],
    scores: () => desk.push(review(member.id)),
  };
}

test('the file of another’s schedule is kept from them until they have scored', async () => {
  const { admin, mira, scores } = await calibrating();
  const plan = {
    ...{ name: 'For the board', wish: WHOLE, every: 'week', onDay: 1, hour: 6 },
    ...{ zone: 'Europe/Oslo', keep: 2 },
  };
  const { json } = await mira.call('POST', '/v1/export-schedules', plan);
  const path = `/v1/export-schedules/${(json as { id: string }).id}/runs`;
  expect((await mira.call('POST', path, {})).status).toBe(201);
  type Listed = { schedules: { last: { id: string; state: string } | null }[] };
  const last = async () =>
    ((await mira.call('GET', '/v1/export-schedules')).json as Listed).schedules[0]?.last;
  await expect.poll(async () => (await last())?.state, { timeout: 20_000 }).toBe('done');
  const job = (await last())?.id ?? '';
  expect(await fileStatus(mira, job)).toBe(200);
  const refused = await fetchFile(admin, job);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    message: expect.stringContaining('still to score'),
  });
  // Their own leaves it out, and they have it.
  const own = await ended(admin, await ask(admin, WHOLE));
  expect(await fileStatus(admin, own.id)).toBe(200);
  await scores();
  expect(await fileStatus(admin, job)).toBe(200);
});

test('their evidence leaves the contents out and says so; of who is no part of it, it has them', async () => {
  const { admin, mira, hidden, scores } = await calibrating();
  const bundle = async (visitor: typeof admin) => {
    const job = await ended(visitor, await ask(visitor, { what: 'evidence', format: 'zip' }));
    expect(job.state).toBe('done');
    const bytes = new Uint8Array(await (await fetchFile(visitor, job.id)).arrayBuffer());
    const textOf = (name: string) => Buffer.from(unzipSync(bytes)[name] ?? []).toString('utf8');
    const lines = textOf('changes.ndjson').trimEnd().split('\n');
    return {
      leftOut: hidden.filter((id) =>
        lines.some((line) => line.includes(id) && line.includes('"left-out"')),
      ),
      isThere: textOf('changes.ndjson').includes('Not to be seen yet'),
      told: (JSON.parse(textOf('manifest.json')) as { leftOut: string[] }).leftOut,
    };
  };
  const still = 'What others say of something that whoever asked is still to review';
  expect(await bundle(admin)).toEqual({ leftOut: hidden, isThere: false, told: [still] });
  expect(await bundle(mira)).toEqual({ leftOut: [], isThere: true, told: [] });
  await scores();
  expect(await bundle(admin)).toEqual({ leftOut: [], isThere: true, told: [] });
});
