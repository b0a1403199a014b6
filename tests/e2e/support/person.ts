// What a person does with the mouse and the keyboard, and what they can see.
import { setTimeout } from 'node:timers/promises';
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
  // Only now: the frames around it may have been scrolled.
  const frameBox = await frameOffset(body);
  await page.mouse.move(from.x + frameBox.x, from.y + frameBox.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2 + frameBox.x, to.y + frameBox.y, { steps: 4 });
  await page.mouse.move(to.x + frameBox.x, to.y + frameBox.y, { steps: 4 });
  await page.mouse.up();
  // Inside a shadow root the document's own selection is nothing.
  const selected = await body.evaluate((root) => {
    const tree = root.getRootNode();
    const at = tree instanceof ShadowRoot && 'getSelection' in tree ? tree : document;
    return String((at as Document).getSelection());
  });
  expect(selected.trim()).toBe(words);
}

/** The words that a document shows as marked, from the CSS Custom Highlight registry. */
export async function markedWords(frame: Frame | Page): Promise<string[]> {
  return highlightedWords(frame, false);
}

/** The words that are marked faintly, as places where something unsaid may hide. */
export async function cuedWords(frame: Frame | Page): Promise<string[]> {
  return highlightedWords(frame, true);
}

// Cues lie under everything: their priority is below that of any mark.
async function highlightedWords(frame: Frame | Page, cues: boolean): Promise<string[]> {
  return frame.evaluate((wanted) => {
    const words: string[] = [];
    for (const [, highlight] of CSS.highlights) {
      if (highlight.priority < 0 !== wanted) continue;
      for (const range of highlight) words.push(range.toString?.() ?? '');
    }
    return words;
  }, cues);
}

/** Waits until exactly these words are marked (their white space aside). */
export async function expectMarked(frame: Frame | Page, words: string[]): Promise<void> {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  await expect
    .poll(async () => (await markedWords(frame)).map(plain).sort(), { timeout: 15_000 })
    .toEqual(words.map(plain).sort());
}

// Where the frame of an element begins in the window, at any depth.
async function frameOffset(locator: Locator): Promise<{ x: number; y: number }> {
  const handle = await locator.elementHandle();
  const offset = { x: 0, y: 0 };
  let frame = (await handle?.ownerFrame()) ?? null;
  while (frame !== null && frame.parentFrame() !== null) {
    const { x, y } = await (await frame.frameElement()).evaluate((node) => {
      const element = node as Element;
      const { left, top } = element.getBoundingClientRect();
      return { x: left + element.clientLeft, y: top + element.clientTop };
    });
    offset.x += x;
    offset.y += y;
    frame = frame.parentFrame();
  }
  return offset;
}

/** The sidebar's text in one line, with what one would have to scroll to. */
export async function sidebarText(page: Page): Promise<string> {
  const text = await (await sidebar(page)).evaluate(() => {
    // innerText leaves out rows that are not drawn because they are out of sight.
    const all = new CSSStyleSheet();
    all.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets.push(all);
    const { innerText } = document.body;
    document.adoptedStyleSheets.pop();
    return innerText;
  });
  return text.replace(/\s+/g, ' ');
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
        // An answer may be lost with the worker that was to give it; a person presses again.
        const asked = side.evaluate((message) => chrome.runtime.sendMessage(message), ask);
        await Promise.race([asked.catch(() => undefined), setTimeout(10_000)]);
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

const ICON = /^(Expectation|Note|Praise|Grievance|Question|Decision|Risk|Promise)\b.*: /;

/** What the icons beside the marked words are called: those of the page, or of one frame of it. */
export async function iconNames(page: Page, frame: Frame = page.mainFrame()): Promise<string[]> {
  const buttons = await ownButtons(page, frame);
  return buttons.map(({ name }) => name).filter((name) => ICON.test(name));
}

/** The name of the icon that has the focus, '' when none has. */
export async function focusedIcon(page: Page): Promise<string> {
  const buttons = await ownButtons(page, page.mainFrame());
  return buttons.find(({ name, focused }) => focused && ICON.test(name))?.name ?? '';
}

/** The name of the button of ours that has the focus, whatever it is; '' when none has. */
export async function focusedButton(page: Page): Promise<string> {
  const buttons = await ownButtons(page, page.mainFrame());
  return buttons.find(({ focused }) => focused)?.name ?? '';
}

/** Clicks a button of ours in the page, with the mouse. */
export async function clickOwn(page: Page, wanted: string): Promise<void> {
  let at: { x: number; y: number } | undefined;
  await expect
    .poll(
      async () => {
        const buttons = await ownButtons(page, page.mainFrame());
        at = buttons.find(({ name }) => name.startsWith(wanted));
        return at !== undefined;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  await page.mouse.click(at?.x ?? 0, at?.y ?? 0);
}

type OwnButton = { name: string; focused: boolean; x: number; y: number };

// Our shadow roots are closed; only the browser's own tools see what is in them.
async function ownButtons(page: Page, frame: Frame): Promise<OwnButton[]> {
  const ofProcess =
    frame === page.mainFrame()
      ? null
      : await page
          .context()
          .newCDPSession(frame)
          .catch(() => null);
  const session = ofProcess ?? (await page.context().newCDPSession(page));
  const found: OwnButton[] = [];
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    for (const { role, ignored, name, properties, backendDOMNodeId } of nodes) {
      if (role?.value !== 'button' || ignored || backendDOMNodeId === undefined) continue;
      const model = await session
        .send('DOM.getBoxModel', { backendNodeId: backendDOMNodeId })
        .catch(() => null);
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model?.model.border ?? [];
      found.push({
        name: String(name?.value ?? ''),
        focused: properties?.some((one) => one.name === 'focused' && one.value.value) === true,
        x: (left + right) / 2,
        y: (top + bottom) / 2,
      });
    }
    return found;
  } finally {
    await session.detach();
  }
}

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
