// Draws that come again: each due one exactly once, whatever servers were stopped or run beside each
// other, and whatever they wait for is said.
import { hash } from 'node:crypto';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import type { Draw } from '../../src/domain/index.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { freshId } from '../../src/server/ids.ts';
import { createCheckpoints } from '../../src/server/log/checkpoints.ts';
import { openLargest } from '../../src/server/log/largest.ts';
import { signerOf } from '../../src/server/log-key.ts';
import { runProgrammes } from '../../src/server/programmes/run.ts';
import { createPokeHub } from '../../src/server/sync/pokes.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { connect, serverOn, setUp, temporaryFolder } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();
const DAY = 24 * 60 * 60 * 1000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** A company with twelve projects, and two more servers on its database. */
async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  const device = new Device(server.url, await connect(server, mira));
  const customer = freshId();
  await device.push(
    device.change('customer', { name: 'Sample' }, customer),
    ...Array.from({ length: 12 }, (_, at) =>
      device.change('project', { name: `Project ${at}`, customer, state: 'open' }),
    ),
  );
  const { workspace } = device.who;
  const servers = [await another(server.database), await another(server.database)] as const;
  const run = (now: number, which: 0 | 1 = 0) => runProgrammes(servers[which], workspace, now);
  return { server, servers, admin, mira, device, run };
}

/** As another process has it: a pool and what signs, of its own. */
async function another(database: string) {
  const pool = openPool(asOwner(database), () => undefined);
  const db = openDatabase(pool);
  onTestFinished(() => db.destroy());
  const logKey = { ...signerOf('sample.example/log', new Uint8Array(32).fill(7)), vkey: '' };
  const largest = await openLargest(await temporaryFolder(), () => undefined);
  onTestFinished(() => largest.close());
  const checkpoints = createCheckpoints(logKey, largest, pino({ level: 'silent' }));
  return { db, logKey, checkpoints, pokes: createPokeHub() };
}

const plan = {
  ...{ name: 'Every month', unit: 'project', filter: {}, strata: 'none', size: 4, blind: true },
  ...{ reviewers: [] as string[], every: 'month', from: dayOf(Date.now()), dueIn: 14 },
};

type Shown = {
  id: string;
  seen: string;
  owed: string | null;
  next: string | null;
  fits: number;
  mayDraw: boolean;
  stopped: boolean;
  auditor: { name: string; active: boolean };
  reviewers: { name: string; active: boolean; mayReview: boolean }[];
  draws: { id: string; name: string; state: string }[];
};
type Answer = { status: number; programmes: Shown[]; message?: string };

async function call(visitor: Visitor, method: string, path = '', body?: unknown): Promise<Answer> {
  const { status, json } = await visitor.call(method, `/v1/programmes${path}`, body);
  return { ...(json as Answer), status };
}
const drawsOf = async (visitor: Visitor) =>
  ((await visitor.call('GET', '/v1/draws')).json as { draws: Draw[] }).draws;

test('sent twice under one id, because the answer was lost, it is one programme', async () => {
  const { mira } = await office();
  const called = { ...plan, id: freshId() };
  const first = await call(mira, 'POST', '', called);
  const again = await call(mira, 'POST', '', called);
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.programmes).toHaveLength(1);
  expect(again.programmes).toEqual(first.programmes);
});

test('a due draw is announced and drawn as any other, and drawn again by anybody', async () => {
  const { mira, run } = await office();
  const { status, programmes } = await call(mira, 'POST', '', plan);
  expect(status).toBe(200);
  expect(programmes).toMatchObject([{ owed: plan.from, next: plan.from, fits: 12, draws: [] }]);
  const now = Date.now();
  expect((await run(now - 2 * DAY)).drawn).toEqual([]);
  expect((await run(now)).drawn).toHaveLength(1);
  const [draw] = await drawsOf(mira);
  expect(draw).toMatchObject({
    ...{ name: `Every month, ${plan.from}`, state: 'drawn', blind: true },
    ...{ programme: programmes[0]?.id, programmeDay: plan.from, due: dayOf(now + 14 * DAY) },
  });
  const list = (await mira.get(`/v1/draws/${draw?.id}/population`)).text;
  expect(hash('sha256', list)).toBe(draw?.population.hash);
  expect(draw?.sample).toHaveLength(4);
  expect((await run(now)).drawn).toEqual([]);
  const after = (await call(mira, 'GET')).programmes;
  expect(after).toMatchObject([{ owed: null, draws: [{ id: draw?.id, state: 'drawn' }] }]);
  expect(after[0]?.next).not.toBe(plan.from);
});

test('stopped for five weeks: one draw, not five; each later week its own', async () => {
  const { mira, device, run } = await office();
  const now = Date.now();
  const record = freshId();
  const from = dayOf(now - 36 * DAY);
  const body = { ...plan, name: 'Every week', every: 'week', from, visibility: 'managers' };
  await device.push(device.change('programme', body, record));
  expect((await run(now)).drawn).toHaveLength(1);
  expect((await run(now)).drawn).toEqual([]);
  const [draw] = await drawsOf(mira);
  expect(draw?.programmeDay).toBe(dayOf(now - DAY));
  expect((await run(now + 7 * DAY)).drawn).toHaveLength(1);
  expect((await run(now + 12 * DAY)).drawn).toEqual([]);
  expect((await run(now + 60 * DAY)).drawn).toHaveLength(1);
  expect(await drawsOf(mira)).toHaveLength(3);
});

test('two servers at once: one draw', async () => {
  const { mira, run } = await office();
  await call(mira, 'POST', '', plan);
  await call(mira, 'POST', '', { ...plan, name: 'Another', every: 'week' });
  const runs = await Promise.all([run(Date.now(), 0), run(Date.now(), 1), run(Date.now(), 0)]);
  const drawn = new Set(runs.flatMap((one) => one.drawn));
  expect(drawn.size).toBe(2);
  const draws = await drawsOf(mira);
  expect(draws.map(({ state }) => state)).toEqual(['drawn', 'drawn']);
  expect(new Set(draws.map(({ programme }) => programme)).size).toBe(2);
});

test('one that was announced when the server stopped is drawn, not announced anew', async () => {
  const { mira, servers, device, run } = await office();
  await call(mira, 'POST', '', plan);
  const [server] = servers;
  const words = 'Sample: stopped before it was drawn.';
  const sign = async () => ({ ok: false, words }) as const;
  const stopped = { ...server, checkpoints: { ...server.checkpoints, sign } };
  const first = await runProgrammes(stopped, device.who.workspace, Date.now());
  expect(first).toMatchObject({ drawn: [], waiting: [{ words }] });
  const [announced] = await drawsOf(mira);
  expect(announced).toMatchObject({ state: 'announced', sample: [] });
  expect((await run(Date.now(), 1)).drawn).toEqual([announced?.id]);
  expect(await drawsOf(mira)).toMatchObject([{ id: announced?.id, state: 'drawn' }]);
  // Nor can it be made to be drawn again.
  await device.push(device.change('audit', { state: 'announced' }, announced?.id));
  expect(await run(Date.now())).toEqual({ drawn: [], waiting: [], failed: [] });
  expect((await drawsOf(mira))[0]?.state).toBe('drawn');
});

test('nothing fits: it says so, and draws as soon as something does', async () => {
  const { mira, device, run } = await office();
  await call(mira, 'POST', '', { ...plan, filter: { state: ['lost'] } });
  const first = await run(Date.now());
  expect(first).toMatchObject({ drawn: [], waiting: [{ words: 'Nothing fits this filter.' }] });
  expect((await call(mira, 'GET')).programmes).toMatchObject([{ owed: plan.from, fits: 0 }]);
  await device.push(device.change('project', { name: 'Lost one', state: 'lost' }));
  expect((await run(Date.now())).drawn).toHaveLength(1);
  expect((await drawsOf(mira))[0]?.population.size).toBe(1);
});

test('who wrote it is its auditor; when they leave it waits, until somebody saves it', async () => {
  const { admin, mira, server, device, run } = await office();
  const tom = await join(server, admin, 'tom', 'auditor');
  const { programmes } = await call(mira, 'POST', '', plan);
  await admin.call('PUT', `/v1/members/${device.who.member}`, { active: false });
  expect((await run(Date.now())).waiting[0]?.words).toContain('left');
  const [shown] = (await call(tom, 'GET')).programmes as [Shown];
  expect(shown).toMatchObject({ mayDraw: false, auditor: { name: 'mira', active: false } });
  const path = `/${programmes[0]?.id}`;
  const late = await call(tom, 'PUT', path, { ...plan, seen: 'something else' });
  expect(late.status).toBe(409);
  const taken = await call(tom, 'PUT', path, { ...plan, seen: shown.seen });
  expect(taken.programmes).toMatchObject([{ mayDraw: true, auditor: { name: 'tom' } }]);
  expect((await run(Date.now())).drawn).toHaveLength(1);
});

test('stopped it is not drawn; taken up again it is; reviewers have to be such', async () => {
  const { admin, mira, server, device, run } = await office();
  const tom = await join(server, admin, 'tom');
  const { member } = await connect(server, tom);
  const refused = await call(mira, 'POST', '', { ...plan, reviewers: [member] });
  expect(refused).toMatchObject({ status: 400 });
  expect(refused.message).toContain('Choose again');
  const early = await call(mira, 'POST', '', { ...plan, from: '2020-01-01' });
  expect(early.message).toBe('The first draw cannot lie in the past.');
  const own = [device.who.member];
  const { programmes } = await call(mira, 'POST', '', { ...plan, reviewers: own });
  const [{ id, seen }] = programmes as [Shown];
  const stopped = await call(mira, 'POST', `/${id}/stop`, { stopped: true, seen });
  expect(stopped.programmes).toMatchObject([{ stopped: true, next: null, owed: null }]);
  expect((await run(Date.now())).drawn).toEqual([]);
  const [again] = stopped.programmes as [Shown];
  await call(mira, 'POST', `/${id}/stop`, { stopped: false, seen: again.seen });
  expect((await run(Date.now())).drawn).toHaveLength(1);
  expect((await drawsOf(mira))[0]?.reviewers).toEqual(own);
  expect((await call(mira, 'POST', `/${freshId()}/stop`, { stopped: true, seen })).status).toBe(
    404,
  );
});

test('one that a browser wrote without sense, or that fails, keeps no other from being drawn', async () => {
  const { mira, device, servers } = await office();
  const odd = { size: 2 ** 40, dueIn: 2 ** 40, name: 'x'.repeat(2_000), from: '2020-01-31' };
  await device.push(
    device.change('programme', { ...plan, ...odd, filter: { nonsense: ['x'] } }),
    device.change('programme', { name: 'Says nothing else' }),
    device.change('programme', { ...plan, name: 'Deleted', deleted: true }),
  );
  await call(mira, 'POST', '', plan);
  const [server] = servers;
  let asked = 0;
  const before = (workspace: string) => {
    asked += 1;
    if (asked === 1) throw new Error('sample: broken');
    return server.checkpoints.before(workspace);
  };
  const broken = { ...server, checkpoints: { ...server.checkpoints, before } };
  const first = await runProgrammes(broken, device.who.workspace, Date.now());
  expect(first).toMatchObject({ drawn: { length: 1 }, failed: { length: 1 } });
  const again = await runProgrammes(server, device.who.workspace, Date.now());
  expect(again).toMatchObject({ drawn: { length: 1 }, waiting: [], failed: [] });
  const draws = await drawsOf(mira);
  expect(draws.map(({ state, sample }) => [state, sample.length]).sort()).toEqual([
    ['drawn', 12],
    ['drawn', 4],
  ]);
});
