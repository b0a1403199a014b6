// Getting around: the navigation and whose pages stand in it, the menu of a narrow screen, where the
// keyboard and the tab's title go.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/theme.css';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 900);
});

async function open(server: SampleServer, hash = '#/settings') {
  const { place, go } = placeAt(hash);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => one(root, 'nav'));
  return { root, go };
}

const links = (root: Element) => [...root.querySelectorAll<HTMLAnchorElement>('nav a')];
const names = (root: Element) => links(root).map((link) => link.textContent);
const heading = (root: Element, words: string) =>
  soon(() => {
    const found = one(root, 'h1');
    expect(found.textContent).toBe(words);
    return found;
  });

test('the button of the menu is there only where the navigation does not fit', async () => {
  const { root } = await open(sampleServer(0));
  const shown = () => getComputedStyle(one(root, '.c-menu-button')).display !== 'none';
  expect(shown()).toBe(false);
  await page.viewport(375, 800);
  await soon(() => expect(shown()).toBe(true));
});

describe('whose pages', () => {
  const annotators = [
    ...['Register', 'Blind spots', 'Reviews', 'Inquiries', 'Improvements', 'Standards'],
    ...['People', 'Call tags', 'Questions to ask', 'Settings', 'Exports'],
  ];
  const auditing = ['Story', 'Insight', 'Draws', 'Programmes', 'Calibration', 'Log'];
  test.each([
    ['annotator', annotators],
    ['auditor', [...annotators, ...auditing]],
    ['manager', [...annotators, ...auditing, 'Import']],
    ['admin', [...annotators, ...auditing, 'Import', 'Retention', 'Erasure']],
  ] as const)('%s: the navigation has the pages they may open', async (role, expected) => {
    const server = sampleServer(0);
    server.role = role;
    const { root } = await open(server);
    expect(names(root).sort()).toEqual([...expected].sort());
  });

  test('an address that is not theirs says whose it is, and nothing is asked for', async () => {
    const server = sampleServer(0);
    server.role = 'annotator';
    const { root } = await open(server, '#/erasure');
    await heading(root, 'Not your page');
    expect(one(root, 'main').textContent).toContain('This page is for admins.');
    expect(server.requests.some(({ line }) => line.includes('erasure'))).toBe(false);
    await expectAccessible(root);
  });
});

describe('going to another page', () => {
  test('leads the keyboard to its heading and names the tab by it', async () => {
    const { root, go } = await open(sampleServer(3));
    await heading(root, 'Settings of the workspace');
    await soon(() =>
      expect(document.title).toBe('Settings of the workspace · Brightwater Sample · Unsaid'),
    );
    // Arriving takes nothing from anybody.
    expect(document.activeElement).toBe(document.body);
    const link = links(root).find(({ textContent }) => textContent === 'Call tags');
    link?.focus();
    go('#/tags');
    const tags = await heading(root, 'Call tags');
    await soon(() => expect(document.activeElement).toBe(tags));
    expect(document.title).toBe('Call tags · Brightwater Sample · Unsaid');
    expect(one(root, 'nav [aria-current=page]').textContent).toBe('Call tags');
    await soon(() => one(root, 'main button'));
    await userEvent.tab();
    expect(one(root, 'main').contains(document.activeElement)).toBe(true);
  });

  test('what is being written keeps the keyboard', async () => {
    const { root, go } = await open(sampleServer(3), '#/');
    const field = await soon(() => one<HTMLInputElement>(root, 'main input'));
    field.focus();
    go('#/?words=late');
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(document.activeElement).toBe(field);
  });

  test('the first stop of the keyboard leads past the navigation', async () => {
    const { root } = await open(sampleServer(3));
    await heading(root, 'Settings of the workspace');
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Skip to content');
    expect(document.activeElement?.getBoundingClientRect().width).toBeGreaterThan(40);
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(one(root, 'main'));
    await userEvent.tab();
    expect(one(root, 'main').contains(document.activeElement)).toBe(true);
  });
});

describe('on a narrow screen', () => {
  beforeEach(() => page.viewport(375, 720));
  const menu = (root: Element) => one<HTMLButtonElement>(root, '.c-menu-button');
  const isShown = (root: Element) => one(root, 'nav').checkVisibility();

  test('the menu opens by keyboard, is whole, and closes by Escape, elsewhere or by going', async () => {
    const { root, go } = await open(sampleServer(3));
    await heading(root, 'Settings of the workspace');
    expect(isShown(root)).toBe(false);
    menu(root).focus();
    await userEvent.keyboard('{Enter}');
    expect(isShown(root)).toBe(true);
    expect(menu(root).getAttribute('aria-expanded')).toBe('true');
    const [first] = links(root);
    await userEvent.tab();
    expect(document.activeElement).toBe(first);
    // The last of them can be reached.
    const signOut = one(root, '.c-me button');
    signOut.focus();
    expect(signOut.getBoundingClientRect().bottom).toBeLessThanOrEqual(720);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(375);
    await expectAccessible(root);

    await userEvent.keyboard('{Escape}');
    expect(isShown(root)).toBe(false);
    expect(document.activeElement).toBe(menu(root));

    await userEvent.click(menu(root));
    await userEvent.click(one(root, 'main'), { position: { x: 20, y: 650 } });
    await soon(() => expect(isShown(root)).toBe(false));

    await userEvent.click(menu(root));
    links(root)
      .find(({ textContent }) => textContent === 'Call tags')
      ?.click();
    go('#/tags');
    await soon(() => expect(isShown(root)).toBe(false));
    await heading(root, 'Call tags');
  });
});
