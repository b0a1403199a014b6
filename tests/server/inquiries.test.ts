// Questions to whoever answers for a project: who asks, who answers, and that nobody reads what is
// between others.
import { expect, test } from 'vitest';
import { freshId } from '../../src/server/ids.ts';
import type { InquiryShown, MomentShown } from '../../src/server/inquiries/about.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

type Listed = {
  inquiries: InquiryShown[];
  next: string | null;
  counts: { open: number; overdue: number; answered: number };
};
type One = { inquiry: InquiryShown; moment: MomentShown | null; mayOpenReview: boolean };

/** A manager, an auditor, two annotators, and a project of the first one with a grievance in it. */
async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const [tom, zoe] = [await join(server, admin, 'tom'), await join(server, admin, 'zoe')];
  const audrey = await join(server, admin, 'audrey', 'auditor');
  const device = new Device(server.url, await connect(server, tom));
  const [customer, project, note] = [freshId(), freshId(), freshId()];
  await device.push(
    device.change('customer', { name: 'Sample Foods' }, customer),
    device.change('project', { name: 'Hall 3', customer, owner: device.who.member }, project),
    device.change('note', { label: 'grievance', text: 'Nobody called.', customer, project }, note),
  );
  const idOf = async (visitor: Visitor) =>
    ((await visitor.call('GET', '/v1/me')).json as { member: { id: string } }).member.id;
  const people = { tom: await idOf(tom), zoe: await idOf(zoe), mira: await idOf(mira) };
  const ids = { customer, project, note, ...people };
  return { server, admin, mira, tom, zoe, audrey, device, ids };
}

async function ask(visitor: Visitor, wish: object) {
  const body = { due: null, question: 'Why did nobody call?', ...wish };
  const { status, json } = await visitor.call('POST', '/v1/inquiries', body);
  return { status, ...(json as { id: string; error?: string; message?: string }) };
}
async function list(visitor: Visitor, query = '') {
  return (await visitor.call('GET', `/v1/inquiries${query}`)).json as Listed;
}
async function one(visitor: Visitor, id: string, act = '', body?: object) {
  const { status, json } = await visitor.call(
    act ? 'POST' : 'GET',
    `/v1/inquiries/${id}${act}`,
    body,
  );
  return { status, ...(json as One & { error?: string; message?: string }) };
}

test('a question about a moment names its project and customer, and reaches the owner’s browser', async () => {
  const { mira, tom, device, ids } = await office();
  const subject = { kind: 'note', id: ids.note };
  const asked = await ask(mira, { to: 'owner', subject, due: '2027-03-01' });
  expect(asked.status).toBe(201);
  const read = await one(tom, asked.id);
  expect(read).toMatchObject({
    status: 200,
    inquiry: {
      ...{ state: 'open', asks: 'answer', question: 'Why did nobody call?', due: '2027-03-01' },
      ...{ to: ids.tom, by: ids.mira, byName: 'mira', toName: 'tom', toLeft: false, subject },
      ...{ projectName: 'Hall 3', customerName: 'Sample Foods' },
    },
    moment: { kind: 'note', id: ids.note, text: 'Nobody called.' },
    mayOpenReview: false,
  });
  const pulled = await device.pullAll();
  expect(
    pulled.filter(({ leaf }) => leaf.kind === 'inquiry').map(({ leaf }) => leaf.record),
  ).toEqual([asked.id]);
});

test('sent twice under one id, because the answer was lost, it is asked once', async () => {
  const { mira, audrey, ids } = await office();
  const wish = { id: freshId(), to: ids.tom, project: ids.project };
  const [first, again] = [await ask(mira, wish), await ask(mira, wish)];
  expect([first, again]).toMatchObject([
    { status: 201, id: wish.id },
    { status: 201, id: wish.id },
  ]);
  expect((await list(mira)).inquiries).toHaveLength(1);
  // Nobody else's, and no other record, is taken for it.
  expect(await ask(audrey, wish)).toMatchObject({ status: 409 });
  expect(await ask(mira, { ...wish, id: ids.note })).toMatchObject({ status: 409 });
});

test('whoever is asked answers, and may mend it; who asked and when is kept', async () => {
  const { mira, tom, zoe, ids } = await office();
  const { id } = await ask(mira, { to: ids.tom, project: ids.project });
  expect(await one(tom, id, '/answer', { text: '  ' })).toMatchObject({
    status: 409,
    error: 'no-answer',
  });
  expect(await one(mira, id, '/answer', { text: 'mine' })).toMatchObject({ status: 403 });
  expect(await one(zoe, id, '/answer', { text: 'mine' })).toMatchObject({ status: 404 });
  const before = Date.now();
  const answered = await one(tom, id, '/answer', { text: ' It snowed. ' });
  expect(answered.inquiry).toMatchObject({
    ...{ state: 'answered', answer: 'It snowed.', answeredBy: ids.tom, answeredByName: 'tom' },
  });
  expect(Date.parse(answered.inquiry.answeredAt ?? '')).toBeGreaterThanOrEqual(before);
  const mended = await one(tom, id, '/answer', { text: 'It snowed, and I was ill.' });
  expect(mended.inquiry).toMatchObject({ answer: 'It snowed, and I was ill.' });
  // Saying the same again writes nothing.
  const again = await one(tom, id, '/answer', { text: 'It snowed, and I was ill.' });
  expect(again.inquiry).toEqual(mended.inquiry);
  expect(await one(mira, id)).toMatchObject({ inquiry: mended.inquiry });
});

test('taken back, it is not answered any more; answered, it is not taken back', async () => {
  const { admin, mira, tom, audrey, ids } = await office();
  const first = await ask(mira, { to: ids.tom, project: ids.project });
  expect(await one(tom, first.id, '/withdraw')).toMatchObject({ status: 403 });
  expect(await one(audrey, first.id, '/withdraw')).toMatchObject({ status: 403 });
  expect((await one(mira, first.id, '/withdraw')).inquiry.state).toBe('withdrawn');
  expect(await one(tom, first.id, '/answer', { text: 'late' })).toMatchObject({ status: 409 });
  const second = await ask(audrey, { to: ids.tom, project: ids.project });
  // Whoever asked may have left: a manager takes it back then.
  expect((await one(admin, second.id, '/withdraw')).inquiry.state).toBe('withdrawn');
  const third = await ask(mira, { to: ids.tom, project: ids.project });
  await one(tom, third.id, '/answer', { text: 'In time.' });
  expect(await one(mira, third.id, '/withdraw')).toMatchObject({ status: 409, error: 'answered' });
  expect((await one(mira, third.id)).inquiry.state).toBe('answered');
});

test('lists say what is open, overdue and answered; an annotator sees their own alone', async () => {
  const { mira, tom, zoe, audrey, ids } = await office();
  const { project } = ids;
  const late = await ask(mira, { to: ids.tom, project, due: '2027-02-01' });
  const open = await ask(mira, { to: ids.zoe, project, due: '2027-04-01' });
  const done = await ask(audrey, { to: ids.tom, project });
  const gone = await ask(mira, { to: ids.tom, project });
  await one(tom, done.id, '/answer', { text: 'Yes.' });
  await one(mira, gone.id, '/withdraw');
  const today = 'today=2027-03-01';
  const idsOf = async (visitor: Visitor, query: string) =>
    (await list(visitor, `?${today}&${query}`)).inquiries.map(({ id }) => id);
  expect(await idsOf(audrey, 'state=open')).toEqual([open.id, late.id]);
  expect(await idsOf(audrey, 'state=overdue')).toEqual([late.id]);
  expect(await idsOf(audrey, 'state=answered')).toEqual([done.id]);
  expect(await idsOf(audrey, 'state=withdrawn')).toEqual([gone.id]);
  expect(await idsOf(audrey, 'state=all')).toEqual([gone.id, done.id, open.id, late.id]);
  expect(await idsOf(audrey, `state=all&before=${open.id}`)).toEqual([late.id]);
  expect(await idsOf(audrey, 'state=all&mine=asked')).toEqual([done.id]);
  expect((await list(mira, `?${today}`)).counts).toEqual({ open: 2, overdue: 1, answered: 1 });
  expect(await idsOf(tom, 'state=all')).toEqual([gone.id, done.id, late.id]);
  expect((await list(zoe, `?${today}`)).counts).toEqual({ open: 1, overdue: 0, answered: 0 });
  expect(await one(zoe, late.id)).toMatchObject({ status: 404 });
});

test('one who left, a project without an owner, and what was taken back are said in words', async () => {
  const { admin, mira, device, ids } = await office();
  await admin.call('PUT', `/v1/members/${ids.zoe}`, { active: false });
  expect(await ask(mira, { to: ids.zoe, project: ids.project })).toMatchObject({
    ...{ status: 409, error: 'left' },
  });
  const bare = freshId();
  await device.push(
    device.change('project', { name: 'Hall 4', customer: ids.customer }, bare),
    device.change('note', { deleted: true }, ids.note),
  );
  const ownerless = await ask(mira, { to: 'owner', project: bare });
  expect(ownerless).toMatchObject({ status: 409, error: 'no-owner' });
  expect(ownerless.message).toContain('Choose whom you ask');
  const subject = { kind: 'note', id: ids.note };
  expect(await ask(mira, { to: ids.tom, subject })).toMatchObject({ status: 409, error: 'gone' });
  expect(await ask(mira, { to: ids.tom, question: ' ' })).toMatchObject({ status: 400 });
  // Somebody leaves while they are asked: the question says so.
  const { id } = await ask(mira, { to: ids.tom, project: ids.project });
  await admin.call('PUT', `/v1/members/${ids.tom}`, { active: false });
  expect((await one(mira, id)).inquiry).toMatchObject({ toLeft: true, state: 'open' });
});

test('who reviews blind asks whoever owns it, and does not learn who that is before it is done', async () => {
  const { mira, audrey, tom, ids } = await office();
  const standard = {
    ...{ name: 'Called back', text: 'The same day.', judgement: 'yes-no', unit: '' },
    ...{ better: 'more', anchors: [], ourTarget: 1, customerTarget: null, weight: 1 },
    ...{ critical: false, mayNotApply: true, causes: [], clause: '' },
  };
  await mira.call('POST', '/v1/standards', { standards: [standard] });
  const drawn = await mira.call('POST', '/v1/draws', {
    ...{ name: 'Spring', unit: 'project', filter: {}, strata: 'none', blind: true, due: null },
    method: { kind: 'simple', size: 1 },
  });
  const { draw } = drawn.json as { draw: { id: string } };
  const begun = { audit: draw.id, subject: ids.project };
  const { json } = await mira.call('POST', '/v1/reviews/start', begun);
  const { draft } = json as { draft: { id: string } };
  const asked = await ask(mira, { to: 'owner', project: ids.project });
  await one(tom, asked.id, '/answer', { text: 'It snowed.' });
  const seen = await one(mira, asked.id);
  expect(seen.inquiry).toMatchObject({ answer: 'It snowed.', to: null, toName: '' });
  expect(JSON.stringify([seen, await list(mira, '?state=all')])).not.toContain(ids.tom);
  expect((await one(audrey, asked.id)).inquiry.toName).toBe('tom');
  await mira.call('DELETE', `/v1/reviews/drafts/${draft.id}`);
  expect((await one(mira, asked.id)).inquiry).toMatchObject({ toName: 'tom' });
});
