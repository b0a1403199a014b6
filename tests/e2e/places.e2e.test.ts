// Where marks are when the page is not what it was: edited words, lost words put back by hand, words
// in a quotation, mails in frames and in shadow roots. In real Chromium, with the extension as built.
import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { type HostPage, mailPage, startHost } from './support/host.ts';
import {
  capture,
  clickOwn,
  contextOf,
  dragOver,
  expectMarked,
  expectSaid,
  focusedIcon,
  iconNames,
  sidebar,
  sidebarText,
} from './support/person.ts';

const WORDS = 'We assume that the calibration certificates are there before the audit in March';
const CHANGED = 'We assume that all calibration certificates are there before our audit in March';
const OTHER = 'Who picks up the phone at night and at the weekend';
const profile = newProfile();
let browser: TestBrowser;
let host: HostPage;
let page: Page;
let mails = 0;

beforeAll(async () => {
  browser = await launch(profile);
  host = await startHost('');
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  removeProfile(profile);
});
afterEach(async () => {
  await page?.close();
});

/** Shows a mail that no other test has had. */
async function open(text: string): Promise<void> {
  mails += 1;
  host.serve({ html: mailPage(text, '', mails) });
  page = await browser.context.newPage();
  await page.goto(host.url);
}

/** The same mail with another text, loaded anew with the sidebar open. */
async function edit(text: string): Promise<void> {
  host.serve({ html: mailPage(text, '', mails) });
  await again();
}

async function again(): Promise<void> {
  await page.reload();
  await browser.clickAction(page);
}

const body = () => page.locator('[data-body]');
const button = async (name: RegExp) => (await sidebar(page)).getByRole('button', { name }).first();

describe('edited words', () => {
  test('the nearest place is said to be that, until it is said to be right', async () => {
    await open(`${WORDS}. ${OTHER}? Kind regards.`);
    await capture(page, body(), WORDS, 'e', 'Certificates before the audit');
    await expectMarked(page, [WORDS]);

    await edit(`${CHANGED}. ${OTHER}? Kind regards.`);
    await expectMarked(page, [CHANGED]);
    expect(await iconNames(page)).toEqual([
      'Expectation, nearest place: Certificates before the audit',
    ]);
    await expectSaid(page, /The words have changed\. This is the nearest place\./);
    await (await button(/^Right/)).click();
    await expectSaid(page, /Kept as its place\./);

    await again();
    await expectMarked(page, [CHANGED]);
    expect(await iconNames(page)).toEqual(['Expectation: Certificates before the audit']);
    await expectSaid(page, /Certificates before the audit/);
    await expect.poll(async () => (await button(/^Right/)).count()).toBe(0);
  });

  test('lost words are put to others by hand, and back again', async () => {
    await open(`${WORDS}. ${OTHER}? Kind regards.`);
    await capture(page, body(), WORDS, 'e', 'Certificates before the audit');

    await edit(`Dear all, the meeting is on Friday. ${OTHER}? Kind regards.`);
    await expectSaid(page, /1 mark of this mail has lost its words/);
    await expectMarked(page, []);
    await (await button(/^Choose the place/)).click();
    await expectSaid(page, /Now select the words in the page/);
    await dragOver(page, body(), OTHER);
    await clickOwn(page, 'Put the mark here');
    await expectMarked(page, [OTHER]);
    await expectSaid(page, /Moved\./);
    await (await button(/^Undo/)).click();
    await expectMarked(page, []);
    await expectSaid(page, /1 mark of this mail has lost its words/);
  });
});

describe('several marks', () => {
  test('Alt and an arrow walk them in order, Enter opens the card', async () => {
    await open(`${WORDS}. ${OTHER}? Kind regards.`);
    await capture(page, body(), OTHER, 'q', 'Night desk');
    await capture(page, body(), WORDS, 'e', 'Certificates before the audit');
    await expectMarked(page, [WORDS, OTHER]);
    await page.locator('h1').click();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => focusedIcon(page)).toBe('Expectation: Certificates before the audit');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => focusedIcon(page)).toBe('Question: Night desk');
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => focusedIcon(page)).toBe('Expectation: Certificates before the audit');
    await page.keyboard.press('Enter');
    await (await sidebar(page)).getByRole('heading', { name: 'Expectation' }).waitFor();
  });

  test('words in a quotation belong to the mail they were written in', async () => {
    const written = 'We take it that the doors of the cold store close by themselves';
    const first = mailPage(`${written}. Kind regards.`, '', 40);
    const reply = `<article data-message-id="<reply@brightwater.example>">
      <p data-from="Me &lt;me@brightwater.example&gt;">Me</p>
      <time datetime="2027-02-25T10:00:00Z">25 Feb 2027</time>
      <div data-body style="padding: 0 80px; max-width: 700px"><p>They will be there.</p>
      <blockquote type="cite"><p>${written}. Kind regards.</p></blockquote></div></article>`;
    host.serve({ html: first.replace('</html>', `${reply}</html>`) });
    page = await browser.context.newPage();
    await page.goto(host.url);
    const quotation = page.locator('blockquote');
    const named = 'Doors close by themselves';
    await capture(page, quotation, written, 'e', named);
    // Marked where they were written, and in the quotation.
    await expectMarked(page, [written, written]);
    expect(await iconNames(page)).toEqual([
      `Expectation: ${named}`,
      `Expectation, quoted from an earlier mail: ${named}`,
    ]);
    // The first mail by itself has the mark.
    host.serve({ html: first });
    await again();
    await expectMarked(page, [written]);
    expect(await iconNames(page)).toEqual([`Expectation: ${named}`]);
  });
});

describe('mails in frames and shadow roots', () => {
  const SAID = 'Certificates before the audit';
  const TEXT = `<p>Hello,</p><p>${WORDS}. ${OTHER}? We would rather not ask for it each time.</p><p>Kind regards</p>`;

  /** A webmail that puts a mail's words into whatever `inside` is. */
  async function openAround(inside: string, n: number): Promise<void> {
    host.serve({
      html: `<!doctype html><html lang="en"><title>Cold store ${n} – Sample Webmail</title>
        <nav><a href="/inbox">Inbox</a></nav>
        <main><h1>Cold store ${n}</h1>
        <p><a href="mailto:sample.person@halden-foods.example">Sample Person</a>
        <time datetime="2027-02-26T09:${n}:00Z">26 Feb 2027</time></p>${inside}</main></html>`,
    });
    page = await browser.context.newPage();
    await page.goto(`${host.url}mail/${n}`);
  }

  const quoted = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const framed = (html: string, sandbox = '') =>
    `<iframe ${sandbox} style="width: 700px; height: 300px; border: 0" srcdoc="${quoted(html)}"></iframe>`;

  async function innermost(): Promise<Frame> {
    let found: Frame | undefined;
    await expect
      .poll(() => {
        const frames = page.frames().filter((frame) => frame.url() === 'about:srcdoc');
        found = frames.at(-1);
        return found !== undefined;
      })
      .toBe(true);
    return found ?? page.mainFrame();
  }

  async function captureIn(frame: Frame, body: Locator): Promise<void> {
    await capture(page, body, WORDS, 'e', SAID);
    await expectMarked(frame, [WORDS]);
    await expectSaid(page, /Cold store/);
    await expectSaid(page, /Sample Person/);
  }

  test('two frames deep, of the same origin', async () => {
    await openAround(framed(`<!doctype html><body>${framed(TEXT)}</body>`), 11);
    const frame = await innermost();
    await captureIn(frame, frame.locator('body'));
    await again();
    await expectMarked(await innermost(), [WORDS]);
  });

  test('in a sandboxed frame of an origin of its own', async () => {
    const lines = `<p>Hello,</p><p>${WORDS}</p><p>Kind regards</p>`;
    await openAround(framed(lines, 'sandbox="allow-popups"'), 12);
    await selectLine();
    await page.keyboard.press('e');
    const side = await sidebar(page);
    const field = side.getByRole('textbox').first();
    await field.waitFor();
    await side.getByText(WORDS).first().waitFor();
    // The mail around it is whose words they are.
    await expectSaid(page, /Halden Foods/);
    await field.fill(SAID);
    await page.keyboard.press('Control+Enter');
    const icons = async () => iconNames(page, await innermost());
    await expect.poll(icons, { timeout: 15_000 }).toEqual([`Expectation: ${SAID}`]);
    await again();
    await expect.poll(icons, { timeout: 15_000 }).toEqual([`Expectation: ${SAID}`]);
    await expectSaid(page, /Cold store 12 Sample Person/);
    const [message] = (await contextOf(await sidebar(page)))?.messages ?? [];
    expect(message).toMatchObject({
      ...{ subject: 'Cold store 12', sentAt: '2027-02-26T09:12:00.000Z', probably: false },
      from: { name: 'Sample Person', address: 'sample.person@halden-foods.example' },
    });
    expect(message?.interaction).not.toBeNull();
    expect(await sidebarText(page)).not.toMatch(/lost its words/);
  });

  test('in an open shadow root', async () => {
    await openAround(
      `<sample-mail><template shadowrootmode="open"><div id="words">${TEXT}</div></template></sample-mail>`,
      13,
    );
    await captureIn(page.mainFrame(), page.locator('#words'));
    await again();
    await expectMarked(page, [WORDS]);
  });

  test('beside a sender on the never-log list nothing of a sandboxed frame is kept', async () => {
    await openAround(framed(`<p>Hello,</p><p>${OTHER}?</p>`, 'sandbox="allow-popups"'), 14);
    await browser.clickAction(page);
    await expectSaid(page, /Cold store 14/);
    const call = async (name: string, payload: unknown) => {
      const ask = { unsaid: 1, to: 'sidebar-call', call: name, payload };
      return (await sidebar(page)).evaluate((message) => chrome.runtime.sendMessage(message), ask);
    };
    await call('setNeverLog', { lines: ['sample.person@halden-foods.example'] });
    await again();
    await expectSaid(page, /on your never-log list/);
    await selectLine();
    await page.keyboard.press('e');
    await page.waitForTimeout(1_000);
    expect(await call('drafts', {})).toMatchObject({ value: { drafts: [] } });
    expect(await sidebarText(page)).not.toContain(OTHER);
    await call('setNeverLog', { lines: [] });
  });

  // No script of the page runs in a sandbox, the test's neither: three clicks select the line.
  async function selectLine(): Promise<void> {
    await (await innermost()).locator('p').nth(1).click({ clickCount: 3 });
    await page.waitForTimeout(300);
  }
});
