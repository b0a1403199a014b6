// The fixtures of the big mail hosts again, as pages that a real Chromium lays out: what a style
// sheet hides is hidden there.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, launch, type PageForTest, ROOT, read, squeezed } from './rig.ts';

const FIXTURES = join(ROOT, 'tests/sites/fixtures');
// What the hosts' own style sheets hide.
const STYLE = '<style>.kQ { display: none } [role="list"] { display: contents }</style>';

let browser: Browser | undefined;
let page: Page;
let script: string;

beforeAll(async () => {
  script = await bundle();
  browser = await launch();
  page = await browser.newPage();
}, 120_000);

afterAll(() => browser?.close());

async function open(html: string): Promise<PageForTest> {
  const address = /^<!-- address: (\S+) -->/.exec(html)?.[1] ?? '';
  await page.unrouteAll();
  await page.route('**/*', (route) =>
    route.request().isNavigationRequest()
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      : route.abort(),
  );
  await page.goto('about:blank');
  await page.goto(address);
  return read(await page.context().newCDPSession(page), script);
}

const fixture = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');

describe.each(['gmail', 'outlook'])('%s', (site) => {
  const names = readdirSync(join(FIXTURES, site)).filter((name) => name.endsWith('.html'));

  it.each(names)('%s', async (name) => {
    const { messages, ...facts } = await open(
      fixture(`${site}/${name}`).replace('</head>', `${STYLE}</head>`),
    );
    const told = messages.map(({ headers, found, ...message }) => ({
      ...message,
      text: squeezed(message.text),
    }));
    const expected = JSON.parse(fixture(`${site}/${name.replace(/html$/, 'json')}`));
    expect({ ...facts, messages: told }).toMatchObject(expected);
    expect(told).toHaveLength(expected.messages.length);
  });
});

describe('a view that a style sheet hides', () => {
  it.each([
    ['gmail/right-to-left.html', '[role="main"]'],
    ['outlook/single.html', '#ConversationReadingPaneContainer'],
  ])('%s is not read', async (name, hidden) => {
    const style = `<style>${hidden} { display: none }</style></head>`;
    const reading = await open(fixture(name).replace('</head>', style));
    expect(reading).toMatchObject({ subject: '', conversation: null, messages: [], changed: null });
  });
});
