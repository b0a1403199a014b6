// Places where something unsaid may hide, from an opened mail to a kept card and to "not one". In real
// Chromium, with the extension as built and its own rules.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { type HostPage, mailPage, startHost } from './support/host.ts';
import {
  capture,
  cuedWords,
  expectMarked,
  expectSaid,
  focusedButton,
  sidebar,
} from './support/person.ts';

const ASSUMED = 'We assume that the calibration certificates are there before the audit.';
const PROMISED = 'I will send you the drawings by Friday.';
const UNSURE = 'I am not sure who picks up the phone at night.';
const PLAIN = 'The cold store stands beside the old mill.';
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

async function open(text: string, extra = ''): Promise<void> {
  mails += 1;
  host.serve({ html: mailPage(text, extra, mails) });
  page = await browser.context.newPage();
  await page.goto(host.url);
}

/** Waits until a cue lies in each of these sentences, and none elsewhere. */
async function expectCues(sentences: string[]): Promise<void> {
  const found = async () => {
    const cues = await cuedWords(page);
    const inside = sentences.map((sentence) => cues.filter((cue) => sentence.includes(cue)).length);
    return { inside, all: cues.length };
  };
  const wanted = { inside: sentences.map(() => 1), all: sentences.length };
  await expect.poll(found, { timeout: 15_000 }).toEqual(wanted);
}

const down = async () => {
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForTimeout(100);
};

async function photograph(name: string): Promise<void> {
  const folder = process.env.UNSAID_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: null });
}

test('a mail is opened, its cues are marked, one becomes a card by keyboard alone', async () => {
  await open(`${ASSUMED} ${PLAIN} ${PROMISED} ${UNSURE}`);
  // Nobody knows the sender, and nobody looks: the words of this mail are not read.
  await page.waitForTimeout(1_500);
  expect(await cuedWords(page)).toEqual([]);
  await browser.clickAction(page);
  await expectCues([ASSUMED, PROMISED, UNSURE]);
  await expectSaid(page, /3 places worth a question/);
  await photograph('list');

  await page.locator('h1').click();
  await down();
  expect(await focusedButton(page)).toMatch(/^Something unsaid here\? .+/);
  await photograph('focus');
  await page.keyboard.press('Enter');
  const side = await sidebar(page);
  await side.getByRole('heading', { name: 'Expectation' }).waitFor();
  await expectSaid(page, /Unsaid noticed:/);
  expect(await side.locator('.u-quote p').textContent()).toBe(ASSUMED);
  await photograph('card');
  await side.getByRole('textbox').first().focus();
  await page.keyboard.type('Certificates before the audit');
  await page.keyboard.press('Enter');
  await expectMarked(page, [ASSUMED]);
  await expectCues([PROMISED, UNSURE]);

  // Now the sender is known: after a reload the cues come by themselves, the sidebar shut.
  await page.reload();
  await expectMarked(page, [ASSUMED]);
  await expectCues([PROMISED, UNSURE]);
});

test('a promise becomes a promise of theirs, with its day', async () => {
  await open(`${PLAIN} ${PROMISED}`);
  await browser.clickAction(page);
  await expectCues([PROMISED]);
  const side = await sidebar(page);
  await side.getByRole('button', { name: new RegExp(`^${PROMISED}`) }).click();
  await side.getByRole('heading', { name: 'Promise' }).waitFor();
  expect(await side.getByLabel('Due').inputValue()).toBe('2027-02-26');
  expect(await side.getByRole('radio', { name: 'They did' }).isChecked()).toBe(true);
});

test('“Not one” takes the mark off, teaches, and it stays away until that is forgotten', async () => {
  await open(`${UNSURE} ${PLAIN} ${ASSUMED}`);
  await browser.clickAction(page);
  await expectCues([UNSURE, ASSUMED]);
  const box = await page.locator('[data-body] p').boundingBox();
  await page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 9);
  const side = await sidebar(page);
  await side.getByRole('button', { name: 'Not one', exact: true }).click();
  await expectSaid(page, /Not one\. It is marked no more/);
  await expectCues([ASSUMED]);
  await page.reload();
  await browser.clickAction(page);
  await expectCues([ASSUMED]);
  await expectSaid(page, /1 place worth a question/);

  // In another mail the same sentence is none either; the settings count it.
  await page.close();
  await open(`${PLAIN} ${UNSURE}`);
  await browser.clickAction(page);
  await expectSaid(page, /Sample: cold store/);
  await page.waitForTimeout(1_500);
  expect(await cuedWords(page)).toEqual([]);
  const options = await browser.context.newPage();
  await options.goto(await browser.extensionUrl('src/extension/options/index.html#cues'));
  await options.getByText('kept 0, not one 1').waitFor();
  await options.getByRole('button', { name: 'Forget everything taught' }).click();
  await options.close();
  await expectCues([UNSURE]);
});

test('what a mail quotes of earlier ones has no cues; hostile words stay words', async () => {
  const hostile = 'I am not sure who reads &lt;img src=x onerror=document.title=1&gt; at night.';
  const quoted = `<blockquote type="cite"><p>${ASSUMED}</p></blockquote>`;
  await open(`${hostile}</p>${quoted}<p>${PLAIN}`);
  await browser.clickAction(page);
  await expectSaid(page, /1 place worth a question.*<img src=x onerror=document\.title=1>/);
  expect(await page.title()).toBe('Sample mail');
  // The sidebar may hear of it before it is painted.
  await expect.poll(() => cuedWords(page), { timeout: 10_000 }).toHaveLength(1);
});

test('switched off in the sidebar, no mail has any', async () => {
  await open(`${UNSURE} ${PLAIN}`);
  await browser.clickAction(page);
  await expectCues([UNSURE]);
  const side = await sidebar(page);
  await side.getByRole('button', { name: 'Show no cues' }).click();
  await expectCues([]);
  await page.reload();
  await browser.clickAction(page);
  await expectSaid(page, /Sample: cold store/);
  await page.waitForTimeout(1_500);
  expect(await cuedWords(page)).toEqual([]);
});

// Last, since it leaves marks in the profile.
test('a mark over the same words hides the cue, taken back it shows again', async () => {
  const options = await browser.context.newPage();
  await options.goto(await browser.extensionUrl('src/extension/options/index.html#cues'));
  await options.getByLabel('Show cues').check();
  await options.close();
  await open(`${PLAIN} ${UNSURE}`);
  await browser.clickAction(page);
  await expectCues([UNSURE]);
  await capture(page, page.locator('[data-body]'), UNSURE, 'g', 'Nobody answers at night');
  await expectMarked(page, [UNSURE]);
  await expectCues([]);
  await (await sidebar(page)).getByRole('button', { name: 'Undo' }).click();
  await expectMarked(page, []);
  await expectCues([UNSURE]);
});
