// In what state an improvement is, what can be done with it, and what of it is late.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duesOf } from '../../src/domain/due.ts';
import {
  ACTS,
  IMPROVEMENT_STATES,
  improvementOf,
  improvementState,
  lateness,
  mayAct,
  waitsFor,
} from '../../src/domain/improvements.ts';
import type { Fields } from '../../src/domain/index.ts';
import { testId } from './arbitraries.ts';

const at = '2027-02-24T10:00:00.000Z';
const [id, author, owner] = [testId(), testId(), testId()];

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** As anybody may have written them, in any order and by any version. */
const anyFields: fc.Arbitrary<Fields<'improvement'>> = fc.record(
  {
    state: fc.constantFrom('open', 'done', 'dropped'),
    ...{ doneAt: fc.constant(at), checkedAt: fc.constant(at), effective: fc.boolean() },
    ...{ due: day, checkOn: day, owner: fc.constant(owner), text: fc.string() },
  },
  { requiredKeys: [] },
);

describe('its state', () => {
  test('is open until it is done, and done until somebody looked whether it helped', () => {
    expect(improvementState({})).toBe('open');
    expect(improvementState({ state: 'done', doneAt: at })).toBe('done');
    const checked = { state: 'done', checkedAt: at } as const;
    expect(improvementState({ ...checked, effective: true })).toBe('effective');
    expect(improvementState({ ...checked, effective: false })).toBe('not-effective');
  });

  test('set back to open, an earlier check counts for nothing', () => {
    expect(improvementState({ state: 'open', checkedAt: at, effective: true })).toBe('open');
    expect(improvementState({ state: 'dropped', checkedAt: at, effective: true })).toBe('dropped');
  });

  test('there is something to do with each but one that helped is only looked at again', () => {
    for (const state of IMPROVEMENT_STATES) {
      expect(ACTS.filter((act) => mayAct(state, act)).length).toBeGreaterThan(0);
    }
    expect(ACTS.filter((act) => mayAct('effective', act))).toEqual(['recheck']);
    expect(mayAct('dropped', 'done')).toBe(false);
    expect(mayAct('open', 'check')).toBe(false);
  });
});

describe('what is late', () => {
  const today = '2027-02-24';
  const late = (fields: Fields<'improvement'>, followed = false) =>
    lateness(improvementOf(id, fields), today, followed);

  test('the day itself is not late, the day after is', () => {
    expect(late({ due: today })).toBeNull();
    expect(late({ due: '2027-02-23' })).toBe('action');
    expect(late({ state: 'done', checkOn: today })).toBeNull();
    expect(late({ state: 'done', checkOn: '2027-02-23' })).toBe('check');
  });

  test('done in time, its due day is no matter any more', () => {
    expect(late({ state: 'done', due: '2027-01-01' })).toBeNull();
    expect(late({ state: 'dropped', due: '2027-01-01', checkOn: '2027-01-02' })).toBeNull();
  });

  test('one that did not help waits for what is tried next', () => {
    const failed = { state: 'done', checkedAt: at, effective: false } as const;
    expect(late(failed)).toBe('next');
    expect(late(failed, true)).toBeNull();
  });

  test('whatever is due by yesterday is late, and the other way round', () => {
    fc.assert(
      fc.property(anyFields, day, (fields, now) => {
        const improvement = improvementOf(id, fields);
        const dues = duesOf({ kind: 'improvement', id, author, fields });
        const isLate = dues.some(({ on }) => on < now);
        expect(['action', 'check'].includes(lateness(improvement, now) ?? '')).toBe(isLate);
        expect(dues.map(({ on }) => on)).toEqual(
          [waitsFor(improvement)].filter((one) => one !== null),
        );
      }),
    );
  });
});

test('it is due to its owner, or to its author; a check too', () => {
  const of = (fields: Fields<'improvement'>) =>
    duesOf({ kind: 'improvement', id, author, fields }).map(({ what, on, whose }) => [
      ...[what, on, whose],
    ]);
  expect(of({ due: '2027-03-01', owner })).toEqual([['improvement', '2027-03-01', owner]]);
  expect(of({ due: '2027-03-01' })).toEqual([['improvement', '2027-03-01', author]]);
  const done = { state: 'done', due: '2027-03-01', checkOn: '2027-04-01', owner } as const;
  expect(of(done)).toEqual([['check', '2027-04-01', owner]]);
  expect(of({ ...done, checkedAt: at, effective: false })).toEqual([]);
  expect(of({ ...done, deleted: true })).toEqual([]);
});

test('its quotes come in the order in which they were pinned; a moment without words is none', () => {
  const evidence = {
    '00000000-0000-7000-8000-000000000002': { quote: 'second', interaction: owner },
    '00000000-0000-7000-8000-000000000001': { quote: 'first' },
    '00000000-0000-7000-8000-000000000003': { offset: 7 },
    '00000000-0000-7000-8000-000000000004': null,
  };
  expect(improvementOf(id, { evidence }).quotes).toEqual([
    { quote: 'first', interaction: null },
    { quote: 'second', interaction: owner },
  ]);
});
