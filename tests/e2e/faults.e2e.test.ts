// Nothing that was called saved is lost or doubled: the worker stopped, the browser and the server
// killed at random moments while notes are saved and synced. UNSAID_SEED replays a run.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { setUp, startTestServer, type TestServer } from './support/server.ts';

const LONG = process.env.UNSAID_LONG === '1';
const BROWSER_KILLS = LONG ? 50 : 3;
const WORKER_STOPS = LONG ? 50 : 3;
const SERVER_KILLS = LONG ? 20 : 3;
const seed = Number(process.env.UNSAID_SEED ?? (LONG ? Date.now() % 1_000_000 : 595_802));
const random = mulberry32(seed);

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;
/** id → text of every note that the background answered as saved. */
const saved = new Map<string, string>();
let next = 0;
/** The admin's session: a killed browser may not have written its cookies yet. */
let cookies: Awaited<ReturnType<TestBrowser['context']['cookies']>> = [];

beforeAll(async () => {
  console.log(`faults: seed ${seed}`);
  server = await startTestServer();
  await open();
  await setUp(browser.context, server);
  cookies = await browser.context.cookies();
  await connect(browser, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

async function open(): Promise<void> {
  browser = await launch(profile);
  await browser.context.addCookies(cookies);
  page = await browser.context.newPage();
  await page.exposeFunction('noteSaved', (id: string, text: string) => void saved.set(id, text));
  await page.goto(await browser.extensionUrl('src/extension/sidebar/index.html'));
}

/** Saves notes as fast as it goes, the way the sidebar does, until it is stopped or cut off. */
function saveNotes(count: number): Promise<void> {
  const from = next;
  next += count;
  return page
    .evaluate(
      async ({ from, count }) => {
        const call = (name: string, payload: unknown) =>
          chrome.runtime.sendMessage({
            unsaid: 1,
            to: 'sidebar-call',
            call: name,
            payload,
          }) as Promise<
            | { ok: true; value: { draft: { id: string; fields: object }; card: { id: string } } }
            | undefined
          >;
        for (let n = from; n < from + count; n += 1) {
          const text = `note ${n} of the fault test`;
          try {
            const made = await call('newDraft', { kind: 'note', tab: null, message: null });
            if (!made?.ok) continue;
            const draft = { ...made.value.draft, fields: { text } };
            let answer = await call('save', { draft });
            // A lost answer is asked for again, as a person would press Enter again.
            if (answer === undefined) answer = await call('save', { draft });
            if (answer?.ok) {
              const told = (window as unknown as { noteSaved(id: string, text: string): void })
                .noteSaved;
              told(answer.value.card.id, text);
            }
          } catch {
            // The worker was stopped in the middle: this note was never called saved.
          }
        }
      },
      { from, count },
    )
    .catch(() => undefined);
}

const pause = (most: number) => new Promise((done) => setTimeout(done, random() * most));

async function allSynced(): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const ask = (call: string) =>
            chrome.runtime.sendMessage({
              unsaid: 1,
              to: 'sidebar-call',
              call,
              payload: {},
            }) as Promise<{
              value: { unsynced: number; problem: string | null };
            }>;
          return (await ask('syncNow')).value.unsynced;
        }),
      { timeout: 90_000, interval: 500 },
    )
    .toBe(0);
}

async function notesOnServer(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor = '';
  do {
    const url = `${server.url}/v1/register?kind=note&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await browser.context.request.get(url);
    expect(answer.status()).toBe(200);
    const body = (await answer.json()) as {
      rows: { id: string; text: string }[];
      next: string | null;
    };
    for (const { id, text } of body.rows) {
      expect(found.has(id), `note ${id} is there twice`).toBe(false);
      found.set(id, text);
    }
    cursor = body.next ?? '';
  } while (cursor !== '');
  return found;
}

async function expectNothingLost(): Promise<void> {
  await allSynced();
  const there = await notesOnServer();
  const lost = [...saved].filter(([id, text]) => there.get(id) !== text);
  expect(lost, `seed ${seed}`).toEqual([]);
  const texts = [...there.values()];
  expect(new Set(texts).size, `a note is there twice, seed ${seed}`).toBe(texts.length);
}

test(`the service worker is stopped ${WORKER_STOPS} times while saving and syncing`, async () => {
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send('ServiceWorker.enable');
  for (let n = 0; n < WORKER_STOPS; n += 1) {
    const saving = saveNotes(20);
    await pause(400);
    await cdp.send('ServiceWorker.stopAllWorkers');
    await saving;
  }
  expect(saved.size).toBeGreaterThan(WORKER_STOPS);
  await expectNothingLost();
}, 600_000);

test(`the browser is killed ${BROWSER_KILLS} times while saving and syncing`, async () => {
  const before = saved.size;
  for (let n = 0; n < BROWSER_KILLS; n += 1) {
    const saving = saveNotes(10_000);
    // Time to wake the worker and save a few, then at any moment.
    await new Promise((done) => setTimeout(done, 400));
    await pause(1_200);
    await browser.kill();
    await saving;
    await open();
  }
  expect(saved.size).toBeGreaterThan(before);
  await expectNothingLost();
}, 1_200_000);

test(`the server is killed ${SERVER_KILLS} times while saving and syncing`, async () => {
  const before = saved.size;
  for (let n = 0; n < SERVER_KILLS; n += 1) {
    const saving = saveNotes(60);
    await pause(500);
    await server.kill();
    await saving;
    await server.start();
  }
  expect(saved.size).toBeGreaterThanOrEqual(before + SERVER_KILLS * 60);
  await expectNothingLost();
}, 600_000);

/** A small seeded generator (Tommy Ettinger's mulberry32), 0 ≤ x < 1. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
