import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPassageKey,
  isWeakKey,
  type MessageFacts,
  messageKeys,
  neighbourKeys,
  samePassages,
} from '../../src/domain/index.ts';
import { ownWords, passagesOf } from '../../src/domain/passages.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const FACTS: MessageFacts = {
  ...{ site: 'sample', key: null, shown: 'whole', messageId: null, from: 'a@b.example' },
  ...{ sentAt: null, subject: 'Delivery', text: '' },
};
const keysOf = (facts: Partial<MessageFacts>) => messageKeys({ ...FACTS, ...facts }, sha256);
const copyOf = (facts: Partial<MessageFacts>) => ({
  passages: keysOf(facts).filter(isPassageKey),
  subject: facts.subject ?? FACTS.subject,
  sentAt: Date.parse(facts.sentAt ?? ''),
});
const alike = (a: Partial<MessageFacts>, b: Partial<MessageFacts>) => {
  const there = samePassages(copyOf(a), copyOf(b));
  expect(samePassages(copyOf(b), copyOf(a))).toBe(there);
  return there;
};

const MAIL = `Dear Sample Person,

thank you for the offer of last week. We have looked at it with the people in
the warehouse, who are the ones that unload your lorries in the morning.
They would like to know whether the pallets can come before seven o'clock, since the gate is
closed from then until nine.

We take it for granted that the driver brings the papers in two copies, as he has always done.

Kind regards
Sample`;
/** As a program shows it that gives each paragraph a line of its own. */
const UNWRAPPED = MAIL.split('\n\n')
  .map((paragraph, at) => (at === 1 ? paragraph.replaceAll('\n', ' ') : paragraph))
  .join('\n');
const BANNER = `CAUTION: This email originated from outside of the organisation. Do not click links or open attachments unless you recognise the sender and know the content is safe.\n`;
const FOOTER = `\n________________________________\nThis message and its attachments are confidential and meant for the addressee alone. If you have received it by mistake, tell the sender and delete it from your system. Nothing in it is an offer that binds the company before it has been confirmed in writing.`;

describe('strong keys', () => {
  test('of the site, the Message-ID, and sender with minute and subject', () => {
    const keys = keysOf({
      key: 'host|transaction|81',
      messageId: ' <x@y.example>',
      from: 'A@b.example',
      sentAt: '2027-02-24T10:12:59+01:00',
      subject: '[EXT] Re: Hello',
      text: 'short',
    });
    expect(keys).toEqual([
      'ref:sample|host|transaction|81',
      'mid:x@y.example',
      'smt:a@b.example|2027-02-24T09:12|hello',
    ]);
    expect(keys.some(isWeakKey)).toBe(false);
  });

  test('fit where keys are kept, however long a sender makes their parts', () => {
    const long = 'x'.repeat(4_000);
    const sentAt = '2027-02-24T09:12:59Z';
    const facts = { site: long, key: long, messageId: long, from: `${long}@b.example`, sentAt };
    const keys = keysOf({ ...facts, subject: `Re: ${long}` });
    expect(keys.map((key) => key.slice(0, 4))).toEqual(['ref:', 'mid:', 'smt:']);
    for (const key of [...keys, ...neighbourKeys(keys)]) expect(key.length).toBeLessThan(900);
    expect(neighbourKeys(keys)).toHaveLength(2);
    expect(keysOf({ ...facts, subject: `${long}y` })[2]).not.toBe(keys[2]);
  });

  test('the minutes beside it, over the borders of days', () => {
    expect(neighbourKeys(['mid:x', 'smt:a@b.example|2027-01-01T00:00|a|b'])).toEqual([
      'smt:a@b.example|2026-12-31T23:59|a|b',
      'smt:a@b.example|2027-01-01T00:01|a|b',
    ]);
    expect(neighbourKeys(['smt:odd', 'smt:a|b|c', ''])).toEqual([]);
  });
});

describe('weak keys', () => {
  test('of a text that is all there and long enough', () => {
    expect(keysOf({ text: 'Thanks!' })).toEqual([]);
    expect(keysOf({ text: MAIL }).filter((key) => key.startsWith('txt:'))).toHaveLength(1);
    for (const shown of ['clipped', 'collapsed'] as const) {
      expect(keysOf({ text: MAIL, shown }).some((key) => key.startsWith('txt:'))).toBe(false);
    }
    expect(keysOf({ text: MAIL, shown: 'collapsed' })).toEqual([]);
    expect(keysOf({ text: MAIL }).every(isWeakKey)).toBe(true);
  });

  test('all fit into what a message carries', () => {
    const text = Array.from({ length: 50 }, (_, n) => `${'word '.repeat(20)}${n}.`).join('\n');
    const sentAt = '2027-02-24T10:12:59Z';
    expect(keysOf({ text, sentAt, key: 'a', messageId: 'b' }).length).toBeLessThanOrEqual(20);
  });
});

describe('another copy of one mail', () => {
  test.each([
    ['a banner', BANNER + MAIL],
    ['a banner between dashes', `----------\n${BANNER}----------\n${MAIL}`],
    ['a banner in dashes', `---- EXTERNAL MAIL ----\n${MAIL}`],
    ['a footer', MAIL + FOOTER],
    ['both', BANNER + MAIL + FOOTER],
    ['other wrapping', UNWRAPPED],
    ['other wrapping and both', BANNER + UNWRAPPED + FOOTER],
    ['typography', MAIL.replaceAll("'", '’').replaceAll(' ', '\u00a0 ')],
    ['search words marked', MAIL.toUpperCase()],
    ['no subject', MAIL],
  ])('is known with %s', (name, text) => {
    const subject = name === 'no subject' ? '' : '[EXTERN] Delivery';
    expect(alike({ text: MAIL }, { text, subject })).toBe(true);
  });

  test('and where gateways rewrite links', () => {
    const link = (to: string) => MAIL.replace('papers', `papers (see ${to} for them)`);
    expect(
      alike({ text: link('https://a.example/x') }, { text: link('https://safe.example/?u=a') }),
    ).toBe(true);
  });

  test('and clipped, when most of it is there', () => {
    expect(alike({ text: MAIL }, { text: MAIL.slice(0, 470), shown: 'clipped' })).toBe(true);
  });

  test('is not another sender’s, nor of another time or subject', () => {
    expect(alike({ text: MAIL }, { text: MAIL, from: 'c@b.example' })).toBe(false);
    expect(alike({ text: MAIL }, { text: MAIL, subject: 'Invoice' })).toBe(false);
    const at = (sentAt: string) => ({ text: MAIL, sentAt });
    expect(alike(at('2027-02-24T10:12:59Z'), at('2027-02-24T12:12:59Z'))).toBe(false);
    expect(alike(at('2027-02-24T10:12:59Z'), at('2027-02-24T10:14:00Z'))).toBe(true);
  });

  test('an answer that quotes it is another mail', () => {
    const answers = [
      `No.\n\nOn 24 Feb 2027 at 10:12, Sample <a@b.example> wrote:\n${MAIL}`,
      `No.\n\nAm 24.02.2027 um 10:12 schrieb Sample Person mit einem langen Namen\n<a@b.example>:\n${MAIL}`,
      `No.\n\n-----Ursprüngliche Nachricht-----\n${MAIL}`,
      `No.\n\n________________________________\nVon: Sample <a@b.example>\nGesendet: 24. Februar\nBetreff: Delivery\n\n${MAIL}`,
      `No.\n${MAIL.replace(/^/gm, '> ')}`,
      `送信者: a@b.example\n日時: 2027-02-24\n件名: Delivery\n${MAIL}`,
    ];
    for (const text of answers) expect(alike({ text: MAIL }, { text }), text).toBe(false);
  });

  test('signatures are no passages', () => {
    expect(ownWords('One.\n-- \nTwo.')).toBe('One.');
    expect(passagesOf(`Yes.\n-- \n${FOOTER}`)).toEqual([]);
  });

  test('one passage alone is not enough without the same subject', () => {
    const text = `${'A sentence of some length that one writes once, '.repeat(2)}and ends.`;
    expect(alike({ text }, { text })).toBe(true);
    expect(alike({ text }, { text, subject: '' })).toBe(false);
    expect(alike({ text }, { text, subject: 'Delivery of March' })).toBe(false);
  });

  test('Chinese sentences are long enough with fewer signs', () => {
    const text =
      '我们认为送货司机会像往常一样携带一式两份的文件，并且在早上七点之前到达仓库门口。请确认。仓库的同事希望知道托盘能否在七点以前送到，因为大门从那时起一直关闭到九点钟为止。';
    expect(passagesOf(text)).toHaveLength(2);
    expect(alike({ text }, { text: `${BANNER}${text}${FOOTER}` })).toBe(true);
  });
});

describe('for any mails', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdeäßжя'), minLength: 2, maxLength: 9 });
  const sentence = fc
    .array(word, { minLength: 14, maxLength: 24 })
    .map((words) => `${words.join(' ')}.`);
  const sentences = (minLength: number, maxLength: number) =>
    fc.uniqueArray(sentence, { minLength, maxLength });
  const wrap = (text: string) => text.replace(/(.{60,76}?) /g, '$1\n');

  test('a footer, a banner and wrapping leave a copy known', () => {
    fc.assert(
      fc.property(sentences(2, 6), sentences(0, 3), sentences(0, 3), (own, banner, footer) => {
        const copy = [banner.join(' '), wrap(own.join(' ')), footer.join(' ')].join('\n\n');
        expect(alike({ text: own.join('\n\n') }, { text: copy })).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('mails that share less than half of what they say are two', () => {
    fc.assert(
      fc.property(sentences(9, 9), fc.integer({ min: 0, max: 2 }), (all, common) => {
        const footer = all.slice(0, common).join('\n\n');
        const first = [...all.slice(common, common + 3), footer].join('\n\n');
        const second = [...all.slice(common + 3, common + 6), footer].join('\n\n');
        expect(alike({ text: first }, { text: second })).toBe(false);
      }),
    );
  });

  test('any text gives keys without a fault, and the same ones again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(keysOf({ text, subject: text })).toEqual(keysOf({ text, subject: text }));
      }),
    );
  });

  test('a line without an end is looked through once', () => {
    const line = `Hello\n${'-'.repeat(100_000)}\nThe last word of the mail, after all of them.`;
    expect(ownWords(line)).toBe(line);
  });
});
