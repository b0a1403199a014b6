import { expect, test } from 'vitest';
import { byStandard, disputeOf, waitsForReviewer } from '../../src/domain/disputes.ts';
import type { Fields } from '../../src/domain/index.ts';

const id = (n: number) => `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const [OWNER, REVIEW, STANDARD] = [id(0xa), id(0xb), id(0xc)];
const at = (hour: number) => Date.UTC(2027, 1, 24, hour);

function said(n: number, hour: number, fields: Fields<'dispute'>) {
  const dispute = disputeOf(id(n), { review: REVIEW, ...fields }, { by: OWNER, at: at(hour) });
  if (dispute === null) throw new Error('it says something');
  return dispute;
}

test('what is said later stands after what was said before, whatever order it came in', () => {
  const later = said(1, 12, { standard: STANDARD, stance: 'partly', reason: 'Half of it.' });
  const first = said(2, 9, { standard: STANDARD, stance: 'reject', reason: 'It snowed.' });
  const whole = said(3, 10, { stance: 'accept' });
  const all = byStandard([later, whole, first]);
  expect(all.get(STANDARD)).toEqual([first, later]);
  expect(all.get('')).toEqual([whole]);
});

test('the reviewer is to answer the last word, where it does not agree', () => {
  const reject = said(1, 9, { stance: 'reject', reason: 'It snowed.' });
  expect(waitsForReviewer([reject])).toBe(reject);
  expect(waitsForReviewer([reject, said(2, 10, { stance: 'accept' })])).toBeNull();
  const answered = said(1, 9, { stance: 'reject', reason: 'It snowed.', result: 'stands' });
  expect(waitsForReviewer([answered])).toBeNull();
  const again = said(3, 11, { stance: 'partly', reason: 'All of it.' });
  expect(waitsForReviewer([answered, again])).toBe(again);
  expect(waitsForReviewer([])).toBeNull();
});

test('a record without a stance, or taken back, says nothing', () => {
  const origin = { by: OWNER, at: at(9) };
  expect(disputeOf(id(1), { review: REVIEW }, origin)).toBeNull();
  expect(disputeOf(id(1), { stance: 'accept' }, origin)).toBeNull();
  expect(disputeOf(id(1), { review: REVIEW, stance: 'accept', deleted: true }, origin)).toBeNull();
});
