// Reviews: begun by whoever is independent, kept as they are written, finished all at once.
import { expect, test } from 'vitest';
import {
  type DraftContent,
  type DraftScore,
  EMPTY_CONTENT,
  NOT_SCORED,
} from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import type { FinishedReview } from '../../src/server/reviews/finished.ts';
import type { Sheet } from '../../src/server/reviews/sheet.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

const standard = {
  ...{ name: 'Certificates', text: 'There before the audit.', judgement: 'yes-no', unit: '' },
  ...{ better: 'more', anchors: [], ourTarget: 1, customerTarget: 1, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: ['Nobody asked'], clause: '' },
};
const hours = {
  ...{ ...standard, name: 'Hours to the first answer', judgement: 'number', unit: 'hours' },
  ...{ better: 'less', ourTarget: 4, customerTarget: 8, weight: 2 },
};
const tone = {
  ...{ ...standard, name: 'Tone', judgement: 'scale', customerTarget: null },
  ...{ ourTarget: 4, weight: 0, anchors: ['rude', 'cool', 'civil', 'kind', 'warm'] },
};

/** What any of the calls may answer. */
type Said = Sheet &
  Omit<FinishedReview, keyof Sheet> & {
    message: string;
    error: string;
    drafts: unknown[];
    reviews: unknown[];
  };

/** Six projects of three customers: two of Mira's, two of Tom's, two of nobody's. All are drawn. */
async function office({ blind = true, standards = [standard, hours, tone] as unknown[] } = {}) {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  const aud = await join(server, admin, 'aud', 'auditor');
  const device = new Device(server.url, await connect(server, tom));
  const miras = new Device(server.url, await connect(server, mira));
  const ids = Array.from({ length: 6 }, () => freshId());
  const customers = Array.from({ length: 3 }, () => freshId());
  const owners = [miras.who.member, miras.who.member, device.who.member, device.who.member];
  await device.push(
    ...customers.map((id, at) => device.change('customer', { name: `Sample ${at}` }, id)),
    ...ids.map((id, at) =>
      device.change(
        'project',
        {
          ...{ name: `Project ${at}`, customer: customers[at % 3] ?? '', state: 'open' },
          ...(owners[at] ? { owner: owners[at] } : {}),
        },
        id,
      ),
    ),
    device.change('perception', {
      ...{ project: ids[2] ?? '', form: 'survey', score: 9, scaleMin: 0, scaleMax: 10 },
      observedAt: '2027-01-04T08:00:00Z',
    }),
  );
  if (standards.length > 0) await mira.call('POST', '/v1/standards', { standards });
  const drawn = await mira.call('POST', '/v1/draws', {
    ...{ name: 'Spring audit', unit: 'project', filter: { state: ['open'] }, strata: 'none' },
    ...{ blind, due: null, method: { kind: 'simple', size: 6 } },
  });
  const draw = (drawn.json as { draw: { id: string } }).draw;
  const ask = async (who: Visitor, method: string, path: string, body?: unknown) => {
    const { status, json } = await who.call(method, `/v1/reviews${path}`, body);
    return { status, json: json as Said };
  };
  const start = (who: Visitor, subject: string, more: object = {}) =>
    ask(who, 'POST', '/start', { audit: draw.id, subject, ...more });
  const at = (index: number) => ids[index] as string;
  return { server, admin, mira, tom, aud, device, miras, ids, at, customers, draw, ask, start };
}

/** Everything scored: yes, three hours, kind. */
function scored(standards: { id: string; judgement: string; customerTarget: number | null }[]) {
  const scores: Record<string, DraftScore> = {};
  for (const { id, judgement, customerTarget } of standards) {
    const ours = judgement === 'yes-no' ? 1 : judgement === 'number' ? 6 : 4;
    scores[id] = { ...NOT_SCORED, ours, theirs: customerTarget === null ? null : ours };
  }
  return scores;
}

test('a review from its beginning to the ledger, blind until it is finished', async () => {
  const { mira, tom, device, at, ask, start } = await office();
  const begun = await start(mira, at(2));
  expect(begun.status).toBe(201);
  const sheet = begun.json;
  expect(sheet).toMatchObject({
    ...{ title: 'Project 2', customer: 'Sample 2', changes: [], shown: null, times: true },
    ...{ gone: null, notIndependent: [], others: [], draft: { blind: true, seen: 0 } },
  });
  expect(sheet.standards.map((one) => one.name)).toEqual([
    ...['Certificates', 'Hours to the first answer', 'Tone'],
  ]);
  expect(JSON.stringify(sheet)).not.toContain(device.who.member);

  const { id } = sheet.draft;
  const finding = { id: freshId(), type: 'nonconformity', standard: sheet.standards[1]?.id ?? '' };
  const content: DraftContent = {
    ...{ scores: scored(sheet.standards), text: ' Slow at first. ', seconds: 61.6 },
    findings: [
      {
        ...{
          ...finding,
          type: 'nonconformity',
          text: 'Two days without a word',
          cause: 'Holidays',
        },
        ...{ subject: { kind: 'note', id: at(0) }, at: '2027-01-04T08:00:00.000Z', moment: null },
      },
      {
        ...{ id: freshId(), type: 'observation', standard: null, text: ' ', cause: '' },
        subject: null,
        ...{ at: null, moment: null },
      },
    ],
  };
  const kept = await ask(mira, 'PUT', `/drafts/${id}`, { content, seen: 0 });
  expect(kept).toEqual({ status: 200, json: { seen: 1 } });
  const finished = await ask(mira, 'POST', `/drafts/${id}/finish`, { seen: 1 });
  expect(finished.status).toBe(200);
  // 3 of 4 hours asked of ourselves and all of the customer's 8; a weight of 0 counts for nothing.
  expect(finished.json.review).toMatchObject({
    ...{ id, ours: (100 * (1 + 2 * 0.5)) / 3, theirs: 100, text: 'Slow at first.', seconds: 62 },
    ...{ blind: true, project: at(2), unit: 'project' },
  });
  expect(finished.json.owner?.name).toBe('tom');
  expect(finished.json.satisfaction).toMatchObject({ score: 9, scaleMin: 0, scaleMax: 10 });
  expect(finished.json.findings).toMatchObject([
    { text: 'Two days without a word', at: '2027-01-04T08:00:00.000Z' },
  ]);
  const [said] = finished.json.standards.filter((one) => one.name === 'Tone');
  expect(finished.json.review.scores[said?.id ?? '']).toMatchObject({ ours: 4, theirs: null });

  // Again, since the answer was lost: the same review, nothing twice.
  expect(await ask(mira, 'POST', `/drafts/${id}/finish`, { seen: 1 })).toEqual(finished);
  expect((await ask(mira, 'GET', `/drafts/${id}`)).status).toBe(410);
  expect((await ask(mira, 'PUT', `/drafts/${id}`, { content, seen: 1 })).status).toBe(410);
  expect((await start(mira, at(2))).json.message).toBe('You have reviewed this already.');

  // In the ledger: what managers alone read goes to no annotator's browser, the question does.
  const leaves = await device.pullAll();
  const asked = leaves.filter(({ leaf }) => leaf.kind === 'inquiry');
  expect(asked).toMatchObject([
    { body: { to: device.who.member, asks: 'acknowledge', review: id, project: at(2) } },
  ]);
  expect(leaves.some(({ leaf, body }) => leaf.kind === 'review' && body)).toBe(false);
  // The owner reads it all the same.
  expect((await ask(tom, 'GET', `/${id}`)).json.review.id).toBe(id);
  expect((await ask(tom, 'GET', '')).json.reviews).toMatchObject([
    { id, title: 'Project 2', reviewerName: 'mira', customerName: 'Sample 2' },
  ]);
});

test('who owns it, answers for something in it or wrote of it does not review it', async () => {
  const { mira, aud, miras, at, start } = await office();
  await miras.push(
    miras.change('commitment', { project: at(3), text: 'By Friday', owner: miras.who.member }),
    miras.change('note', { project: at(4), text: 'Rang them', label: 'note' }),
    miras.change('interaction', {
      project: at(5),
      channel: 'email',
      identifiers: { 'import:1': true },
    }),
  );
  const owner = await start(mira, at(0));
  expect(owner).toMatchObject({ status: 409, json: { error: 'not-independent' } });
  expect(owner.json.message).toBe('Nobody reviews their own work. You own this project.');
  expect((await start(mira, at(3))).json.message).toContain('You answer for a promise');
  expect((await start(mira, at(4))).json.message).toContain('You logged, tagged or wrote a record');
  // Who imported a file did not do the work in it.
  expect((await start(mira, at(5))).status).toBe(201);
  expect((await start(aud, at(0))).status).toBe(201);
});

test('who becomes its owner while reviewing cannot finish, and is told so', async () => {
  const { mira, device, miras, at, ask, start } = await office();
  const { json: sheet } = await start(mira, at(2));
  const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards) };
  await ask(mira, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  await device.push(device.change('project', { owner: miras.who.member }, at(2)));
  const again = await start(mira, at(2));
  expect(again.json.notIndependent).toEqual(['You own this project.']);
  expect(again.json.changes).toEqual(['It has a new owner since it was drawn.']);
  const refused = await ask(mira, 'POST', `/drafts/${sheet.draft.id}/finish`, { seen: 1 });
  expect(refused).toMatchObject({ status: 409, json: { error: 'not-possible' } });
  expect(refused.json.message).toContain('You own this project.');
});

test('what was drawn and has changed since is said in words, and can be reviewed', async () => {
  const { mira, device, at, customers, start } = await office();
  await device.push(
    device.change('project', { state: 'closed', customer: customers[0] ?? '' }, at(2)),
    device.change('project', { mergedInto: at(4) }, at(5)),
  );
  expect((await start(mira, at(2))).json.changes).toEqual([
    'It belongs to another customer since it was drawn.',
    'It does not fit the filter of the draw any more. It stays drawn.',
  ]);
  const merged = await start(mira, at(5));
  expect(merged.status).toBe(201);
  expect(merged.json.changes).toEqual([
    'It is read as one with “Project 4” since it was drawn.',
    '“Project 4” is in this draw as well.',
  ]);
});

test('a project erased in mid-review: nothing that was written is lost, and it cannot be finished', async () => {
  const { admin, mira, at, ask, start } = await office();
  const { json: sheet } = await start(mira, at(2));
  const { id } = sheet.draft;
  const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards), text: 'Half a page' };
  await ask(mira, 'PUT', `/drafts/${id}`, { content, seen: 0 });
  const erased = await admin.call('POST', '/v1/erasures', {
    ...{ targets: [{ kind: 'project', id: at(2) }], reason: 'Asked for' },
  });
  expect(erased.status).toBe(200);
  const after = await ask(mira, 'GET', `/drafts/${id}`);
  expect(after.json).toMatchObject({
    gone: 'erased',
    title: '',
    draft: { content: { text: 'Half a page' } },
  });
  expect(after.json.changes).toEqual(['This project was erased after it was drawn.']);
  const refused = await ask(mira, 'POST', `/drafts/${id}/finish`, { seen: 1 });
  expect(refused.json.message).toBe(
    'This project was erased after it was drawn. It cannot be reviewed any more.',
  );
  expect((await ask(mira, 'DELETE', `/drafts/${id}`)).status).toBe(200);
  expect((await start(mira, at(2))).json.message).toContain('Replace it in the draw');
});

test('two tabs: what is written over something older is refused, and nothing of it is kept', async () => {
  const { mira, aud, at, ask, start } = await office();
  const [one, two] = await Promise.all([start(mira, at(2)), start(mira, at(2))]);
  expect(one.json.draft.id).toBe(two.json.draft.id);
  const { id } = one.json.draft;
  const write = (text: string, seen: number) =>
    ask(mira, 'PUT', `/drafts/${id}`, { content: { ...EMPTY_CONTENT, text }, seen });
  expect((await write('first tab', 0)).json).toEqual({ seen: 1 });
  expect((await write('second tab', 0)).status).toBe(409);
  expect((await ask(mira, 'GET', `/drafts/${id}`)).json.draft.content.text).toBe('first tab');
  expect((await ask(mira, 'POST', `/drafts/${id}/finish`, { seen: 0 })).json.error).toBe('changed');
  // Nobody else reads or writes it.
  expect((await ask(aud, 'GET', `/drafts/${id}`)).status).toBe(404);
  expect((await ask(aud, 'PUT', `/drafts/${id}`, { content: EMPTY_CONTENT, seen: 1 })).status).toBe(
    404,
  );
});

test('two who review one project see that the other is at it, and both reviews stand', async () => {
  const { mira, aud, at, ask, start, draw } = await office();
  const first = await start(mira, at(2));
  const second = await start(aud, at(2));
  expect(second.json.others).toMatchObject([{ name: 'mira', state: 'writing' }]);
  for (const [who, sheet] of [
    [mira, first.json],
    [aud, second.json],
  ] as const) {
    const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards) };
    await ask(who, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  }
  expect((await ask(aud, 'GET', `/drafts?audit=${draw.id}`)).json.drafts).toMatchObject([
    { reviewer: { name: 'mira' }, mine: false, progress: null, title: null },
    { reviewer: { name: 'aud' }, mine: true, progress: { scored: 3, of: 3 }, title: 'Project 2' },
  ]);
  await ask(mira, 'POST', `/drafts/${first.json.draft.id}/finish`, { seen: 1 });
  // Who is still writing does not read what the other has found.
  expect((await ask(aud, 'GET', `?audit=${draw.id}`)).json.reviews).toEqual([]);
  expect((await ask(aud, 'GET', `/${first.json.draft.id}`)).status).toBe(404);
  expect((await ask(aud, 'GET', `/drafts/${second.json.draft.id}`)).json.others).toMatchObject([
    { name: 'mira', state: 'finished' },
  ]);
  await ask(aud, 'POST', `/drafts/${second.json.draft.id}/finish`, { seen: 1 });
  expect((await ask(aud, 'GET', `?audit=${draw.id}`)).json.reviews).toHaveLength(2);
});

test('what a reviewer who left has begun is taken on by another', async () => {
  const { admin, mira, aud, at, ask, start } = await office();
  const { json: begun } = await start(aud, at(2));
  const content = { ...EMPTY_CONTENT, text: 'Begun by somebody who left' };
  await ask(aud, 'PUT', `/drafts/${begun.draft.id}`, { content, seen: 0 });
  // Not while they are here.
  const own = await start(mira, at(2), { from: begun.draft.id });
  expect(own.json.draft.content.text).toBe('');
  await ask(mira, 'DELETE', `/drafts/${own.json.draft.id}`);
  const { json } = await admin.call('GET', '/v1/members');
  const { members } = json as { members: { id: string; name: string }[] };
  const leaver = members.find((one) => one.name === 'aud');
  await admin.call('PUT', `/v1/members/${leaver?.id}`, { active: false });
  const others = (await start(mira, at(2))).json;
  expect(others.others).toMatchObject([{ name: 'aud', state: 'left', draft: begun.draft.id }]);
  await ask(mira, 'DELETE', `/drafts/${others.draft.id}`);
  const taken = await start(mira, at(2), { from: begun.draft.id });
  expect(taken.json.draft.content.text).toBe('Begun by somebody who left');
  expect(taken.json.others).toEqual([]);
});

test('a standard that is changed meanwhile: the draft keeps its version and says there is a newer one', async () => {
  const { mira, at, ask, start } = await office();
  const { json: sheet } = await start(mira, at(2));
  const [first] = sheet.standards;
  const changed = await mira.call('POST', `/v1/standards/${first?.id}/versions`, {
    ...{ seen: first?.id, standard: { ...standard, text: 'A week before the audit.' } },
  });
  expect(changed.status).toBe(200);
  const again = await ask(mira, 'GET', `/drafts/${sheet.draft.id}`);
  expect(again.json.standards[0]).toMatchObject({
    ...{ id: first?.id, version: 1, newer: 2, text: 'There before the audit.' },
  });
  const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards) };
  await ask(mira, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  const done = await ask(mira, 'POST', `/drafts/${sheet.draft.id}/finish`, { seen: 1 });
  expect(Object.keys(done.json.review.scores)).toContain(first?.id);
  expect(done.json.standards.find((one) => one.id === first?.id)?.version).toBe(1);
});

test('without standards nothing is begun; unfinished scores are named', async () => {
  const empty = await office({ standards: [] });
  const none = await empty.start(empty.mira, empty.at(2));
  expect(none.json.message).toBe('There are no standards to hold it against. Write them first.');
  const must = { ...standard, name: 'Always', mayNotApply: false };
  const { mira, at, ask, start } = await office({ standards: [standard, must] });
  const { json: sheet } = await start(mira, at(2));
  const scores = Object.fromEntries(
    sheet.standards.map((one) => [one.id, { ...NOT_SCORED, applies: false }]),
  );
  const content = { ...EMPTY_CONTENT, scores };
  await ask(mira, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  const refused = await ask(mira, 'POST', `/drafts/${sheet.draft.id}/finish`, { seen: 1 });
  expect(refused.json.message).toBe('Not scored yet: “Always”.');
});

test('where figures about one person are off, no time is kept', async () => {
  const { admin, mira, at, ask, start } = await office();
  await admin.call('PUT', '/v1/settings/per-person-figures', { lines: ['off'], seen: '' });
  const { json: sheet } = await start(mira, at(2));
  expect(sheet.times).toBe(false);
  const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards), seconds: 900 };
  await ask(mira, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  expect((await ask(mira, 'GET', `/drafts/${sheet.draft.id}`)).json.draft.content.seconds).toBe(0);
  const done = await ask(mira, 'POST', `/drafts/${sheet.draft.id}/finish`, { seen: 1 });
  expect(done.json.review.seconds).toBeNull();
});

test('a review is corrected and taken back by its reviewer, with the reason; the history has both', async () => {
  const { admin, mira, aud, at, ask, start } = await office();
  const { json: sheet } = await start(mira, at(2));
  const content = { ...EMPTY_CONTENT, scores: scored(sheet.standards) };
  await ask(mira, 'PUT', `/drafts/${sheet.draft.id}`, { content, seen: 0 });
  await ask(mira, 'POST', `/drafts/${sheet.draft.id}/finish`, { seen: 1 });
  const { id } = sheet.draft;
  const first = sheet.standards[0]?.id ?? '';
  const no = { applies: true, ours: 0, theirs: 0 };
  const wrong = { applies: true, ours: 7, theirs: 0 };
  const reason = 'Read it again';
  for (const bad of [{ [first]: wrong }, { [freshId()]: no }]) {
    expect((await ask(mira, 'POST', `/${id}/correct`, { scores: bad, reason })).status).toBe(400);
  }
  const correction = { scores: { [first]: no }, reason };
  expect((await ask(aud, 'POST', `/${id}/correct`, correction)).status).toBe(403);
  expect((await ask(admin, 'POST', `/${id}/withdraw`, { reason })).status).toBe(403);
  const corrected = await ask(mira, 'POST', `/${id}/correct`, correction);
  expect(corrected.json.review).toMatchObject({ ours: 100 / 3, reason });
  const { json } = await mira.call('GET', `/v1/records/review/${id}`);
  expect(json).toMatchObject({ conflicts: [] });
  const back = await ask(mira, 'POST', `/${id}/withdraw`, { reason: 'The wrong project' });
  expect(back.json.review).toMatchObject({ withdrawn: true, reason: 'The wrong project' });
  expect((await ask(mira, 'POST', `/${id}/withdraw`, { reason })).status).toBe(409);
  // It may be reviewed anew.
  expect((await start(mira, at(2))).status).toBe(201);
});

test('what was put out of a draw, or is not drawn, is not reviewed', async () => {
  const { mira, aud, at, start, draw, ask } = await office();
  expect((await start(mira, freshId())).json.message).toBe('This project was not drawn.');
  await mira.call('POST', `/v1/draws/${draw.id}/replace`, { out: at(2), reason: 'Never began.' });
  expect((await start(mira, at(2))).json.message).toBe(
    'This was put out of the draw: Never began.',
  );
  await mira.call('POST', `/v1/draws/${draw.id}/abandon`, { reason: 'Too few.' });
  expect((await start(aud, at(3))).json.message).toBe('This draw was abandoned: Too few.');
  expect((await ask(mira, 'GET', '/drafts?mine=1')).json.drafts).toEqual([]);
});
