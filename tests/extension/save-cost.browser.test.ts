// What a capture asks of the disk while its writer, and a colleague, wait for it: counted, since a
// busy machine's clock says little.
import { beforeEach, expect, test } from 'vitest';
import { message, openDesk, SIDEBAR } from './desk.ts';
import { counting } from './requests.ts';
import { connection, freshProfile, newWorld } from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const { saveDraft } = await import('../../src/extension/background/save.ts');

beforeEach(freshProfile);

const MAIL = message({ messageId: '<1@halden.example>', text: 'We expect it on Friday.' });
const NAME = store.databaseOf(connection);

/** A note about a mail that is filed already, with so many more notes in it, saved. */
async function saved(others: number) {
  const desk = await openDesk();
  const [known] = await desk.shows({ messages: [MAIL] });
  if (known === undefined) throw new Error('the mail is shown');
  for (let n = 0; n <= others; n += 1) await desk.capture(known, `words ${n}`);
  const { draft } = await desk.sidebar.newDraft({ kind: 'note', tab: 1, message: known }, SIDEBAR);
  const written = { ...draft, fields: { text: 'One more' } };
  return counting(() => saveDraft(desk.world, written), NAME);
}

test('a card is written in one strict transaction, the only one that writes', async () => {
  const { transactions } = await saved(0);
  const writing = transactions.filter((one) => one.startsWith('readwrite'));
  expect(writing).toHaveLength(1);
  expect(writing[0]).not.toContain('blocks');
});

test('what is looked up for it stays little, and does not grow with what is in the mail', async () => {
  const few = await saved(0);
  await freshProfile();
  const many = await saved(30);
  expect(many).toEqual(few);
  // Whose mail it is, where it is filed, the never-log list, and the write.
  expect(few.transactions.length).toBeLessThanOrEqual(8);
  expect(few.requests).toBeLessThanOrEqual(52);
});

test('the list beside a mail that is surely known asks for it by its keys once', async () => {
  const desk = await openDesk();
  const text = Array.from(
    { length: 6 },
    (_, n) => `Passage ${n} has its own ${'word '.repeat(12)}.`,
  );
  const [known] = await desk.shows({ messages: [{ ...MAIL, text: text.join('\n\n') }] });
  if (known === undefined) throw new Error('the mail is shown');
  await desk.capture(known, 'Passage 1');
  const list = () => desk.sidebar.cards({ messages: [known] }, SIDEBAR);
  expect((await list()).cards).toHaveLength(1);
  const { transactions } = await counting(list, NAME);
  // Whoever holds its keys, the one interaction that does, what is about it, what is unsent, whose it is.
  expect(transactions.length).toBeLessThanOrEqual(7);
});

test('the kinds of what a card wrote are told, so that nobody looks at more', async () => {
  const desk = await openDesk();
  const [known] = await desk.shows({ messages: [MAIL] });
  if (known === undefined) throw new Error('the mail is shown');
  const save = async (text: string) => {
    const asked = { kind: 'note', tab: 1, message: known } as const;
    const { draft } = await desk.sidebar.newDraft(asked, SIDEBAR);
    return (await saveDraft(desk.world, { ...draft, fields: { text } })).wrote.sort();
  };
  expect(await save('The first of this mail')).toEqual([
    ...['contact', 'customer', 'interaction', 'note'],
  ]);
  expect(await save('Another')).toEqual(['note']);
});

test('a connection is read from the disk once, and a new one is seen at once', async () => {
  const world = newWorld();
  const profile = await world.profile();
  await store.writeConnection(profile, connection);
  const again = await counting(async () => {
    for (let times = 0; times < 5; times += 1) await world.current();
  }, 'unsaid-profile');
  expect(again.transactions.length).toBeLessThanOrEqual(1);
  const reading = store.readConnection(profile);
  const next = { ...connection, token: 'next' };
  const writing = store.writeConnection(profile, next);
  const meanwhile = store.readConnection(profile);
  await Promise.all([reading, writing]);
  expect((await meanwhile)?.token).toBe('next');
  expect((await world.current()).connection).toEqual(next);
  await store.writeConnection(profile, null);
  expect((await world.current()).connection).toBeNull();
});
