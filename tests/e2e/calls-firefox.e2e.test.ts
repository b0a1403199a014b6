// Tagging a call in a real Firefox: started on a meeting's page, tagged by keyboard from another tab,
// the browser killed in the middle. The sidebar's frame in a page takes keys and cannot be looked
// into; the same sidebar in a tab of its own tells what is stored.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { KeyInput, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallAnswers } from '../../src/extension/messages/call-calls.ts';
import { buildFor } from './support/chromium.ts';
import { launchFirefox, type TestFirefox } from './support/firefox.ts';
import { type HostPage, startHost } from './support/host.ts';

/** A host of meetings; the browser is told to find all hosts on this machine. */
const MEETING_HOST = 'sample.ringcentral.com';
const TITLE = 'Sample: kick-off with Halden Foods';
const WITHIN_MS = 100;

const profile = mkdtempSync(join(tmpdir(), 'unsaid-firefox-'));
const extension = buildFor([`http://${MEETING_HOST}/*`, 'http://127.0.0.1/*'], 'extension-firefox');
let meeting: HostPage;
let firefox: TestFirefox;
/** The sidebar in a tab of its own. */
let side: Page;
const truth: { key: string; at: number; given: number }[] = [];
let call = '';

beforeAll(async () => {
  meeting = await startHost(`<!doctype html><title>${TITLE}</title><h1>${TITLE}</h1>`);
  await open();
});
afterAll(async () => {
  await firefox?.close();
  await meeting?.close();
  for (const folder of [profile, extension]) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function open(): Promise<void> {
  firefox = await launchFirefox({
    ...{ extension, profile },
    prefs: {
      'network.dns.forceResolve': '127.0.0.1',
      // What an installed extension keeps, one installed for a test would lose.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'dom.security.https_first': false,
    },
  });
  side = await firefox.extensionPage('src/extension/sidebar/index.html');
}

async function ask<C extends keyof CallAnswers>(name: C, payload: object): Promise<CallAnswers[C]> {
  const answer = await side.evaluate(
    (name, payload) =>
      chrome.runtime.sendMessage({ unsaid: 1, to: 'sidebar-call', call: name, payload }),
    name,
    payload,
  );
  expect(answer).toMatchObject({ ok: true });
  return (answer as { value: CallAnswers[C] }).value;
}

async function press(keys: string): Promise<void> {
  await side.bringToFront();
  await side.waitForSelector('.s-call-tags button');
  await side.focus('.s-call-tags button');
  for (const key of keys) {
    const at = Date.now();
    await side.keyboard.press(key as KeyInput);
    // Between the two the browser was given it; on a busy machine that takes its time.
    truth.push({ key, at, given: Date.now() });
    await setTimeout(Math.max(0, 1_000 - (Date.now() - at)));
  }
}

const count = async () => (await ask('call', { id: call })).tags.length;

test('a meeting’s page is proposed; the call begins with its title', async () => {
  const room = await firefox.newPage();
  await room.goto(`http://${MEETING_HOST}:${new URL(meeting.url).port}/conf/on/1234567890`);
  await expect
    .poll(async () => (await ask('calls', {})).proposal?.subject, { timeout: 20_000 })
    .toContain(TITLE);
  await side.bringToFront();
  const button = await side.waitForSelector(
    '::-p-xpath(//button[normalize-space(span)="Tag this call"])',
  );
  await button?.focus();
  await side.keyboard.press('Enter');
  await side.waitForSelector('.s-call');
  const { running } = await ask('calls', {});
  expect(running).toMatchObject({ channel: 'meeting', subject: expect.stringContaining(TITLE) });
  call = running?.id ?? '';
});

test('ten keys in ten seconds from another tab, the browser killed after five: ten tags', async () => {
  await press('12345');
  await firefox.kill();
  await open();
  await expect.poll(count, { timeout: 20_000 }).toBe(5);
  await press('67891');
  await expect.poll(count, { timeout: 15_000 }).toBe(10);
  const { call: told, tags } = await ask('call', { id: call });
  const far: number[] = [];
  const late = [...tags]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, pressedAt }, at) => {
      expect(Math.abs(offset - (pressedAt - told.clock.startedAt))).toBeLessThan(1);
      const { at: pressed = 0, given = 0 } = truth[at] ?? {};
      far.push(Math.max(pressed - pressedAt, pressedAt - given));
      return Math.round(pressedAt - pressed);
    });
  console.log(`calls: tags after their keys, in ms: ${late.join(' ')}`);
  for (const ms of far) expect(ms).toBeLessThan(WITHIN_MS);
});

test('the bar tags by key, and hangs up', async () => {
  const bar = await firefox.extensionPage('src/extension/call/index.html');
  await bar.waitForSelector('[role=timer]');
  await bar.bringToFront();
  await bar.keyboard.press('8');
  await expect.poll(count, { timeout: 15_000 }).toBe(11);
  await bar.keyboard.press('h');
  await expect.poll(async () => (await ask('calls', {})).wrapUp, { timeout: 15_000 }).toBe(call);
  await bar.close();
});
