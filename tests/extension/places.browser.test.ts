import { beforeEach, describe, expect, test } from 'vitest';
import type { KnownMessage, SidebarEvent } from '../../src/extension/messages/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile, id } from './world.ts';

let desk: Desk;
let shown: KnownMessage;
let mark: { kind: 'note'; id: string; evidence: string };
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
  shown = await show('<1@x>');
  const { card } = await desk.capture(shown, 'the old words');
  mark = { kind: 'note', id: card.id, evidence: card.evidence[0]?.key ?? '' };
});

async function show(messageId: string, tab = 1): Promise<KnownMessage> {
  // Of one sender and minute: only another subject makes it another mail.
  const messages = [message({ messageId, subject: `Delivery ${messageId}` })];
  const [known] = await desk.shows({ page: 'message', messages }, { tab });
  return known as KnownMessage; // one was shown
}

const SELECTORS = [
  { type: 'TextQuoteSelector', exact: 'the new words', prefix: 'a ', suffix: ' b' },
  { type: 'TextPositionSelector', start: 9, end: 22 },
] as [
  { type: 'TextQuoteSelector'; exact: string; prefix: string; suffix: string },
  { type: 'TextPositionSelector'; start: number; end: number },
];
const reattach = (where: KnownMessage | null, tab = 1) =>
  desk.page.reattach({ ...mark, selectors: SELECTORS, message: where }, desk.senderOf({ tab }));
const evidence = async () => {
  const { evidence: all } = await desk.sidebar.card({ kind: 'note', id: mark.id }, SIDEBAR);
  return all.find(({ key }) => key === mark.evidence);
};
const marksOf = async (known: KnownMessage) =>
  (await desk.page.marks({ messages: [known] }, desk.senderOf())).marks[0];
const NOT_HERE = { code: 'not-found' };

describe('a mark is put elsewhere', () => {
  test('the sidebar asks, the page points, the quote stays, and it can be taken back', async () => {
    const before = await evidence();
    await desk.sidebar.pickPlace({ tab: 1, mark }, SIDEBAR);
    expect(desk.told().at(-1)).toMatchObject({
      ...{ tab: 1, event: 'pickPlace' },
      payload: { mark: { ...mark, summary: 'the old words' } },
    });
    await reattach(shown);
    expect(await evidence()).toMatchObject({ quote: 'the old words', selectors: SELECTORS });
    expect(await marksOf(shown)).toMatchObject([{ selectors: SELECTORS }]);

    const event = desk.posted.at(-1) as Extract<SidebarEvent, { event: 'replaced' }>;
    expect(event).toMatchObject({
      event: 'replaced',
      tab: 1,
      id: mark.id,
      evidence: mark.evidence,
    });
    const patch = { evidence: { [mark.evidence]: event.before as never } };
    await desk.sidebar.edit({ kind: 'note', id: mark.id, patch }, SIDEBAR);
    expect(await evidence()).toEqual(before);
  });

  test('an approximate place is accepted', async () => {
    await desk.sidebar.acceptPlace({ tab: 1, ...mark }, SIDEBAR);
    expect(desk.told().at(-1)).toEqual({
      tab: 1,
      event: 'acceptPlace',
      payload: mark,
      frame: undefined,
    });
    await reattach(shown);
    expect((await evidence())?.selectors).toEqual(SELECTORS);
  });

  test('into another message, where it is known; and back', async () => {
    const other = await show('<2@x>', 2);
    await desk.capture(other, 'something else', { tab: 2 });
    await desk.sidebar.pickPlace({ tab: 2, mark }, SIDEBAR);
    await reattach(other, 2);
    expect(await marksOf(shown)).toEqual([]);
    expect((await marksOf(other))?.map((one) => one.id)).toContain(mark.id);
    const { before } = desk.posted.at(-1) as Extract<SidebarEvent, { event: 'replaced' }>;
    const patch = { evidence: { [mark.evidence]: before as never } };
    await desk.sidebar.edit({ kind: 'note', id: mark.id, patch }, SIDEBAR);
    expect(await marksOf(shown)).toHaveLength(1);
    expect((await marksOf(other))?.map((one) => one.id)).not.toContain(mark.id);
  });

  test('a mark that stays on this device stays there', async () => {
    const asked = { kind: 'note', tab: 1, message: shown } as const;
    const { draft } = await desk.sidebar.newDraft(asked, SIDEBAR);
    const { db } = await desk.world.current();
    const sent = await db.count('outbox');
    const { card } = await desk.sidebar.save(
      { draft: { ...draft, quote: 'mine', keepHere: true } },
      SIDEBAR,
    );
    mark = { kind: 'note', id: card.id, evidence: card.evidence[0]?.key ?? '' };
    await desk.sidebar.pickPlace({ tab: 1, mark }, SIDEBAR);
    await reattach(shown);
    expect((await evidence())?.selectors).toEqual(SELECTORS);
    expect(await db.count('outbox')).toBe(sent);
  });
});

describe('a page cannot do it by itself', () => {
  test('to a mark of a message that it does not show', async () => {
    await show('<2@x>');
    const before = await evidence();
    await expect(reattach(shown)).rejects.toMatchObject(NOT_HERE);
    await expect(reattach(null)).rejects.toMatchObject(NOT_HERE);
    expect(await evidence()).toEqual(before);
  });

  test('what is picked in one tab is not picked in another, nor twice, nor after it was ended', async () => {
    await show('<2@x>', 2);
    await desk.sidebar.pickPlace({ tab: 1, mark }, SIDEBAR);
    await expect(reattach(null, 2)).rejects.toMatchObject(NOT_HERE);
    await show('<2@x>');
    await reattach(null);
    await expect(reattach(null)).rejects.toMatchObject(NOT_HERE);
    await desk.sidebar.pickPlace({ tab: 1, mark }, SIDEBAR);
    await desk.sidebar.pickPlace({ tab: 1, mark: null }, SIDEBAR);
    expect(desk.told().at(-1)?.payload).toEqual({ mark: null });
    await expect(reattach(null)).rejects.toMatchObject(NOT_HERE);
  });

  test('where the message must not be read', async () => {
    await desk.sidebar.pickPlace({ tab: 1, mark }, SIDEBAR);
    await desk.sidebar.setNeverLog({ lines: ['halden.example'] }, SIDEBAR);
    await expect(reattach(shown)).rejects.toMatchObject({ code: 'never-log' });
  });

  test('what is not there cannot be picked', async () => {
    const gone = { ...mark, evidence: id() };
    await expect(desk.sidebar.pickPlace({ tab: 1, mark: gone }, SIDEBAR)).rejects.toMatchObject(
      NOT_HERE,
    );
    await expect(
      desk.sidebar.pickPlace({ tab: 1, mark: { ...mark, kind: 'customer' } }, SIDEBAR),
    ).rejects.toMatchObject(NOT_HERE);
  });
});
