// Every mail of two real mailboxes, opened one by one with the sidebar open: who wrote and about what
// is what the header says, whatever the body pretends, and the sidebar stays readable.
// Hostile and forged ones always; the rest with `npm run test:long`.
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { contextOf, sidebar } from './support/person.ts';
import {
  hasRoundcube,
  logIn,
  MIRA,
  mailsOf,
  openByNumber,
  type RigMail,
  rigMails,
  startRoundcube,
  TOM,
} from './support/roundcube.ts';

const LONG = process.env.UNSAID_LONG === '1';
// The one whose name is somebody's address needs no warning: the webmail shows the real one only.
const FORGED: [string, string[]][] = [
  ['Display name is an address', []],
  ['Right-to-left override in the name', ['look-alike', 'turned-round']],
];
// What readers go wrong on: no subject, no date, no id, two senders, languages, size; and sent mails.
const OFTEN_WRONG = [1, 16, 21, 30, 32, 35, 38, 42, 44, 45, 54];
const KNOWN = 'Floor plans and the signed order';
// Controls, and characters that turn the direction of letters round.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

describe.runIf(hasRoundcube)('all mails', () => {
  const profile = newProfile();
  let browser: TestBrowser;
  let page: Page;
  let mails: RigMail[];
  const errors: string[] = [];

  beforeAll(async () => {
    startRoundcube();
    mails = rigMails();
    browser = await launch(profile);
    listen();
    page = await browser.context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    removeProfile(profile);
  });

  /** Hears what the extension's own scripts complain of, in the page, the sidebar and the worker. */
  function listen(): void {
    const ours = (text: string) => text.includes('chrome-extension://');
    browser.context.on('console', (message) => {
      const { url } = message.location();
      if (message.type() === 'error' && ours(url)) errors.push(`${url}: ${message.text()}`);
    });
    browser.context.on('weberror', (error) => {
      const { stack = '' } = error.error();
      if (ours(stack)) errors.push(stack);
    });
    for (const worker of browser.context.serviceWorkers()) {
      worker.on('console', (message) => {
        if (message.type() === 'error') errors.push(`worker: ${message.text()}`);
      });
    }
  }

  async function openWithSidebar(folder: string, uid: number): Promise<Frame> {
    await openByNumber(page, folder, uid);
    await browser.clickAction(page);
    return sidebar(page);
  }

  const isChosen = ({ n, hostile, subject }: RigMail) =>
    LONG || hostile || OFTEN_WRONG.includes(n) || forgery(subject) !== undefined;

  test('one mail of a customer is logged, so that the customer is known', async () => {
    await logIn(page, MIRA);
    const inbox = await mailsOf(page, 'INBOX', mails);
    const { uid } = inbox.find(({ mail }) => mail.subject === KNOWN) ?? { uid: 0 };
    const side = await openWithSidebar('INBOX', uid);
    await side.getByRole('button', { name: /log this mail/i }).click();
    await side.getByRole('textbox', { name: /text to keep/i }).fill('Sample');
    await page.keyboard.press('Control+Enter');
    await side.locator('.s-logged').waitFor();
  });

  test.each([
    ['mira', MIRA, 'INBOX', 63],
    ['mira', MIRA, 'Sent', 8],
    ['tom', TOM, 'INBOX', 14],
    ['tom', TOM, 'Sent', 2],
  ])(
    '%s',
    async (_, who, folder, count) => {
      await browser.context.clearCookies();
      await logIn(page, who);
      const all = await mailsOf(page, folder, mails);
      expect(all.length).toBe(count);
      const wrong: string[] = [];
      const chosen = all.filter(({ mail }) => isChosen(mail));
      for (const { uid, mail } of chosen) {
        const side = await openWithSidebar(folder, uid);
        const found = () => problems(side, mail);
        // What is wrong while the page is still being read is not wrong.
        const until = Date.now() + 8_000;
        let now = await found();
        while (now.length > 0 && Date.now() < until) {
          await page.waitForTimeout(100);
          now = await found();
        }
        wrong.push(...now.map((what) => `${mail.n} ${what}`));
      }
      console.log(`all mails: ${chosen.length} of ${count} in ${folder} opened`);
      expect(wrong).toEqual([]);
      expect(errors).toEqual([]);
    },
    LONG ? 900_000 : 180_000,
  );

  /** What the sidebar says or hides that it should not, compared with the mail's header. */
  async function problems(side: Frame, mail: RigMail): Promise<string[]> {
    const wrong: string[] = [];
    const compare = (what: string, is: unknown, should: unknown) => {
      if (is !== should) wrong.push(`${what}: ${String(is)} for ${String(should)}`);
    };
    const shown = async (css: string) => {
      const [text = ''] = await side.locator(css).allInnerTexts();
      return seen(text);
    };
    compare('subject shown', await shown('.s-subject'), seen(mail.subject ?? '(no subject)'));
    const [name = ''] = (await shown('.s-meta')).split(' · ');
    const isName = mail.fromName !== '' && !mail.fromName.includes('@');
    compare('sender shown', name, seen(isName ? mail.fromName : mail.fromEmail));
    const context = await contextOf(side);
    compare('mails', context?.messages.length, 1);
    const message = context?.messages[0];
    compare('address', message?.from?.address, mail.fromEmail);
    compare('minute', message?.sentAt?.slice(0, 16), mail.date?.slice(0, 16));
    compare('id', message?.messageId ?? null, mail.messageId);
    const warnings = message?.warnings
      .map(({ kind }) => kind)
      .sort()
      .join(' ');
    compare('warnings', warnings, forgery(mail.subject)?.join(' ') ?? '');
    compare('warnings shown', await side.locator('.s-warning').count(), message?.warnings.length);
    wrong.push(...(await covered(side)));
    return wrong;
  }

  const forgery = (subject: string | null) =>
    FORGED.find(([start]) => subject?.startsWith(start))?.[1];

  const seen = (text: string) => text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();

  /** Points of the sidebar where the page's own things would be hit. */
  async function covered(side: Frame): Promise<string[]> {
    const box = await (await side.frameElement()).boundingBox();
    if (box === null) return ['sidebar: nowhere'];
    const points = [0.05, 0.5, 0.95].flatMap((x) =>
      [0.02, 0.25, 0.5, 0.75, 0.98].map((y) => [box.x + box.width * x, box.y + box.height * y]),
    );
    const hits = await page.evaluate(
      (at) =>
        at.map(([x = 0, y = 0]) => {
          // Mails replace what a document has under this name.
          const hit = Document.prototype.elementFromPoint.call(document, x, y);
          return Element.prototype.hasAttribute.call(hit, 'data-unsaid-layer')
            ? ''
            : hit?.localName;
        }),
      points,
    );
    return hits.filter((name) => name !== '').map((name) => `covered by ${name}`);
  }
});

test.runIf(!hasRoundcube)('NOT RUN here: no ../shared/rig beside the project', () => {
  expect(hasRoundcube).toBe(false);
});
