// The story of a customer, a project or a call as the server tells it: what belongs to it, what whoever
// reads blind is not told, comments, and what there is nothing to tell of.
import { expect, test } from 'vitest';
import type { Body, Kind } from '../../src/domain/index.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { freshId } from '../../src/server/ids.ts';
import type { Story } from '../../src/server/story/tell.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const tom = await join(server, admin, 'tom');
  const device = new Device(server.url, await connect(server, tom));
  const write = async (kind: Kind, body: Body, record: string = freshId()) => {
    const [result] = await device.push(device.change(kind, body, record));
    if (result?.result !== 'accepted') throw new Error(`${kind}: ${result?.reason}`);
    return record;
  };
  const customer = await write('customer', { name: 'Sample Foods' });
  const owner = device.who.member;
  const project = await write('project', { name: 'Cold store', customer, owner });
  return { server, admin, mira, tom, device, write, customer, project, owner };
}

type Answer = Story & { message?: string; error?: string };

async function read(who: Visitor, unit: string, subject: string, more = '') {
  const { status, json } = await who.call(
    'GET',
    `/v1/story?unit=${unit}&subject=${subject}${more}`,
  );
  return { status, ...(json as Answer) };
}
const kindsOf = ({ moments }: Story) => moments.map(({ kind }) => kind);

test('a project’s story has what names it and what was noticed in its talks, oldest first, once', async () => {
  const { mira, write, customer, project, device } = await office();
  const identifiers = { 'mid:1@sample.example': true };
  const mail = { channel: 'email', subject: 'Delivery', logged: true, startedAt: daysAgo(60) };
  const first = await write('interaction', {
    ...{ ...mail, customer, project, identifiers, url: 'https://mail.example/1' },
    sender: { name: 'Sample Buyer', address: 'buyer@sample.example' },
  });
  // A colleague logged the same mail.
  await write('interaction', { ...mail, customer, project, identifiers });
  const evidence = { [freshId()]: { quote: 'as before, I assume', interaction: first } };
  // Names neither customer nor project: it was noticed in the mail.
  const statement = 'Certificates are there before the audit.';
  const expectation = await write('expectation', {
    ...{ statement, evidence, writtenAt: daysAgo(59), outcome: 'met', outcomeAt: daysAgo(2) },
  });
  await write('commitment', { customer, project, text: 'We send them.', writtenAt: daysAgo(58) });
  await write('probe', {
    ...{ customer, project, expectation, question: 'When?', askedAt: daysAgo(15) },
    ...{ answeredAt: daysAgo(14), answer: 'Before March.', says: 'confirmed' },
  });
  await write('perception', {
    customer,
    project,
    form: 'survey',
    score: 9,
    observedAt: daysAgo(1),
  });
  const elsewhere = await write('project', { name: 'Other', customer });
  await write('note', { customer, project: elsewhere, text: 'of another project' });
  await write('note', { customer: freshId(), interaction: first, text: 'about somebody else' });

  const story = await read(mira, 'project', project);
  expect(story).toMatchObject({
    ...{ status: 200, unit: 'project', blind: false, hidden: 0 },
    subject: { id: project, name: 'Cold store' },
    customer: { id: customer, name: 'Sample Foods' },
    owner: { id: device.who.member },
  });
  expect(kindsOf(story)).toEqual([
    ...['mail', 'expectation', 'commitment', 'probe', 'answer', 'outcome', 'perception'],
  ]);
  expect(story.gaps.map(({ days }) => days)).toEqual([45]);
  const [logged, hunch] = story.moments;
  expect(logged).toMatchObject({ title: 'Delivery', from: 'Sample Buyer' });
  expect(hunch).toMatchObject({
    ...{ theirs: 'as before, I assume', ours: statement, interaction: first },
    url: 'https://mail.example/1',
  });
  // The customer's has the other project's as well, the call's only what hangs on it.
  expect(kindsOf(await read(mira, 'customer', customer))).toContain('note');
  const call = await read(mira, 'call', first);
  expect(kindsOf(call)).toEqual(['mail', 'expectation', 'outcome', 'note']);
});

test('promises, questions, breaches and improvements stand in it for good', async () => {
  const { mira, admin, server, write, customer, project } = await office();
  const about = { customer, project };
  const promise = await write('commitment', { ...about, text: 'By Friday.', by: 'us' });
  await write('commitment', { state: 'broken' }, promise);
  const standard = freshId();
  const manager = new Device(server.url, await connect(server, mira));
  const push = (kind: Kind, body: Body, record: string = freshId()) =>
    manager.push(manager.change(kind, body, record)).then(([result]) => {
      expect(result?.result).toBe('accepted');
      return record;
    });
  await push('standard', { series: standard, version: 1, name: 'Answered in a day' }, standard);
  const review = await push('review', { unit: 'project', subject: project, project });
  const gone = await push('review', { unit: 'project', subject: project, project });
  await push('review', { withdrawn: true, reason: 'The wrong project.' }, gone);
  const finding = { ...about, standard, type: 'nonconformity', at: daysAgo(30) };
  await push('finding', { ...finding, review, text: 'Nobody answered for a week.' });
  await push('finding', { ...finding, review: gone, text: 'of a review that was taken back' });
  await push('finding', { ...finding, review, type: 'observation', text: 'only observed' });
  const inquiry = await push('inquiry', { ...about, question: 'What happened?', asks: 'answer' });
  await push('inquiry', { ...about, question: 'Read this.', asks: 'acknowledge' });
  await write('inquiry', { answer: 'I was away.', answeredAt: daysAgo(0) }, inquiry);
  await push('improvement', {
    ...{ ...about, text: 'Nobody covered.', action: 'Somebody covers.', state: 'done' },
    ...{ doneAt: new Date().toISOString(), doneText: 'Planned.', writtenAt: daysAgo(20) },
    ...{ checkedAt: new Date().toISOString(), effective: true, effectText: 'No gap since.' },
  });

  const story = await read(admin, 'project', project);
  expect(kindsOf(story).sort()).toEqual(
    [
      ...['commitment', 'outcome', 'breach', 'inquiry', 'answer'],
      ...['improvement', 'outcome', 'effect'],
    ].sort(),
  );
  const breach = story.moments.find(({ kind }) => kind === 'breach');
  expect(breach).toMatchObject({
    standard: 'Answered in a day',
    ours: 'Nobody answered for a week.',
  });
  expect(breach?.at).toBe(Date.parse(finding.at));
  expect(
    story.moments.filter(({ kind }) => kind === 'outcome').map(({ promise: was }) => was),
  ).toContain('broken');
  expect(story.moments.find(({ kind }) => kind === 'effect')).toMatchObject({ effective: true });
});

test('who reads blind is told neither names nor satisfaction, wherever they stand', async () => {
  const { admin, mira, tom, write, customer, project } = await office();
  const { json } = await tom.call('GET', '/v1/me');
  const tomsName = (json as { member: { name: string } }).member.name;
  expect(tomsName).toMatch(/\S/);
  const about = { customer, project };
  await write('interaction', {
    ...{ ...about, channel: 'email', direction: 'outbound', logged: true, wentWell: 5 },
    ...{ subject: 'Offer', sender: { name: tomsName, address: 'tom@unsaid.example' } },
    ...{ text: `All the best, ${tomsName}`, url: 'https://mail.example/2' },
  });
  await write('note', { ...about, label: 'grievance', text: 'Late twice.' });
  await write('perception', { ...about, form: 'survey', score: 2, text: 'It was poor.' });
  const open = await read(mira, 'project', project);
  expect(JSON.stringify(open)).toContain(tomsName);

  const blind = await read(mira, 'project', project, '&blind=1');
  expect(blind).toMatchObject({ blind: true, hidden: 1, owner: null });
  expect(kindsOf(blind).sort()).toEqual(['grievance', 'mail']);
  for (const { by, url } of blind.moments) expect([by, url]).toEqual([null, null]);
  const said = JSON.stringify(blind);
  for (const secret of [tomsName.includes(' ') ? tomsName : 'tom@', 'poor', 'wentWell', 'https:']) {
    expect(said).not.toContain(secret);
  }
  // One record alone says no more.
  const mail = blind.moments.find(({ kind }) => kind === 'mail')?.record.id;
  const one = await mira.call(
    'GET',
    `/v1/story/record?unit=project&subject=${project}&blind=1&kind=interaction&id=${mail}`,
  );
  expect(one.status).toBe(200);
  expect(JSON.stringify(one.json)).not.toContain('https:');
  // Nor can a name be guessed by looking for it.
  const look = async (q: string, more = '') => {
    const path = `/v1/story/words?unit=project&subject=${project}&q=${encodeURIComponent(q)}${more}`;
    return ((await mira.call('GET', path)).json as { records: string[] }).records;
  };
  expect(await look('tom@unsaid')).toEqual([mail]);
  expect(await look('tom@unsaid', '&blind=1')).toEqual([]);
  expect(await look('poor', '&blind=1')).toEqual([]);
  expect(await look('late TWICE', '&blind=1')).toHaveLength(1);
  // The admin, who reviews nothing here, may read it open.
  expect((await read(admin, 'project', project)).blind).toBe(false);
});

test('in the middle of a blind review it is blind whatever is asked, also by way of the customer', async () => {
  const { mira, write, customer, project } = await office();
  await write('perception', { customer, project, form: 'survey', score: 2 });
  const drawn = await mira.call('POST', '/v1/draws', {
    ...{ name: 'Sample draw', unit: 'project', filter: {}, strata: 'none', blind: true, due: null },
    method: { kind: 'simple', size: 1 },
  });
  const { draw } = drawn.json as { draw: { id: string } };
  await mira.call('POST', '/v1/standards', { standards: STARTER_STANDARDS });
  expect(await read(mira, 'project', project)).toMatchObject({ blind: false, hidden: 0 });
  const begin = { audit: draw.id, subject: project };
  const begun = await mira.call('POST', '/v1/reviews/start', begin);
  expect(begun.status).toBeLessThan(300);
  for (const [unit, subject] of [
    ['project', project],
    ['customer', customer],
  ] as const) {
    const story = await read(mira, unit, subject);
    expect(story).toMatchObject({ status: 200, blind: true, hidden: 1, moments: [], owner: null });
  }
});

test('a comment that is sent twice under one id, because the answer was lost, is one', async () => {
  const { mira, write, customer, project } = await office();
  const note = await write('note', { customer, project, text: 'Late twice.' });
  const path = `/v1/story/comments?unit=project&subject=${project}`;
  const record = { kind: 'note', id: note };
  const wish = { id: freshId(), record, at: daysAgo(3), text: 'Why?', visibility: 'managers' };
  await mira.call('POST', path, wish);
  const again = await mira.call('POST', path, wish);
  expect(again.status).toBe(200);
  expect((again.json as { comments: unknown[] }).comments).toHaveLength(1);
  // No other record is taken for it.
  expect((await mira.call('POST', path, { ...wish, id: note })).status).toBe(410);
});

test('comments are pinned to a moment, settled by anybody who reads them, taken back by their writer', async () => {
  const { admin, mira, tom, server, write, customer, project } = await office();
  const note = await write('note', { customer, project, text: 'Late twice.' });
  const path = `/v1/story/comments?unit=project&subject=${project}`;
  const wish = { record: { kind: 'note', id: note }, at: daysAgo(3), text: 'Why so late?' };
  const bad = await mira.call('POST', path, { ...wish, text: ' ', visibility: 'managers' });
  expect(bad.status).toBe(400);
  const made = await mira.call('POST', path, { ...wish, visibility: 'managers' });
  expect(made.status).toBe(200);
  const [comment] = (made.json as { comments: Story['comments'] }).comments;
  expect(comment).toMatchObject({
    ...{ record: wish.record, at: Date.parse(wish.at), text: 'Why so late?', mine: true },
    ...{ settled: false, visibility: 'managers' },
  });
  // Written for managers: it is not what others’ browsers get.
  const pulled = await new Device(server.url, await connect(server, tom)).pullAll();
  expect(pulled.some(({ leaf }) => leaf.kind === 'comment')).toBe(false);

  const one = `/v1/story/comments/${comment?.id}?unit=project&subject=${project}`;
  expect((await admin.call('PUT', one, { deleted: true })).status).toBe(403);
  const settled = await admin.call('PUT', one, { settled: true });
  expect(settled.json).toMatchObject({ comments: [{ settled: true, mine: false }] });
  // Both stories have it: the customer's too.
  expect((await read(admin, 'customer', customer)).comments).toHaveLength(1);
  // Blind, one sees one's own only.
  expect((await read(admin, 'project', project, '&blind=1')).comments).toEqual([]);
  expect((await read(mira, 'project', project, '&blind=1')).comments).toHaveLength(1);
  const back = await mira.call('PUT', one, { deleted: true });
  expect(back.json).toEqual({ comments: [] });
  const nobody = { ...wish, record: { kind: 'note', id: freshId() }, visibility: 'workspace' };
  expect((await mira.call('POST', path, nobody)).status).toBe(410);
});

test('unknown, deleted, erased, merged and empty ones are answered in words', async () => {
  const { admin, mira, tom, write, customer, project } = await office();
  expect(await read(mira, 'project', project)).toMatchObject({
    moments: [],
    gaps: [],
    comments: [],
  });
  expect(await read(mira, 'project', freshId())).toMatchObject({ status: 404 });
  expect((await read(mira, 'project', 'nonsense')).status).toBe(400);
  expect((await read(mira, 'galaxy', project)).status).toBe(400);
  expect((await read(tom, 'project', project)).status).toBe(403);

  const double = await write('project', { name: 'Cold store, twice', customer });
  await write('note', { customer, project: double, text: 'written to the other' });
  await write('project', { mergedInto: project }, double);
  for (const id of [project, double]) {
    expect(await read(mira, 'project', id)).toMatchObject({
      ...{ status: 200, subject: { id: project, name: 'Cold store' } },
      moments: [{ kind: 'note', ours: 'written to the other' }],
    });
  }
  const away = await write('project', { name: 'Away', customer });
  await write('project', { deleted: true }, away);
  expect(await read(mira, 'project', away)).toMatchObject({ status: 404 });
  const gone = await write('project', { name: 'Gone', customer });
  const erasure = { targets: [{ kind: 'project', id: gone }], reason: 'They asked for it' };
  expect((await admin.call('POST', '/v1/erasures', erasure)).status).toBe(200);
  const answer = await read(mira, 'project', gone);
  expect(answer.status).toBe(410);
  expect(answer.message).toContain('erased');
});

test('words are found in whole texts, and a long one is read alone', async () => {
  const { mira, write, customer, project } = await office();
  const text = `${'All is well. '.repeat(200)}The walrus is in the last line.`;
  const mail = await write('interaction', {
    ...{ customer, project, channel: 'email', subject: 'Long', logged: true, text },
  });
  await write('note', { customer, project, text: 'nothing of the kind' });
  const story = await read(mira, 'project', project);
  const [shown] = story.moments.filter(({ kind }) => kind === 'mail');
  expect(shown?.cut).toBe(true);
  expect(shown?.ours).toHaveLength(400);
  const of = `unit=project&subject=${project}`;
  const found = await mira.call('GET', `/v1/story/words?${of}&q=WALRUS%20last`);
  expect(found.json).toEqual({ records: [mail] });
  const none = await mira.call('GET', `/v1/story/words?${of}&q=wal%25`);
  expect(none.json).toEqual({ records: [] });
  const one = await mira.call('GET', `/v1/story/record?${of}&kind=interaction&id=${mail}`);
  expect(one.json).toMatchObject({ moments: [{ ours: text, cut: false }] });
  const whole = await read(mira, 'project', project, '&whole=1');
  expect(whole.moments.some(({ ours }) => ours === text)).toBe(true);
});

test('customers and projects are found by name, without accents; without words the latest', async () => {
  const { mira, write, customer, project } = await office();
  const other = await write('customer', { name: 'Sample Works Zürich' });
  await write('note', { customer: other, text: 'the latest' });
  const find = async (q: string) => {
    const { json } = await mira.call('GET', `/v1/story/subjects?q=${encodeURIComponent(q)}`);
    return (json as { subjects: { id: string; unit: string }[] }).subjects.map(({ id }) => id);
  };
  expect(await find('zurich')).toEqual([other]);
  expect(await find('foods cold')).toEqual([project]);
  expect(await find('sample')).toEqual([customer, other, project]);
  expect(await find('')).toEqual([other, project, customer]);
  expect(await find('nobody of this name')).toEqual([]);
});
