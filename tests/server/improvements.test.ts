// Improvements on the server: from what was found to whether it helped, each step in the ledger; whose
// they are; and that nothing is written twice or over a colleague's.
import { expect, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { freshId } from '../../src/server/ids.ts';
import type { OneShown, Shown } from '../../src/server/improvements/shown.ts';
import type { ImprovementCounts } from '../../src/server/improvements/store.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const TODAY = '2027-02-24';
const E1 = '00000000-0000-7000-8000-0000000000e1';

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  const device = new Device(server.url, await connect(server, mira));
  const ids = { mira: await memberId(mira), tom: await memberId(tom) };
  const [customer, project, mail] = [freshId(), freshId(), freshId()];
  await device.push(
    device.change('customer', { name: 'Sample Foods' }, customer),
    device.change('project', { name: 'Cold store', customer }, project),
    device.change('interaction', { customer, project, subject: 'Alarms' }, mail),
  );
  const write = async (kind: string, body: Body) => {
    const change = device.change(kind, body);
    expect(await device.push(change)).toMatchObject([{ result: 'accepted' }]);
    return change.envelope.record;
  };
  return { server, admin, mira, tom, device, ids, customer, project, mail, write };
}

async function memberId(visitor: Visitor): Promise<string> {
  const { json } = await visitor.call('GET', '/v1/me');
  return (json as { member: { id: string } }).member.id;
}

type Said = OneShown & { message?: string; error?: string };
async function post(visitor: Visitor, path: string, body?: unknown, method = 'POST') {
  const address = `/v1/improvements${path}?today=${TODAY}`;
  const { status, json } = await visitor.call(method, address, body);
  return { status, ...(json as Said) };
}
type List = {
  improvements: Shown[];
  counts: ImprovementCounts;
  next: number | null;
};
async function list(visitor: Visitor, query = ''): Promise<List> {
  const { json } = await visitor.call('GET', `/v1/improvements?today=${TODAY}&${query}`);
  return json as List;
}
const texts = ({ improvements }: List) => improvements.map(({ text }) => text);

test('from a finding to whether it helped: with the customer’s words, and each step in the log', async () => {
  const { mira, tom, ids, customer, project, mail, write } = await office();
  const words = 'nobody told us until Monday morning';
  const note = await write('note', {
    ...{ label: 'grievance', text: 'Weekend', customer, project, interaction: mail },
    evidence: { [E1]: { interaction: mail, quote: words } },
  });
  const review = await write('review', { unit: 'project', subject: project, project, customer });
  const finding = await write('finding', {
    ...{ review, project, customer, type: 'nonconformity', text: 'Told after two days' },
    ...{ subject: { kind: 'note', id: note }, at: '2027-02-01T08:00:00Z', visibility: 'managers' },
    evidence: { [E1]: { interaction: mail, quote: words } },
  });
  const id = freshId();
  const begun = await post(mira, '', {
    ...{ id, text: 'We ought to have rung', cause: 'Nobody is on call', action: 'A rota' },
    ...{ owner: ids.tom, due: '2027-02-20', finding },
  });
  expect(begun.status).toBe(200);
  expect(begun.improvement).toMatchObject({
    ...{ id, state: 'open', late: 'action', review, finding, project, customer },
    ...{ ownerName: 'tom', projectName: 'Cold store', customerName: 'Sample Foods' },
    quotes: [{ quote: words, interaction: mail }],
    subject: { kind: 'note', id: note },
  });
  expect(begun.finding).toMatchObject({ id: finding, review, text: 'Told after two days' });
  expect(begun.moment).toMatchObject({ kind: 'note', quote: words, text: 'Weekend' });

  // Its owner does it; the check is due later.
  const done = await post(tom, `/${id}/done`, { text: 'The rota runs', checkOn: '2027-02-23' });
  expect(done.improvement).toMatchObject({ state: 'done', late: 'check' });
  // A finding is between those who review.
  expect(done.finding).toBeNull();
  const checked = await post(mira, `/${id}/check`, { effective: false, text: 'It rang nowhere' });
  expect(checked.improvement).toMatchObject({
    ...{ state: 'not-effective', late: 'next', checkedByName: 'mira' },
  });

  const next = await post(tom, '', { id: freshId(), text: 'Still nobody rings', follows: id });
  expect(next.improvement).toMatchObject({
    ...{ follows: id, finding, project },
    quotes: [{ quote: words }],
  });
  expect(next.follows).toMatchObject({ id, state: 'not-effective', late: null });

  const after = await post(mira, `/${id}`, undefined, 'GET');
  expect(after.next.map(({ text }) => text)).toEqual(['Still nobody rings']);
  const steps = after.history.map(({ author, changes }) => [
    author.name,
    changes.map(({ field }) => field).sort(),
  ]);
  expect(steps.slice(0, 2)).toEqual([
    ['mira', ['checkedAt', 'checkedBy', 'effectText', 'effective']],
    ['tom', ['checkOn', 'doneAt', 'doneText', 'state']],
  ]);
  expect(steps).toHaveLength(3);
});

test('what is late stands first, the latest before the others, then what waits longest', async () => {
  const { mira, ids, project } = await office();
  const at = '2027-02-01T08:00:00Z';
  const make = async (text: string, body: object = {}) => {
    const id = freshId();
    await post(mira, '', { id, text, about: { unit: 'project', id: project }, ...body });
    return id;
  };
  await make('without a day');
  await make('tomorrow', { due: '2027-02-25' });
  await make('today', { due: TODAY });
  await make('late', { due: '2027-02-20', owner: ids.tom });
  await make('later', { due: '2027-02-01' });
  const unseen = await make('unseen');
  await post(mira, `/${unseen}/done`, { text: '', checkOn: '2027-02-10' });
  const failed = await make('failed');
  await post(mira, `/${failed}/done`, { text: '', checkOn: '2027-02-10' });
  await post(mira, `/${failed}/check`, { effective: false, text: 'no' });
  const helped = await make('helped');
  await post(mira, `/${helped}/done`, { text: '', checkOn: null });
  await post(mira, `/${helped}/check`, { effective: true, text: 'yes' });
  const dropped = await make('dropped');
  await post(mira, `/${dropped}/drop`, { reason: 'too dear' });
  void at;

  const waiting = await list(mira);
  expect(texts(waiting)).toEqual([
    ...['later', 'unseen', 'late', 'failed', 'today', 'tomorrow', 'without a day'],
  ]);
  expect(waiting.counts).toEqual({
    ...{ waiting: 7, late: 4, open: 5, done: 1, effective: 1 },
    ...{ 'not-effective': 1, dropped: 1, all: 9 },
  });
  expect(texts(await list(mira, 'state=late'))).toEqual(['later', 'unseen', 'late', 'failed']);
  expect(texts(await list(mira, `owner=${ids.tom}`))).toEqual(['late']);
  expect(texts(await list(mira, 'owner=nobody&state=open'))).not.toContain('late');
  expect(texts(await list(mira, 'state=dropped'))).toEqual(['dropped']);
  expect(texts(await list(mira, `project=${freshId()}`))).toEqual([]);
  // Tried again, it is not late any more.
  await make('again', { follows: failed, due: '2027-03-01' });
  expect(texts(await list(mira, 'state=late'))).toEqual(['later', 'unseen', 'late']);
});

test('an annotator sees what is theirs, does it, and begins none', async () => {
  const { mira, tom, ids, project } = await office();
  const about = { unit: 'project', id: project };
  const [theirs, other] = [freshId(), freshId()];
  await post(mira, '', { id: theirs, text: 'theirs', about, owner: ids.tom });
  await post(mira, '', { id: other, text: 'another’s', about });
  expect(texts(await list(tom, 'state=all'))).toEqual(['theirs']);
  expect((await post(tom, `/${other}`, undefined, 'GET')).status).toBe(404);
  expect((await post(tom, `/${other}/done`, { text: '', checkOn: null })).status).toBe(404);
  expect((await post(tom, '', { id: freshId(), text: 'mine', about })).status).toBe(403);
  expect((await post(tom, '', { id: freshId(), text: 'x', follows: theirs })).status).toBe(409);
  const said = await post(tom, `/${theirs}`, { patch: { action: 'A rota' } }, 'PUT');
  expect(said.improvement).toMatchObject({ action: 'A rota', state: 'open' });
  // What somebody else wrote down is not theirs to take back.
  expect((await post(tom, `/${theirs}`, { patch: { deleted: true } }, 'PUT')).status).toBe(403);
});

test('sent again because the answer was lost, it is there once; the same words write nothing', async () => {
  const { mira, device, project } = await office();
  const id = freshId();
  const body = { id, text: 'Said once', about: { unit: 'project', id: project } };
  const [one, other] = await Promise.all([post(mira, '', body), post(mira, '', body)]);
  expect([one.status, other.status]).toEqual([200, 200]);
  await post(mira, `/${id}`, { patch: { text: 'Said once' } }, 'PUT');
  await post(mira, `/${id}/drop`, { reason: 'no' });
  await post(mira, `/${id}/drop`, { reason: 'no' });
  const leaves = (await device.pullAll()).filter(({ leaf }) => leaf.record === id);
  expect(leaves).toHaveLength(2);
  // An id that is another record's is not written into.
  const taken = await post(mira, '', { ...body, id: project });
  expect(taken.status).toBe(410);
});

test('nobody writes over what they have not seen; what was done already is said in words', async () => {
  const { mira, project } = await office();
  const id = freshId();
  const about = { unit: 'project', id: project };
  const { improvement } = await post(mira, '', { id, text: 'one', about });
  const { seen } = improvement;
  const first = await post(mira, `/${id}`, { seen, patch: { cause: 'a' } }, 'PUT');
  expect(first.status).toBe(200);
  const second = await post(mira, `/${id}`, { seen, patch: { cause: 'b' } }, 'PUT');
  expect(second).toMatchObject({ status: 409, error: 'changed' });
  expect((await post(mira, `/${id}/check`, { effective: true, text: 'x' })).status).toBe(409);
  await post(mira, `/${id}/drop`, { reason: 'no' });
  const done = await post(mira, `/${id}/done`, { text: '', checkOn: null });
  expect(done).toMatchObject({ status: 409, message: 'Somebody dropped this in the meantime.' });
  const again = await post(mira, `/${id}/reopen`);
  expect(again.improvement).toMatchObject({ state: 'open', reason: '', cause: 'a' });
});

test('what is about something erased is refused in words, and what was said of it before stays', async () => {
  const { admin, mira, project, mail } = await office();
  const about = { unit: 'project', id: project };
  const id = freshId();
  const subject = { kind: 'interaction', id: mail };
  await post(mira, '', { id, text: 'said before', about, subject });
  const erasing = await admin.call('POST', '/v1/erasures', {
    ...{ reason: 'Sample reason' },
    targets: [
      { kind: 'project', id: project },
      { kind: 'interaction', id: mail },
    ],
  });
  expect(erasing.status).toBe(200);
  const late = await post(mira, '', { id: freshId(), text: 'said after', about });
  expect(late).toMatchObject({ status: 410, error: 'gone' });
  const kept = await post(mira, `/${id}`, undefined, 'GET');
  expect(kept.improvement).toMatchObject({ text: 'said before', projectName: null });
  expect(kept.moment).toBeNull();
  const seen = await mira.call('GET', `/v1/improvements/about/project/${project}`);
  expect(seen.status).toBe(404);
});

test('words that only managers may read are not quoted where everybody may', async () => {
  const { mira, customer, write, mail } = await office();
  const note = await write('note', {
    ...{ text: 'between us', customer, visibility: 'managers' },
    evidence: { [E1]: { interaction: mail, quote: 'a secret' } },
  });
  const hidden = await write('interaction', { customer, subject: 'x', visibility: 'managers' });
  const finding = await write('finding', {
    ...{ customer, text: 'f', visibility: 'managers' },
    evidence: { [E1]: { interaction: hidden, quote: 'another secret' } },
  });
  const of = async (body: object) =>
    (await post(mira, '', { id: freshId(), text: 't', ...body })).improvement.quotes;
  expect(await of({ subject: { kind: 'note', id: note } })).toEqual([]);
  expect(await of({ finding })).toEqual([]);
});

test('a session’s lines come in the order they were said; taken back and put back again', async () => {
  const { mira, project } = await office();
  const session = freshId();
  const about = { unit: 'project', id: project };
  const ids: string[] = [];
  for (const text of ['first', 'second', 'third']) {
    const id = freshId();
    ids.push(id);
    await post(mira, '', { id, text, about, session });
    // Ids of one millisecond have no order.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const query = `session=${session}&state=all`;
  expect(texts(await list(mira, query))).toEqual(['first', 'second', 'third']);
  await post(mira, `/${ids[1]}`, { patch: { deleted: true } }, 'PUT');
  expect(texts(await list(mira, query))).toEqual(['first', 'third']);
  await post(mira, `/${ids[1]}`, { patch: { deleted: false } }, 'PUT');
  expect(texts(await list(mira, query))).toEqual(['first', 'second', 'third']);
  const { json } = await mira.call('GET', `/v1/improvements/about/project/${project}`);
  expect(json).toEqual({ title: 'Cold store', customer: 'Sample Foods' });
});

test('one that was handed to somebody who left is refused, and shown so later', async () => {
  const { admin, mira, ids, project } = await office();
  const about = { unit: 'project', id: project };
  const id = freshId();
  await post(mira, '', { id, text: 'theirs', about, owner: ids.tom });
  await admin.call('PUT', `/v1/members/${ids.tom}`, { active: false });
  const shown = await post(mira, `/${id}`, undefined, 'GET');
  expect(shown.improvement).toMatchObject({ ownerName: 'tom', ownerLeft: true });
  const other = await post(mira, '', { id: freshId(), text: 'x', about, owner: ids.tom });
  expect(other).toMatchObject({ status: 409, error: 'left' });
  // What it has already is no reason to refuse another change of it.
  const kept = { patch: { action: 'A rota', owner: ids.tom } };
  expect((await post(mira, `/${id}`, kept, 'PUT')).status).toBe(200);
});
