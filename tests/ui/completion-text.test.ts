import { describe, expect, test } from 'vitest';
import { askedAt, withName } from '../../src/ui/completion-text.ts';

const asked = (text: string) => {
  const caret = text.indexOf('|');
  const plain = text.replace('|', '');
  const found = askedAt(plain, caret);
  return found && `${found.sign}${found.words} at ${found.start}`;
};

describe('names are asked for', () => {
  test.each([
    ['@|', '@ at 0'],
    ['ask @To|', '@To at 4'],
    ['ask (@Tom Sam|', '@Tom Sam at 5'],
    ['für „@Zoë|', '@Zoë at 5'],
    ['ask @Tom Sample-Long Name|', '@Tom Sample-Long Name at 4'],
    ['#Hald| and more', '#Hald at 0'],
    ['first\n@T|', '@T at 6'],
    ['に、 @山|', '@山 at 3'],
  ])('%s', (text, found) => expect(asked(text)).toBe(found));
});

describe('not', () => {
  test.each([
    ['in a mail address', 'lee@hal|den.example'],
    ['after a space', '@ |'],
    ['four words on', '@Tom Sample is there, and|'],
    ['in the line after', '@Tom\nnext|'],
    ['before the sign', 'a| @Tom'],
    ['twice', '@@|'],
    ['in an address of a page', 'https://a.example/x#part|'],
  ])('%s', (_, text) => expect(asked(text)).toBeNull());
});

test('the name takes the place of what was typed, with one space after it', () => {
  const found = askedAt('ask @to now', 7);
  if (found === null) throw new Error('not found');
  expect(withName('ask @to now', found, 7, 'Tom Sample')).toEqual({
    ...{ insert: '@Tom Sample', from: 4, to: 7 },
  });
  expect(withName('ask @to', found, 7, 'Tom Sample').insert).toBe('@Tom Sample ');
});
