// What to know before talking to a customer.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BriefOptions, type BriefRecord, brief, shareOf } from '../../src/domain/brief.ts';
import { dayAfter, daysBetween } from '../../src/domain/due.ts';
import { PATTERNS, patternsFor } from '../../src/domain/patterns.ts';
import { testId } from './arbitraries.ts';

const CUSTOMER = testId();
const TWIN = testId();
const OTHER = testId();
const ME = testId();
const NOW = Date.UTC(2027, 1, 24, 12);
const options: BriefOptions = {
  ...{ now: NOW, today: '2027-02-24', book: PATTERNS, customers: [CUSTOMER, TWIN] },
};

type Made<K extends BriefRecord['kind']> = Extract<BriefRecord, { kind: K }>;

function made<K extends BriefRecord['kind']>(
  kind: K,
  fields: Made<K>['fields'],
  savedAt = NOW - 1_000,
): Made<K> {
  const own = { customer: CUSTOMER, ...fields };
  return { kind, id: testId(), author: ME, savedAt, fields: own } as Made<K>;
}

const quote = (words: string) => ({ evidence: { [testId()]: { quote: words } } });

describe('open hunches', () => {
  test('are those that nobody confirmed, refuted, settled or declined', () => {
    const open = made('expectation', { statement: 'open' });
    const asked = made('expectation', { statement: 'asked', stage: 'asked' });
    const records = [
      ...[open, asked],
      made('expectation', { statement: 'known', stage: 'confirmed' }),
      made('expectation', { statement: 'not so', stage: 'refuted' }),
      made('expectation', { statement: 'met', outcome: 'met' }),
      made('expectation', { statement: 'declined', decision: 'decline' }),
      made('expectation', { statement: 'taken back', deleted: true }),
    ];
    expect(brief(records, options).hunches.map(({ id }) => id)).toEqual([open.id, asked.id]);
  });

  test('have the best question for why they were not said, with the customer’s words in it', () => {
    const words = 'the certificates will simply be there';
    const hunch = made('expectation', {
      ...{ statement: 'ours', unstatedBecause: 'assumes', ...quote(words) },
    });
    const [best] = patternsFor(PATTERNS, hunch.fields);
    const [line] = brief([hunch], options).hunches;
    expect(line?.next).toMatchObject({ pattern: best?.id, probe: null });
    expect(line?.next?.question).toContain(words);
    expect(line).toMatchObject({ text: 'ours', quote: words });
  });

  test('where the customer said nothing, our words are not put into their mouth', () => {
    for (const unstatedBecause of ['assumes', 'cannot-say', 'does-not-know'] as const) {
      const hunch = made('expectation', { statement: 'our own words', unstatedBecause });
      const [line] = brief([hunch], options).hunches;
      expect(line?.next?.question).not.toContain('our own words');
    }
    // A workspace may have none but such: then it speaks of "this".
    const [one] = PATTERNS.filter(({ text }) => text.includes('{words}'));
    const hunch = made('expectation', { statement: 'our own words' });
    const book = one === undefined ? [] : [one];
    const question = brief([hunch], { ...options, book }).hunches[0]?.next?.question;
    expect(question).toContain('this');
    expect(question).not.toContain('our own words');
  });

  test('a question that was asked already gives way to the next one, and says that it waits', () => {
    const hunch = made('expectation', {
      statement: 'x',
      unstatedBecause: 'assumes',
      stage: 'asked',
    });
    const [first, second] = patternsFor(PATTERNS, hunch.fields);
    const probe = made('probe', {
      ...{ expectation: hunch.id, question: 'How is that done?', pattern: first?.id ?? '' },
      ...{ askedAt: '2027-02-20T10:00:00Z', askedBy: ME },
    });
    const [line] = brief([hunch, probe], options).hunches;
    expect(line?.next?.pattern).toBe(second?.id);
    expect(line?.asked).toEqual({
      ...{ probe: probe.id, question: 'How is that done?', at: '2027-02-20T10:00:00Z', by: ME },
    });
    probe.fields.answeredAt = '2027-02-21T10:00:00Z';
    expect(brief([hunch, probe], options).hunches[0]?.asked).toBeNull();
  });

  test('a planned question goes before every pattern, and its day before what has none', () => {
    const late = made('expectation', { statement: 'without a question' });
    const soon = made('expectation', { statement: 'planned' }, NOW - 9_000);
    const planned = made('probe', {
      ...{ expectation: soon.id, question: 'What if it rains?', due: '2027-02-26' },
    });
    const made_ = brief([late, soon, planned], options);
    expect(made_.hunches.map(({ id }) => id)).toEqual([soon.id, late.id]);
    expect(made_.hunches[0]?.next).toEqual({
      ...{ question: 'What if it rains?', pattern: null, probe: planned.id, due: '2027-02-26' },
    });
    expect(made_.due).toBe(1);
  });

  test('without any pattern there is no question, and nothing breaks', () => {
    const [line] = brief([made('expectation', { statement: 'x' })], {
      ...options,
      book: [],
    }).hunches;
    expect(line?.next).toBeNull();
  });
});

test('promises: broken, late, today, soon, later, without a day; kept ones are gone', () => {
  const promise = (due: string | undefined, state: 'open' | 'kept' | 'broken' = 'open') =>
    made('commitment', { text: `${due} ${state}`, state, ...(due === undefined ? {} : { due }) });
  const records = [
    ...[promise(undefined), promise('2027-03-24'), promise('2027-03-03'), promise('2027-02-24')],
    ...[promise('2027-02-20'), promise('2027-02-01', 'broken'), promise('2027-02-20', 'kept')],
    made('commitment', { text: 'theirs', by: 'them', due: '2027-02-23' }),
  ];
  const { ours, theirs, due } = brief(records, options);
  expect(ours.map(({ timing, days }) => [timing, days])).toEqual([
    ...[
      ['broken', -23],
      ['late', -4],
      ['today', 0],
      ['soon', 7],
      ['later', 28],
      ['undated', null],
    ],
  ]);
  expect(theirs.map(({ timing }) => timing)).toEqual(['late']);
  // What is broken is not due any more.
  expect(due).toBe(4);
});

test('grievances nobody answered, and what they praised, newest first', () => {
  const old = made('note', { label: 'grievance', text: 'old' }, NOW - 5_000);
  const fresh = made('note', { label: 'grievance', text: 'fresh' }, NOW - 10);
  const answered = made('note', {
    ...{ label: 'grievance', text: 'answered', answeredAt: '2027-02-20T10:00:00Z' },
  });
  const praise = made('note', { label: 'praise', ...quote('Wonderful.') });
  const wordless = made('note', { label: 'praise', tag: 'praise' });
  const found = brief([old, fresh, answered, praise, wordless], options);
  expect(found.grievances.map(({ text }) => text)).toEqual(['fresh', 'old']);
  expect(found.praises).toMatchObject([{ text: '', quote: 'Wonderful.' }]);
});

describe('the last question', () => {
  test('is said in whole days; never where nobody asked', () => {
    const hunch = made('expectation', { statement: 'x' });
    const asked = (askedAt: string) =>
      made('probe', { expectation: hunch.id, question: 'q', askedAt });
    expect(brief([hunch, made('probe', { question: 'planned' })], options).lastAsked).toBeNull();
    const records = [hunch, asked('2027-01-01T12:00:00Z'), asked('2027-02-14T13:00:00+01:00')];
    expect(brief(records, options).lastAsked).toEqual({ at: '2027-02-14T12:00:00.000Z', days: 10 });
    expect(brief([asked('2027-03-01T00:00:00Z')], options).lastAsked?.days).toBe(0);
  });
});

describe('how they see it, and how we do', () => {
  test('the last score on its own scale, with its day and how many there are', () => {
    const survey = (score: number, observedAt: string, [scaleMin, scaleMax] = [1, 5]) =>
      made('perception', {
        ...{ form: 'survey', score, observedAt },
        ...(scaleMin === undefined || scaleMax === undefined ? {} : { scaleMin, scaleMax }),
      });
    const records = [survey(2, '2026-01-01T00:00:00Z'), survey(8, '2027-01-01T00:00:00Z', [0, 10])];
    expect(brief(records, options).perception).toMatchObject({
      ...{ score: 8, share: 0.8, at: '2027-01-01T00:00:00.000Z', count: 2, form: 'survey' },
    });
    const words = made('perception', {
      form: 'remark',
      text: 'fine',
      observedAt: '2027-02-01T00:00:00Z',
    });
    expect(brief([...records, words], options).perception?.score).toBe(8);
    expect(brief([words], options).perception).toBeNull();
  });

  test('a score without a scale, or beside it, has no share', () => {
    expect(shareOf(3, null)).toBeNull();
    expect(shareOf(3, { min: 5, max: 5 })).toBeNull();
    expect(shareOf(11, { min: 0, max: 10 })).toBeNull();
    expect(shareOf(1, { min: 1, max: 5 })).toBe(0);
  });

  test('ours is the last review’s; without one, how the last talk went', () => {
    const talk = (wentWell: number, startedAt: string) =>
      made('interaction', { wentWell, startedAt });
    const talks = [talk(2, '2027-02-01T00:00:00Z'), talk(5, '2027-01-01T00:00:00Z')];
    expect(brief(talks, options).own).toMatchObject({
      from: 'talk',
      score: 2,
      share: 0.25,
      count: 2,
    });
    const review = made('review', { ours: 70 }, NOW - 90_000_000);
    expect(brief([...talks, review], options).own).toMatchObject({
      ...{ from: 'review', score: 70, share: 0.7, count: 1 },
    });
  });
});

test('an empty file gives an empty brief', () => {
  expect(brief([], options)).toEqual({
    ...{ hunches: [], ours: [], theirs: [], grievances: [], praises: [] },
    ...{ lastAsked: null, perception: null, own: null, due: 0 },
  });
});

// — properties —

const day = fc.integer({ min: -40, max: 40 }).map((n) => dayAfter(options.today, n));
const moment = fc
  .integer({ min: -4_000, max: 10 })
  .map((hours) => new Date(NOW + hours * 3_600_000).toISOString());
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const whose = fc.constantFrom(CUSTOMER, TWIN, OTHER);
const common = { customer: maybe(whose), deleted: maybe(fc.boolean()) };
const hunchIds = Array.from({ length: 4 }, testId);
const evidence = maybe(
  fc.string({ maxLength: 400 }).map((words) => ({ [CUSTOMER]: { quote: words } })),
);

const fieldsOf: { [K in BriefRecord['kind']]: fc.Arbitrary<unknown> } = {
  expectation: fc.record({
    ...{ ...common, statement: maybe(fc.string()), evidence },
    stage: maybe(fc.constantFrom('hunch', 'asked', 'confirmed', 'refuted')),
    outcome: maybe(fc.constantFrom('open', 'missed', 'met', 'exceeded')),
    unstatedBecause: maybe(fc.constantFrom('cannot-say', 'assumes', 'does-not-know')),
  }),
  probe: fc.record({
    ...{
      ...common,
      expectation: maybe(fc.constantFrom(...hunchIds)),
      question: maybe(fc.string()),
    },
    ...{ askedAt: maybe(moment), answeredAt: maybe(moment), due: maybe(day) },
    pattern: maybe(fc.constantFrom(...PATTERNS.map(({ id }) => id))),
  }),
  note: fc.record({
    ...{ ...common, text: maybe(fc.string()), evidence, answeredAt: maybe(moment) },
    label: maybe(fc.constantFrom('grievance', 'praise', 'note')),
  }),
  commitment: fc.record({
    ...{
      ...common,
      text: maybe(fc.string()),
      due: maybe(day),
      by: maybe(fc.constantFrom('us', 'them')),
    },
    state: maybe(fc.constantFrom('open', 'kept', 'broken', 'withdrawn')),
  }),
  perception: fc.record({
    ...{ ...common, score: maybe(fc.double()), observedAt: maybe(moment) },
    ...{ scaleMin: maybe(fc.integer()), scaleMax: maybe(fc.integer()) },
  }),
  interaction: fc.record({
    ...{ ...common, startedAt: maybe(moment), wentWell: maybe(fc.integer({ min: 1, max: 5 })) },
  }),
  review: fc.record({ ...common, ours: maybe(fc.double()) }),
};

const record: fc.Arbitrary<BriefRecord> = fc
  .constantFrom(...(Object.keys(fieldsOf) as BriefRecord['kind'][]))
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      id: kind === 'expectation' ? fc.constantFrom(...hunchIds) : fc.nat(1e6).map(() => testId()),
      author: fc.constant(ME),
      savedAt: fc.integer({ min: NOW - 1e10, max: NOW }),
      fields: fieldsOf[kind],
    }),
  ) as fc.Arbitrary<BriefRecord>;
const file = fc.uniqueArray(record, { maxLength: 30, selector: ({ id }) => id });

test('the same records give the same brief, in whatever order they come', () => {
  const shuffled = file.chain((records) =>
    fc.tuple(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([records, others]) => {
      expect(brief(others, options)).toEqual(brief(records, options));
    }),
  );
});

test('nothing of another customer gets in, wherever it came from', () => {
  fc.assert(
    fc.property(file, (records) => {
      const own = records.filter(({ fields }) => fields.customer !== OTHER);
      expect(brief(records, options)).toEqual(brief(own, options));
    }),
  );
});

test('what is shown is never longer than a line or two, and shares lie between 0 and 1', () => {
  fc.assert(
    fc.property(file, (records) => {
      const made_ = brief(records, options);
      const lines = [...made_.hunches, ...made_.ours, ...made_.theirs, ...made_.grievances];
      for (const { text, quote: words } of lines) {
        expect(text.length).toBeLessThanOrEqual(300);
        expect(words.length).toBeLessThanOrEqual(300);
      }
      for (const score of [made_.perception, made_.own]) {
        if (score?.share == null) continue;
        expect(score.share).toBeGreaterThanOrEqual(0);
        expect(score.share).toBeLessThanOrEqual(1);
      }
      expect(made_.lastAsked?.days ?? 0).toBeGreaterThanOrEqual(0);
      expect(made_.due).toBeLessThanOrEqual(
        made_.hunches.length + made_.ours.length + made_.theirs.length,
      );
    }),
  );
});

test('days between two dates, over a leap day and the hour that summer takes', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
  expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
  expect(daysBetween('2027-02-24', '2027-02-20')).toBe(-4);
  expect(dayAfter('2027-12-31', 1)).toBe('2028-01-01');
});
