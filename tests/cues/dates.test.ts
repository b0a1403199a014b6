import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DateWords, dueOf } from '../../src/cues/dates.ts';
import { languageBy } from '../../src/cues/language.ts';
import { tokensOf } from '../../src/cues/tokens.ts';

// A Wednesday.
const SENT = Date.UTC(2026, 2, 4, 15, 30);

function due(code: 'en' | 'de' | 'fr', text: string, sent = SENT, east = 0): string | null {
  const words: DateWords = languageBy(code).dates;
  return dueOf(text, tokensOf(text, 0, text.length), words, sent, east);
}

test.each([
  ['by Friday', '2026-03-06'],
  ['on Wednesday', '2026-03-11'],
  ['by next Friday', '2026-03-13'],
  ['Tuesday next week', '2026-03-10'],
  ['this Thursday', '2026-03-05'],
  ['today', '2026-03-04'],
  ['by end of day', '2026-03-04'],
  ['by the end of the day on Friday', '2026-03-06'],
  ['by close of business tomorrow', '2026-03-05'],
  ['the day after tomorrow', '2026-03-06'],
  ['this week', '2026-03-06'],
  ['next week', '2026-03-13'],
  ['by the end of next week', '2026-03-13'],
  ['at the end of the month', '2026-03-31'],
  ['by the end of April', '2026-04-30'],
  ['end of the quarter', '2026-03-31'],
  ['end of the year', '2026-12-31'],
  ['3 March', '2026-03-03'],
  ['on 9 March', '2026-03-09'],
  ['the 9th of March', '2026-03-09'],
  ['March 9th, 2027', '2027-03-09'],
  ['Jan 20', '2027-01-20'],
  ['Friday, 20 March', '2026-03-20'],
  ['by the 15th', '2026-03-15'],
  ['by the 2nd', '2026-04-02'],
  ['2026-05-06', '2026-05-06'],
  ['25/5/2026', '2026-05-25'],
  ['within two weeks', '2026-03-18'],
  ['in the next ten days', '2026-03-14'],
  ['after the fair on 9 March I will send it by 12 March', '2026-03-12'],
])('English: %s', (text, day) => {
  expect(due('en', text)).toBe(day);
});

test.each([
  ['bis Freitag', '2026-03-06'],
  ['nächsten Freitag', '2026-03-13'],
  ['bis Ende nächster Woche', '2026-03-13'],
  ['bis Ende des Monats', '2026-03-31'],
  ['bis Ende März', '2026-03-31'],
  ['morgen', '2026-03-05'],
  ['übermorgen', '2026-03-06'],
  ['bis zum 9. März', '2026-03-09'],
  ['bis 9.3.', '2026-03-09'],
  ['am 9.3.2027', '2027-03-09'],
  ['innerhalb von drei Tagen', '2026-03-07'],
  ['in zwei Wochen', '2026-03-18'],
  ['nächste Woche', '2026-03-13'],
])('German: %s', (text, day) => {
  expect(due('de', text)).toBe(day);
});

test.each([
  ["d'ici vendredi", '2026-03-06'],
  ['vendredi prochain', '2026-03-06'],
  ["d'ici la fin de la semaine prochaine", '2026-03-13'],
  ['fin du mois', '2026-03-31'],
  ['la semaine prochaine', '2026-03-13'],
  ['demain', '2026-03-05'],
  ['après-demain', '2026-03-06'],
  ["aujourd'hui", '2026-03-04'],
  ['avant le 9 mars', '2026-03-09'],
  ['le 1er avril', '2026-04-01'],
  ['dans deux semaines', '2026-03-18'],
  ['le 9/3/2027', '2027-03-09'],
])('French: %s', (text, day) => {
  expect(due('fr', text)).toBe(day);
});

// A wrong date is worse than none.
test.each([
  'on 3/4/2026',
  'in a while',
  'soon',
  '30 February',
  'version 3.4',
  'last Friday',
  'we may need 3 crates',
  '1/2 of them',
])('nothing is read into: %s', (text) => {
  expect(due('en', text)).toBeNull();
});

test('counts from the day where the mail was sent', () => {
  const lateEvening = Date.UTC(2026, 2, 4, 23, 30);
  expect(due('en', 'tomorrow', lateEvening)).toBe('2026-03-05');
  expect(due('en', 'tomorrow', lateEvening, 60)).toBe('2026-03-06');
  expect(due('en', 'tomorrow', Date.UTC(2026, 2, 4, 0, 30), -60)).toBe('2026-03-04');
});

test('whatever the words and the day, it is a day that exists, or none', () => {
  const some = fc.array(
    fc.constantFrom(
      'by',
      'next',
      'this',
      'end',
      'of',
      'week',
      'month',
      'Friday',
      'March',
      '31',
      '29th',
      'in',
      'three',
      'days',
      '0',
      '99',
      '.',
    ),
    { maxLength: 8 },
  );
  const sent = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.double());
  fc.assert(
    fc.property(some, sent, (words, at) => {
      const found = due('en', words.join(' '), at);
      if (found !== null) expect(new Date(found).toISOString().slice(0, 10)).toBe(found);
    }),
  );
});
