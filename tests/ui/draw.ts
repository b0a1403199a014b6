import axe from 'axe-core';
import { type ComponentChild, render } from 'preact';
import { afterEach, expect, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/ui/theme.css';

const places: HTMLElement[] = [];

afterEach(() => {
  for (const place of places.splice(0)) {
    render(null, place);
    place.remove();
  }
  document.documentElement.style.colorScheme = '';
});

/** Draws into the document; taken away after the test. */
export function draw(content: ComponentChild): HTMLElement {
  const place = document.body.appendChild(document.createElement('div'));
  places.push(place);
  document.documentElement.lang = 'en';
  document.title = 'Test';
  render(content, place);
  return place;
}

/** The one element that matches; the test fails where there is none. */
export function one<E extends Element = HTMLElement>(within: ParentNode, selector: string): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

/** Does it in the same turn in which something that matches is drawn: no key can come sooner. */
export function atOnce(within: Element, selector: string, then: () => void): Promise<void> {
  return new Promise((done) => {
    const drawn = new MutationObserver(() => {
      if (!within.querySelector(selector)) return;
      drawn.disconnect();
      then();
      done();
    });
    drawn.observe(within, { subtree: true, childList: true, attributes: true });
  });
}

/** Tries until it passes, for longer than a busy machine needs. */
export function soon<T>(attempt: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(attempt, { timeout: 10_000, interval: 20 });
}

/**
 * Nothing found by axe (WCAG 2.2 AA and good practice), said with the places if there is. A colour on
 * its way to another, or a page that is being laid out, is looked at again. With VITE_LOOK=$PWD/dist/look in
 * the environment a picture of it is kept there, for people to look at.
 */
export async function expectAccessible(within: Element): Promise<void> {
  await keepPicture();
  for (let looks = 1; ; looks += 1) {
    const { violations } = await axe.run(within, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }));
    if (found.length === 0) return;
    if (looks === 3) expect(found).toEqual([]);
    await new Promise((done) => setTimeout(done, 400));
  }
}

let pictures = 0;

async function keepPicture(): Promise<void> {
  const folder: unknown = import.meta.env.VITE_LOOK;
  if (typeof folder !== 'string' || folder === '') return;
  pictures += 1;
  const name = (expect.getState().currentTestName ?? '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 120);
  await page.screenshot({ path: `${folder}/${name}-${pictures}.png` });
}
