// An audit from end to end on a workspace full of records: a standard, a draw, a blind review, a
// question that is answered in the extension, an improvement and whether it helped; insight changes,
// and every step is in the ledger.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { inviteAndJoin, startTestServer, type TestServer } from './support/server.ts';

const CUSTOMERS = process.env.UNSAID_LONG === '1' ? '500' : '12';
const PATIENCE = { timeout: 20_000 };
/** The browser receives the whole workspace first, with the inbox open. */
const FIRST_SYNC = process.env.UNSAID_LONG === '1' ? 300_000 : 60_000;
const PASSWORD = 'sample password 1';
const profiles = { manager: newProfile(), auditor: newProfile(), owner: newProfile() };
const data = mkdtempSync(join(tmpdir(), 'unsaid-data-'));
let server: TestServer;
let manager: TestBrowser;
let auditor: TestBrowser;
let owner: TestBrowser;
let page: Page;
/** What the ledger had of each kind before. */
let before: Counts;
/** What insight said before. */
let seen: string;
/** The project that is reviewed, and whose it is. */
let project = { id: '', owner: '' };

type Told = { moments: { kind: string }[]; owner: { name: string } | null };

type Counts = { [kind: string]: number };

beforeAll(async () => {
  execFileSync(process.execPath, [
    'scripts/seed.ts',
    ...['--customers', CUSTOMERS, '--seed', '7', '--data', data],
  ]);
  server = await startTestServer(data);
  manager = await launch(profiles.manager);
  await signIn(manager.context, 'member-1@unsaid.example');
  auditor = await launch(profiles.auditor);
  await inviteAndJoin(manager.context, auditor.context, server, 'auditor');
  page = await auditor.context.newPage();
  before = await ledger();
}, 400_000);
afterAll(async () => {
  for (const browser of [manager, auditor, owner]) await browser?.close();
  await server?.remove();
  for (const profile of Object.values(profiles)) removeProfile(profile);
});

async function signIn(context: BrowserContext, email: string): Promise<void> {
  const at = await context.newPage();
  await at.goto(`${server.url}/sign-in`);
  await at.fill('[name=email]', email);
  await at.fill('[name=password]', PASSWORD);
  await Promise.all([at.waitForURL(`${server.url}/`), at.click('button.primary')]);
  await at.close();
}

async function ask<T>(path: string, context = manager.context): Promise<T> {
  const answer = await context.request.get(`${server.url}${path}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

/** How many changes of each kind the log has, read from an evidence bundle of all of it. */
async function ledger(): Promise<Counts> {
  const { unzipSync } = await import('fflate');
  const { mkdtempSync, readFileSync, rmSync } = await import('node:fs');
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-bundle-'));
  const path = join(folder, 'bundle.zip');
  const cli = (...args: string[]) => execFileSync(process.execPath, ['src/server/cli.ts', ...args]);
  cli('evidence', path, '--data', data);
  const verified = cli('verify', path).toString();
  expect(verified).toContain('Nothing in it was changed.');
  const files = unzipSync(readFileSync(path));
  rmSync(folder, { recursive: true });
  const counts: Counts = {};
  for (const line of Buffer.from(files['changes.ndjson'] ?? [])
    .toString()
    .split('\n')) {
    if (line === '') continue;
    const { kind } = JSON.parse((JSON.parse(line) as { leaf: string }).leaf) as { kind: string };
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What the page of insight says, in one line. */
async function insight(): Promise<string> {
  await open(page, '#/insight');
  const main = page.getByRole('main');
  await main.getByText('At a glance').first().waitFor();
  await expect.poll(() => main.innerText(), { timeout: 30_000 }).not.toContain('Adding up');
  return (await main.innerText()).replace(/\s+/g, ' ');
}

const open = async (at: Page, place: string) => {
  await at.goto(`${server.url}/${place}`);
  await at.getByRole('heading', { level: 1 }).first().waitFor();
};

test('a manager takes the starter set and changes one standard', async () => {
  seen = await insight();
  const at = await manager.context.newPage();
  await open(at, '#/standards');
  await at.getByRole('button', { name: /^Begin with/ }).click();
  await at.getByRole('button', { name: 'Change: Promises kept' }).click();
  await at.getByLabel('Weight').fill('4');
  await at.getByRole('button', { name: 'Save as a new version' }).click();
  await at.getByText('weight 4').first().waitFor();
  await at.close();
});

test('the auditor draws, and nobody can choose', async () => {
  await open(page, '#/draws');
  await page.getByRole('button', { name: 'Plan a draw' }).click();
  await page.getByLabel('Name').fill('Sample audit');
  await page.getByLabel('How many').fill('6');
  await page.getByRole('button', { name: 'Announce and draw' }).click();
  await page.getByRole('heading', { name: 'Sample audit' }).waitFor();
  const links = page.getByRole('link', { name: /^Review: / });
  await links.first().waitFor();
  expect(await links.count()).toBe(6);
  // One whose customer has said how they see it, so that insight can show it.
  for (const link of await links.all()) {
    const id = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
    const { moments, owner: theirs } = await ask<Told>(`/v1/story?unit=project&subject=${id}`);
    if (!moments.some(({ kind }) => kind === 'perception') || theirs === null) continue;
    project = { id, owner: theirs.name };
    await link.click();
    break;
  }
  expect(project.id).not.toBe('');
});

test('the review is blind, by keyboard, with a finding and a question at a moment', async () => {
  const card = page.getByRole('region', { name: 'Scorecard' });
  await card.waitFor();
  expect(await page.getByRole('main').innerText()).not.toContain(project.owner);
  await card.getByRole('button', { name: /^Asked what they did not say/ }).focus();
  await page.keyboard.press('n');
  for (let at = 1; at < 8; at += 1) {
    await page.keyboard.press('j');
    await page.keyboard.press(at === 6 ? 'y' : 'x');
  }
  await expect.poll(() => card.innerText(), PATIENCE).toContain('8 of 8');
  // Whatever kind it is: a project may have no mail.
  const moment = page
    .getByRole('article')
    .filter({ has: page.getByRole('button', { name: 'Finding here' }) })
    .first();
  await moment.getByRole('button', { name: 'Finding here' }).click();
  await page.keyboard.type('Nobody asked what they take for granted.');
  await moment.getByRole('button', { name: 'Ask about it' }).click();
  const form = page.getByRole('form', { name: 'Ask somebody' });
  await form.getByLabel('Question').fill('Who was to ask them?');
  await form.getByRole('button', { name: 'Ask', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  // What is written is not lost by leaving.
  await page.reload();
  await expect.poll(() => card.innerText(), PATIENCE).toContain('8 of 8');
  await card.getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('heading', { name: /^Reviewed: / }).waitFor();
  await page.getByText(project.owner).first().waitFor();
  await page.getByRole('link', { name: 'Read the review' }).click();
  await page.getByRole('heading', { name: 'What was found' }).waitFor();
});

test('the owner is asked in the extension, and answers there', async () => {
  const { members } = await ask<{ members: { name: string; email: string }[] }>('/v1/members');
  const email = members.find(({ name }) => name === project.owner)?.email ?? '';
  owner = await launch(profiles.owner);
  await signIn(owner.context, email);
  await connect(owner, server);
  const side = await owner.context.newPage();
  await side.goto(await owner.extensionUrl('src/extension/sidebar/index.html'));
  await side.getByRole('button', { name: /^Inbox/ }).click();
  await side.getByText('Who was to ask them?').waitFor({ timeout: FIRST_SYNC });
  await side.getByText(/has reviewed your work/).waitFor();
  await side.getByLabel('Your answer').first().fill('I was, and forgot.');
  await side.getByRole('button', { name: 'Send the answer' }).first().click();
  await side.getByText('Answered.').first().waitFor();
  await open(page, `#/story/project/${project.id}`);
  await page.getByRole('button', { name: 'Newest first' }).click();
  await expect
    .poll(() => page.getByRole('main').innerText(), { timeout: 60_000 })
    .toContain('I was, and forgot.');
}, 400_000);

test('the finding becomes an improvement, which is done and did help', async () => {
  await open(page, '#/reviews');
  await page.getByRole('main').getByRole('link').first().click();
  await page.getByRole('button', { name: /^Improve: / }).click();
  const form = page.getByRole('form', { name: 'An improvement' });
  await form.getByLabel(/^What to do/).fill('Ask at the first visit, by a list.');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await open(page, '#/improvements');
  await page
    .getByRole('main')
    .getByRole('link', { name: /Nobody asked/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'It is done' }).click();
  await page.getByLabel('What was done').fill('The list is in use.');
  await page.getByRole('button', { name: 'Save as done' }).click();
  await page.getByRole('button', { name: 'Did it help?' }).click();
  await page.locator('label').filter({ hasText: 'It helped' }).click();
  await page.getByLabel('What you see it by').fill('Nobody had to ask twice since.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved: it helped.').waitFor();
});

test('insight has changed by it', async () => {
  const after = await insight();
  expect(after).not.toEqual(seen);
  expect(after).toContain('1 project');
});

test('every step is in the ledger, which is sound', async () => {
  const after = await ledger();
  const added = (kind: string) => (after[kind] ?? 0) - (before[kind] ?? 0);
  // Eight standards and a new version; announced and drawn.
  expect(added('standard')).toBe(9);
  expect(added('audit')).toBe(2);
  expect(added('review')).toBe(1);
  expect(added('finding')).toBe(1);
  // Asked, and asked to read; answered.
  expect(added('inquiry')).toBeGreaterThanOrEqual(3);
  expect(added('improvement')).toBe(3);
});
