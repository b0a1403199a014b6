import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEYWORDS, keywords, modalOrNegative } from '../../bench/cues.baselines.ts';
import { intervalsOf, type Judged, scoresOf } from '../../bench/cues.score.ts';
import { hasCue, labelledSentences } from '../../bench/cues.sentences.ts';
import { seeded } from '../../bench/random.ts';

const judged = (is: boolean, found: boolean, thread: string): Judged => ({ is, found, thread });

test('precision, recall and F1 of a worked example', () => {
  const some = [
    ...Array.from({ length: 6 }, (_, at) => judged(true, true, `right ${at}`)),
    ...Array.from({ length: 2 }, (_, at) => judged(false, true, `wrong ${at}`)),
    ...Array.from({ length: 4 }, (_, at) => judged(true, false, `missed ${at}`)),
    ...Array.from({ length: 8 }, (_, at) => judged(false, false, `none ${at}`)),
  ];
  expect(scoresOf(some)).toEqual({ precision: 0.75, recall: 0.6, f1: 12 / 18 });
  expect(scoresOf([])).toEqual({ precision: 0, recall: 0, f1: 0 });
});

test('intervals hold the score, come out the same for a seed, and are wider for threads than for single sentences', () => {
  const single = Array.from({ length: 200 }, (_, at) =>
    judged(at % 2 === 0, at % 3 === 0, `${at}`),
  );
  const threads = single.map((one, at) => ({ ...one, thread: `${Math.floor(at / 40)}` }));
  const of = (some: Judged[]) => intervalsOf(some, 400, seeded(3));
  const { precision } = scoresOf(single);
  const [low, high] = of(single).precision;
  expect(low).toBeLessThan(precision);
  expect(high).toBeGreaterThan(precision);
  expect(of(single)).toEqual(of(single));
  const alike = threads.map((one) => ({ ...one, is: Number(one.thread) % 2 === 0 }));
  const apart = alike.map((one, at) => ({ ...one, thread: `${at}` }));
  const width = ([from, to]: [number, number]) => to - from;
  expect(width(of(alike).precision)).toBeGreaterThan(width(of(apart).precision));
});

test('the two simple ways', () => {
  expect(KEYWORDS.size).toBe(48);
  expect(keywords('I assume it fits.')).toBe(true);
  expect(keywords('It fits.')).toBe(false);
  expect(modalOrNegative('It would fit.')).toBe(true);
  expect(modalOrNegative('It doesn’t fit.')).toBe(true);
  expect(modalOrNegative('Could you see whether it fits?')).toBe(false);
});

test('a file of sentences is read, or refused in words', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-cues-'));
  const file = (lines: string) => {
    const path = join(folder, 'some.jsonl');
    writeFileSync(path, lines);
    return path;
  };
  const sentence = { text: 'It fits.', labels: ['constraint', 'request'], direction: 'ext-out' };
  const [read] = labelledSentences(file(`\n${JSON.stringify(sentence)}\n\n`));
  expect(read).toMatchObject({ text: 'It fits.', before: [], direction: 'outbound' });
  expect(read === undefined ? null : hasCue(read)).toBe(true);
  expect(() => labelledSentences(file('{'))).toThrow('line 1 is not JSON');
  expect(() => labelledSentences(file('{"text": 3}'))).toThrow('line 1 has no text or no labels');
  expect(() => labelledSentences(file(''))).toThrow('no sentence is in it');
  expect(() => labelledSentences(join(folder, 'none'))).toThrow('ENOENT');
});
