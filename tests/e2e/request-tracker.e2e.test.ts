// The main job on a real help desk: mira captures words in a ticket, tom finds them there.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import {
  capture,
  contextOf,
  expectMarked,
  expectSaid,
  expectSynced,
  iconNames,
  sidebar,
} from './support/person.ts';
import {
  hasRequestTracker,
  logInToDesk,
  openTicket,
  startRequestTracker,
} from './support/request-tracker.ts';
import { MIRA, TOM } from './support/roundcube.ts';
import { inviteAndJoin, setUp, startTestServer, type TestServer } from './support/server.ts';

const TICKET = 1;
const SUBJECT = 'Front desk 3 is down again';
const WORDS = 'someone comes within four hours.';
const LATER = 'nobody should have to explain the set-up again.';

describe.runIf(hasRequestTracker)('on Request Tracker', () => {
  const profiles = { mira: newProfile(), tom: newProfile() };
  let server: TestServer;
  let mira: TestBrowser;
  let tom: TestBrowser;
  let page: Page;

  beforeAll(async () => {
    startRequestTracker();
    server = await startTestServer();
    mira = await launch(profiles.mira);
    page = await mira.context.newPage();
    await logInToDesk(page, MIRA);
  });
  afterAll(async () => {
    await mira?.close();
    await tom?.close();
    await server?.remove();
    for (const profile of Object.values(profiles)) removeProfile(profile);
  });

  /** The entry of the ticket's history that has these words. */
  const entry = (words: string) =>
    page.locator('.transaction .messagebody', { hasText: words }).first();

  test('the sidebar names the ticket, who asked, and the customer', async () => {
    await openTicket(page, TICKET);
    await mira.clickAction(page);
    const side = await sidebar(page);
    await side.getByText(SUBJECT).first().waitFor();
    await expectSaid(page, /Claire Dunmore/);
    await expectSaid(page, /Customer Brightwater Hotels/);
    const context = await contextOf(side);
    expect(context?.record).toMatchObject({
      ...{ type: 'ticket', name: SUBJECT, company: 'Brightwater Hotels' },
      people: [{ name: 'Claire Dunmore', address: 'claire.dunmore@brightwater-hotels.example' }],
    });
    const { customer, contact, project } = context?.guess ?? {};
    expect([customer?.name, contact?.name, project?.name]).toEqual([
      ...['Brightwater Hotels', 'Claire Dunmore', SUBJECT],
    ]);
  });

  test('words of two entries are captured, each with the entry it stands in', async () => {
    await capture(page, entry(WORDS), WORDS, 'e', 'Somebody comes within four hours');
    await expectMarked(page, [WORDS]);
    await capture(page, entry(LATER), LATER, 'g', 'Had to explain the set-up twice');
    await expectMarked(page, [WORDS, LATER]);
    await openTicket(page, TICKET);
    await expectMarked(page, [WORDS, LATER]);
    expect(await iconNames(page)).toEqual([
      'Expectation: Somebody comes within four hours',
      'Grievance: Had to explain the set-up twice',
    ]);
  });

  test('tom sees both in the same ticket, and no other ticket has them', async () => {
    await setUp(mira.context, server);
    await connect(mira, server);
    await openTicket(page, TICKET);
    await mira.clickAction(page);
    await expectSynced(page);
    tom = await launch(profiles.tom);
    const other = await tom.context.newPage();
    await inviteAndJoin(mira.context, tom.context, server);
    await connect(tom, server);
    await logInToDesk(other, TOM);
    await openTicket(other, TICKET);
    await expectMarked(other, [WORDS, LATER]);
    await tom.clickAction(other);
    await expectSaid(other, /Somebody comes within four hours/);
    await openTicket(other, TICKET + 1);
    await tom.clickAction(other);
    await expectSaid(other, /Ersatzteilportal/);
    await expectMarked(other, []);

    const facets = await mira.context.request.get(`${server.url}/v1/facets`);
    const { customers } = (await facets.json()) as { customers: { name: string }[] };
    expect(customers.map(({ name }) => name)).toEqual(['Brightwater Hotels']);
  });
});

test.runIf(!hasRequestTracker)('NOT RUN here: no ../shared/rig beside the project', () => {
  expect(hasRequestTracker).toBe(false);
});
