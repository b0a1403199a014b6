// A site has changed its pages; an admin mends it in a file on the server, and the tab that is open
// is read rightly again, without a release and without a reload. Another key mends nothing.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { expectSaid, expectSynced, sidebarText } from './support/person.ts';
import { setUp, startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launch(profile);
  page = await browser.context.newPage();
  await changeSite();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

/** The site's next version has another name for the part with the mail's text. */
async function changeSite(): Promise<void> {
  await browser.context.route('**/practice/practice.js', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll('data-body', 'data-text');
    await route.fulfill({ response: answer, body });
  });
}

async function openMail(): Promise<void> {
  const id = encodeURIComponent('certificates-1@halden-foods.example');
  await page.goto(`${server.url}/practice/#/mail/${id}`);
  await page.locator('[data-text]').waitFor();
}

function serve(version: number): void {
  const sites = { practice: { selectors: { body: '[data-text]' } } };
  writeFileSync(join(server.data, 'sites.json'), JSON.stringify({ version, sites }));
}

test('the changed site is not read as it was', async () => {
  await openMail();
  expect(await page.locator('[data-body]').count()).toBe(0);
  await browser.clickAction(page);
  await expectSaid(page, /\w/);
  await page.waitForTimeout(1_000);
  expect(await sidebarText(page)).not.toMatch(/Halden Foods/);
});

test('a file on the server mends it in the open tab, once the browser is connected', async () => {
  serve(1);
  await setUp(browser.context, server);
  await connect(browser, server);
  await page.bringToFront();
  await expectSaid(page, /Sample: a few things before March/);
  await expectSaid(page, /Halden Foods/);
});

test('after a restart it is still mended, with the server away too', async () => {
  await browser.close();
  browser = await launch(profile);
  page = await browser.context.newPage();
  await changeSite();
  await openMail();
  await server.stop();
  await browser.clickAction(page);
  await expectSaid(page, /Halden Foods/);
});

test('a server with another key is not believed, and the sidebar says so; syncing goes on', async () => {
  rmSync(join(server.data, 'keys'), { recursive: true });
  serve(2);
  await server.start();
  // An hour later.
  const worker = await browser.worker();
  await worker.evaluate(async (name) => {
    const profile = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open('unsaid-profile');
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const store = profile.transaction('settings', 'readwrite').objectStore('settings');
    await new Promise<void>((done) => {
      const read = store.get(name);
      read.onsuccess = () => {
        store.put({ ...read.result, askedAt: read.result.askedAt - 3_600_000 }, name);
        store.transaction.oncomplete = () => done();
      };
    });
    profile.close();
  }, `sites|${server.url}`);
  // Looking at the page is reason enough to sync.
  await page.reload();
  await browser.clickAction(page);
  await expectSynced(page);
  await expectSaid(page, /The server’s key is not the one this browser knows/);
  await expectSaid(page, /Halden Foods/);
});
