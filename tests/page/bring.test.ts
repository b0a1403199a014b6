// A part of the script comes, whatever else is put into the page meanwhile.
import { expect, test } from 'vitest';
import { bring, isUnpacked } from '../../src/extension/page/bring.ts';
import type { Site } from '../../src/sites/index.ts';

const reader = (name: string, pack?: string) =>
  ({ name, ...(pack === undefined ? {} : { pack }) }) as Site;
/** As a pack of readers begins: one for plain pages, and the name of what reads any other. */
const first = () => [reader('generic'), reader('generic', 'generic-more')];
const whole = [reader('generic')];

test('a click on the button while a pack is on its way does not pass for the pack', async () => {
  let here: readonly Site[] = first();
  let asked = 0;
  await bring({
    async ask() {
      asked += 1;
      // The first readers again, put in by the click; the pack comes only when it is asked for anew.
      here = asked === 1 ? first() : whole;
    },
    isHere: () => isUnpacked(here, 'generic-more'),
    alive: () => true,
    again: [1, 1],
  });
  expect(here).toBe(whole);
  expect(asked).toBe(2);
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
