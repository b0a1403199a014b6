// In Firefox, too, the sidebar's frame in an https page hears a server on this machine: our policy for
// extension pages does not turn http into https, as the browser's own would.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFor, removeProfile } from './support/chromium.ts';
import { launchFirefox, type TestFirefox } from './support/firefox.ts';
import { type HostPage, mailPage, startTlsHost } from './support/host.ts';
import { ADMIN, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let host: HostPage;
let extension: string;
let firefox: TestFirefox;

beforeAll(async () => {
  server = await startTestServer();
  host = await startTlsHost(mailPage('We count on spare sensors.'));
  // Access to the mail's page, none to the server.
  extension = buildFor(['https://127.0.0.1/*'], 'extension-firefox');
  firefox = await launchFirefox({ extension, acceptInsecureCerts: true });
}, 120_000);
afterAll(async () => {
  await firefox?.close();
  await host?.close();
  await server?.remove();
  if (extension) removeProfile(extension);
});

/** The console's page of somebody who is signed in. */
async function connect(): Promise<Page> {
  const desk = await firefox.newPage();
  await desk.goto(server.setupLink);
  for (const [name, value] of Object.entries(ADMIN)) await desk.type(`[name=${name}]`, value);
  await Promise.all([desk.waitForNavigation(), desk.click('button.primary')]);
  const options = await firefox.extensionPage('src/extension/options/index.html');
  const field = await options.waitForSelector('input');
  await field?.click({ count: 3 });
  await field?.type(server.url);
  const button = await options.waitForSelector('::-p-xpath(//button[normalize-space()="Connect"])');
  await button?.click();
  const link = await options.waitForSelector(`a[href^="${server.url}/connect"]`);
  await desk.goto((await link?.evaluate((at) => at.getAttribute('href'))) ?? '');
  await desk.bringToFront();
  await desk.click('button[value=allow]');
  await options.bringToFront();
  await options.waitForSelector('::-p-xpath(//button[normalize-space()="Disconnect"])');
  await options.close();
  await desk.goto(server.url);
  return desk;
}

/** The workspace's never-log lines, as this browser knows them. */
const known = (options: Page) =>
  options.evaluate(async () => {
    const answer = await chrome.runtime.sendMessage({
      unsaid: 1,
      to: 'sidebar-call',
      call: 'neverLog',
      payload: {},
    });
    return (answer as { value: { workspace: string[] } }).value.workspace;
  });

test('what is written elsewhere is here at once while the sidebar lies over an https page', async () => {
  const desk = await connect();
  const options = await firefox.extensionPage('src/extension/options/index.html');
  const write = (line: string) =>
    desk.evaluate(async (line) => {
      const all = await (await fetch('/v1/settings')).json();
      const { lines, seen } = all.settings.find(
        (one: { name: string }) => one.name === 'never-log',
      );
      const answer = await fetch('/v1/settings/never-log', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ lines: [...lines, line], seen }),
      });
      return answer.status;
    }, line);

  const page = await firefox.newPage();
  await page.goto(host.url);
  await page.waitForSelector('[data-body]');
  // Its toolbar button cannot be pressed over BiDi: words are selected, and become a card.
  await page.bringToFront();
  const before = await page.evaluate(() => document.documentElement.children.length);
  await expect
    .poll(
      async () => {
        const box = await (await page.$('[data-body] p'))?.boundingBox();
        if (!box) return 0;
        await page.mouse.move(box.x + 1, box.y + box.height / 2);
        await page.mouse.down();
        await page.mouse.move(box.x + 80, box.y + box.height / 2);
        await page.mouse.move(box.x + 160, box.y + box.height / 2);
        await page.mouse.up();
        return page.evaluate(() => document.documentElement.children.length);
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBeGreaterThan(before);
  await page.keyboard.press('n');
  // The sidebar takes the focus once its page is there. It asks the server then, and listens.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName), { timeout: 15_000 })
    .toBe('DIV');
  await new Promise((done) => setTimeout(done, 5_000));

  expect(await write('first.sample.example')).toBe(200);
  await expect.poll(() => known(options), { timeout: 5_000 }).toContain('first.sample.example');
  expect(await write('second.sample.example')).toBe(200);
  await expect.poll(() => known(options), { timeout: 5_000 }).toContain('second.sample.example');
}, 120_000);
