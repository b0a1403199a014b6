// What is printed, as PDFs of a real Chromium on a workspace full of records: the report of an audit,
// a story, the register, and the page of an evidence bundle opened from disk.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_CONTENT, NOT_SCORED } from '../../src/domain/reviews.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { inviteAndJoin, startTestServer, type TestServer } from './support/server.ts';
import { sheetCount, sheetTexts } from './support/sheets.ts';

const data = mkdtempSync(join(tmpdir(), 'unsaid-data-'));
const folder = mkdtempSync(join(tmpdir(), 'unsaid-print-'));
const profiles = { manager: newProfile(), auditor: newProfile() };
let server: TestServer;
let manager: TestBrowser;
/** Had no hand in any of it. */
let auditor: TestBrowser;
let page: Page;

beforeAll(async () => {
  const seed = ['scripts/seed.ts', '--customers', '12', '--seed', '7', '--data', data];
  execFileSync(process.execPath, seed);
  server = await startTestServer(data);
  manager = await launch(profiles.manager);
  const first = await manager.context.newPage();
  await first.goto(`${server.url}/sign-in`);
  await first.fill('[name=email]', 'member-1@unsaid.example');
  await first.fill('[name=password]', 'sample password 1');
  await Promise.all([first.waitForURL(`${server.url}/`), first.click('button.primary')]);
  await call('POST', '/v1/standards', { standards: STARTER_STANDARDS }, first);
  auditor = await launch(profiles.auditor);
  await inviteAndJoin(manager.context, auditor.context, server, 'auditor');
  page = await auditor.context.newPage();
  await page.goto(server.url);
}, 300_000);
afterAll(async () => {
  for (const browser of [manager, auditor]) await browser?.close();
  await server?.remove();
  for (const profile of Object.values(profiles)) removeProfile(profile);
  rmSync(folder, { recursive: true, force: true });
});

async function call<T>(method: string, path: string, body?: unknown, at = page): Promise<T> {
  const answer = await at.evaluate(
    async (asked) => {
      const init = asked.body === undefined ? {} : { body: JSON.stringify(asked.body) };
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(asked.path, { method: asked.method, headers, ...init });
      return { status: response.status, text: await response.text() };
    },
    { method, path, body },
  );
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return JSON.parse(answer.text) as T;
}

async function open(hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${server.url}/${hash}`);
}

/** A PDF of what is open; each sheet has something on it, its number and, but the first, its title. */
async function printed(name: string, title: string, format = 'A4'): Promise<string[] | null> {
  const pdf = await page.pdf({ format, preferCSSPageSize: true });
  writeFileSync(join(process.env.UNSAID_PDFS ?? folder, `${name}.pdf`), pdf);
  const count = sheetCount(pdf);
  expect(count).toBeGreaterThan(0);
  const sheets = sheetTexts(pdf);
  if (sheets === null) return null;
  expect(sheets).toHaveLength(count);
  for (const [at, sheet] of sheets.entries()) {
    expect(sheet, `sheet ${at + 1}`).toMatch(new RegExp(`\\b${at + 1} ?/ ?${count}\\b`));
    if (at > 0) expect(sheet.trimStart().split('\n')[0], `sheet ${at + 1}`).toContain(title);
    const words = sheet.split('\n').filter((line) => line.trim() !== '');
    expect(words.length, `sheet ${at + 1} is all but empty`).toBeGreaterThan(4);
  }
  return sheets;
}

test.each(['A4', 'Letter'])('the report of an audit, on %s, from the dark', async (format) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const { draw } = await call<{ draw: { id: string; members: string[] } }>('POST', '/v1/draws', {
    ...{ name: `Sample audit on ${format}`, unit: 'project', filter: {}, strata: 'none' },
    ...{ blind: true, due: null, method: { kind: 'simple', size: 12 } },
  });
  let reviewed = 0;
  for (const subject of draw.members) {
    reviewed += await review(draw.id, subject, reviewed);
    if (reviewed === 8) break;
  }
  expect(reviewed).toBeGreaterThan(3);
  await open(`#/report/${draw.id}`);
  await page.locator('.c-report .c-chart svg').first().waitFor();
  const sheets = await printed(
    `report-${format}`,
    `Audit report: Sample audit on ${format}`,
    format,
  );
  const all = sheets?.join('\n');
  if (all === undefined) return;
  expect(all).toContain(`${reviewed} of the 12 projects drawn are reviewed.`);
  // The head of a table comes again on each sheet that it goes on to.
  const table = sheets?.filter((sheet) => /not reviewed yet|Sample|reviewed/.test(sheet)) ?? [];
  expect(table.length).toBeGreaterThan(0);
  expect(all).toContain('Signatures');
  expect(all).not.toContain('Register');
});

/** 1 where the member may review it. */
async function review(audit: string, subject: string, at: number): Promise<0 | 1> {
  const started = await page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch('/v1/reviews/start', init);
      return response.ok ? ((await response.json()) as unknown) : null;
    },
    { audit, subject },
  );
  if (started === null) return 0;
  const { draft, standards } = started as {
    draft: { id: string };
    standards: { id: string; judgement: string; customerTarget: number | null }[];
  };
  const scores = Object.fromEntries(
    standards.map(({ id, judgement, customerTarget }, n) => {
      const value = judgement === 'yes-no' ? (at + n) % 2 : judgement === 'scale' ? 3 : 4;
      const asked = customerTarget !== null;
      return [id, { ...NOT_SCORED, ours: value, theirs: asked ? value : null, asked }];
    }),
  );
  const finding = {
    ...{ id: crypto.randomUUID(), type: 'nonconformity', standard: null, cause: '' },
    ...{ text: 'Nobody said it before it was late.', subject: null, at: null, moment: null },
  };
  const content = { ...EMPTY_CONTENT, scores, text: 'A good project with one bad day.' };
  const findings = at % 2 === 0 ? [{ ...finding, id: uuid7() }] : [];
  await call('PUT', `/v1/reviews/drafts/${draft.id}`, {
    content: { ...content, findings },
    seen: 0,
  });
  await call('POST', `/v1/reviews/drafts/${draft.id}/finish`, { seen: 1 });
  return 1;
}

function uuid7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

test('the story of a customer, whole', async () => {
  const { customers } = await call<{ customers: { id: string; name: string }[] }>(
    'GET',
    '/v1/facets',
  );
  const [customer] = customers;
  await open(`#/story/customer/${customer?.id}`);
  await page.locator('.c-st-entry').first().waitFor();
  const sheets = await printed('story', customer?.name ?? '');
  if (sheets === null) return;
  const heads = sheets.filter((sheet) => /When\s+What\s+Words/.test(sheet));
  expect(heads).toHaveLength(sheets.length);
});

test('the register, as far as it is loaded', async () => {
  await open('#/');
  await page.locator('.c-table tbody tr').first().waitFor();
  const sheets = await printed('register', 'Register');
  if (sheets === null) return;
  expect(sheets.length).toBeGreaterThan(3);
  for (const sheet of sheets) expect(sheet).toMatch(/Kind\s+Their words, and ours\s+Customer/);
  expect(sheets[0]).toContain('the first 200 are here');
});

test('the page of an evidence bundle, opened from disk', async () => {
  const bundle = join(folder, 'bundle.zip');
  execFileSync(process.execPath, ['src/server/cli.ts', 'evidence', bundle, '--data', data]);
  const html = unzipSync(readFileSync(bundle), { filter: ({ name }) => name === 'report.html' });
  // As a bundle of a few hundred changes has it: the seeded one is a parcel of paper.
  const text = Buffer.from(html['report.html'] ?? []).toString();
  const rows = text.split('<tr>');
  writeFileSync(
    join(folder, 'report.html'),
    `${rows.slice(0, 120).join('<tr>')}</tbody></table></body></html>`,
  );
  await page.goto('about:blank');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${join(folder, 'report.html')}`);
  await page.getByRole('heading', { name: 'How to verify it' }).waitFor();
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const [ground, ink] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return [backgroundColor, color];
    });
    expect(ground).not.toBe(ink);
  }
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
  await printed('evidence', 'Evidence of');
});
