import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CueKind, findCues } from '../../src/cues/index.ts';

const kinds = (text: string) => findCues(text).map(({ kind }) => kind);
const hints = (text: string) => kinds(text).filter((kind) => kind !== 'commitment');

// All made up, as is everything in them.
const ENGLISH: [CueKind, string][] = [
  ['assumption', 'I assume that the sample crates come with handles.'],
  ['assumption', 'It was our understanding that the paint is included.'],
  ['assumption', 'We trust that you will bring the tall ladder, as always.'],
  ['expectation', 'Ideally, the blue lamps would be here before the fair.'],
  ['expectation', 'We were hoping to see the second drawing in May.'],
  ['expectation', 'I think we should move the shelf to the other wall.'],
  ['expectation', 'It would be helpful if the box also had a lid.'],
  ['soft-grievance', 'We are still waiting for the made-up invoice.'],
  ['soft-grievance', 'I am a bit surprised by the colour of the chairs.'],
  ['soft-grievance', 'We have not yet received the corrected drawing.'],
  ['comparison', 'Another supplier quoted us less than that, compared with your offer.'],
  ['comparison', 'This took much longer than last time, and we usually get it in a day.'],
  ['constraint', 'I am out of the office until Monday.'],
  ['constraint', 'Our auditors need to see this before the board meets.'],
  ['constraint', 'We cannot open the file because our system is still the old one.'],
  ['uncertainty', 'I am not sure which of the two lids we need.'],
  ['uncertainty', 'Perhaps we could do without the second lid.'],
];

test.each(ENGLISH)('%s: %s', (kind, sentence) => {
  expect(hints(sentence)).toEqual([kind]);
});

test.each([
  'I hope this mail finds you well.',
  'Thank you again for the lovely visit.',
  'We look forward to seeing you at the fair.',
  'Please send the drawing by Friday.',
  'Could you let me know when the crate arrives?',
  'Unfortunately, we are not interested at this time.',
  'Attached is the revised drawing for your review.',
  'Please let me know if you have any questions.',
  'The crates were posted on Tuesday.',
  'Feel free to call.',
])('nothing is marked in: %s', (sentence) => {
  expect(hints(sentence)).toEqual([]);
});

test('a mark says what it is, why, and by which rule; it stands on words of its sentence', () => {
  const text = 'Hello,\n\nThe crates came. I assume that you will collect them, by the way.';
  expect(findCues(text)).toEqual([
    {
      start: text.indexOf('I assume'),
      end: text.indexOf(', by the way'),
      sentence: [text.indexOf('I assume'), text.length],
      kind: 'assumption',
      rule: 'assumption/assume',
      why: 'Says outright that something is assumed.',
      reason: 'assumes',
    },
  ]);
});

test('what was quoted, forwarded or stands in a signature is not the writer’s', () => {
  const cue = 'I assume that the crates have handles.';
  expect(kinds(`> ${cue}\n> ${cue}\n\nThe crates came.`)).toEqual([]);
  expect(kinds(`The crates came.\n\n-- \n${cue}`)).toEqual([]);
  expect(kinds(`The crates came.\n\n-----Original Message-----\n${cue}`)).toEqual([]);
  expect(kinds(`The crates came.\n\nOn 3 March 2026, Sample <s@a.example> wrote:\n${cue}`)).toEqual(
    [],
  );
  expect(kinds(`${cue}\n\nFrom: Sample\nThe crates came.`)).toEqual(['assumption']);
});

describe('promises', () => {
  const [wednesday] = [Date.UTC(2026, 2, 4, 10)];

  test('of the writer, with the day they are due', () => {
    const [found] = findCues('I will send the signed copy by Friday.', { sentAt: wednesday });
    expect(found).toMatchObject({ kind: 'commitment', by: 'writer', due: '2026-03-06' });
  });

  test('of the other side', () => {
    const text = 'You said that you would send the drawing by 20 March.';
    expect(findCues(text, { sentAt: wednesday })).toContainEqual(
      expect.objectContaining({ kind: 'commitment', by: 'reader', due: '2026-03-20' }),
    );
  });

  test('without a day, or without knowing when the mail was sent, there is none', () => {
    expect(findCues('I will send the signed copy.', { sentAt: wednesday })[0]).not.toHaveProperty(
      'due',
    );
    expect(findCues('I will send the signed copy by Friday.')[0]).not.toHaveProperty('due');
  });

  test('a question is none', () => {
    expect(kinds('Shall I send the signed copy by Friday?')).toEqual([]);
  });
});

// Pieces that rules are made of, with what could break them.
const pieces = fc.constantFrom(
  ...['I assume', 'we hope', 'not sure', 'don’t', "can't", 'e.g.', 'by Friday', '3.3.', '>', '\n'],
  ...[
    '. ',
    '? ',
    ', ',
    '\r\n',
    '\u2028',
    '🙂',
    '\ud83d',
    'é',
    'Dear Sample,\n',
    '-- \n',
    '- ',
    "'",
  ],
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(pieces, { maxLength: 60 }).map((some) => some.join(' ')),
);

test('every mark lies within its sentence, and that within the text, in order', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let last = 0;
      for (const { start, end, sentence } of findCues(text, { sentAt: 0 })) {
        expect(start).toBeLessThan(end);
        expect(sentence[0]).toBeLessThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(sentence[1]);
        expect(sentence[1]).toBeLessThanOrEqual(text.length);
        expect(sentence[0]).toBeGreaterThanOrEqual(last);
        last = sentence[0];
        // No half of a sign beyond the basic plane.
        expect(text.slice(start, end).isWellFormed()).toBe(
          text.slice(start, end).toWellFormed() === text.slice(start, end),
        );
      }
    }),
  );
});

test('the same text has the same marks, whatever was looked through before', () => {
  fc.assert(
    fc.property(texts, texts, (text, other) => {
      const before = findCues(text, { sentAt: 0 });
      findCues(other, { sentAt: 0 });
      expect(findCues(text, { sentAt: 0 })).toEqual(before);
    }),
  );
});

// What would take a matcher that goes back over a text hours: these have to end at all.
test.each([
  ['a word of a megabyte', 'a'.repeat(1_000_000)],
  ['apostrophes', "a'".repeat(500_000)],
  ['white space', ' '.repeat(1_000_000)],
  ['empty lines', '\n'.repeat(1_000_000)],
  ['quoted lines', '>\n'.repeat(500_000)],
  ['full stops', '.'.repeat(1_000_000)],
  ['the beginnings of many rules', 'i would very really quite rather so '.repeat(28_000)],
  ['one sentence of hopes', 'we hope that, of course, '.repeat(40_000)],
  ['halves of signs', '\ud83d'.repeat(1_000_000)],
  ['greetings', 'Dear Sample,\n'.repeat(80_000)],
  ['dates', 'i will send by 3.3. '.repeat(50_000)],
])('1 MB of %s', (_, text) => {
  expect(Array.isArray(findCues(text, { sentAt: 0 }))).toBe(true);
});
