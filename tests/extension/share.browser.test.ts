// What was kept on this device becomes the workspace's: with its true time, and without its past.
import { beforeEach, expect, test } from 'vitest';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

const store = await import('../../src/extension/store/index.ts');

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

async function keep(text: string) {
  const [known] = await desk.shows({ page: 'message', messages: [message({})] });
  const { draft } = await desk.sidebar.newDraft(
    { kind: 'note', tab: 1, message: known ?? null },
    SIDEBAR,
  );
  const kept = { ...draft, keepHere: true, fields: { ...draft.fields, text } };
  return (await desk.sidebar.save({ draft: kept }, SIDEBAR)).card;
}

test('the card, its mail and its customer go out as new changes with the time of writing', async () => {
  const card = await keep('they never call back');
  const { db } = await desk.world.current();
  expect(card.keptHere).toBe(true);
  expect(await db.count('outbox')).toBe(0);

  const shared = await desk.sidebar.share({ kind: card.kind, id: card.id }, SIDEBAR);
  expect(shared).toMatchObject({
    keptHere: false,
    synced: false,
    fields: { text: card.fields.text },
  });
  expect(await db.count('kept')).toBe(0);
  const sent = await store.pendingChanges(db, 100, 1_000_000);
  const kinds = sent.map(({ envelope }) => envelope.kind);
  expect(kinds.at(-1)).toBe('note');
  expect(kinds).toContain('interaction');
  const note = sent.at(-1)?.body as { writtenAt: string } | undefined;
  expect(note?.writtenAt).toBe(new Date(card.savedAt).toISOString());
});

test('pressed twice it is shared once', async () => {
  const card = await keep('once');
  const share = () => desk.sidebar.share({ kind: card.kind, id: card.id }, SIDEBAR);
  await Promise.all([share(), share()]);
  const { db } = await desk.world.current();
  const notes = (await store.pendingChanges(db, 100, 1_000_000)).filter(
    ({ envelope }) => envelope.kind === 'note',
  );
  expect(notes).toHaveLength(1);
});

test('what a card before it was kept with stays where it was shared to', async () => {
  const first = await keep('first');
  const second = await keep('second');
  await desk.sidebar.share({ kind: first.kind, id: first.id }, SIDEBAR);
  const other = await desk.sidebar.card({ kind: second.kind, id: second.id }, SIDEBAR);
  expect(other.keptHere).toBe(true);
  expect(other.source?.subject).toBe(first.source?.subject);
  expect(other.customer?.id).toBe(first.customer?.id);
});
