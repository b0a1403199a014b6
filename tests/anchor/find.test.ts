import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeText } from '../../src/anchor/describe.ts';
import { find } from '../../src/anchor/find.ts';
import { REDACTED } from '../../src/anchor/occurrences.ts';
import type { Found, Selectors } from '../../src/anchor/types.ts';
import { distinctText, edited, wordsOf } from './texts.ts';

function selectorsOf(text: string, start: number, end: number): Selectors {
  const selectors = describeText({ text }, start, end);
  if (selectors === null) throw new Error('nothing to describe');
  return selectors;
}

function quoting(text: string, quote: string, from = 0): Selectors {
  const start = text.indexOf(quote, from);
  return selectorsOf(text, start, start + quote.length);
}

const shown = (text: string, found: Found | null) =>
  found && `${found.match}: ${text.slice(found.start, found.end)}`;

const MAIL = `Dear Sample Person,
we assume that somebody is on site within four hours, weekends included.
Answer within one hour, please. For the spa: answer within one hour, please.
Training is for all three shifts, and the old notes come over before opening day.
Kind regards`;

describe('describe and find', () => {
  it('give the words and their surroundings', () => {
    const [quote, position] = quoting(MAIL, 'within four hours');
    expect(quote).toEqual({
      type: 'TextQuoteSelector',
      exact: 'within four hours',
      prefix: 'assume that somebody is on site ',
      suffix: ', weekends included.\nAnswer with',
    });
    expect(MAIL.slice(position.start, position.end)).toBe('within four hours');
  });

  it('leave out white space at the ends and say when no word is left', () => {
    expect(describeText({ text: 'a  word  b' }, 1, 9)?.[0].exact).toBe('word');
    expect(describeText({ text: 'a \n\t b' }, 1, 5)).toBeNull();
    expect(describeText({ text: '' }, 0, 0)).toBeNull();
  });

  it('round-trip in any script, at any place', () => {
    fc.assert(
      fc.property(distinctText, fc.nat(), fc.nat(200), (text, at, length) => {
        const from = at % text.length;
        const selectors = describeText({ text }, from, from + length + 1);
        if (selectors === null) return;
        const [{ exact }, { start, end }] = selectors;
        expect(text.slice(start, end)).toBe(exact);
        expect(exact.isWellFormed()).toBe(true);
        expect(selectors[0].prefix.isWellFormed()).toBe(true);
        expect(selectors[0].suffix.isWellFormed()).toBe(true);
        expect(find({ text }, selectors)).toEqual({ start, end, score: 1, match: 'exact' });
      }),
      { numRuns: 400 },
    );
  });

  it('find words that moved, in any script', () => {
    fc.assert(
      fc.property(distinctText, wordsOf(1, 300), fc.nat(), (text, banner, at) => {
        const from = at % text.length;
        const selectors = describeText({ text }, from, from + 60);
        if (selectors === null || selectors[0].exact.length < 20) return;
        const moved = `${banner}\n${text}`;
        const found = find({ text: moved }, selectors);
        expect(found?.match).toBe('exact');
        expect(found?.start).toBe(selectors[1].start + banner.length + 1);
      }),
      { numRuns: 200 },
    );
  });

  it('find words with up to every twentieth character changed, and nowhere else', () => {
    fc.assert(
      fc.property(distinctText, fc.nat(), fc.integer(), (text, at, seed) => {
        const from = at % Math.max(1, text.length - 160);
        const selectors = describeText({ text }, from, from + 120);
        if (selectors === null || selectors[0].exact.length < 60) return;
        const { exact } = selectors[0];
        const changed = edited(exact, 0.05, seed);
        const after = text.slice(0, selectors[1].start) + changed + text.slice(selectors[1].end);
        const found = find({ text: after }, selectors);
        const slack = Math.ceil(exact.length * 0.05) + 2;
        expect(found, `lost: ${exact} → ${changed}`).not.toBeNull();
        expect(Math.abs((found?.start ?? -999) - selectors[1].start)).toBeLessThanOrEqual(slack);
        const end = selectors[1].start + changed.length;
        expect(Math.abs((found?.end ?? -999) - end)).toBeLessThanOrEqual(slack);
        expect(after.slice(found?.start, found?.end).isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('do not find words that were deleted', () => {
    fc.assert(
      fc.property(distinctText, fc.nat(), fc.integer({ min: 8, max: 150 }), (text, at, length) => {
        const from = at % text.length;
        const selectors = describeText({ text }, from, from + length);
        if (selectors === null || selectors[0].exact.length < 6) return;
        const { start, end } = selectors[1];
        const after = text.slice(0, start) + text.slice(end);
        if (after.includes(selectors[0].exact)) return;
        expect(shown(after, find({ text: after }, selectors))).toBeNull();
      }),
      { numRuns: 400 },
    );
  });
});

describe('find', () => {
  it('tells the same words apart by what stands around them', () => {
    const text = MAIL.replace('For', 'for').replaceAll('answer', 'Answer');
    const at = text.indexOf('Answer within', text.indexOf('spa'));
    const selectors = selectorsOf(text, at, at + 'Answer within one hour'.length);
    const longer = `A banner of the gateway that was not there before.\n\n${text}`;
    expect(find({ text: longer }, selectors)?.start).toBe(at + longer.length - text.length);
    // Even where the other copy stands at the remembered offset.
    const first = text.indexOf('Answer within');
    const shifted = text.slice(0, 20) + text.slice(20 + at - first);
    expect(
      find({ text: shifted }, [selectors[0], { ...selectors[1], start: first, end: first + 22 }])
        ?.start,
    ).toBe(shifted.indexOf('Answer within', shifted.indexOf('spa')));
  });

  it('does not take another copy for one that was deleted', () => {
    const lines = LINES;
    const closing = 'Please let us know if you have any questions.';
    const text = lines.map((line) => `${line} ${closing}`).join('\n');
    const start = text.indexOf(closing, text.indexOf(lines[3] ?? ''));
    const selectors = selectorsOf(text, start, start + closing.length);
    const after = text.replace(`${lines[3]} ${closing}\n`, '');
    expect(shown(after, find({ text: after }, selectors))).toBeNull();
    expect(find({ text: `New first line.\n${text}` }, selectors)?.start).toBe(start + 16);
  });

  it.each([
    ['soft wraps', 'within four hours, weekends', 'within\n  four hours,\r\nweekends'],
    ['no-break spaces', 'within four hours', 'within\u00a0four\u00a0hours'],
    ['soft hyphens and zero-width spaces', 'within four hours', 'with\u00adin fo\u200bur hours'],
    ['quotation marks', `it's "on site"`, 'it’s “on site”'],
    ['dashes', 'nine-to-five', 'nine‑to–five'],
    ['ligatures', 'first office', 'ﬁrst oﬃce'],
    ['composed accents', 'caf\u00e9 cr\u00e8me', 'cafe\u0301 cre\u0300me'],
    ['full-width letters', 'AB 12', 'ＡＢ　１２'],
    ['half-width kana', 'ガス', 'ｶﾞｽ'],
  ])('sees through %s', (_, before, now) => {
    const text = `Something before it that stays as it is: ${before}. And something after it that stays.`;
    const after = `Hello. ${text.replace(before, now)}`;
    const found = find({ text: after }, quoting(text, before));
    expect(shown(after, found)).toBe(`normalised: ${now}`);
  });

  it('sees through a line that was broken in the middle of a script without spaces', () => {
    const before = '部品交換は当日中に対応いただける前提です。夜間の窓口は日本語でお願いします。';
    const now =
      '> 部品交換は当日中に対応いただ\n> ける前提です。夜間の窓口は日本\n> 語でお願いします。';
    const found = find({ text: now }, quoting(before, '対応いただける前提です'));
    expect(shown(now, found)).toBe('normalised: 対応いただ\n> ける前提です');
  });

  it('finds words again in a quotation of plain text', () => {
    const lines = MAIL.replace(/(.{30,40}) /g, '$1\n')
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n');
    const after = `Hello,\nplease see below.\n\n${lines}`;
    const quote = 'somebody is on site within four hours, weekends included';
    const found = find({ text: after }, quoting(MAIL, quote));
    expect(found?.match).toBe('normalised');
    expect(after.slice(found?.start, found?.end).replace(/\s*\n> /g, ' ')).toBe(quote);
  });

  it('takes the copy with the right surroundings, not the one in the quotation of a reply', () => {
    const asked = 'can you be on site within four hours';
    const reply = `Sure, we can do that.\nAnd ${asked} on Sundays as well? Kind regards\n`;
    const mail = `Hello,\nwe wondered: ${asked} when a pump fails? Thanks\n`;
    const quotation = mail.replace(/^/gm, '> ');
    const own = reply.indexOf(asked);
    const first = selectorsOf(reply, own, own + asked.length);
    const second = quoting(mail, asked);
    const thread = `${reply}\nSomebody wrote:\n${quotation}`;
    expect(find({ text: thread }, first)?.start).toBe(own);
    expect(find({ text: thread }, second)?.start).toBe(thread.lastIndexOf(asked));
  });

  it('says that it is not sure of changed words', () => {
    const after = MAIL.replace('on site within four hours', 'at your site within four (4) hours');
    const found = find(
      { text: after },
      quoting(MAIL, 'somebody is on site within four hours, weekends'),
    );
    expect(shown(after, found)).toBe(
      'approximate: somebody is at your site within four (4) hours, weekends',
    );
    expect(found?.score).toBeLessThan(1);
  });

  it('gives up short words that changed: 3 days are not 30 days', () => {
    const text = 'We expect delivery in 3 days from the order on.';
    const after = 'We expect delivery in 30 days from the order on.';
    expect(find({ text: after }, quoting(text, '3 days'))).toBeNull();
  });

  it('never cuts a pair in two', () => {
    const text = 'Three things 🙏🏽 we assume 👨‍👩‍👧‍👦 and 𝔘𝔫𝔰𝔞𝔦𝔡 words ﷽ too';
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start + 1; end <= text.length; end += 1) {
        const selectors = describeText({ text }, start, end);
        if (selectors === null) continue;
        expect(selectors[0].exact.isWellFormed()).toBe(true);
        const found = find({ text: `👋🏽 ${text}` }, selectors);
        expect(found && text.slice(found.start - 5, found.end - 5)).toBe(selectors[0].exact);
      }
    }
  });

  it('finds a quote of 200,000 characters, also when some of it changed', () => {
    const text = Array.from({ length: 6000 }, (_, at) => wordLine(at)).join('\n');
    const selectors = selectorsOf(text, 100, 200_100);
    const after = `Banner\n${text.replace(wordLine(3000), 'Another line here')}`;
    const found = find({ text: after }, selectors);
    expect(found?.match).toBe('approximate');
    expect(found?.start).toBe(107);
    expect(after.slice((found?.end ?? 0) - 50, found?.end)).toBe(selectors[0].exact.slice(-50));
  });

  it('answers for empty and for absurd selectors', () => {
    const [quote, position] = quoting(MAIL, 'three shifts');
    expect(find({ text: '' }, [quote, position])).toBeNull();
    expect(find({ text: MAIL }, [{ ...quote, exact: '' }, position])).toBeNull();
    const far = { ...position, start: 9e15, end: -4 };
    expect(find({ text: MAIL }, [quote, far])?.start).toBe(position.start);
  });
});

describe('quotes with something blacked out', () => {
  const text = `Please charge card 4111 1111 1111 1111, valid until next May, as you did last time.
Invoices go to account DE00 1234 5678 as always. Another card is 5500 0000 0000 0004, as you know.`;
  const black = (words: string) => words.replace(/\d/g, REDACTED);
  const blacked = ([quote, position]: Selectors): Selectors => [
    {
      ...quote,
      exact: black(quote.exact),
      prefix: black(quote.prefix),
      suffix: black(quote.suffix),
    },
    position,
  ];

  it.each([
    ['words around a number', 'charge card 4111 1111 1111 1111, valid'],
    ['a number alone', '4111 1111 1111 1111'],
    ['a part of a number', '1111 1111'],
    ['a number among its context', 'account'],
  ])('are found with %s', (_, words) => {
    const selectors = blacked(quoting(text, words));
    const start = text.indexOf(words);
    const there = { start, end: start + words.length, score: 1, match: 'exact' };
    expect(find({ text }, selectors)).toEqual(there);
    const moved = `A banner that was not there.\n\n${text}`;
    const shift = moved.length - text.length;
    const found = find({ text: moved }, selectors);
    expect(found).toMatchObject({ start: start + shift, end: start + shift + words.length });
    expect(found?.match).toBe('exact');
  });

  it('are found where white space changed as well', () => {
    const selectors = blacked(quoting(text, 'charge card 4111 1111 1111 1111, valid until'));
    const after = `New.\n${text.replaceAll(' ', '\u00a0\n')}`;
    const found = find({ text: after }, selectors);
    expect(found?.match).toBe('normalised');
    expect(after.slice(found?.start, found?.end)).toMatch(/^charge\s+card\s+4111.*until$/s);
  });

  it('are found approximately where other words changed', () => {
    const selectors = blacked(
      quoting(text, 'charge card 4111 1111 1111 1111, valid until next May'),
    );
    const after = `New.\n${text.replace('charge card', 'charge our card')}`;
    const found = find({ text: after }, selectors);
    expect(shown(after, found)).toBe(
      'approximate: charge our card 4111 1111 1111 1111, valid until next May',
    );
  });

  it('are not found where another number of characters stands', () => {
    const selectors = blacked(quoting(text, '4111 1111 1111 1111'));
    const after = text.replace('4111 1111 1111 1111', '411 11111 1111 1111');
    expect(find({ text: after }, selectors)).toBeNull();
    expect(find({ text: text.replace(' 4111 1111 1111 1111', '') }, selectors)).toBeNull();
  });

  it('round-trip whatever is blacked out, in any script', () => {
    fc.assert(
      fc.property(
        distinctText,
        wordsOf(0, 20),
        fc.nat(),
        fc.nat(120),
        fc.array(fc.nat(120)),
        (whole, banner, at, length, holes) => {
          const from = at % whole.length;
          const selectors = describeText({ text: whole }, from, from + length + 24);
          if (selectors === null) return;
          const [quote, position] = selectors;
          const units = quote.exact.split('');
          for (const hole of holes) {
            const unit = units[hole];
            if (unit !== undefined && /\S/.test(unit)) units[hole] = REDACTED;
          }
          const kept: Selectors = [{ ...quote, exact: units.join('') }, position];
          const { start, end } = position;
          expect(find({ text: whole }, kept)).toEqual({ start, end, score: 1, match: 'exact' });
          if (units.filter((unit) => unit !== REDACTED).length < 20) return;
          const shift = banner.length + 1;
          const found = find({ text: `${banner}\n${whole}` }, kept);
          expect(found?.start).toBe(start + shift);
          expect(found?.end).toBe(end + shift);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const LINES = [
  'The lift panel has to speak, our guests rely on it.',
  'Invoices are split by plant and month.',
  'Somebody who decides picks up the phone at night.',
  'Pallets are taken back, as they have been for eleven years.',
  'Screens are in Arabic from the first day on.',
  'Badges for your people: three days before, from us.',
  'No freeze in the weeks of the election.',
];

function wordLine(at: number): string {
  const things = [
    'night cover',
    'spare parts',
    'training',
    'data export',
    'invoices',
    'audits',
    'travel',
  ];
  const ways = ['always', 'by default', 'at no charge', 'on request', 'as agreed'];
  return `Point ${at * 7919} of lot ${(at * 31) % 97}: ${things[at % 7]} ${ways[(at * 3) % 5]}.`;
}
