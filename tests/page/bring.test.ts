// A part of the script comes, whatever else is put into the page meanwhile.
import { expect, test } from 'vitest';
import { bring } from '../../src/extension/page/bring.ts';
import { offer } from '../../src/extension/page/offer.ts';
import { shared } from '../../src/extension/page/shared-names.ts';
import type { Site } from '../../src/sites/index.ts';

const reader = (name: string) => ({ name }) as Site;

test('a click on the button while a pack is on its way does not pass for the pack', async () => {
  const whole = [reader('generic')];
  let asked = 0;
  await bring({
    async ask() {
      asked += 1;
      // The first readers again, put in by the click; the pack comes only when it is asked for anew.
      if (asked === 1) offer('any', [reader('generic')]);
      else offer('generic-more', whole);
    },
    isHere: () => shared.packs['generic-more'] !== undefined,
    alive: () => true,
    again: [1, 1],
  });
  expect(asked).toBe(2);
  offer('any', [reader('generic')]);
  expect(shared.packs['generic-more']).toBe(whole);
});

test('what does not come is asked for a few times, and not once the extension is gone', async () => {
  const tried = async (alive: boolean) => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
    };
    await bring({ ask, isHere: () => false, alive: () => alive, again: [1, 1] });
    return asked;
  };
  expect(await tried(true)).toBe(3);
  expect(await tried(false)).toBe(1);
});
