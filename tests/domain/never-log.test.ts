import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neverLogged, parseNeverLog } from '../../src/domain/never-log.ts';

/** Whether a mail from (and to) these people with this subject is on a list of one line. */
function listed(line: string, people: string | string[], subject = ''): boolean {
  const { rules, problems } = parseNeverLog([line]);
  expect(problems).toEqual([]);
  return neverLogged(rules, { people: [people].flat(), subject });
}

describe('never-log lines', () => {
  test.each([
    ['example.org', 'a@example.org'],
    ['example.org', 'a@mail.example.org'],
    ['@Example.ORG', 'A@EXAMPLE.org'],
    ['example.org.', 'a@example.org'],
    ['Name@Example.org', 'name@example.org'],
    ['name@example.org', 'name+tag@example.org'],
    ['*@hr.*', 'who@hr.example.org'],
    ['payroll-*@example.org', 'payroll-7@example.org'],
    ['payroll.*', 'a@payroll.example.org'],
    ['payroll.*', 'a@eu.payroll.example.org'],
    ['*.gov.example', 'a@tax.gov.example'],
    ['bücher.example', 'a@BÜCHER.example'],
    ['例え.example', 'a@例え.example'],
  ])('%s takes %s', (line, address) => {
    expect(listed(line, address)).toBe(true);
    expect(listed(line, ['somebody@else.example', address])).toBe(true);
  });

  test.each([
    ['example.org', 'a@notexample.org'],
    ['example.org', 'a@example.org.evil.example'],
    ['name@example.org', 'othername@example.org'],
    ['name@example.org', 'name@mail.example.org'],
    ['*@hr.*', 'hr@example.org'],
    ['payroll-*@example.org', 'payroll@example.org'],
    ['payroll-*@example.org', 'payroll-1@example.org.evil.example'],
    ['a*a@example.org', 'a@example.org'],
    ['example.org', ''],
    ['example.org', 'example.org'],
  ])('%s leaves %s', (line, address) => {
    expect(listed(line, address)).toBe(false);
  });

  test.each([
    ['subject: *payslip*', 'Your PAYSLIP for March', true],
    ['subject: payslip', 'Re: Payslip', true],
    ['Subject:pay*slip', 'pay and slip', true],
    ['subject: pay*slip', 'slip of pay', false],
    ['subject: sick note', 'Sick\u00a0 note', true],
    ['subject: sick note', 'sick', false],
  ])('%s and the subject %s', (line, subject, expected) => {
    expect(listed(line, 'a@example.org', subject)).toBe(expected);
  });

  test('remarks and empty lines say nothing', () => {
    const { rules, problems } = parseNeverLog(['', '  ', '# example.org']);
    expect(problems).toEqual([]);
    expect(neverLogged(rules, { people: ['a@example.org'], subject: '# example.org' })).toBe(false);
  });

  test.each([
    'payroll',
    'pay roll.example',
    'a@b@example.org',
    'Name <a@example.org>',
    'from: a@example.org',
    'https://example.org',
    'subject:',
    'subject: **',
    '*',
    '*@*',
    '*.*',
    'example..org',
    'a@',
    '@',
    'a,b@example.org',
  ])('%s cannot be understood, and that is told', (line) => {
    const { problems } = parseNeverLog(['example.org', line]);
    expect(problems).toEqual([{ line, problem: expect.stringMatching(/\w{4}/) }]);
  });

  test('a hidden character does not take an address off the list', () => {
    expect(listed('name@example.org', 'na\u200bme@exam\u00adple.org')).toBe(true);
    expect(listed('name@example.org', '\u202ename@example.org')).toBe(true);
  });

  test('many asterisks against a long subject take no time worth telling', () => {
    const { rules } = parseNeverLog([`subject: ${'a*'.repeat(140)}b`]);
    expect(neverLogged(rules, { people: [], subject: 'a'.repeat(4_000) })).toBe(false);
  });

  test('every line either is understood, and then takes something, or is told', () => {
    const sign = fc.constantFrom(...'ab.@*-_+: #<>é例'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 14 }), (line) => {
        const { rules, problems } = parseNeverLog([line]);
        const said = rules.domains.size + rules.addresses.size + rules.patterns.length;
        const silent = line.trim() === '' || line.trim().startsWith('#');
        expect(said + problems.length).toBe(silent ? 0 : 1);
        if (said === 0) return;
        // The line itself, with something for each asterisk, is an example of what it takes.
        const sample = line.trim().replace(/\*+/g, 'x').replace(/^@/, '');
        const people = [sample.includes('@') ? sample : `x@${sample}`];
        expect(neverLogged(rules, { people, subject: '' })).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
