// The service story: the same whatever order its records come in, its silences, what blindness leaves
// out, and what each kind of record has to tell.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AllFields,
  type Id,
  isHiddenFromBlind,
  momentNear,
  momentSays,
  momentsOf,
  momentWords,
  SILENT_DAYS,
  type StoryRecord,
  silencesIn,
  storyOf,
  TOLD_KINDS,
} from '../../src/domain/index.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 0, 1);
const idAt = (n: number): Id => `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString();

let made = 0;
function record(kind: string, fields: object, more: Partial<StoryRecord> = {}): StoryRecord {
  made += 1;
  const base = { kind, id: idAt(made), author: idAt(1_000), written: NOW - 100 * DAY };
  return { ...base, fields: fields as AllFields, ...more };
}
const kindsOf = (records: StoryRecord[]) =>
  storyOf(records, { now: NOW }).moments.map(({ kind }) => kind);

const instant = fc.integer({ min: 0, max: 500 }).map(daysAgo);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyRecord = fc
  .record({
    kind: fc.constantFrom(...TOLD_KINDS, 'comment', 'review', 'of a later version'),
    n: fc.integer({ min: 0, max: 40 }),
    written: fc.integer({ min: NOW - 500 * DAY, max: NOW }),
    fields: fc.record(
      {
        ...{ startedAt: instant, writtenAt: instant, askedAt: instant, answeredAt: instant },
        ...{ observedAt: instant, at: instant, doneAt: instant, checkedAt: instant },
        ...{ logged: fc.boolean(), deleted: fc.boolean(), text: fc.string(), tag: fc.string() },
        label: fc.constantFrom('note', 'grievance', 'praise'),
        outcome: fc.constantFrom('open', 'missed', 'met'),
        state: fc.constantFrom('open', 'kept', 'done'),
        type: fc.constantFrom('nonconformity', 'observation'),
        asks: fc.constantFrom('answer', 'acknowledge'),
        form: fc.constantFrom('survey', 'impression'),
        channel: fc.constantFrom('email', 'call'),
        identifiers: fc.constantFrom({ 'mid:a@x.example': true }, { 'mid:b@x.example': true }, {}),
      },
      { requiredKeys: [] },
    ),
    changed: maybe(fc.integer({ min: NOW - 500 * DAY, max: NOW })),
  })
  .map(
    ({ kind, n, written, fields, changed }): StoryRecord => ({
      ...{ kind, id: idAt(n), author: idAt(1_000), written },
      fields: fields as unknown as AllFields,
      rankOf: () => changed ?? null,
    }),
  );
/** One record for each kind and id. */
const anyRecords = fc.uniqueArray(anyRecord, {
  selector: ({ kind, id }) => `${kind}/${id}`,
  maxLength: 40,
});

describe('any story', () => {
  test('is the same whatever order its records come in, oldest first, each moment once', () => {
    fc.assert(
      fc.property(anyRecords, fc.infiniteStream(fc.nat()), (records, order) => {
        const { moments, gaps } = storyOf(records, { now: NOW });
        const keys = moments.map(({ key, record: { kind } }) => `${kind} ${key}`);
        expect(new Set(keys).size).toBe(keys.length);
        const times = moments.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const ranks = new Map(records.map((one) => [one, order.next().value as number]));
        const shuffled = records.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
        const other = storyOf(shuffled, { now: NOW });
        expect(other.moments.map(({ key, at }) => [key, at])).toEqual(
          moments.map(({ key, at }) => [key, at]),
        );
        expect(other.gaps).toEqual(gaps);
      }),
    );
  });

  test('read blind it lacks what it is to lack and nothing else, and has the same silences', () => {
    fc.assert(
      fc.property(anyRecords, (records) => {
        const open = storyOf(records, { now: NOW });
        const blind = storyOf(records, { now: NOW, blind: true });
        expect(blind.gaps).toEqual(open.gaps);
        expect(blind.moments.map(({ key }) => key)).toEqual(
          open.moments.flatMap(({ key, record: of }) => (isHiddenFromBlind(of.kind) ? [] : [key])),
        );
      }),
    );
  });

  test('every word of a moment fits where it is shown, and whole where there is room', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 50 }), (ours, quote, longest) => {
        const evidence = { [idAt(1)]: { quote } };
        const [moment] = momentsOf([record('note', { text: ours, evidence })]).moments;
        if (moment === undefined) throw new Error('a note is told');
        const shown = momentWords(moment, longest);
        for (const one of [shown.title, shown.theirs, shown.ours]) {
          expect(one.length).toBeLessThanOrEqual(longest);
          expect(one.isWellFormed()).toBe(true);
        }
        const fits = [ours, quote].every((one) => one.trim().length <= longest);
        expect(shown.cut).toBe(!fits && (ours !== quote || quote.trim().length > longest));
      }),
    );
  });
});

describe('silences', () => {
  test('are all the times between words of two weeks or more, up to now', () => {
    const times = fc.array(fc.integer({ min: NOW - 400 * DAY, max: NOW }), { maxLength: 30 });
    fc.assert(
      fc.property(times, (given) => {
        const contacts = given.toSorted((a, b) => b - a);
        const silences = silencesIn(contacts, NOW);
        const points = [...given, NOW].sort((a, b) => a - b);
        const expected = points.slice(1).flatMap((to, at) => {
          const from = points[at] ?? 0;
          return to - from >= SILENT_DAYS * DAY ? [[from, to]] : [];
        });
        expect(silences.map(({ from, to }) => [from, to])).toEqual(expected);
        for (const { from, to, days } of silences) {
          expect(days).toBe(Math.floor((to - from) / DAY));
        }
      }),
    );
  });

  test('end with a word of theirs or to them, not with a note of ours', () => {
    const mail = (days: number) =>
      record('interaction', { logged: true, startedAt: daysAgo(days), channel: 'email' });
    const note = record('note', { text: 'Nobody called.', writtenAt: daysAgo(40) });
    const impression = record('perception', { form: 'impression', observedAt: daysAgo(45) });
    const { gaps } = storyOf([mail(60), note, impression, mail(19)], { now: NOW });
    expect(gaps.map(({ days }) => days)).toEqual([41, 19]);
    const asked = record('probe', { askedAt: daysAgo(40), question: 'When?' });
    const { gaps: less } = storyOf([mail(60), asked, mail(19)], { now: NOW });
    expect(less.map(({ days }) => days)).toEqual([20, 21, 19]);
  });

  test('a place that words were captured in is a word, though nobody logged it', () => {
    const seen = record('interaction', { startedAt: daysAgo(30), channel: 'email' });
    const { moments, gaps } = storyOf([seen], { now: NOW });
    expect(moments).toEqual([]);
    expect(gaps.map(({ days }) => days)).toEqual([30]);
  });

  test('nothing that happened is no silence', () => {
    expect(storyOf([], { now: NOW })).toEqual({ moments: [], gaps: [] });
  });
});

describe('what each kind tells', () => {
  test('one mail that five logged is one moment, with what each of them knew', () => {
    const identifiers = { 'mid:1@x.example': true };
    const first = record('interaction', { identifiers, logged: true, startedAt: daysAgo(3) });
    const second = record('interaction', { identifiers, subject: 'Delivery' });
    const { moments } = storyOf([second, first], { now: NOW });
    expect(moments).toHaveLength(1);
    expect(moments[0]).toMatchObject({ record: { id: first.id }, fields: { subject: 'Delivery' } });
    expect(moments[0]?.readAs).toHaveLength(2);
  });

  test('a breach stands where it happened; an observation, a request to read and a plan do not', () => {
    const at = daysAgo(30);
    const breach = record('finding', { type: 'nonconformity', at, text: 'Late.' });
    const { moments } = storyOf([breach], { now: NOW });
    expect(moments).toMatchObject([{ kind: 'breach', at: Date.parse(at) }]);
    expect(
      kindsOf([
        record('finding', { type: 'observation', at, text: 'Slow.' }),
        record('finding', { type: 'opportunity', at, text: 'Faster.' }),
        record('inquiry', { asks: 'acknowledge', question: 'Read this.' }),
        record('probe', { question: 'only planned' }),
        record('note', { deleted: true, text: 'taken back' }),
      ]),
    ).toEqual([]);
  });

  test('an improvement is decided, made or dropped, and looked at again', () => {
    const over = record(
      'improvement',
      { text: 'Nobody covered.', action: 'Somebody covers.', state: 'dropped' },
      { rankOf: () => NOW - 2 * DAY },
    );
    const { moments } = storyOf([over], { now: NOW });
    expect(moments.map(({ kind, at }) => [kind, at])).toEqual([
      ['improvement', over.written],
      ['outcome', NOW - 2 * DAY],
    ]);
    const [, dropped] = moments;
    expect(dropped && momentSays(dropped)).toEqual({ improved: 'dropped' });
    const checked = record('improvement', {
      ...{ text: 'Nobody covered.', state: 'done', doneAt: daysAgo(9), writtenAt: daysAgo(10) },
      ...{ checkedAt: daysAgo(8), effective: true },
    });
    expect(kindsOf([checked])).toEqual(['improvement', 'outcome', 'effect']);
  });

  test('a promise whose end nobody knows the time of is told once', () => {
    expect(kindsOf([record('commitment', { text: 'By Friday.', state: 'kept' })])).toEqual([
      'commitment',
    ]);
  });
});

test('the moment nearest to a time is found though its record has several, or its time was mended', () => {
  const expectation = record('expectation', {
    ...{ statement: 'On time.', writtenAt: daysAgo(20), outcome: 'met', outcomeAt: daysAgo(5) },
  });
  const { moments } = storyOf([expectation, record('note', { text: 'other' })], { now: NOW });
  const near = (days: number | null) =>
    momentNear(moments, expectation, days === null ? null : NOW - days * DAY)?.kind;
  expect([near(21), near(6), near(0), near(null)]).toEqual([
    ...['expectation', 'outcome', 'outcome', 'expectation'],
  ]);
  expect(momentNear(moments, { kind: 'note', id: expectation.id }, NOW)).toBeNull();
  expect(momentNear([], expectation, NOW)).toBeNull();
});
