// Brief, ladder and inbox in a real Firefox, by keyboard. A frame of the extension inside a page
// cannot be looked into there, so it is the sidebar in a tab of its own, about the mail in another.
import type { KeyInput, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchFirefox, type TestFirefox } from './support/firefox.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const MAIL = 'certificates-1@halden-foods.example';
const EXPECTS = 'Certificates are in their hands before the audit';

let server: TestServer;
let firefox: TestFirefox;
let side: Page;

beforeAll(async () => {
  server = await startTestServer();
  firefox = await launchFirefox();
  const mail = await firefox.newPage();
  await mail.goto(`${server.url}/practice/#/mail/${encodeURIComponent(MAIL)}`);
  await mail.waitForSelector('[data-body]');
  const first = await firefox.extensionPage('src/extension/sidebar/index.html');
  // The sidebar of the mail's tab, which only the extension knows the number of.
  const number = await first.evaluate(async (of) => {
    const tabs = await chrome.tabs.query({});
    return tabs.find(({ url }) => url?.startsWith(of))?.id ?? null;
  }, `${server.url}/practice/`);
  expect(number).not.toBeNull();
  await first.close();
  side = await firefox.extensionPage(`src/extension/sidebar/index.html?tab=${number}`);
  await side.bringToFront();
});
afterAll(async () => {
  await firefox?.close();
  await server?.remove();
});

const shown = async () => (await side.evaluate(() => document.body.innerText)).replace(/\s+/g, ' ');
const expectShown = (words: RegExp) => expect.poll(shown, { timeout: 20_000 }).toMatch(words);
const press = async (...keys: KeyInput[]) => {
  for (const key of keys) await side.keyboard.press(key);
};
const stands = () =>
  side.evaluate(
    () => document.querySelector('.u-rungs [aria-current="step"] .u-rung-name')?.textContent ?? '',
  );

async function ask(call: string, payload: object): Promise<unknown> {
  const answer = await side.evaluate(
    (call, payload) => chrome.runtime.sendMessage({ unsaid: 1, to: 'sidebar-call', call, payload }),
    call,
    payload,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: unknown }).value;
}

test('a customer who is new has a brief that says what to do first', async () => {
  await expectShown(/Halden Foods/);
  await press('b');
  await expectShown(/This customer is new here\./);
  const button = await side.waitForSelector(
    '::-p-xpath(//button[normalize-space()="Write a hunch"])',
  );
  await button?.focus();
  await press('Enter');
  await side.waitForSelector('textarea:focus');
  await side.keyboard.type(EXPECTS);
  await press('Enter');
  await expectShown(/Before you talk: 1 open/);
});

test('the brief has the hunch and a question for it; the question is asked on the ladder', async () => {
  await press('b');
  await expectShown(new RegExp(`Before you talk to Halden Foods.*${EXPECTS}`));
  await side.waitForSelector('.b-question');
  const question = await side.$eval('.b-question', (line) => line.textContent ?? '');
  // The customer has said nothing yet: our own words are not held up to them.
  expect(question).not.toContain('in their hands');
  await press('j', 'Enter');
  await side.waitForSelector('.u-rungs');
  expect(await stands()).toBe('Hunch');
  await press('a');
  await side.waitForSelector('.s-questions button');
  await press('1', 'Enter');
  await expect.poll(stands, { timeout: 15_000 }).toBe('Asked');
});

test('what they said is written down, and confirms it', async () => {
  // The question has to have come to the ladder before it can be answered.
  await expectShown(/What they said…/);
  await expect
    .poll(
      async () => {
        await press('w');
        return side.evaluate(() => document.activeElement?.tagName ?? '');
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBe('TEXTAREA');
  await side.keyboard.type('Yes, a week before at the latest');
  await press('Enter', 'y');
  await expect.poll(stands, { timeout: 15_000 }).toBe('Confirmed');
  await press('Escape');
  await side.waitForSelector('.s-tabs');
});

test('what is due waits in the inbox, is counted, and opens', async () => {
  const today = await side.evaluate(() => {
    const now = new Date();
    const two = (value: number) => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  });
  const { hits } = (await ask('search', {
    ...{ words: 'certificates', filters: {}, order: 'best', from: 0, count: 5 },
  })) as { hits: { kind: string; id: string }[] };
  const expectation = hits.find(({ kind }) => kind === 'expectation');
  await ask('edit', { kind: 'expectation', id: expectation?.id, patch: { due: today } });
  await expectShown(/Inbox ?1/);
  await press('i');
  await expectShown(new RegExp(`Yours to do.*${EXPECTS}`));
  const row = await side.waitForSelector('.s-inbox .s-row');
  await row?.focus();
  await press('Enter');
  await expectShown(/How far we know/);
  await press('Escape');
  await side.waitForSelector('.s-inbox');
});
