// One mail, captured on a real webmail, is known again in a program that shows less of it and more
// around it: no Message-ID, no date that a machine could read, lines broken elsewhere, a gateway's
// banner above and a footer below. Another mail with the same banner and footer is not.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { type HostPage, startHost, webmailPage } from './support/host.ts';
import {
  capture,
  contextOf,
  expectMarked,
  expectSaid,
  iconNames,
  markedWords,
  sidebar,
} from './support/person.ts';
import {
  hasRoundcube,
  logIn,
  MIRA,
  openInFull,
  rigMails,
  startRoundcube,
} from './support/roundcube.ts';

const SUBJECT = 'Night desk rollout: what we still need';
const WORDS =
  'we assume that your team is on site within four hours if a front desk goes down, weekends included.';
const SAID = 'On site within four hours';
const BANNER =
  'CAUTION: This message was sent from outside of your organisation. Do not open attachments or links unless you know the sender and expected the message.';
const FOOTER = [
  'This message and its attachments are confidential and meant for the addressee alone; whoever received it by mistake is asked to delete it and to tell the sender.',
  'The company does not accept any liability for damage caused by viruses transmitted by this message, and does not conclude contracts by electronic mail.',
  'Please think of the environment before printing this message, and print on both sides of the paper where printing cannot be avoided.',
];

describe.runIf(hasRoundcube)('one mail on two hosts', () => {
  const profile = newProfile();
  let browser: TestBrowser;
  let host: HostPage;
  let page: Page;
  /** The mail as Roundcube shows it, paragraph after paragraph. */
  let paragraphs: string[];
  let sender: { name: string; address: string };

  beforeAll(async () => {
    startRoundcube();
    host = await startHost('');
    browser = await launch(profile);
    page = await browser.context.newPage();
    await logIn(page, MIRA);
    const mail = rigMails().find(({ subject }) => subject === SUBJECT);
    sender = { name: mail?.fromName ?? '', address: mail?.fromEmail ?? '' };
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
    removeProfile(profile);
  });

  async function show(of: { subject: string; date: string; own: string[] }): Promise<void> {
    const text = [BANNER, ...of.own, ...FOOTER].map(wrapped).join('<br><br>\n');
    host.serve({ html: webmailPage({ ...sender, ...of, text }) });
    await page.goto('about:blank');
    await page.goto(`${host.url}mail/view`);
    await browser.clickAction(page);
    await expectSaid(page, new RegExp(of.subject.slice(0, 20)));
  }

  /** Whether the mail that the page shows is known, in the background's words. */
  async function known(): Promise<string> {
    const context = await contextOf(await sidebar(page));
    const [message] = context?.messages ?? [];
    if (context?.site !== 'generic' || message === undefined) return 'not read';
    expect(message.from?.address).toBe(sender.address);
    expect(message.messageId).toBeNull();
    if (message.interaction === null) return 'unknown';
    return message.probably ? 'probably' : 'surely';
  }

  test('captured on Roundcube', async () => {
    const frame = await openInFull(page, SUBJECT);
    const body = frame.locator('#messagebody');
    paragraphs = (await body.innerText())
      .split('\n')
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter(Boolean);
    expect(paragraphs.length).toBeGreaterThan(2);
    await capture(page, body, WORDS, 'e', SAID);
    await expectMarked(frame, [WORDS]);
  });

  test('found again where nothing but sender and words are the same: probably', async () => {
    await show({ subject: SUBJECT, date: 'Tuesday morning', own: paragraphs });
    await expectMarked(page, [WORDS]);
    expect(await known()).toBe('probably');
    expect(await iconNames(page)).toEqual([`Expectation, probably: ${SAID}`]);
    await expectSaid(page, new RegExp(`${SAID}.*probably this mail`));
  });

  test('surely, where the minute is shown as well', async () => {
    const [date = ''] = rigMails().flatMap((mail) =>
      mail.subject === SUBJECT && mail.date !== null ? [mail.date] : [],
    );
    await show({
      subject: SUBJECT,
      date: `<time datetime="${date}">this morning</time>`,
      own: paragraphs,
    });
    await expectMarked(page, [WORDS]);
    expect(await known()).toBe('surely');
    expect(await iconNames(page)).toEqual([`Expectation: ${SAID}`]);
    await expectSaid(page, new RegExp(SAID));
    expect(await (await sidebar(page)).getByText('probably this mail').count()).toBe(0);
  });

  test('another mail of the sender with the same banner and footer is another one', async () => {
    const asked = 'Could somebody bring the spare terminals along?';
    const own = [
      'Hello Mira,',
      'the plasterers have found a second leak behind the front desk, so nothing can be set up there before the middle of next week.',
      asked,
    ];
    // Now one with the footer in it is known too, and so are the footer's sentences.
    await show({ subject: 'A second leak at the front desk', date: 'Friday', own });
    expect(await known()).toBe('unknown');
    await capture(page, page.locator('main'), asked, 'q', 'Spare terminals');
    await expectMarked(page, [asked]);

    for (const subject of ['Breakfast room tablets', `Re: ${SUBJECT}`]) {
      await show({
        subject,
        date: 'Sunday',
        own: ['Mira, the tablets for the breakfast room came without their stands and chargers.'],
      });
      expect(`${subject}: ${await known()}`).toBe(`${subject}: unknown`);
      expect(await markedWords(page)).toEqual([]);
    }
  });
});

/** Broken into lines of at most 64 characters, as one program does and another does not. */
function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 64) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('<br>\n');
}

test.runIf(!hasRoundcube)('NOT RUN here: no ../shared/rig beside the project', () => {
  expect(hasRoundcube).toBe(false);
});
