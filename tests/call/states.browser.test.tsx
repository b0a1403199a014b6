// Every state at both widths, in both schemes and in long words: nothing is cut, everything is big
// enough to press, and axe finds nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { say } from '../../src/extension/call/words.ts';
import { wrapWords } from '../../src/ui/call/wrap-words.ts';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBar } from './fake-bar.ts';
import { german, germanWrap } from './german.ts';
import { open, up, wait } from './open.tsx';
import { states } from './states.ts';

let background: FakeBar;
const english = { ...say };
const englishWrap = { ...wrapWords };
beforeEach(() => {
  background = new FakeBar();
});
afterEach(() => {
  Object.assign(say, english);
  Object.assign(wrapWords, englishWrap);
});

/** What stands out of the bar, or is hidden by what it stands in. */
function cut(place: HTMLElement): string[] {
  const edge = place.getBoundingClientRect().right + 1;
  return [...place.querySelectorAll<HTMLElement>('*')]
    .filter((each) => !each.matches('.u-hidden, .u-hidden *, input, svg *'))
    .filter(
      (each) =>
        each.getBoundingClientRect().right > edge ||
        (getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1),
    )
    .map((each) => each.outerHTML.slice(0, 200));
}

function small(place: HTMLElement): string[] {
  return [...place.querySelectorAll('button, select, label:has(input)')]
    .filter((each) => each.checkVisibility())
    .map((each) => ({ html: each.outerHTML, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ html }) => html);
}

describe.each(Object.keys(states))('%s', (name) => {
  test.each([
    [420, 'light', false],
    [420, 'dark', false],
    [320, 'light', true],
  ] as const)('%i px, %s, long words: %s', async (width, scheme, long) => {
    if (long) Object.assign(say, german);
    if (long) Object.assign(wrapWords, germanWrap);
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 700);
    let place = document.body;
    await states[name]?.(async () => {
      place = await open(background, width);
      return place;
    }, background);
    await wait(60);
    expect(cut(place)).toEqual([]);
    expect(small(place)).toEqual([]);
    await expectAccessible(place);
    up('2');
  });
});
