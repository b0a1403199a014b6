import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BlindSpot,
  blindSpotsOf,
  byUrgency,
  factsOf,
  joinFacts,
  type Listed,
  momentOf,
  noFacts,
  type OnFile,
  thresholdProblem,
  thresholdsFrom,
  USUAL_THRESHOLDS,
} from '../../src/domain/blind-spots.ts';

const NOW = Date.parse('2027-06-30T12:00:00Z');
const DAY = 86_400_000;
const ago = (days: number) => NOW - days * DAY;
const iso = (ms: number) => new Date(ms).toISOString();
const id = (n: number) => `0190b6f0-0000-7000-8000-${String(n).padStart(12, '0')}`;

const HALDEN = id(1);
let next = 100;
const on = (
  kind: OnFile['kind'],
  fields: Record<string, unknown>,
  written = ago(200),
  record = id(next++),
): OnFile => ({ kind, id: record, fields, written }) as OnFile;
const halden = (written = ago(400)) => on('customer', { name: 'Halden' }, written, HALDEN);

/** Why Halden is listed, with these records on file. */
function spots(...records: OnFile[]): BlindSpot[] {
  const found = factsOf([halden(), ...records]).get(HALDEN);
  return blindSpotsOf(found?.facts ?? noFacts(0), USUAL_THRESHOLDS, NOW);
}
const kinds = (...records: OnFile[]) => spots(...records).map(({ kind }) => kind);
/** Somebody asked lately: then they are no blind spot by that. */
const asked = (days: number) => on('probe', { customer: HALDEN, askedAt: iso(ago(days)) });

describe('not asked', () => {
  test('94 days after the last of three questions', () => {
    expect(spots(asked(200), asked(94), asked(150))).toEqual([
      { kind: 'not-asked', days: 94, asked: 3, since: ago(94) },
    ]);
  });

  test('never, since they are on file', () => {
    expect(spots()).toEqual([{ kind: 'not-asked', days: 400, asked: 0, since: ago(400) }]);
  });

  test('the day before the limit is not listed, the day of it is', () => {
    expect(kinds(asked(89.99))).toEqual([]);
    expect(kinds(asked(90))).toEqual(['not-asked']);
  });

  test('a question that is only planned, or was deleted, is none', () => {
    const planned = on('probe', { customer: HALDEN, question: 'How soon?' }, ago(1));
    const deleted = on('probe', { customer: HALDEN, askedAt: iso(ago(1)), deleted: true });
    expect(spots(asked(120), planned, deleted)).toMatchObject([{ asked: 1, days: 120 }]);
  });

  test('a question asked in a call of theirs counts, though it names no customer', () => {
    const call = on('interaction', { channel: 'call', customer: HALDEN });
    const probe = on('probe', { interaction: call.id, askedAt: iso(ago(3)) });
    expect(kinds(call, probe)).toEqual([]);
  });
});

describe('only stated requirements', () => {
  const stated = (days: number) =>
    on('expectation', { customer: HALDEN, class: 'stated' }, ago(days));

  test('two, the first 40 days ago', () => {
    expect(spots(asked(1), stated(40), stated(12))).toEqual([
      { kind: 'only-stated', days: 40, count: 2, since: ago(40) },
    ]);
  });

  test('not when something implied or unstated is on file', () => {
    const hunch = on('expectation', { customer: HALDEN, class: 'unstated' });
    expect(kinds(asked(1), stated(40), hunch)).toEqual([]);
  });

  test('a hunch that was refuted says nothing of them any more', () => {
    const refuted = on('expectation', { customer: HALDEN, class: 'unstated', stage: 'refuted' });
    expect(kinds(asked(1), stated(40), refuted)).toEqual(['only-stated']);
  });

  test('nothing on file at all is something else', () => {
    expect(kinds(asked(1))).toEqual([]);
  });
});

// ISO 9000:2015, 3.9.2, note 2: no complaints do not mean high satisfaction; a high score on their own
// scale says nothing of what they expect and never said.
describe('satisfied, and nobody talked with them', () => {
  const survey = (score: number, days: number, more: object = {}) =>
    on('perception', {
      ...{ customer: HALDEN, form: 'survey', score, scaleMin: 0, scaleMax: 10 },
      observedAt: iso(ago(days)),
      ...more,
    });

  test('9 of 0 to 10 a month ago, the last question 200 days ago', () => {
    expect(spots(survey(9, 30), asked(200))).toEqual([
      {
        ...{ kind: 'satisfied', days: 200, at: ago(30) },
        ...{ score: 9, scaleMin: 0, scaleMax: 10, lastTalk: ago(200) },
      },
      { kind: 'not-asked', days: 200, asked: 1, since: ago(200) },
    ]);
  });

  test.each([
    ['4 of 1 to 5 is 75 %', 4, 1, 5, true],
    ['3.9 of 1 to 5 is 72.5 %', 3.9, 1, 5, false],
    ['7 of 0 to 10 is 70 %', 7, 0, 10, false],
    ['50 of −100 to 100 is 75 %', 50, -100, 100, true],
  ])('%s', (_what, score, scaleMin, scaleMax, isListed) => {
    const found = kinds(survey(score, 5, { scaleMin, scaleMax }));
    expect(found.includes('satisfied')).toBe(isListed);
  });

  test('only the newest survey counts', () => {
    expect(kinds(survey(10, 30), survey(3, 10))).not.toContain('satisfied');
    expect(kinds(survey(3, 30), survey(10, 10))).toContain('satisfied');
  });

  test('a remark, a score without a scale, and one on a scale of nothing count for nothing', () => {
    expect(
      kinds(
        survey(10, 1, { form: 'remark' }),
        survey(10, 1, { scaleMax: undefined }),
        survey(10, 1, { scaleMin: 10 }),
      ),
    ).not.toContain('satisfied');
  });

  test('an expectation noticed in a meeting is a talk; one in a mail is none', () => {
    const place = (channel: string, days: number) =>
      on('interaction', { customer: HALDEN, channel, startedAt: iso(ago(days)) });
    const noticed = (interaction: string) =>
      on('expectation', { class: 'unstated', evidence: { [id(7)]: { interaction } } });
    const meeting = place('meeting', 20);
    expect(kinds(survey(9, 30), meeting, noticed(meeting.id))).not.toContain('satisfied');
    const mail = place('email', 20);
    expect(kinds(survey(9, 30), mail, noticed(mail.id))).toContain('satisfied');
    const long = place('visit', 180);
    expect(kinds(survey(9, 30), long, noticed(long.id))).toContain('satisfied');
  });
});

describe('grievances nobody answered', () => {
  const grievance = (days: number, more: object = {}) =>
    on('note', { customer: HALDEN, label: 'grievance', ...more }, ago(days));

  test('two, the oldest 12 days ago', () => {
    expect(spots(asked(1), grievance(12), grievance(2))).toEqual([
      { kind: 'unanswered', days: 12, count: 2, since: ago(12) },
    ]);
  });

  test('answered, dealt with, or become something else: none of them waits', () => {
    const done = [
      grievance(12, { answeredAt: iso(ago(11)) }),
      grievance(12, { handled: true }),
      grievance(12, { became: { kind: 'expectation', id: id(9) } }),
      grievance(12, { deleted: true }),
      grievance(12, { label: 'praise' }),
    ];
    expect(kinds(asked(1), ...done)).toEqual([]);
  });

  test('an answer that was begun and has no time yet is no answer', () => {
    expect(kinds(asked(1), grievance(12, { answer: 'We will' }))).toEqual(['unanswered']);
  });

  test('six days are not long', () => {
    expect(kinds(asked(1), grievance(6.9))).toEqual([]);
    expect(kinds(asked(1), grievance(7))).toEqual(['unanswered']);
  });
});

describe('a changed contact', () => {
  const person = (name: string, days: number, more: object = {}) =>
    on('contact', { name, customer: HALDEN, ...more }, ago(days));
  const mail = (contact: OnFile, days: number) =>
    on('interaction', { contact: contact.id, startedAt: iso(ago(days)) }, ago(days));

  test('somebody new for 10 days, the other last heard 25 days ago, asked 30 days ago', () => {
    const [old, fresh] = [person('Old', 300), person('New', 10)];
    expect(spots(old, fresh, mail(old, 60), mail(old, 25), asked(30))).toEqual([
      {
        ...{ kind: 'new-contact', days: 10, contact: { id: fresh.id, name: 'New' } },
        ...{ since: ago(10), before: { id: old.id, name: 'Old' }, lastHeard: ago(25) },
      },
    ]);
  });

  test('not while the other one still writes, nor once somebody asked the new one', () => {
    const [old, fresh] = [person('Old', 300), person('New', 10)];
    expect(kinds(old, fresh, mail(old, 25), mail(old, 9), asked(30))).toEqual([]);
    expect(kinds(old, fresh, mail(old, 25), asked(5))).toEqual([]);
  });

  test('not when the other was never heard from, or the change is 90 days old', () => {
    expect(kinds(person('Old', 300), person('New', 10), asked(30))).toEqual([]);
    const [old, fresh] = [person('Old', 300), person('New', 90)];
    expect(kinds(old, fresh, mail(old, 120), asked(95))).not.toContain('new-contact');
  });

  test('two records of one address are one person, not a new one', () => {
    const identifiers = { 'address:a@halden.example': true };
    const [here, there] = [person('A', 300, { identifiers }), person('A', 10, { identifiers })];
    expect(kinds(here, there, mail(here, 25), asked(30))).toEqual([]);
  });

  test('whom we heard from before they were written down is as old as that', () => {
    const [old, known] = [person('Old', 300), person('Known', 10)];
    const found = kinds(old, known, mail(old, 25), mail(known, 200), asked(80));
    expect(found).toEqual([]);
  });
});

test('two records of one customer are read as one', () => {
  const identifiers = { 'domain:halden.example': true };
  const [a, b] = [
    on('customer', { name: 'Halden', identifiers }, ago(10), id(2)),
    on('customer', { name: 'Halden Foods', identifiers }, ago(300), id(3)),
  ];
  const found = factsOf([a, b, on('probe', { customer: id(3), askedAt: iso(ago(5)) })]);
  expect([...found.keys()]).toEqual([id(2)]);
  expect(found.get(id(2))).toMatchObject({
    name: 'Halden',
    facts: { since: ago(300), asked: 1, lastAsked: ago(5) },
  });
});

test('what refers to a customer that is not on file is about nobody', () => {
  const found = factsOf([on('probe', { customer: id(77), askedAt: iso(ago(5)) })]);
  expect(found.size).toBe(0);
});

describe('the order', () => {
  const listed = (name: string, ...spots: Partial<BlindSpot>[]) =>
    ({ id: id(next++), name, spots }) as Listed;

  test('by the reason, then how many there are, then how long, then the name', () => {
    const order = [
      listed('G', { kind: 'unanswered', days: 8 }, { kind: 'only-stated', days: 1 }),
      listed('F', { kind: 'unanswered', days: 90 }),
      listed('E', { kind: 'unanswered', days: 8 }),
      listed('D', { kind: 'new-contact', days: 1 }),
      listed('C', { kind: 'satisfied', days: 1 }),
      listed('A', { kind: 'not-asked', days: 100 }),
      listed('B', { kind: 'not-asked', days: 100 }),
      listed('0', { kind: 'only-stated', days: 900 }),
    ];
    const names = (list: Listed[]) => list.map(({ name }) => name).join('');
    expect(names([...order].reverse().sort(byUrgency))).toBe('GFEDCAB0');
  });

  test('is the same whatever order they came in', () => {
    const spot = fc.record({
      kind: fc.constantFrom('unanswered', 'satisfied', 'not-asked'),
      days: fc.integer({ min: 0, max: 3 }),
    });
    const some = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 1_000 }).map(id),
        name: fc.constantFrom('A', 'B'),
        spots: fc.array(spot, { minLength: 1, maxLength: 2 }),
      }),
      { selector: (one) => one.id },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (list, chance) => {
        const all = list as unknown as Listed[];
        const keys = new Map(all.map((one) => [one, chance.next().value]));
        const mixed = [...all].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(mixed.sort(byUrgency)).toEqual(all.sort(byUrgency));
      }),
    );
  });
});

test('joining facts does not depend on the order', () => {
  const time = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
  const facts = fc
    .record({
      since: fc.nat(9),
      asked: fc.nat(9),
      lastAsked: time,
      lastTalk: time,
      stated: fc.nat(3),
    })
    .map((some) => ({ ...noFacts(some.since), ...some }));
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      expect(joinFacts(joinFacts(a, b), c)).toEqual(joinFacts(a, joinFacts(b, c)));
      expect(joinFacts(a, b)).toEqual(joinFacts(b, a));
    }),
  );
});

test.each([
  ['2027-06-30T12:00:00.000Z', NOW],
  ['2027-06-30T14:00:00+02:00', NOW],
  ['0000-01-01T00:00:00Z', null],
  ['2027-06-30T12:00:00+23:00', null],
  ['soon', null],
  [undefined, null],
])('the moment %s', (text, ms) => {
  expect(momentOf(text)).toBe(ms);
});

describe('the setting', () => {
  test('lines say what differs from the usual', () => {
    const lines = ['# ours', 'Not asked: 60 days', 'satisfied = 80 %', 'grievance: 3'];
    expect(thresholdsFrom(lines)).toEqual({
      ...USUAL_THRESHOLDS,
      ...{ asked: 60, satisfied: 80, grievance: 3 },
    });
    for (const line of lines) expect(thresholdProblem(line)).toBeNull();
  });

  test.each([
    ['never: 3', 'Write one of'],
    ['not asked', 'Write one of'],
    ['not asked: soon', 'Write one of'],
    ['not asked: 0', 'Give from 1'],
    ['not asked: 9999', 'Give from 1'],
    ['satisfied: 101', 'More than 100'],
  ])('“%s” is told, and changes nothing', (line, problem) => {
    expect(thresholdProblem(line)).toContain(problem);
    expect(thresholdsFrom([line])).toEqual(USUAL_THRESHOLDS);
  });
});
