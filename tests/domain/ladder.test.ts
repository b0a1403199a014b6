import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fields,
  ladderEvidence,
  nextSteps,
  type Probe,
  STEPS,
  stageAfterAnswer,
  stageAfterAsking,
  stepOf,
} from '../../src/domain/index.ts';
import { testId } from './arbitraries.ts';

const probe = (fields: Fields<'probe'>): Probe => ({ id: testId(), fields });
const lacks = (fields: Fields<'expectation'>, probes: Probe[] = []) =>
  ladderEvidence(fields, probes).lacks;

describe('where an expectation stands', () => {
  test.each<[Fields<'expectation'>, string]>([
    [{}, 'hunch'],
    [{ stage: 'asked' }, 'asked'],
    [{ stage: 'refuted', outcome: 'open' }, 'refuted'],
    [{ stage: 'confirmed', outcome: 'exceeded' }, 'settled'],
    [{ outcome: 'missed' }, 'settled'],
    [{ stage: 'confirmed', decision: 'decline' }, 'settled'],
    [{ stage: 'confirmed', decision: 'exceed' }, 'confirmed'],
  ])('%o: %s', (fields, step) => {
    expect(stepOf(fields)).toBe(step);
  });

  const fields = fc.record(
    {
      stage: fc.constantFrom<Fields<'expectation'>['stage']>(
        ...(['hunch', 'asked', 'confirmed', 'refuted'] as const),
      ),
      outcome: fc.constantFrom<Fields<'expectation'>['outcome']>(
        ...(['open', 'missed', 'met', 'exceeded'] as const),
      ),
      decision: fc.constantFrom<Fields<'expectation'>['decision']>('exceed', 'meet', 'decline'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Fields<'expectation'>>;

  test('the steps ahead never hold the one it stands on, and lead to "settled" in the end', () => {
    fc.assert(
      fc.property(fields, (expectation) => {
        const step = stepOf(expectation);
        const next = nextSteps(expectation);
        expect(next).not.toContain(step);
        expect(next.length === 0).toBe(step === 'settled');
        for (const to of next) {
          const [rung, above] = [STEPS.indexOf(step), STEPS.indexOf(to)];
          expect(above).toBeGreaterThan(rung);
        }
      }),
    );
  });

  test('asking and unclear answers never bring it back a step', () => {
    fc.assert(
      fc.property(fields, ({ stage }) => {
        for (const after of [stageAfterAsking(stage), stageAfterAnswer(stage, 'unclear')]) {
          expect(after).toBe(stage === undefined || stage === 'hunch' ? 'asked' : stage);
        }
        expect(stageAfterAnswer(stage, 'refuted')).toBe('refuted');
      }),
    );
  });
});

describe('what is on file for each step', () => {
  const interaction = testId();

  test('a hunch comes from words, from a moment of a call or from silence', () => {
    const from = (fields: Fields<'expectation'>) => ladderEvidence(fields, []).from;
    expect(from({ evidence: { [testId()]: { quote: 'as always' } } })).toBe('words');
    expect(from({ evidence: { [testId()]: { interaction, offset: 0 } } })).toBe('moment');
    expect(from({ hunchText: 'nobody mentioned the fire exit' })).toBe('silence');
    expect(from({ hunchFrom: 'silence', evidence: { [testId()]: { quote: 'x' } } })).toBe(
      'silence',
    );
    expect(from({ evidence: { [testId()]: null } })).toBeNull();
    expect(lacks({})).toEqual(['source']);
  });

  const words = { hunchFrom: 'words' } as const;

  test('"asked" needs a question that was asked, not one that is planned', () => {
    const asked: Fields<'expectation'> = { ...words, stage: 'asked' };
    expect(lacks(asked)).toEqual(['question']);
    expect(lacks(asked, [probe({ question: '?', due: '2027-03-01' })])).toEqual(['question']);
    const said = probe({ question: '?', askedAt: '2027-02-24T09:00:00.000Z' });
    expect(lacks(asked, [said])).toEqual([]);
    expect(lacks(asked, [{ ...said, fields: { ...said.fields, deleted: true } }])).toEqual([
      'question',
    ]);
  });

  test('"confirmed" needs an answer that says so', () => {
    const confirmed: Fields<'expectation'> = { ...words, stage: 'confirmed' };
    const answer = (says: NonNullable<Fields<'probe'>['says']>) =>
      probe({ says, answeredAt: '2027-02-24T09:00:00.000Z' });
    expect(lacks(confirmed)).toEqual(['answer']);
    expect(lacks(confirmed, [answer('unclear'), answer('refuted')])).toEqual(['answer']);
    expect(lacks(confirmed, [answer('refuted'), answer('confirmed')])).toEqual([]);
  });

  test('"settled" needs what it was seen by, or why it was declined', () => {
    const met: Fields<'expectation'> = { ...words, outcome: 'met' };
    expect(lacks(met)).toEqual(['reason']);
    expect(lacks({ ...met, decisionReason: 'too dear' })).toEqual(['reason']);
    expect(lacks({ ...met, outcomeText: 'delivered on Monday' })).toEqual([]);
    expect(lacks({ ...words, decision: 'decline', decisionReason: 'too dear' })).toEqual([]);
  });

  test('questions stand in order: asked ones by when, planned ones by their day, without one last', () => {
    const late = probe({ due: '2027-05-01' });
    const soon = probe({ due: '2027-03-01' });
    const some = probe({});
    const first = probe({ askedAt: '2027-02-24T10:00:00.000+02:00' });
    const second = probe({ askedAt: '2027-02-24T09:00:00.000Z', says: 'unclear' });
    const known = probe({ askedAt: '2027-02-24T07:00:00.000Z', says: 'confirmed' });
    const { planned, asked, answered } = ladderEvidence({}, [
      ...[late, some, second, soon, known, first],
    ]);
    expect(planned).toEqual([soon, late, some]);
    expect(asked).toEqual([first, second]);
    expect(answered).toEqual([known]);
  });
});
