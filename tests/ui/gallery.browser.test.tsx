import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { draw, expectAccessible } from './draw.ts';
import { Gallery } from './gallery.tsx';

describe.each(['light', 'dark'])('all pieces, %s', (scheme) => {
  test('axe finds nothing', async () => {
    document.documentElement.style.colorScheme = scheme;
    await expectAccessible(draw(<Gallery />));
  });
});

test.each([280, 360])('nothing is wider than a sidebar of %i px', async (width) => {
  await page.viewport(width, 800);
  draw(<Gallery />);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});

test('every control is at least 24 px high and wide', async () => {
  await page.viewport(360, 800);
  const place = draw(<Gallery />);
  const small = [
    ...place.querySelectorAll('button, select, input:not([type=radio]), label:has(input)'),
  ]
    .map((control) => ({ text: control.outerHTML, box: control.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24);
  expect(small.map(({ text }) => text)).toEqual([]);
});
