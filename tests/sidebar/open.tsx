import { expect, vi } from 'vitest';
import type { Locator } from 'vitest/browser';
import '../../src/extension/sidebar/sidebar.css';
import { App } from '../../src/extension/sidebar/app.tsx';
import { Sidebar } from '../../src/extension/sidebar/model.ts';
import { draw } from '../ui/draw.ts';
import type { FakeBackground } from './fake-background.ts';
import { sampleId } from './samples.ts';

/** The sidebar over this background, as wide as in a page. */
export async function open(background: FakeBackground, width = 360, tab: number | null = null) {
  let time = 10_000;
  const now = () => {
    time += 1;
    return time;
  };
  const sidebar = new Sidebar({
    ...{ client: background.client, tab, now: () => background.time ?? now() },
    steady: () => background.steady ?? performance.now(),
    newId: () => sampleId(0x600 + background.made.length),
  });
  const place = draw(<App sidebar={sidebar} />);
  place.style.width = `${width}px`;
  sidebar.start();
  await vi.waitFor(() => expect(sidebar.state.status).not.toBeNull());
  await settled();
  return { place, sidebar };
}

/** What was answered has been drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setTimeout(done, 5));
  await new Promise((done) => requestAnimationFrame(() => done(null)));
}

/** The element's text comes to hold these words. */
export async function expectText(locator: Locator, words: string | RegExp): Promise<void> {
  await expect.poll(() => locator.element().textContent).toMatch(words);
}
