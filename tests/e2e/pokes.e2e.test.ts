// What a colleague captures is in one's open sidebar at once: the sidebar's page hears the server.
// The mail is an https page of the web, the server one on this machine, as with `npm start`: the
// case that browsers gate most.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildFor,
  launch,
  newProfile,
  removeProfile,
  type TestBrowser,
} from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { type HostPage, mailPage, startTlsHost } from './support/host.ts';
import { capture, expectSaid, sidebar } from './support/person.ts';
import { inviteAndJoin, setUp, startTestServer, type TestServer } from './support/server.ts';

const HOST = 'mail.practice.test';

let server: TestServer;
let host: HostPage;
let mail: string;
let extension: string;
const browsers: TestBrowser[] = [];
const profiles: string[] = [];

beforeAll(async () => {
  server = await startTestServer();
  host = await startTlsHost(mailPage('We count on spare sensors being on the shelf at weekends.'));
  const { port } = new URL(host.url);
  mail = `https://${HOST}:${port}/`;
  // No access to the server's host, as for people: what it may be asked is up to the browser.
  extension = buildFor([`https://${HOST}/*`]);
  const args = [
    `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
    // The browser takes the mail's host for one of the web and the server for one of this machine.
    `--ip-address-space-overrides=127.0.0.1:${port}=public`,
  ];
  for (let n = 0; n < 2; n += 1) {
    const profile = newProfile();
    profiles.push(profile);
    browsers.push(await launch(profile, { extension, args, ignoreHTTPSErrors: true }));
  }
}, 120_000);

afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await host?.close();
  await server?.remove();
  for (const folder of [...profiles, extension]) if (folder) removeProfile(folder);
});

/** The mail with the sidebar open beside it. */
async function openMail(browser: TestBrowser): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(mail);
  await page.locator('[data-body]').waitFor();
  await browser.clickAction(page);
  await sidebar(page);
  return page;
}

test('a capture is in a colleague’s open sidebar at once, beside an https page', async () => {
  const [mine, theirs] = browsers;
  if (mine === undefined || theirs === undefined) throw new Error('two browsers');
  await setUp(mine.context, server);
  await inviteAndJoin(mine.context, theirs.context, server);
  for (const browser of [mine, theirs]) await connect(browser, server);

  const streams: string[] = [];
  theirs.context.on('response', (response) => {
    if (response.url().endsWith('/v1/pokes')) streams.push(`${response.status()}`);
  });
  const shown = await openMail(theirs);
  const page = await openMail(mine);
  expect(new URL(page.url()).protocol).toBe('https:');
  await expectSaid(shown, /All saved and synced/i);
  await expect.poll(() => streams, { timeout: 10_000 }).toEqual(['200']);

  // The browser does tell them apart: the mail's own page gets nothing from this machine.
  const asked = await shown.evaluate(
    (url) =>
      Promise.race([
        fetch(url, { mode: 'no-cors' }).then(
          () => 'answered',
          () => 'refused',
        ),
        new Promise((done) => setTimeout(() => done('a question to the person'), 3_000)),
      ]),
    `${server.url}/healthz`,
  );
  expect(asked).not.toBe('answered');

  const body = page.locator('[data-body]');
  await capture(page, body, 'spare sensors being on the shelf', 'e', 'Spare parts at hand, always');
  const before = Date.now();
  const side = await sidebar(shown);
  // Nothing else would ask the server this soon: the alarm comes once a minute.
  await side.getByText('Spare parts at hand, always').waitFor({ timeout: 5_000 });
  expect(Date.now() - before).toBeLessThan(5_000);

  // The token is with the extension's pages only.
  const told = await shown.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  expect(told.filter((name) => name.includes('/v1/'))).toEqual([]);
}, 180_000);
