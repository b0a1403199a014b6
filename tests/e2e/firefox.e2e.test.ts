// The main job in a real Firefox. A frame of the extension inside a page cannot be looked into, so
// the sidebar is used by mouse and keyboard and judged by the marks, the server and its own pages.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchFirefox, type TestFirefox } from './support/firefox.ts';
import { startHost, webmailPage } from './support/host.ts';
import { ADMIN, startTestServer, type TestServer } from './support/server.ts';

const WORDS = 'Who picks up the phone at weekends?';
let server: TestServer;
let firefox: TestFirefox;
let page: Page;
/** The sidebar in a tab of its own: the only one that BiDi can read. */
let side: Page;

beforeAll(async () => {
  server = await startTestServer();
  firefox = await launchFirefox();
  side = await firefox.extensionPage('src/extension/sidebar/index.html');
  page = await firefox.newPage();
});
afterAll(async () => {
  await firefox?.close();
  await server?.remove();
});

const text = (of: Page) => of.evaluate(() => document.body.innerText);

/** What the document shows as marked; an iterator of the registry is not to be had in Firefox here. */
// Without cues, which lie under everything.
const marks = () =>
  page.evaluate(() => [...CSS.highlights.values()].filter(({ priority }) => priority >= 0).length);

/** What the background keeps of the cards that are being written. */
const drafts = () =>
  side.evaluate(async () => {
    const answer = await chrome.runtime.sendMessage({
      unsaid: 1,
      to: 'sidebar-call',
      call: 'drafts',
      payload: {},
    });
    const { value } = answer as { value: { drafts: { fields: Record<string, unknown> }[] } };
    return value.drafts.map(({ fields }) => fields.statement ?? fields.text ?? '');
  });

async function press(of: Page, name: string): Promise<void> {
  const button = await of.waitForSelector(`::-p-xpath(//button[normalize-space()="${name}"])`);
  await button?.click();
}

/** Drags the mouse over these words, the whole of an element, until the page's script has noticed. */
async function selectLine(css: string, words: string): Promise<void> {
  const line = await page.evaluate(
    (css, words) => {
      const paragraph = [...document.querySelectorAll(css)].find((at) => at.textContent === words);
      const range = document.createRange();
      if (paragraph) range.selectNodeContents(paragraph);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, y: (top + bottom) / 2 };
    },
    css,
    words,
  );
  // The page's script comes by itself on sites with access; it needs a moment after the mail.
  await expect
    .poll(
      async () => {
        await page.mouse.move(line.left + 1, line.y);
        await page.mouse.down();
        await page.mouse.move((line.left + line.right) / 2, line.y);
        await page.mouse.move(line.right + 2, line.y);
        await page.mouse.up();
        return page.evaluate(() => document.documentElement.children.length);
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBeGreaterThan(2);
  expect(await page.evaluate(() => String(getSelection()))).toBe(words);
}

/** Types at once for the card that opens in the page’s sidebar; its frame cannot be looked into. */
async function typeInCard(said: string): Promise<void> {
  await page.keyboard.type(said);
  await expect.poll(drafts, { timeout: 15_000 }).toEqual([said]);
  // The card has the focus now.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('DIV');
}

test('selected words become an expectation; its keys are no keys of the page', async () => {
  const id = encodeURIComponent('certificates-1@halden-foods.example');
  await page.goto(`${server.url}/practice/#/mail/${id}`);
  await page.waitForSelector('[data-body]');
  await selectLine('[data-body] p', WORDS);
  await page.keyboard.press('e');
  await typeInCard('e#j weekends');
  await page.keyboard.press('Enter');
  await expect.poll(marks, { timeout: 15_000 }).toBe(1);
  const seen = await page.evaluate(() => ({
    keys: (window as unknown as { practiceKeys: string[] }).practiceKeys,
    last: document.body.dataset.lastKey ?? null,
  }));
  expect(seen).toEqual({ keys: [], last: null });
});

test('the sidebar in a tab of its own says what is saved where, and takes a note', async () => {
  await side.bringToFront();
  const shown = async () => (await text(side)).replace(/\s+/g, ' ');
  await expect.poll(shown, { timeout: 10_000 }).toContain('Not connected · 1 saved on this device');
  await side.keyboard.press('n');
  await side.waitForSelector('textarea:focus');
  await side.keyboard.type('Weekend rota asked for');
  await side.keyboard.press('Enter');
  await expect.poll(shown, { timeout: 10_000 }).toContain('Not connected · 2 saved on this device');
  await page.bringToFront();
});

test('the mark is back after a reload', async () => {
  await page.reload();
  await page.waitForSelector('[data-body]');
  await expect.poll(marks, { timeout: 15_000 }).toBe(1);
});

test('connecting sends it to the server', async () => {
  const desk = await firefox.newPage();
  await desk.goto(server.setupLink);
  for (const [name, value] of Object.entries(ADMIN)) await desk.type(`[name=${name}]`, value);
  await Promise.all([desk.waitForNavigation(), desk.click('button.primary')]);

  const options = await firefox.extensionPage('src/extension/options/index.html');
  const field = await options.waitForSelector('input');
  await field?.click({ count: 3 });
  await field?.type(server.url);
  await press(options, 'Connect');
  const link = await options.waitForSelector(`a[href^="${server.url}/connect"]`);
  const address = await link?.evaluate((at) => at.getAttribute('href'));
  await desk.goto(address ?? '');
  await desk.bringToFront();
  await desk.click('button[value=allow]');
  await options.bringToFront();
  await expect
    .poll(() => text(options), { timeout: 30_000 })
    .toContain(`Connected to ${server.url}`);

  await desk.goto(server.url);
  const rows = () =>
    desk.evaluate(async () => {
      const answer = await fetch('/v1/register?kind=expectation');
      const body = (await answer.json()) as { rows: { quote: string; text: string }[] };
      return body.rows.map(({ quote, text }) => ({ quote, text }));
    });
  await expect.poll(rows, { timeout: 20_000 }).toEqual([{ quote: WORDS, text: 'e#j weekends' }]);
  await options.close();
  await desk.close();
});

test('a site’s access is asked for and taken back', async () => {
  const options = await firefox.extensionPage(
    'src/extension/options/index.html#allow=https://mail.example',
  );
  await options.bringToFront();
  await press(options, 'Allow');
  const listed = () =>
    options.evaluate(() =>
      [...document.querySelectorAll('li')].some((at) =>
        at.textContent?.includes('https://mail.example'),
      ),
    );
  await expect.poll(listed, { timeout: 10_000 }).toBe(true);
  const back = await options.waitForSelector(
    '::-p-xpath(//li[contains(., "https://mail.example")]//button)',
  );
  await back?.click();
  await expect.poll(listed, { timeout: 10_000 }).toBe(false);
  await options.close();
});

test('on a site nobody knows: captured, and marked again after a reload', async () => {
  const own = '<p>Hello,</p><p>We take it that the doors close by themselves.</p><p>Regards</p>';
  const host = await startHost(
    webmailPage({
      subject: 'Cold store doors',
      name: 'Sample Person',
      address: 'sample.person@halden-foods.example',
      date: '<time datetime="2027-02-26T09:00:00Z">26 Feb 2027</time>',
      text: own,
    }),
  );
  try {
    await page.bringToFront();
    await page.goto(`${host.url}mail/1`);
    await selectLine('main p', 'We take it that the doors close by themselves.');
    await page.keyboard.press('n');
    await expect.poll(drafts, { timeout: 15_000 }).toEqual(['']);
    await typeInCard('Ask about the doors');
    await page.keyboard.press('Enter');
    await expect.poll(marks, { timeout: 15_000 }).toBe(1);
    await page.reload();
    await expect.poll(marks, { timeout: 15_000 }).toBe(1);
  } finally {
    await host.close();
  }
});
