// Draws: announced before they can be known, drawn by what the log says, replayed by anybody.
import { hash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { Period } from '../../src/audit/index.ts';
import type { Draw } from '../../src/domain/index.ts';
import type { Asker } from '../../src/server/accounts/asker.ts';
import { inWorkspace, openDatabase, openPool } from '../../src/server/database.ts';
import { touchedBy } from '../../src/server/draws/independent.ts';
import { freshId } from '../../src/server/ids.ts';
import { createDirectories } from '../../src/server/register/directory.ts';
import { whyNotIndependent } from '../../src/server/reviews/independence.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

/** Forty projects of eight customers, whose last word was good, bad, or never heard. */
async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const device = new Device(server.url, await connect(server, mira));
  const customers = Array.from({ length: 8 }, () => freshId());
  const projects = Array.from({ length: 40 }, () => freshId());
  await device.push(
    ...customers.map((id, at) => device.change('customer', { name: `Sample ${at}` }, id)),
    ...projects.map((id, at) =>
      device.change(
        'project',
        {
          ...{ name: `Project ${at}`, customer: customers[at % 8] ?? '' },
          state: at % 4 === 0 ? 'closed' : 'open',
        },
        id,
      ),
    ),
    // Of customers 0 to 3 the last word was good, of 4 and 5 bad, of the others there is none.
    ...customers.slice(0, 6).flatMap((customer, at) =>
      [2, at < 4 ? 9 : 3].map((score, turn) =>
        device.change('perception', {
          ...{ customer, form: 'survey', score, scaleMin: 0, scaleMax: 10 },
          observedAt: `2027-0${turn + 1}-01T08:00:00Z`,
        }),
      ),
    ),
  );
  return { server, admin, mira, device, projects, customers };
}

const wish = {
  ...{ name: 'Sample draw', unit: 'project', filter: {}, strata: 'none', blind: true, due: null },
  method: { kind: 'simple', size: 5 },
};

async function post(visitor: Visitor, path: string, body: unknown) {
  const { status, json } = await visitor.call('POST', `/v1/draws${path}`, body);
  return { status, ...(json as { draw: Draw; message?: string }) };
}

/** As docs/drawing.md says it, with nothing of ours. */
function replay(list: string, { nonce, checkpoint }: Draw, size: number): string[] {
  const seed = hash(
    'sha256',
    Buffer.concat([Buffer.from(checkpoint ?? ''), Buffer.from(nonce ?? '', 'hex')]),
    'buffer',
  );
  return list
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[0] ?? '')
    .map((id) => ({ id, ticket: hash('sha256', Buffer.concat([seed, Buffer.from(id)])) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, size)
    .map(({ id }) => id);
}

test('announced, drawn, and drawn again by anybody from what is published', async () => {
  const { mira, device, projects } = await office();
  const { status, draw } = await post(mira, '', wish);
  expect(status).toBe(201);
  expect(draw).toMatchObject({ state: 'drawn', population: { size: 40 }, blind: true });
  const list = (await mira.get(`/v1/draws/${draw.id}/population`)).text;
  expect(hash('sha256', list)).toBe(draw.population.hash);
  expect(hash('sha256', Buffer.from(draw.nonce ?? '', 'hex'))).toBe(draw.commitment);
  expect(list.split('\n').filter(Boolean)).toHaveLength(projects.length);
  expect(draw.sample).toEqual(replay(list, draw, 5));

  // In the log the announcement stands before the checkpoint, and what was drawn after it.
  const leaves = (await device.pullAll()).filter(({ leaf }) => leaf.record === draw.id);
  const [announced, drawn] = leaves as [(typeof leaves)[0], (typeof leaves)[0]];
  expect(announced.body).toMatchObject({ commitment: draw.commitment, state: 'announced' });
  expect(announced.body).not.toHaveProperty('nonce');
  const size = Number(draw.checkpoint?.split('\n')[1]);
  expect(size).toBe(announced.seq + 1);
  expect(drawn.seq).toBe(size);
});

test('sent twice under one id, because the answer was lost, it is drawn once', async () => {
  const { mira, projects } = await office();
  const called = { ...wish, id: freshId() };
  const first = await post(mira, '', called);
  const again = await post(mira, '', called);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.draw).toEqual(first.draw);
  expect(first.draw.id).toBe(called.id);
  const { json } = await mira.call('GET', '/v1/draws');
  expect((json as { draws: Draw[] }).draws).toHaveLength(1);
  // No other record is taken for it.
  expect((await post(mira, '', { ...wish, id: projects[0] })).status).toBe(404);
});

test('strata by the last word of the customer, each with its share', async () => {
  const { mira } = await office();
  const { status, json } = await mira.call('POST', '/v1/draws/preview', {
    ...{ unit: 'project', filter: {}, strata: 'satisfaction' },
    ...{ margin: 0.1, confidence: 0.95, among: 0.05 },
  });
  expect(status).toBe(200);
  expect(json).toEqual({
    ...{ size: 40, leftOut: 0, nobodys: 0 },
    strata: [
      { name: 'happy', count: 20 },
      { name: 'unhappy', count: 10 },
      { name: 'unknown', count: 10 },
    ],
    planned: { margin: 29, discovery: 31, among: 2 },
  });
  const method = { kind: 'stratified', size: 8, least: 1 };
  const { draw } = await post(mira, '', { ...wish, strata: 'satisfaction', method });
  const list = (await mira.get(`/v1/draws/${draw.id}/population`)).text;
  const strata = new Map(list.split('\n').map((line) => line.split('\t') as [string, string]));
  expect(draw.sample.map((id) => strata.get(id)).sort()).toEqual([
    ...['happy', 'happy', 'happy', 'happy'],
    ...['unhappy', 'unhappy', 'unknown', 'unknown'],
  ]);
});

test('a filter leaves out what does not fit; nothing left is said', async () => {
  const { mira } = await office();
  const { draw } = await post(mira, '', { ...wish, filter: { state: ['closed'] } });
  expect(draw.population.size).toBe(10);
  const none = await post(mira, '', { ...wish, filter: { state: ['lost'] } });
  expect(none).toMatchObject({ status: 400, message: 'Nothing fits this filter.' });
  const more = await post(mira, '', { ...wish, method: { kind: 'simple', size: 41 } });
  expect(more).toMatchObject({ status: 400, message: '41 cannot be drawn from 40.' });
});

test('whoever cannot be reviewed is replaced, with a reason, by the one known beforehand', async () => {
  const { mira } = await office();
  const { draw } = await post(mira, '', wish);
  const list = (await mira.get(`/v1/draws/${draw.id}/population`)).text;
  const sixth = replay(list, draw, 6).at(-1) as string;
  const [first] = draw.sample as [string];
  const replaced = await post(mira, `/${draw.id}/replace`, { out: first, reason: 'Erased.' });
  expect(replaced.status).toBe(200);
  expect(replaced.draw.members).toEqual([sixth, ...draw.sample.slice(1)]);
  expect(replaced.draw.sample).toEqual(draw.sample);
  expect(replaced.draw.replacements).toMatchObject([{ out: first, in: sixth, reason: 'Erased.' }]);
  const again = await post(mira, `/${draw.id}/replace`, { out: first, reason: 'Again.' });
  expect(again.status).toBe(409);
});

test('one draw is told with the names of its members and their customers', async () => {
  const { mira, projects } = await office();
  const { draw } = await post(mira, '', wish);
  const { json } = await mira.call('GET', `/v1/draws/${draw.id}`);
  const { names } = json as { names: { id: string; name: string; customer: string }[] };
  expect(names).toEqual(
    draw.sample.map((id) => ({
      ...{ id, name: `Project ${projects.indexOf(id)}` },
      customer: `Sample ${projects.indexOf(id) % 8}`,
    })),
  );
});

test('an abandoned draw stays, with its reason, and is not drawn again', async () => {
  const { mira } = await office();
  const { draw } = await post(mira, '', wish);
  await post(mira, `/${draw.id}/abandon`, { reason: 'Wrong filter.' });
  const { json } = await mira.call('GET', '/v1/draws');
  const { draws } = json as { draws: Draw[] };
  expect(draws).toHaveLength(1);
  expect(draws[0]).toMatchObject({ state: 'abandoned', reason: 'Wrong filter.' });
  expect((await post(mira, `/${draw.id}/draw`, {})).status).toBe(409);
});

test('13.9 what a draw was announced and drawn with cannot be changed from a browser', async () => {
  const { mira, device } = await office();
  const { draw } = await post(mira, '', wish);
  const results = await device.push(
    device.change('audit', { sample: [] }, draw.id),
    device.change('audit', { commitment: '00' }, draw.id),
    device.change('audit', { deleted: true }, draw.id),
    device.change('audit', { name: 'Another name' }, draw.id),
  );
  expect(results.map(({ result }) => result)).toEqual([
    ...['needs-attention', 'needs-attention', 'needs-attention'],
    'accepted',
  ]);
  const { json } = await mira.call('GET', '/v1/draws');
  expect((json as { draws: Draw[] }).draws[0]).toMatchObject({ sample: draw.sample });
});

test('13.9 what was asked, and what was said to a review, cannot be changed from a browser', async () => {
  const { device } = await office();
  const [inquiry, dispute] = [freshId(), freshId()];
  await device.push(
    device.change('inquiry', { question: 'Why late?', to: device.who.member }, inquiry),
    device.change('dispute', { stance: 'reject', reason: 'It was not.' }, dispute),
  );
  const results = await device.push(
    device.change('inquiry', { question: 'Why early?' }, inquiry),
    device.change('inquiry', { answer: 'Snow.' }, inquiry),
    device.change('dispute', { reason: 'Never mind.' }, dispute),
    device.change('dispute', { deleted: true }, dispute),
  );
  expect(results.map(({ result }) => result)).toEqual([
    ...['needs-attention', 'accepted', 'needs-attention', 'needs-attention'],
  ]);
});

/** Mira and Tom may review; Mira owns projects 0 to 9, Tom 8 to 11, and Tom wrote of project 20. */
async function reviewersOffice() {
  const found = await office();
  const { server, admin, device, projects } = found;
  const tom = await join(server, admin, 'tom', 'manager');
  const toms = new Device(server.url, await connect(server, tom));
  const lea = await join(server, admin, 'lea');
  const leas = new Device(server.url, await connect(server, lea));
  const own = (from: number, to: number, owner: string) =>
    projects.slice(from, to).map((id) => device.change('project', { owner }, id));
  const call = device.change('interaction', { channel: 'call', project: projects[21] ?? '' });
  await device.push(
    ...own(0, 10, device.who.member),
    ...own(10, 12, toms.who.member),
    call,
    device.change('commitment', { project: projects[8] ?? '', owner: toms.who.member }),
    device.change('probe', { project: projects[22] ?? '', owner: toms.who.member }),
    // What came from a file makes nobody part of the work.
    device.change('interaction', {
      ...{ channel: 'email', project: projects[30] ?? '' },
      identifiers: { 'import:sample': true },
    }),
  );
  await toms.push(
    toms.change('note', { project: projects[20] ?? '', text: 'Sample' }),
    toms.change('note', { interaction: call.envelope.record, text: 'Sample' }),
  );
  return { ...found, tom, lea, members: { mira: device.who, tom: toms.who, lea: leas.who } };
}

test('a calibration takes two reviewers, and leaves out what one of them had a hand in', async () => {
  const { mira, members, projects } = await reviewersOffice();
  const both = [members.mira.member, members.tom.member];
  const counting = { ...{ margin: 0.1, confidence: 0.95, among: 0.05 }, ...wish, strata: 'none' };
  const ask = (more: object) => mira.call('POST', '/v1/draws/preview', { ...counting, ...more });
  // Mira’s: 0 to 9, the call of 21, the probe of 22. Tom’s: 10, 11, the promise of 8, the notes of 20, 21.
  const { json } = await ask({ reviewers: both, calibration: true });
  expect(json).toMatchObject({ size: 25, leftOut: 15, nobodys: 0 });
  expect((await ask({ reviewers: both })).json).toMatchObject({ size: 40, leftOut: 0, nobodys: 2 });
  expect((await ask({ reviewers: [members.tom.member] })).json).toMatchObject({ nobodys: 5 });
  const one = await post(mira, '', { ...wish, reviewers: [both[0]], calibration: true });
  expect(one).toMatchObject({
    status: 400,
    message: 'A calibration takes at least two reviewers.',
  });
  const twice = await post(mira, '', { ...wish, reviewers: [both[0], both[0]], calibration: true });
  expect(twice.status).toBe(400);
  const lea = [...both, members.lea.member];
  const annotator = await post(mira, '', { ...wish, reviewers: lea, calibration: true });
  expect(annotator.message).toContain('may not review any more');

  const { draw } = await post(mira, '', { ...wish, reviewers: both, calibration: true });
  expect(draw).toMatchObject({ calibration: true, reviewers: both, population: { size: 25 } });
  const open = projects.filter((_, at) => at > 11 && ![20, 21, 22].includes(at));
  expect(open).toEqual(expect.arrayContaining([...draw.sample]));
});

test.each(['project', 'customer', 'call'] as const)(
  'who had a hand in a %s, of all at once, is who may not review that one',
  async (unit) => {
    const { server, admin, members, device, projects, customers } = await reviewersOffice();
    const { json } = await admin.call('GET', '/v1/me');
    const me = json as Pick<Asker, 'member' | 'workspace'>;
    const calls = [0, 5, 12].map((at) =>
      device.change('interaction', { channel: 'call', project: projects[at] ?? '' }),
    );
    await device.push(...calls, device.change('note', { customer: customers[3] ?? '', text: 's' }));
    const subjects = {
      ...{ project: projects, customer: customers },
      call: calls.map(({ envelope }) => envelope.record),
    }[unit];
    const pool = openPool(asOwner(server.database), () => undefined);
    const db = openDatabase(pool);
    onTestFinished(() => db.destroy());
    await inWorkspace(db, me.workspace.id, async (tx) => {
      const asker = me as Asker;
      const directory = await createDirectories().of(tx, asker);
      const ids = [members.mira.member, members.tom.member];
      const touched = await touchedBy({ tx, asker, directory }, unit, ids);
      for (const subject of subjects) {
        for (const id of ids) {
          const reviewer = { workspace: me.workspace, member: { id } };
          const why = await whyNotIndependent(tx, reviewer, { unit, subject, directory });
          expect([subject, touched.get(subject)?.has(id) ?? false]).toEqual([
            ...[subject, why.length > 0],
          ]);
        }
      }
      expect(touched.size).toBeGreaterThan(0);
    });
  },
);

test('how much was drawn and reviewed: customers by their projects, put out ones as drawn', async () => {
  const { mira, device } = await office();
  const { draw } = await post(mira, '', wish);
  const [first, second] = draw.sample as [string, string];
  const review = (subject: string) =>
    device.change('review', {
      ...{ audit: draw.id, unit: 'project', subject, reviewer: device.who.member },
      ...{ finishedAt: '2027-01-04T09:00:00Z', visibility: 'managers' },
    });
  await device.push(review(first));
  await post(mira, `/${draw.id}/replace`, { out: second, reason: 'Merged.' });
  const { json } = await mira.call('GET', '/v1/draws/coverage');
  const { periods } = json as { periods: Period[] };
  expect(periods.map(({ name }) => name)).toEqual([
    ...['three-months', 'twelve-months', 'quarter', 'quarter', 'quarter', 'quarter'],
  ]);
  const [recent] = periods as [Period];
  expect(recent).toMatchObject({ draws: 1, abandoned: 0 });
  expect(recent.projects).toMatchObject({ all: 40, drawn: 6, reviewed: { hits: 1, n: 6 } });
  expect(recent.customers).toMatchObject({ all: 8, reviewed: { hits: 1 } });
  await post(mira, `/${draw.id}/abandon`, { reason: 'Sample.' });
  const after = (await mira.call('GET', '/v1/draws/coverage')).json as { periods: Period[] };
  expect(after.periods[0]).toMatchObject({ abandoned: 1, projects: { drawn: 6 } });
});

test('no project, and one: said in words, drawn, and nobody is left to come in', async () => {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const ask = async (strata: string) => {
    const counting = { unit: 'project', filter: {}, strata, margin: 0.1, confidence: 0.95 };
    const { json } = await admin.call('POST', '/v1/draws/preview', { ...counting, among: 0.05 });
    return json;
  };
  expect(await ask('satisfaction')).toMatchObject({
    ...{ size: 0, strata: [], planned: { margin: 0, discovery: 0 } },
  });
  const none = await post(admin, '', { ...wish, method: { kind: 'simple', size: 1 } });
  expect(none).toMatchObject({ status: 400, message: 'Nothing fits this filter.' });
  const empty = (await admin.call('GET', '/v1/draws/coverage')).json as { periods: Period[] };
  expect(empty.periods[0]?.projects).toMatchObject({ all: 0, drawn: 0, margin: null });

  const device = new Device(server.url, await connect(server, admin));
  await device.push(device.change('project', { name: 'The only one' }));
  expect(await ask('size')).toMatchObject({
    ...{ size: 1, strata: [{ name: 'small', count: 1 }] },
    planned: { margin: 1, discovery: 1, among: 1 },
  });
  const method = { kind: 'stratified', size: 1, least: 1 };
  const { draw } = await post(admin, '', { ...wish, strata: 'size', method });
  expect(draw).toMatchObject({ state: 'drawn', sample: { length: 1 } });
  const [only] = draw.sample;
  const out = await post(admin, `/${draw.id}/replace`, { out: only, reason: 'Erased.' });
  expect(out.draw).toMatchObject({ members: [], replacements: [{ out: only, in: null }] });
});

test('two who draw at once get two draws, each replayable; one drawn twice is drawn once', async () => {
  const { mira, admin } = await office();
  const [one, other] = await Promise.all([post(mira, '', wish), post(admin, '', wish)]);
  expect([one.status, other.status]).toEqual([201, 201]);
  for (const { draw } of [one, other]) {
    const list = (await mira.get(`/v1/draws/${draw.id}/population`)).text;
    expect(draw.sample).toEqual(replay(list, draw, 5));
  }
  const again = await Promise.all([1, 2].map(() => post(mira, `/${one.draw.id}/draw`, {})));
  expect(again.map(({ status }) => status)).toEqual([409, 409]);
});
