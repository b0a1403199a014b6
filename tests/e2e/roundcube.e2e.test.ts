// The main job on a real webmail: mira captures, tom finds it in his own copy of the mail.
import { parse } from 'csv-parse/sync';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { dragOver, expectMarked, expectSaid, expectSynced, sidebar } from './support/person.ts';
import {
  hasRoundcube,
  logIn,
  MIRA,
  openInFull,
  openInPane,
  startRoundcube,
  TOM,
} from './support/roundcube.ts';
import { inviteAndJoin, setUp, startTestServer, type TestServer } from './support/server.ts';

const SUBJECT = 'Night desk rollout: what we still need';
const WORDS =
  'we assume that your team is on site within four hours if a front desk goes down, weekends included.';
const TRAINING = 'Can you also confirm the training is for all three shifts?';

describe.runIf(hasRoundcube)('on Roundcube', () => {
  const profiles = { mira: newProfile(), tom: newProfile() };
  let server: TestServer;
  let mira: TestBrowser;
  let tom: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    startRoundcube();
    server = await startTestServer();
    mira = await launch(profiles.mira);
    page = await mira.context.newPage();
    await logIn(page, MIRA);
  });
  afterAll(async () => {
    await mira?.close();
    await tom?.close();
    await server?.remove();
    for (const profile of Object.values(profiles)) removeProfile(profile);
  });

  const foot = expectSaid;

  async function capture(
    of: Page,
    frame: Frame,
    words: string,
    key: string,
    said: string,
  ): Promise<void> {
    await dragOver(of, frame.locator('#messagebody'), words);
    await of.waitForTimeout(400);
    await of.keyboard.press(key);
    // At once, from the frame with the mail into a sidebar that may have to open first.
    await of.keyboard.type(said);
    const side = await sidebar(of);
    await expect.poll(() => side.getByRole('textbox').first().inputValue()).toBe(said);
    await of.keyboard.press('Enter');
    await side.getByText(said).first().waitFor();
  }

  test('mira captures in the preview pane before connecting; the mark is in the full view too', async () => {
    const pane = await openInPane(page, SUBJECT);
    await capture(page, pane, WORDS, 'e', 'On site within four hours');
    await expectMarked(pane, [WORDS]);
    await expectMarked(await openInFull(page, SUBJECT), [WORDS]);
    await mira.clickAction(page);
    await foot(page, /1 saved on this device/i);
  });

  test('by keyboard alone in the full view, saved while the server is away', async () => {
    await setUp(mira.context, server);
    await connect(mira, server);
    await server.stop();
    const full = await openInFull(page, SUBJECT);
    await page.bringToFront();
    await full.evaluate((words) => {
      const walker = document.createTreeWalker(
        document.querySelector('#messagebody') ?? document,
        4,
      );
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(words) ?? -1;
        if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + words.length - 1);
      }
    }, TRAINING);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await full.evaluate(() => String(getSelection()))).toBe(TRAINING);
    await page.waitForTimeout(400);
    await page.keyboard.press('q');
    const side = await sidebar(page);
    await side.getByRole('textbox').first().waitFor();
    await page.keyboard.type('Training for nights too');
    await page.keyboard.press('Control+Enter');
    await expectMarked(full, [WORDS, TRAINING]);
    await foot(page, /offline since|not yet synced/i);
    await server.start();
    await expectSynced(page);
  });

  test('tom sees mark and card in his copy, and both customers are read as one', async () => {
    tom = await launch(profiles.tom);
    const other = await tom.context.newPage();
    await logIn(other, TOM);
    // Before he connects he captures on his own, which creates the customer a second time.
    const before = await openInPane(other, SUBJECT);
    await capture(other, before, TRAINING, 'n', 'Ask about the night shift');
    await inviteAndJoin(mira.context, tom.context, server);
    await connect(tom, server);
    const pane = await openInPane(other, SUBJECT);
    await expectMarked(pane, [WORDS, TRAINING, TRAINING]);
    await tom.clickAction(other);
    const side = await sidebar(other);
    await side.getByText('On site within four hours').first().waitFor();
    await foot(other, /all saved and synced/i);

    const facets = await mira.context.request.get(`${server.url}/v1/facets`);
    const { customers } = (await facets.json()) as { customers: { name: string }[] };
    expect(customers.map(({ name }) => name)).toEqual(['Brightwater Hotels']);
  });

  test('the console exports what both wrote, the quotes byte for byte', async () => {
    const answer = await mira.context.request.get(`${server.url}/v1/export.csv`);
    const rows = parse(await answer.body(), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    const cells = rows.map((row) => Object.values(row));
    for (const quote of [WORDS, TRAINING]) expect(cells.flat()).toContain(quote);
    expect(rows).toHaveLength(3);
  });

  test('marks are back after the browser was closed', async () => {
    await mira.close();
    mira = await launch(profiles.mira);
    page = await mira.context.newPage();
    await logIn(page, MIRA);
    const pane = await openInPane(page, SUBJECT);
    await expectMarked(pane, [WORDS, TRAINING, TRAINING]);
  });
});

test.runIf(!hasRoundcube)('NOT RUN here: no ../shared/rig beside the project', () => {
  expect(hasRoundcube).toBe(false);
});
