import { describe, expect, test } from 'vitest';
import { inquiryOf, isOverdue } from '../../src/domain/inquiries.ts';

const origin = { by: '01890000-0000-7000-8000-00000000000b', at: Date.UTC(2027, 1, 24, 9, 12) };
const ID = '01890000-0000-7000-8000-00000000000a';
const of = (fields: Parameters<typeof inquiryOf>[1]) => inquiryOf(ID, fields, origin);

describe('a question to somebody', () => {
  test('is open as long as nobody answers it or takes it back', () => {
    expect(of({ question: 'Why?' })).toMatchObject({
      ...{ state: 'open', asks: 'answer', by: origin.by, at: '2027-02-24T09:12:00.000Z' },
    });
    expect(of({ question: 'Why?', withdrawn: true }).state).toBe('withdrawn');
    expect(of({ question: 'Why?', answer: ' \n ' }).state).toBe('open');
  });

  test('is answered by words, or by saying when a review was read', () => {
    expect(of({ answer: 'Because of the snow.' }).state).toBe('answered');
    expect(of({ asks: 'acknowledge', answeredAt: '2027-02-25T08:00:00Z' }).state).toBe('answered');
  });

  test('stays answered where it was taken back at the same time', () => {
    expect(of({ answer: 'Because of the snow.', withdrawn: true }).state).toBe('answered');
  });

  test('is overdue from the day after its day, and only while it is open', () => {
    const due = '2027-03-01';
    expect(isOverdue(of({ due }), '2027-03-01')).toBe(false);
    expect(isOverdue(of({ due }), '2027-03-02')).toBe(true);
    expect(isOverdue(of({ due, answer: 'Yes.' }), '2027-03-02')).toBe(false);
    expect(isOverdue(of({ due, withdrawn: true }), '2027-03-02')).toBe(false);
    expect(isOverdue(of({}), '2027-03-02')).toBe(false);
  });
});
