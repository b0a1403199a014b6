// In a long language, narrow and wide, light and dark: nothing is cut, and axe finds nothing.
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { say } from '../../src/extension/calls/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeCalls } from './fake-calls.ts';
import { german } from './german.ts';
import { open } from './open.tsx';
import { sampleCall, sampleTag } from './samples.ts';

const english = { ...say };
afterEach(() => {
  Object.assign(say, english);
});

/** What stands out of the page, or has more words than room. Fields and the list's lines scroll. */
function cut(root: HTMLElement): string[] {
  const edge = document.documentElement.clientWidth + 1;
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((each) => !each.matches('.u-hidden, .u-hidden *, .k-tags *, input, textarea, select'))
    .filter(
      (each) =>
        each.getBoundingClientRect().right > edge ||
        (each.matches('.u-button, .u-label, h1, h2, nav a, .u-hint') &&
          each.scrollWidth > each.clientWidth + 1 &&
          each.clientWidth > 1),
    )
    .map((each) => `${each.className} ${each.textContent?.slice(0, 60)}`);
}

test.each([
  [375, 'light'],
  [375, 'dark'],
  [1024, 'dark'],
] as const)('at %i px, %s', async (width, scheme) => {
  await page.viewport(width, 900);
  document.documentElement.style.colorScheme = scheme;
  Object.assign(say, german);
  const background = new FakeCalls();
  const call = sampleCall(0, {
    subject: 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel'.repeat(2),
    customer: { id: 'c', name: 'نفترض أن الشهادات' },
  });
  background.list = [call, sampleCall(1, { state: 'parked', customer: null })];
  background.tags = [0, 1, 2, 3].map((n) => sampleTag(call, n));
  const { root, go } = await open(background);
  expect(cut(root)).toEqual([]);
  await expectAccessible(root);
  go(`#/call/${call.id}`);
  await soon(() => one(root, '.k-tag'));
  await userEvent.click(root.querySelectorAll('.k-tag')[3] as Element);
  await userEvent.fill(page.getByLabelText(say.shiftBy), '1:00');
  expect(cut(root)).toEqual([]);
  await expectAccessible(root);
  go('#/waiting');
  await soon(() => one(root, '.k-waiting'));
  expect(cut(root)).toEqual([]);
  await expectAccessible(root);
});
