// What a page tells of itself, in the order in which it tells it, however long each telling takes.
import { beforeEach, expect, test } from 'vitest';
import type { TabContext } from '../../src/extension/messages/index.ts';
import { type Desk, message, NOTHING_SHOWN, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

type Session = { get: (key: string) => Promise<object> };
const { session } = (globalThis as unknown as { browser: { storage: { session: Session } } })
  .browser.storage;

/** This reading of the session's storage, counted from now, is slow. */
function slowly(which: number): () => void {
  const { get } = session;
  let times = 0;
  session.get = async (key) => {
    times += 1;
    const isSlow = times === which;
    const found = await get(key);
    if (isSlow) await new Promise((done) => setTimeout(done, 60));
    return found;
  };
  return () => {
    session.get = get;
  };
}

const bare = { ...NOTHING_SHOWN, page: 'other' as const };
const mail = { ...NOTHING_SHOWN, page: 'message' as const, messages: [message()] };
const contexts = (): TabContext[] =>
  desk.posted.flatMap((event) => (event.event === 'context' ? [event.context] : []));
const shown = async () => {
  const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
  return messages.length;
};

test.each([
  ['keeping it', 1],
  ['telling the sidebar', 4],
])(
  'a page tells that it is empty and then its mail: the mail stays, slow in %s',
  async (_at, slow) => {
    const restore = slowly(slow);
    const first = desk.page.reading(bare, desk.senderOf());
    if (slow > 1) await first;
    await Promise.all([first, desk.page.reading(mail, desk.senderOf())]);
    await new Promise((done) => setTimeout(done, 200));
    restore();
    expect(await shown()).toBe(1);
    expect(contexts().at(-1)?.messages).toHaveLength(1);
  },
);

test('the same frame’s old document, told late, takes nothing from the new one', async () => {
  const restore = slowly(1);
  const old = desk.page.reading(bare, { ...desk.senderOf(), document: 'before' });
  await desk.page.reading(mail, { ...desk.senderOf(), document: 'after' });
  await old;
  await new Promise((done) => setTimeout(done, 100));
  restore();
  expect(await shown()).toBe(1);
  expect(contexts().at(-1)?.messages).toHaveLength(1);
});
