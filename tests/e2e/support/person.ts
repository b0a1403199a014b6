// What a person does with the mouse and the keyboard, and what they can see.
import type { Frame, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TabContext } from '../../../src/extension/messages/views.ts';

/** The sidebar as a frame of the page, once its app has drawn something. */
export async function sidebar(page: Page): Promise<Frame> {
  let found: Frame | undefined;
  await expect
    .poll(
      () => {
        found = page.frames().find((frame) => frame.url().includes('/sidebar/index.html'));
        return found !== undefined;
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  if (found === undefined) throw new Error('no sidebar');
  await found.locator('#app, main, body > *').first().waitFor();
  return found;
}

/** Selects words by dragging the mouse over them, as they stand in one text node of `body`. */
export async function dragOver(page: Page, body: Locator, words: string): Promise<void> {
  const frameBox = await frameOffset(body);
  const rects = await body.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = (node.textContent ?? '').indexOf(wanted);
      if (at < 0) continue;
      node.parentElement?.scrollIntoView({ block: 'center' });
      const rectOf = (from: number, to: number) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { left, right, y: (top + bottom) / 2 };
      };
      const first = rectOf(at, at + 1);
      const last = rectOf(at + wanted.length - 1, at + wanted.length);
      const rtl = first.left > last.right && first.y === last.y;
      return {
        from: { x: rtl ? first.right : first.left, y: first.y },
        to: { x: rtl ? last.left : last.right, y: last.y },
      };
    }
    return null;
  }, words);
  if (rects === null) throw new Error(`“${words}” is not on the page`);
  const { from, to } = rects;
  await page.mouse.move(from.x + frameBox.x, from.y + frameBox.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2 + frameBox.x, to.y + frameBox.y, { steps: 4 });
  await page.mouse.move(to.x + frameBox.x, to.y + frameBox.y, { steps: 4 });
  await page.mouse.up();
  const selected = await body.evaluate(() => String(getSelection()));
  expect(selected.trim()).toBe(words);
}

/** How many marks of each registry name a document shows, from the CSS Custom Highlight registry. */
export async function markedWords(frame: Frame | Page): Promise<string[]> {
  return frame.evaluate(() => {
    const words: string[] = [];
    for (const [, highlight] of CSS.highlights) {
      for (const range of highlight) words.push(range.toString?.() ?? '');
    }
    return words;
  });
}

/** Waits until exactly these words are marked (their white space aside). */
export async function expectMarked(frame: Frame | Page, words: string[]): Promise<void> {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  await expect
    .poll(async () => (await markedWords(frame)).map(plain).sort(), { timeout: 15_000 })
    .toEqual(words.map(plain).sort());
}

async function frameOffset(locator: Locator): Promise<{ x: number; y: number }> {
  const handle = await locator.elementHandle();
  const frame = await handle?.ownerFrame();
  const element = frame?.parentFrame() ? await frame.frameElement() : null;
  const box = await element?.boundingBox();
  return box ? { x: box.x, y: box.y } : { x: 0, y: 0 };
}

/** The sidebar's text in one line. */
export async function sidebarText(page: Page): Promise<string> {
  return (await (await sidebar(page)).locator('body').innerText()).replace(/\s+/g, ' ');
}

/** Waits until the sidebar says this. */
export async function expectSaid(page: Page, words: RegExp): Promise<void> {
  await expect.poll(() => sidebarText(page), { timeout: 20_000 }).toMatch(words);
}

/** Asks again and again, as a person in a hurry does; the alarm that retries may take its 30 s. */
export async function expectSynced(page: Page): Promise<void> {
  const side = await sidebar(page);
  const ask = { unsaid: 1, to: 'sidebar-call', call: 'syncNow', payload: {} };
  await expect
    .poll(
      async () => {
        await side.evaluate((message) => chrome.runtime.sendMessage(message), ask);
        return sidebarText(page);
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toMatch(/all saved and synced/i);
}

/** What the background knows of the page that this sidebar is in. */
export async function contextOf(side: Frame): Promise<TabContext | null> {
  const answer = await side.evaluate((message) => chrome.runtime.sendMessage(message), {
    unsaid: 1,
    to: 'sidebar-call',
    call: 'context',
    payload: { tab: null },
  });
  return (answer as { value?: TabContext } | undefined)?.value ?? null;
}

/** What the icons beside the marked words are called: those of the page, or of one frame of it. */
export async function iconNames(page: Page, frame: Frame = page.mainFrame()): Promise<string[]> {
  // Our shadow roots are closed; only the browser's own tools see what is in them.
  const ofProcess = await page
    .context()
    .newCDPSession(frame)
    .catch(() => null);
  const session = ofProcess ?? (await page.context().newCDPSession(page));
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes
      .filter(({ role, ignored }) => role?.value === 'button' && !ignored)
      .map(({ name }) => String(name?.value ?? ''))
      .filter((name) => ICON.test(name));
  } finally {
    await session.detach();
  }
}

const ICON = /^(Expectation|Note|Praise|Grievance|Question|Decision|Risk|Promise)\b.*: /;

/** Selects words, takes the key of a kind, types the card and saves it. */
export async function capture(
  page: Page,
  body: Locator,
  words: string,
  key: string,
  said: string,
): Promise<void> {
  await dragOver(page, body, words);
  // The toolbar follows the selection in the next turn; it is closed to scripts.
  await page.waitForTimeout(300);
  await page.keyboard.press(key);
  const side = await sidebar(page);
  const field = side.getByRole('textbox').first();
  await field.waitFor();
  await field.focus();
  await page.keyboard.type(said);
  await page.keyboard.press('Control+Enter');
  await side.getByText(said).first().waitFor();
}
