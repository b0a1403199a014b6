// The report of an audit: what it has, for whom, and what it leaves out.
import { expect, test } from 'vitest';
import { EMPTY_CONTENT, NOT_SCORED } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import type { Report } from '../../src/server/report/read.ts';
import type { Sheet } from '../../src/server/reviews/sheet.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

const certificates = {
  ...{ name: 'Certificates', text: 'There before the audit.', judgement: 'yes-no', unit: '' },
  ...{ better: 'more', anchors: [], ourTarget: 1, customerTarget: 1, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: [], clause: '' },
};

/** Three projects of Tom's, all drawn; Mira has reviewed the first and is at the second. */
async function audited(blind = true) {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const otto = await join(server, admin, 'otto', 'auditor');
  const tom = await join(server, admin, 'tom');
  const device = new Device(server.url, await connect(server, tom));
  const customer = freshId();
  const note = freshId();
  const projects = [freshId(), freshId(), freshId()];
  await device.push(
    device.change('customer', { name: 'Sample Foods' }, customer),
    ...projects.map((id, at) =>
      device.change(
        'project',
        { name: `Hall ${at}`, state: 'open', owner: device.who.member, customer },
        id,
      ),
    ),
    device.change('perception', {
      ...{ customer, form: 'survey', score: 9, scaleMin: 0, scaleMax: 10 },
      observedAt: '2027-01-02T08:00:00Z',
    }),
    device.change(
      'note',
      {
        ...{
          text: 'They want to hear of it.',
          label: 'note',
          customer,
          project: projects[0] ?? '',
        },
        evidence: { [freshId()]: { quote: 'nobody told us' } },
      },
      note,
    ),
  );
  await mira.call('POST', '/v1/standards', { standards: [certificates] });
  const drawn = await mira.call('POST', '/v1/draws', {
    ...{ name: 'Spring', unit: 'project', filter: {}, strata: 'none', blind, due: null },
    method: { kind: 'simple', size: 3 },
  });
  const { draw } = drawn.json as { draw: { id: string } };
  const start = async (who: Visitor, subject: string) =>
    (await who.call('POST', '/v1/reviews/start', { audit: draw.id, subject })).json as Sheet;
  const finish = async (who: Visitor, subject: string, ours: 0 | 1) => {
    const sheet = await start(who, subject);
    const [standard] = sheet.standards.map(({ id }) => id) as [string];
    const content = {
      ...EMPTY_CONTENT,
      ...{ seconds: 600, text: 'Well done, but late.' },
      scores: { [standard]: { ...NOT_SCORED, ours, theirs: 1 } },
      findings: [
        {
          ...{ id: freshId(), type: 'nonconformity', standard, text: 'Too late.', cause: '' },
          ...{ subject: { kind: 'note', id: note }, at: null, moment: null },
        },
      ],
    };
    const { id } = sheet.draft;
    await who.call('PUT', `/v1/reviews/drafts/${id}`, { content, seen: 0 });
    const done = await who.call('POST', `/v1/reviews/drafts/${id}/finish`, { seen: 1 });
    if (done.status >= 300) throw new Error(JSON.stringify(done.json));
    return { review: id, standard, finding: content.findings[0]?.id ?? '' };
  };
  const read = async (who: Visitor) => {
    const { status, json } = await who.call('GET', `/v1/reports/${draw.id}`);
    return { status, ...(json as Report) };
  };
  return { server, admin, mira, otto, tom, projects, draw, start, finish, read };
}

test('all of an audit: scores, findings with the customer’s words, what was said and done', async () => {
  const { mira, otto, tom, projects, finish, read } = await audited();
  const [first = ''] = projects;
  const { review, standard, finding } = await finish(mira, first, 0);
  const said = { standard, stance: 'reject', reason: 'They were in the mail of 4 May.' };
  await tom.call('POST', `/v1/reviews/${review}/disputes`, said);
  await mira.call('POST', '/v1/improvements', { id: freshId(), text: 'Send earlier', finding });
  const report = await read(otto);
  expect(report).toMatchObject({ status: 200, announcedBy: 'mira', reviewers: ['mira'] });
  expect(report.draw.nonce).toMatch(/^[0-9a-f]{64}$/);
  expect(report.subjects.map(({ id }) => id).sort()).toEqual([...projects].sort());
  const reviewed = report.subjects.find(({ id }) => id === first);
  expect(reviewed).toMatchObject({
    ...{ customer: 'Sample Foods', owner: 'tom', satisfaction: 90 },
    reviews: [
      {
        ...{ ours: 0, theirs: 100, reviewer: 'mira', seconds: 600, text: 'Well done, but late.' },
        findings: [{ text: 'Too late.', type: 'nonconformity', quote: 'nobody told us' }],
        disputes: [{ standard, stance: 'reject', byName: 'tom', answered: null }],
      },
    ],
  });
  expect(report.standards.map(({ name }) => name)).toEqual(['Certificates']);
  expect(report.improvements).toMatchObject([{ text: 'Send earlier', review, state: 'open' }]);
});

test('what is not reviewed yet shows neither owner nor satisfaction', async () => {
  const { mira, projects, finish, read } = await audited();
  await finish(mira, projects[0] ?? '', 1);
  const { subjects } = await read(mira);
  const others = subjects.filter(({ reviews }) => reviews.length === 0);
  expect(others).toHaveLength(2);
  for (const one of others) expect(one).toMatchObject({ owner: null, satisfaction: null });
});

test('whoever is in the middle of their own review of one learns nothing of the others’', async () => {
  const { mira, otto, projects, start, finish, read } = await audited();
  const [first = ''] = projects;
  await finish(mira, first, 0);
  expect(await read(otto)).toMatchObject({ hidden: 0 });
  await start(otto, first);
  const report = await read(otto);
  expect(report.hidden).toBe(1);
  const one = report.subjects.find(({ id }) => id === first);
  expect(one).toMatchObject({ owner: null, satisfaction: null, reviews: [] });
  expect(JSON.stringify(report)).not.toContain('Too late.');
});

test('a withdrawn review is counted and not told', async () => {
  const { mira, projects, finish, read } = await audited();
  const { review } = await finish(mira, projects[0] ?? '', 0);
  await mira.call('POST', `/v1/reviews/${review}/withdraw`, { reason: 'The wrong project.' });
  const report = await read(mira);
  expect(report).toMatchObject({ withdrawn: 1, hidden: 0 });
  expect(report.subjects.every(({ reviews }) => reviews.length === 0)).toBe(true);
});

test('with figures about one person switched off nobody’s work can be told from another’s', async () => {
  const { admin, mira, tom, projects, finish, read } = await audited();
  const [first = ''] = projects;
  const { review, standard } = await finish(mira, first, 0);
  const said = { standard, stance: 'reject', reason: 'No.' };
  await tom.call('POST', `/v1/reviews/${review}/disputes`, said);
  const name = 'per-person-figures';
  const all = (await admin.call('GET', '/v1/settings')).json as {
    settings: { name: string; seen: string }[];
  };
  const seen = all.settings.find((one) => one.name === name)?.seen ?? '';
  const set = await admin.call('PUT', `/v1/settings/${name}`, { lines: ['off'], seen });
  expect(set.status).toBe(200);
  const report = await read(mira);
  expect(report.perPerson).toBe(false);
  const one = report.subjects.find(({ id }) => id === first);
  expect(one?.owner).toBeNull();
  expect(one?.reviews).toMatchObject([
    {
      ...{ reviewer: null, seconds: null, ours: 0 },
      disputes: [{ byName: null, answeredByName: null }],
    },
  ]);
});

test('annotators and strangers to the workspace have no report', async () => {
  const { tom, mira, read } = await audited();
  expect((await read(tom)).status).toBe(403);
  expect((await mira.call('GET', `/v1/reports/${freshId()}`)).status).toBe(404);
  expect((await mira.call('GET', '/v1/reports/nonsense')).status).toBe(404);
});
