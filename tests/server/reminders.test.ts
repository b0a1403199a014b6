// Reminders by mail: who gets one, when, once, and that nobody's words can be more than words in it.
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Body } from '../../src/domain/index.ts';
import { openDatabase, openPool } from '../../src/server/database.ts';
import { localTime } from '../../src/server/reminders/local-time.ts';
import { createMailer } from '../../src/server/reminders/mailer.ts';
import { remindAll } from '../../src/server/reminders/run.ts';
import { Device } from './device.ts';
import { headersOf, mailServer, textOf } from './mail-server.ts';
import { join } from './people.ts';
import { asOwner, usePostgres } from './postgres.ts';
import { ADA, connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();
const DAY = 24 * 60 * 60 * 1000;
const NOON = Date.UTC(2027, 1, 24, 12);
const FROM = 'Unsaid <unsaid@company.example>';

async function company() {
  const mails = await mailServer();
  const server = await serverOn(await postgres.database(), undefined, {
    ...{ smtpUrl: mails.url, mailFrom: FROM },
  });
  const admin = await setUp(server);
  const device = new Device(server.url, await connect(server, admin));
  const log = pino({ level: 'silent' });
  /** As one of several server processes does it. */
  const process = () => {
    const pool = openPool(asOwner(server.database), () => undefined);
    const db = openDatabase(pool);
    const mailer = createMailer({ url: mails.url, from: FROM });
    onTestFinished(async () => {
      mailer.close();
      await db.destroy();
    });
    return (now: number) =>
      remindAll({ db, log, url: 'https://unsaid.company.example' }, mailer, now);
  };
  const want = (choice: object = {}) =>
    admin.call('PUT', '/v1/reminders', { mail: true, words: false, zone: 'UTC', ...choice });
  return { mails, server, admin, device, process, run: process(), want };
}

async function write(device: Device, kind: string, body: Body, record?: string): Promise<string> {
  const change = device.change(kind, body, record);
  const [result] = await device.push(change);
  expect(result).toMatchObject({ result: 'accepted' });
  return change.envelope.record;
}

test('who asked for it gets one mail a day with what is due, the new first, and without words', async () => {
  const { mails, device, run, want } = await company();
  const promise = await write(device, 'commitment', {
    text: 'Secret words',
    by: 'us',
    due: '2027-02-24',
  });
  await write(device, 'commitment', { text: 'Later', by: 'us', due: '2027-02-25' });
  await write(device, 'commitment', { text: 'Kept', by: 'us', due: '2027-02-20', state: 'kept' });
  await write(device, 'probe', {
    question: 'Asked?',
    due: '2027-02-20',
    askedAt: '2027-02-20T10:00:00Z',
  });
  expect(await run(NOON)).toBe(0); // nobody asked for it

  await want();
  expect(await run(NOON)).toBe(1);
  expect(await run(NOON + 3_600_000)).toBe(0);
  const [mail] = mails.taken;
  expect(mail).toMatchObject({ from: 'unsaid@company.example', to: [ADA.email] });
  const headers = new Map(headersOf(mail as never));
  expect(headers.get('subject')).toBe('Unsaid: 1 thing is due');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  const text = textOf(mail as never);
  expect(text).toContain('A promise of ours, due today');
  expect(text).toContain(`https://unsaid.company.example/#/record/commitment/${promise}`);
  expect(text).not.toContain('Secret words');

  // The next day: what is new today stands before what was named already.
  expect(await run(NOON + DAY)).toBe(1);
  const second = textOf(mails.taken[1] as never);
  expect(second.indexOf('due today')).toBeLessThan(second.indexOf('yesterday'));
  // A day on which nothing is new has no mail.
  expect(await run(NOON + 2 * DAY)).toBe(0);
  expect(mails.taken).toHaveLength(2);
});

test('what was moved to another day is named again, then', async () => {
  const { mails, device, run, want } = await company();
  await want();
  const promise = await write(device, 'commitment', { text: 'a', due: '2027-02-24' });
  expect(await run(NOON)).toBe(1);
  await write(device, 'commitment', { due: '2027-02-26' }, promise);
  expect(await run(NOON + DAY)).toBe(0);
  expect(await run(NOON + 2 * DAY)).toBe(1);
  expect(mails.taken).toHaveLength(2);
});

test('the day and the hour are those of the member', async () => {
  const { device, run, want } = await company();
  await write(device, 'commitment', { text: 'a', due: '2027-02-25' });
  await want({ zone: 'Pacific/Auckland' });
  // 24 February, 17:59 in London: 25 February, 06:59 in Auckland.
  expect(await run(Date.UTC(2027, 1, 24, 17, 59))).toBe(0);
  expect(await run(Date.UTC(2027, 1, 24, 18, 0))).toBe(1);
  expect(localTime(Date.UTC(2027, 1, 24, 23, 30), 'Asia/Kolkata')).toEqual({
    day: '2027-02-25',
    hour: 5,
  });
  expect(localTime(Date.UTC(2027, 1, 24, 23, 30), 'Nowhere/Else')).toEqual({
    day: '2027-02-24',
    hour: 23,
  });
});

test('it goes to the owner; without one to the author; and never tells what one may not read', async () => {
  const { mails, server, admin, device, run } = await company();
  const tom = await join(server, admin, 'tom');
  const toms = new Device(server.url, await connect(server, tom));
  await tom.call('PUT', '/v1/reminders', { mail: true, words: true, zone: 'UTC' });
  const owner = toms.who.member;
  await write(device, 'commitment', { text: 'handed to Tom', due: '2027-02-24', owner });
  await write(device, 'commitment', { text: 'the admin’s own', due: '2027-02-24' });
  await write(device, 'commitment', {
    ...{ text: 'for managers', due: '2027-02-24', owner, visibility: 'managers' },
  });
  await write(toms, 'probe', { question: 'Toms question', due: '2027-02-20' });
  await write(toms, 'expectation', {
    statement: 'declined',
    reviewOn: '2027-02-22',
    due: '2027-02-22',
    decision: 'decline',
  });
  await write(toms, 'expectation', { statement: 'over', due: '2027-02-22', outcome: 'met' });
  expect(await run(NOON)).toBe(1);
  const text = textOf(mails.taken[0] as never);
  expect(text).toContain('handed to Tom');
  expect(text).toContain('Toms question');
  expect(text).toContain('A decision to look at again');
  expect(text.match(/declined/g)).toHaveLength(1);
  expect(text).not.toMatch(/admin’s own|for managers|over\n/);
});

test('of several servers one sends, also when all look at once', async () => {
  const { mails, device, process, want } = await company();
  await want();
  await write(device, 'commitment', { text: 'a', due: '2027-02-24' });
  const runs = [process(), process(), process(), process()];
  const sent = await Promise.all(runs.map((run) => run(NOON)));
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(mails.taken).toHaveLength(1);
});

test('what the mail server refused is tried again a while later, and told once', async () => {
  const { mails, device, run, want } = await company();
  await want();
  await write(device, 'commitment', { text: 'a', due: '2027-02-24' });
  mails.refuse('451 later');
  expect(await run(NOON)).toBe(0);
  mails.refuse(null);
  expect(await run(NOON + 60_000)).toBe(0); // another server may be at it
  expect(await run(NOON + 31 * 60_000)).toBe(1);
  expect(await run(NOON + 62 * 60_000)).toBe(0);
  expect(mails.taken).toHaveLength(1);
});

test('who left gets none', async () => {
  const { server, admin, mails, run } = await company();
  const tom = await join(server, admin, 'tom');
  const toms = new Device(server.url, await connect(server, tom));
  await tom.call('PUT', '/v1/reminders', { mail: true, words: true, zone: 'UTC' });
  await write(toms, 'commitment', { text: 'a', due: '2027-02-24' });
  const left = await admin.call('PUT', `/v1/members/${toms.who.member}`, { active: false });
  expect(left.status).toBe(200);
  expect(await run(NOON)).toBe(0);
  expect(mails.taken).toEqual([]);
});

describe('hostile words', () => {
  const WORDS = [
    'a\r\nBcc: victim@else.example\r\n\r\n<script>alert(1)</script>',
    '.\r\n.\r\nMAIL FROM:<x@else.example>\r\nRCPT TO:<victim@else.example>',
    '\u202egnitset\u202c\u0000\u2028Subject: other',
    `${'x'.repeat(5_000)}`,
  ];

  test('stay one line of text each: no header, no second mail, no markup', async () => {
    const { mails, device, run, want } = await company();
    await want({ words: true });
    const customer = await write(device, 'customer', { name: 'Evil\r\nBcc: victim@else.example' });
    for (const text of WORDS) {
      await write(device, 'commitment', {
        text: text.replaceAll('\u0000', '\ufffd'),
        due: '2027-02-24',
        customer,
      });
    }
    expect(await run(NOON)).toBe(1);
    expect(mails.taken).toHaveLength(1);
    const [mail] = mails.taken;
    expect(mail?.to).toEqual([ADA.email]);
    const names = headersOf(mail as never).map(([name]) => name);
    expect(names).not.toContain('bcc');
    expect(names.filter((name) => name === 'subject')).toHaveLength(1);
    expect(headersOf(mail as never).find(([name]) => name === 'content-type')?.[1]).toMatch(
      /^text\/plain/,
    );
    const text = textOf(mail as never);
    const lines = text.split('\n');
    expect(
      lines.filter((line) => line.includes('Bcc:')).every((line) => line.startsWith('  Evil')),
    ).toBe(true);
    expect(text).not.toMatch(/[\u202a-\u202e\u2028]/);
    for (const line of lines) expect(line.length).toBeLessThan(320);
  });

  test('in what the library is given, a line’s end is a space', async () => {
    const { mails } = await company();
    const mailer = createMailer({ url: mails.url, from: 'A\u0085B <unsaid@company.example>' });
    onTestFinished(() => mailer.close());
    await mailer.send({
      ...{ to: 'ada@unsaid.example', text: 'x', id: 'a\r\nX-Evil: 1@b' },
      subject: 'Hello\r\nBcc: victim@else.example',
    });
    const headers = headersOf(mails.taken[0] as never);
    expect(headers.map(([name]) => name)).not.toContain('bcc');
    expect(headers.map(([name]) => name)).not.toContain('x-evil');
    expect(mails.taken[0]?.to).toEqual(['ada@unsaid.example']);
  });
});

describe('the choice', () => {
  test('is each member’s own, and says whether there is mail at all', async () => {
    const { server, admin, want } = await company();
    const tom = await join(server, admin, 'tom');
    await want({ zone: 'Europe/Oslo' });
    expect((await admin.call('GET', '/v1/reminders')).json).toEqual({
      ...{ mail: true, words: false, zone: 'Europe/Oslo', available: true, address: ADA.email },
    });
    expect((await tom.call('GET', '/v1/reminders')).json).toMatchObject({
      mail: false,
      words: false,
    });
    const refused = await tom.call('PUT', '/v1/reminders', {
      mail: true,
      words: true,
      zone: 'Nowhere',
    });
    expect(refused.status).toBe(400);
    const ended = await tom.call('PUT', '/v1/reminders', { mail: 'yes' });
    expect(ended.status).toBe(400);
  });

  test('without a mail server it is said that there is none', async () => {
    const server = await serverOn(await postgres.database());
    const admin = await setUp(server);
    expect((await admin.call('GET', '/v1/reminders')).json).toMatchObject({ available: false });
    const stranger = await fetch(`${server.url}/v1/reminders`);
    expect(stranger.status).toBe(401);
  });

  test('a mail server without a sender is a wrong setting, in words', async () => {
    const starting = serverOn(await postgres.database(), undefined, {
      smtpUrl: 'smtp://mail.example',
    });
    await expect(starting).rejects.toThrow('UNSAID_MAIL_FROM');
    const other = serverOn(await postgres.database(), undefined, {
      smtpUrl: 'http://mail.example',
      mailFrom: FROM,
    });
    await expect(other).rejects.toThrow('smtpUrl');
  });
});

test('an improvement to make, and whether it helped, come by mail with the page to say it on', async () => {
  const { mails, device, run, want } = await company();
  await want({ words: true });
  const record = await write(device, 'improvement', {
    ...{ text: 'Nobody rang', action: 'A rota', due: '2027-02-22' },
  });
  expect(await run(NOON)).toBe(1);
  const first = textOf(mails.taken[0] as never);
  expect(first).toContain('An improvement to make, due 22 February 2027, 2 days ago');
  expect(first).toContain('A rota');
  expect(first).toContain(`https://unsaid.company.example/#/improvements/${record}`);
  await write(device, 'improvement', { state: 'done', checkOn: '2027-02-25' }, record);
  expect(await run(NOON + DAY)).toBe(1);
  expect(textOf(mails.taken[1] as never)).toContain('Whether an improvement helped, due today');
});
