import { expect, test } from 'vitest';
import { sayField, sayValue } from '../../src/console/record/say-value.ts';
import { webAddress } from '../../src/console/record/source.ts';
import { en as words } from '../../src/console/words.ts';
import { en as shared } from '../../src/ui/words.ts';

const MIRA = '00000000-0000-7000-8000-0000000000a1';
const naming = { shared, words, names: new Map([[MIRA, 'Sample Mira']]) };

test.each([
  ['class', 'unstated', 'Unstated'],
  ['decision', 'exceed', 'Exceed'],
  ['value', 4, '4, they would tell others'],
  ['gap', 1, 'We did not know that they expect it'],
  ['functional', 'live-with', 'I can live with it'],
  ['outcomeValue', 1200.5, '1,200.5'],
  ['owner', MIRA, 'Sample Mira'],
  ['owner', MIRA.replace('a1', 'ff'), null],
  ['due', '2027-03-12', '12 Mar 2027'],
  ['logged', true, 'yes'],
  [
    'sender',
    { name: 'Sample Person', address: 'p@sample.example' },
    'Sample Person <p@sample.example>',
  ],
  ['identifiers', { 'domain:a.example': true, 'domain:b.example': false }, 'domain:a.example'],
  ['evidence', { x: { quote: 'their words' } }, '“their words”'],
  ['statement', '<b>not bold</b>', '<b>not bold</b>'],
  ['statement', '', null],
])('%s: %j reads “%s”', (field, value, said) => {
  expect(sayValue(field, value, naming)).toBe(said);
});

test('a part of a field has the field’s name; an unknown one keeps its own', () => {
  expect(sayField(`evidence/${MIRA}`, words)).toBe('Their words');
  expect(sayField('mood', words)).toBe('mood');
});

test.each([
  ['https://mail.example/?uid=1', 'https://mail.example/?uid=1'],
  ['http://mail.example', 'http://mail.example/'],
  ['javascript:alert(1)', null],
  [' javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['file:///etc/passwd', null],
  ['//mail.example', null],
  ['', null],
])('“%s” as a link: %s', (address, link) => {
  expect(webAddress(address)).toBe(link);
});
