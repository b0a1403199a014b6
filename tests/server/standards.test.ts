// Standards: who may write them, that a version is never changed, and that nobody overwrites a
// colleague's.
import { expect, test } from 'vitest';
import type { Standard } from '../../src/domain/index.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { Device } from './device.ts';
import { join } from './people.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';
import type { Visitor } from './visitor.ts';

const postgres = usePostgres();

async function office() {
  const server = await serverOn(await postgres.database());
  const admin = await setUp(server);
  const mira = await join(server, admin, 'mira', 'manager');
  return { server, admin, mira, tom: await join(server, admin, 'tom') };
}

type Answer = { standards: Standard[]; message?: string };

async function call(visitor: Visitor, method: string, path: string, body?: unknown) {
  const { status, json } = await visitor.call(method, `/v1/standards${path}`, body);
  return { status, ...(json as Answer) };
}
const [first, second] = STARTER_STANDARDS;

test('managers write the first set; everybody reads it, and every browser gets it', async () => {
  const { server, mira, tom } = await office();
  const added = await call(mira, 'POST', '', { standards: STARTER_STANDARDS });
  expect(added.status).toBe(200);
  expect(added.standards).toHaveLength(STARTER_STANDARDS.length);
  const read = await call(tom, 'GET', '');
  expect(read.standards).toEqual(added.standards);
  expect((await call(tom, 'POST', '', { standards: [first] })).status).toBe(403);

  const pulled = await new Device(server.url, await connect(server, tom)).pullAll();
  const got = pulled.filter(({ leaf }) => leaf.kind === 'standard');
  expect(got).toHaveLength(STARTER_STANDARDS.length);
});

test('a new version leaves the old one; the same words write none', async () => {
  const { mira } = await office();
  const { standards } = await call(mira, 'POST', '', { standards: [first] });
  const [standard] = standards as [Standard];
  const path = `/${standard.series}/versions`;
  const again = await call(mira, 'POST', path, { seen: standard.current.id, standard: first });
  expect(again.standards).toEqual(standards);
  const changed = { ...first, name: 'Answered by a person', ourTarget: 2 };
  const next = await call(mira, 'POST', path, { seen: standard.current.id, standard: changed });
  expect(next.standards).toHaveLength(1);
  expect(next.standards[0]?.current).toMatchObject({ version: 2, ...changed });
  expect(next.standards[0]?.versions[0]).toEqual(standard.current);
});

test('of two who write a version at once, one is told to look again', async () => {
  const { admin, mira } = await office();
  const { standards } = await call(mira, 'POST', '', { standards: [first] });
  const [standard] = standards as [Standard];
  const seen = standard.current.id;
  const path = `/${standard.series}/versions`;
  const answers = await Promise.all([
    call(mira, 'POST', path, { seen, standard: { ...first, weight: 5 } }),
    call(admin, 'POST', path, { seen, standard: { ...first, weight: 7 } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const after = await call(mira, 'GET', '');
  expect(after.standards[0]?.versions).toHaveLength(2);
});

test('retired, it stays for past reviews, and can come back', async () => {
  const { mira } = await office();
  const { standards } = await call(mira, 'POST', '', { standards: [first, second] });
  const [standard] = standards as [Standard];
  const away = await call(mira, 'PUT', `/${standard.series}/use`, { retired: true });
  const find = ({ standards: all }: Answer) => all.find(({ series }) => series === standard.series);
  expect(find(away)).toMatchObject({ retired: true, versions: standard.versions });
  const back = await call(mira, 'PUT', `/${standard.series}/use`, { retired: false });
  expect(find(back)).toMatchObject({ retired: false });
  const unknown = await call(mira, 'PUT', '/01890000-0000-7000-8000-000000000000/use', {
    retired: true,
  });
  expect(unknown.status).toBe(404);
});

test('13.9 a change to a version from a browser is kept, not folded, and its writer is told', async () => {
  const { server, mira } = await office();
  const { standards } = await call(mira, 'POST', '', { standards: [first] });
  const [standard] = standards as [Standard];
  const device = new Device(server.url, await connect(server, mira));
  const [result] = await device.push(
    device.change('standard', { weight: 0, clause: 'changed' }, standard.current.id),
  );
  expect(result).toMatchObject({ result: 'needs-attention' });
  expect(result?.reason).toContain('Write a new version');
  expect((await call(mira, 'GET', '')).standards).toEqual(standards);
  // What is said once may be said by a browser too, and retired by it.
  const record = '01890000-0000-7000-8000-00000000abcd';
  const results = await device.push(
    device.change('standard', { retired: false }, record),
    device.change('standard', { name: 'Of a browser', text: 'Said once.' }, record),
    device.change('standard', { retired: true }, record),
    device.change('standard', { text: 'Said twice.' }, record),
  );
  expect(results.map(({ result: one }) => one)).toEqual([
    ...['accepted', 'accepted', 'accepted'],
    'needs-attention',
  ]);
});

test('what cannot be used is refused whole', async () => {
  const { mira } = await office();
  const bad = await call(mira, 'POST', '', { standards: [first, { ...first, weight: -1 }] });
  expect(bad).toMatchObject({ status: 400 });
  expect((await call(mira, 'GET', '')).standards).toEqual([]);
});

test('sent twice, because the answer was lost, new standards are written once', async () => {
  const { mira } = await office();
  await call(mira, 'POST', '', { standards: STARTER_STANDARDS });
  const again = await call(mira, 'POST', '', { standards: STARTER_STANDARDS });
  expect(again.status).toBe(200);
  expect(again.standards).toHaveLength(STARTER_STANDARDS.length);
  // Out of use, it is written anew.
  const [standard] = again.standards as [Standard];
  await call(mira, 'PUT', `/${standard.series}/use`, { retired: true });
  const anew = await call(mira, 'POST', '', { standards: STARTER_STANDARDS });
  expect(anew.standards).toHaveLength(STARTER_STANDARDS.length + 1);
});
