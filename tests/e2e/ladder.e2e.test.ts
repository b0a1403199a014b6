// A whole ladder by keyboard alone, in a real Chromium with the extension as built, a real server and
// its console: a cue in a mail, a hunch, what to know before the next call, the question asked during
// it, confirmed by a tag, found worth it, exceeded. The register and the history tell the same.
// The mouse is used for nothing; the toolbar's button stands for its shortcut, which no tool can press.
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallAnswers } from '../../src/extension/messages/call-calls.ts';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { cuedWords, expectSaid, expectSynced, focusedButton, sidebar } from './support/person.ts';
import { setUp, startTestServer, type TestServer } from './support/server.ts';

const MAIL = 'certificates-1@halden-foods.example';
const WORDS = 'calibration certificates';
const EXPECTS = 'Certificates are in their hands before the audit';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;
let side: Frame;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launch(profile);
  await setUp(browser.context, server);
  await connect(browser, server);
  page = await browser.context.newPage();
  await page.goto(`${server.url}/practice/#/mail/${encodeURIComponent(MAIL)}`);
  await page.locator('[data-body]').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

/** Tab until what has the focus is called so. */
async function tabTo(where: Page | Frame, keys: Page, name: RegExp, most = 120): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    const now = await where.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return '';
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
      const legend = at.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
      return `${at.getAttribute('aria-label') ?? label ?? at.textContent ?? ''} | ${legend}`;
    });
    if (name.test(now.replace(/\s+/g, ' '))) return;
    await keys.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never reached ${name}`);
}

/** The step that the open card's ladder stands on. */
const step = () => side.locator('.u-rungs [aria-current="step"] .u-rung-name').innerText();
const expectStep = (name: string) => expect.poll(step, { timeout: 15_000 }).toBe(name);

/** Asks the background as the extension's own pages do. */
async function ask<C extends keyof CallAnswers>(name: C, payload: object): Promise<CallAnswers[C]> {
  const answer = await side.evaluate(
    ({ name, payload }) =>
      chrome.runtime.sendMessage({ unsaid: 1, to: 'sidebar-call', call: name, payload }),
    { name, payload },
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: CallAnswers[C] }).value;
}

test('a cue in a mail becomes a hunch', async () => {
  await browser.clickAction(page);
  side = await sidebar(page);
  await expect
    .poll(async () => (await cuedWords(page)).join(' '), { timeout: 20_000 })
    .toContain(WORDS);
  await page.locator('[data-body]').evaluate((body) => {
    body.tabIndex = -1;
    body.focus();
  });
  await page.keyboard.press('Alt+ArrowDown');
  await expect
    .poll(() => focusedButton(page), { timeout: 10_000 })
    .toMatch(/^Something unsaid here\?/);
  await page.keyboard.press('Enter');
  await side.getByRole('heading', { name: 'Expectation' }).waitFor();
  expect(await side.locator('.u-quote p').textContent()).toContain(WORDS);
  const field = side.getByRole('textbox', { name: /what they expect/i });
  await expect.poll(() => field.evaluate((area) => area === document.activeElement)).toBe(true);
  await page.keyboard.type(EXPECTS);
  await page.keyboard.press('Enter');
  await side.getByText('Before you talk: 1 open').waitFor();
});

test('the brief before the call has it, with a question made of their words', async () => {
  await page.keyboard.press('b');
  await side.getByRole('heading', { name: 'Before you talk to Halden Foods' }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => side.locator('.b-question').innerText()).toContain(WORDS);
});

test('the call begins, and the question is asked during it', async () => {
  await page.keyboard.press('h');
  await side.getByRole('heading', { name: 'About Halden Foods' }).waitFor();
  await page.keyboard.press('c');
  await side.getByRole('timer').waitFor();
  const { running } = await ask('calls', {});
  expect(running?.customer?.name).toBe('Halden Foods');
  await page.keyboard.press('b');
  await side.getByRole('heading', { name: 'Before you talk to Halden Foods' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await side.getByRole('heading', { name: 'How far we know' }).waitFor();
  await expectStep('Hunch');
  await page.keyboard.press('a');
  await side.locator('.s-questions button').first().waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expectStep('Asked');
  await expectSaid(page, /Asked: .*calibration certificates.* of the call/);
  await page.keyboard.press('Escape');
});

test('a tag of the call confirms it when the call is wrapped up', async () => {
  await expect.poll(() => side.locator('.s-tabs').count()).toBe(1);
  await page.keyboard.press('1');
  await expect.poll(async () => (await ask('calls', {})).latest.length).toBe(1);
  const bar = await browser.context.newPage();
  await bar.goto(await browser.extensionUrl('src/extension/call/index.html'));
  await bar.getByRole('timer').waitFor();
  await bar.keyboard.press('h');
  await bar.locator('.w-up .w-line').waitFor();
  await bar.keyboard.press('ArrowDown');
  await bar.keyboard.press('c');
  await bar.getByText(EXPECTS).first().waitFor();
  await bar.keyboard.press('1');
  await bar.locator('.w-done').getByText('Confirmed').waitFor();
  await bar.keyboard.press('s');
  await bar.close();
  await page.bringToFront();
});

test('it is worth exceeding, and was exceeded', async () => {
  await page.keyboard.press('h');
  await side.locator('[data-record]').first().waitFor();
  await tabTo(side, page, new RegExp(EXPECTS));
  await page.keyboard.press('Enter');
  await expectStep('Confirmed');
  await expectSaid(page, /Confirmed: .*calibration certificates.* of the call/);

  await tabTo(side, page, /\| Value to them/);
  await page.keyboard.press('5');
  await tabTo(side, page, /\| Effort for us/);
  await page.keyboard.press('2');
  await tabTo(side, page, /Exceed.*\| .*(decide|decision)/i);
  await page.keyboard.press('Space');
  await expectSaid(page, /Exceed · .*5/);

  await page.keyboard.press('Escape');
  await side.locator('[data-record]').first().waitFor();
  await tabTo(side, page, new RegExp(EXPECTS));
  await page.keyboard.press('Enter');
  await expectStep('Confirmed');
  await page.keyboard.press('o');
  await page.keyboard.press('e');
  await expectStep('Exceeded');
  await page.keyboard.press('l');
  const history = side.getByRole('list', { name: 'History' });
  await expect
    .poll(async () => (await history.innerText()).replace(/\s+/g, ' '), { timeout: 15_000 })
    .toMatch(
      /Step: Exceeded.*Decided: Exceed.*Step: Confirmed.*Confirmed: .*Step: Asked.*Asked: .*Written down/,
    );
});

test('the register and the history in the console tell the same', async () => {
  await expectSynced(page);
  const own = await browser.context.newPage();
  await own.goto(`${server.url}/#/?kind=expectation`);
  const row = own.getByRole('row').filter({ hasText: EXPECTS });
  await row.waitFor();
  expect(await row.locator('.u-ladder-small').getAttribute('aria-label')).toMatch(/exceeded/i);
  await own.keyboard.press('j');
  await own.keyboard.press('Enter');
  const panel = own.getByRole('complementary');
  await panel.getByRole('heading', { name: 'History' }).waitFor();
  const told = async () => (await panel.innerText()).replace(/\s+/g, ' ');
  await expect.poll(told, { timeout: 15_000 }).toMatch(/Exceeded/);
  const text = await told();
  // On the ladder: what was asked, and that they said so.
  expect(text).toMatch(/Confirmed: .*calibration certificates/);
  // In the history: each step, newest first.
  const steps = ['Exceeded', 'Confirmed', 'Asked', 'Hunch'];
  const written = await panel.locator('.c-history ins').allInnerTexts();
  expect([...new Set(written)].filter((word) => steps.includes(word))).toEqual(steps);
});
