import { beforeEach, expect, test } from 'vitest';
import { openDesk, SIDEBAR } from '../desk.ts';
import { freshProfile, id } from '../world.ts';

const { indexAll } = await import('../../../src/extension/store/index.ts');
const { backupDue } = await import('../../../src/extension/background/search/backup.ts');

beforeEach(freshProfile);

const ASKED = { words: '', filters: {}, order: 'best', from: 0, count: 50 } as const;

test('a hit says who, whose and where, with the words it was found by', async () => {
  const desk = await openDesk();
  const customer = await desk.write('customer', { name: 'Halden Foods' });
  const expectation = await desk.write('expectation', {
    ...{ statement: 'Certificates will simply be there', stage: 'asked', customer },
  });
  const probe = await desk.write('probe', {
    question: 'Which certificates?',
    expectation,
    customer,
  });
  const { hits, total, left } = await desk.sidebar.search(
    { ...ASKED, words: 'certificates' },
    SIDEBAR,
  );
  expect([total, left]).toEqual([2, 0]);
  const card = hits.find((hit) => hit.id === expectation);
  expect(card).toMatchObject({
    ...{ kind: 'expectation', look: 'expectation', stage: 'asked', keptHere: false },
    customer: { id: customer, name: 'Halden Foods' },
    author: { me: true },
    text: { field: 'statement', marks: [[0, 12]] },
    opens: { kind: 'expectation', id: expectation },
  });
  // A question is shown on the card of what it asks about.
  expect(hits.find((hit) => hit.id === probe)?.opens).toEqual({
    kind: 'expectation',
    id: expectation,
  });
});

test('customers that are read as one are one filter', async () => {
  const desk = await openDesk();
  const first = await desk.write('customer', { name: 'Halden' });
  const second = await desk.write('customer', { name: 'Halden Foods', mergedInto: first });
  const notes = [
    await desk.write('note', { text: 'of the first', customer: first }),
    await desk.write('note', { text: 'of the second', customer: second }),
  ];
  await desk.write('note', { text: 'of nobody' });
  const { hits } = await desk.sidebar.search(
    { ...ASKED, words: 'of', filters: { customer: first } },
    SIDEBAR,
  );
  expect(hits.map((hit) => hit.id).sort()).toEqual(notes.sort());
});

test('searches are kept, changed and dropped', async () => {
  const desk = await openDesk();
  const own = { id: id(), name: 'Open hunches', words: '', filters: { stages: ['hunch'] } };
  await desk.sidebar.keepSearch({ search: own }, SIDEBAR);
  const renamed = { ...own, name: 'Hunches' };
  expect(await desk.sidebar.keepSearch({ search: renamed }, SIDEBAR)).toEqual({
    searches: [renamed],
  });
  expect((await desk.sidebar.dropSearch({ id: own.id }, SIDEBAR)).searches).toEqual([]);
});

test('many records are changed at once, after saying what that would change, and back again', async () => {
  const desk = await openDesk();
  const customer = await desk.write('customer', { name: 'Halden' });
  const hunch = await desk.write('expectation', { statement: 'one', stage: 'hunch' });
  const asked = await desk.write('expectation', { statement: 'two', stage: 'asked', customer });
  const note = await desk.write('note', { text: 'three' });
  const records = [
    ...[hunch, asked].map((of) => ({ kind: 'expectation', id: of })),
    { kind: 'note', id: note },
    { kind: 'note', id: id() },
  ];
  const patch = { stage: 'asked' as const };
  const dry = await desk.sidebar.bulk({ records, patch, dry: true }, SIDEBAR);
  expect(dry).toEqual({
    before: [{ kind: 'expectation', id: hunch, patch: { stage: 'hunch' } }],
    same: 1,
    skipped: [
      { why: 'no-field', count: 1 },
      { why: 'not-here', count: 1 },
    ],
  });
  const stageOf = async (of: string) =>
    (await desk.sidebar.card({ kind: 'expectation', id: of }, SIDEBAR)).fields.stage;
  expect(await stageOf(hunch)).toBe('hunch');
  const done = await desk.sidebar.bulk({ records, patch, dry: false }, SIDEBAR);
  expect(await stageOf(hunch)).toBe('asked');
  const moved = await desk.sidebar.bulk({ records, patch: { customer }, dry: false }, SIDEBAR);
  expect(moved.before.map((one) => one.id).sort()).toEqual([hunch, note].sort());
  await desk.sidebar.bulk({ records, patch: { deleted: true }, dry: false }, SIDEBAR);
  const all = async (deleted: boolean) =>
    (await desk.sidebar.search({ ...ASKED, filters: { deleted } }, SIDEBAR)).hits
      .map((hit) => hit.id)
      .filter((of) => of !== customer)
      .sort();
  expect(await all(true)).toEqual([hunch, asked, note].sort());
  expect(await all(false)).toEqual([]);
  await desk.sidebar.bulk({ records, patch: { deleted: false }, dry: false }, SIDEBAR);
  await desk.sidebar.bulkBack({ before: [...done.before, ...moved.before] }, SIDEBAR);
  expect(await all(false)).toEqual([hunch, asked, note].sort());
  expect(await stageOf(hunch)).toBe('hunch');
  const back = await desk.sidebar.card({ kind: 'note', id: note }, SIDEBAR);
  expect(back.customer).toBeNull();
});

type Desk = Awaited<ReturnType<typeof openDesk>>;
async function everything(desk: Desk) {
  const all = [];
  for (let after: string | null = ''; after !== null; ) {
    const page: Awaited<ReturnType<Desk['sidebar']['notebookPage']>> =
      await desk.sidebar.notebookPage({ after }, SIDEBAR);
    all.push(...page.records);
    after = page.next;
  }
  return all;
}

test('a notebook’s file has everything, pending and kept here too, and goes into another device once', async () => {
  const desk = await openDesk();
  const customer = await desk.write('customer', { name: 'Halden' });
  for (let at = 0; at < 230; at += 1) await desk.write('note', { text: `note ${at}`, customer });
  const gone = await desk.write('note', { text: 'taken back', deleted: true });
  await desk.write('member', { name: 'Sample Member' });
  await indexAll((await desk.world.current()).db);
  const file = await everything(desk);
  expect(file).toHaveLength(232);
  expect(file.filter((one) => one.deleted).map((one) => one.id)).toEqual([gone]);
  expect(file.find((one) => one.kind === 'note')?.customer).toBe('Halden');
  const asked = {
    records: [
      { kind: 'note', id: gone },
      { kind: 'note', id: id() },
    ],
  };
  const { records: those } = await desk.sidebar.notebookRecords(asked, SIDEBAR);
  expect(those).toEqual(file.filter((one) => one.id === gone));

  await freshProfile();
  const other = await openDesk({ isConnected: false });
  const rows = JSON.parse(JSON.stringify(file));
  const chunks = [rows.slice(0, 200), rows.slice(200)];
  for (const records of chunks) {
    const { outcomes } = await other.sidebar.notebookTake({ records, dry: true }, SIDEBAR);
    expect(outcomes.every(({ is }) => is === 'new')).toBe(true);
  }
  expect(await everything(other)).toEqual([]);
  for (const records of chunks) {
    await other.sidebar.notebookTake({ records, dry: false }, SIDEBAR);
    const again = await other.sidebar.notebookTake({ records, dry: false }, SIDEBAR);
    // When it was written stands beside the fields in the file, and among them here.
    expect(again.outcomes.every((one) => one.is === 'here' && one.same)).toBe(true);
  }
  const taken = await everything(other);
  expect(taken.map((one) => one.id).sort()).toEqual(file.map((one) => one.id).sort());
  expect(taken.filter((one) => one.deleted).map((one) => one.id)).toEqual([gone]);
});

test('rows of a file that cannot be taken say why, each by itself', async () => {
  const desk = await openDesk();
  const fine = id();
  const row = (more: object) => ({ kind: 'note', id: id(), fields: { text: 'x' }, ...more });
  const { outcomes } = await desk.sidebar.notebookTake(
    {
      dry: false,
      records: [
        row({ id: fine }),
        row({ id: fine }),
        row({ kind: 'member' }),
        row({ kind: '__proto__' }),
        row({ id: 'not an id' }),
        row({ fields: null }),
        row({ fields: { text: 7 } }),
      ],
    },
    SIDEBAR,
  );
  expect(outcomes.map((one) => (one.is === 'bad' ? one.why : one.is))).toEqual([
    ...['new', 'twice', 'kind', 'kind', 'id', 'fields'],
    expect.stringContaining('text'),
  ]);
  expect((await desk.sidebar.search(ASKED, SIDEBAR)).hits.map((hit) => hit.id)).toEqual([fine]);
});

test('what waited for a week is worth a word, until the person says later', async () => {
  const desk = await openDesk();
  expect(await backupDue(desk.world)).toBeNull();
  await desk.write('note', { text: 'waits' });
  expect(await backupDue(desk.world)).toBeNull();
  const { now } = desk.world.source;
  desk.world.source.now = () => now() + 8 * 86_400_000;
  expect(await backupDue(desk.world)).toBeLessThanOrEqual(now());
  await desk.sidebar.backupLater({}, SIDEBAR);
  expect(await backupDue(desk.world)).toBeNull();
  desk.world.source.now = () => now() + 16 * 86_400_000;
  expect(await backupDue(desk.world)).not.toBeNull();
  desk.world.source.now = now;
});
