// What of a record is still to be done, until when and by whom.
import { expect, test } from 'vitest';
import { type DueRecord, duesOf } from '../../src/domain/due.ts';
import { testId } from './arbitraries.ts';

const [author, owner, decider] = [testId(), testId(), testId()];
const on = '2027-02-24';

function of<K extends DueRecord['kind']>(
  kind: K,
  fields: Extract<DueRecord, { kind: K }>['fields'],
): [what: string, on: string, whose: string][] {
  const record = { kind, id: testId(), author, fields } as DueRecord;
  return duesOf(record).map(({ what, on: day, whose }) => [what, day, whose]);
}

test('a promise with a day that is open is due: its owner’s, or its author’s', () => {
  expect(of('commitment', { due: on })).toEqual([['ours', on, author]]);
  expect(of('commitment', { due: on, by: 'them', owner })).toEqual([['theirs', on, owner]]);
  expect(of('commitment', {})).toEqual([]);
  for (const state of ['kept', 'broken', 'withdrawn'] as const) {
    expect(of('commitment', { due: on, state })).toEqual([]);
  }
  expect(of('commitment', { due: on, deleted: true })).toEqual([]);
});

test('a planned question is due until it is asked', () => {
  expect(of('probe', { due: on, owner })).toEqual([['question', on, owner]]);
  expect(of('probe', { due: on, askedAt: '2027-02-20T10:00:00Z' })).toEqual([]);
});

test('an expectation is due while it is open; its decision whether it is or not declined', () => {
  expect(of('expectation', { due: on })).toEqual([['expectation', on, author]]);
  expect(of('expectation', { due: on, outcome: 'met' })).toEqual([]);
  expect(of('expectation', { due: on, stage: 'refuted' })).toEqual([]);
  const declined = {
    due: on,
    decision: 'decline',
    reviewOn: '2027-05-01',
    decidedBy: decider,
  } as const;
  expect(of('expectation', declined)).toEqual([['decision', '2027-05-01', decider]]);
});
