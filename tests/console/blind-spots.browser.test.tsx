import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/ui/theme.css';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { shownOf } from '../../src/console/blind-spots/rows.ts';
import { createClient } from '../../src/console/client.ts';
import { BLIND_SPOTS, type BlindSpot, type Listed } from '../../src/domain/blind-spots.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { sampleServer } from './sample-server.ts';

beforeEach(() => page.viewport(1280, 900));

const at = (day: string) => Date.parse(`${day}T10:00:00Z`);
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const SPOTS: BlindSpot[] = [
  { kind: 'unanswered', days: 12, count: 2, since: at('2027-02-12') },
  {
    ...{ kind: 'new-contact', days: 10, since: at('2027-02-14'), lastHeard: at('2027-01-30') },
    ...{ contact: { id: id(901), name: 'Sample Kim' }, before: { id: id(902), name: 'Sample Jo' } },
  },
  {
    ...{
      kind: 'satisfied',
      days: 200,
      at: at('2027-01-24'),
      score: 9.5,
      scaleMin: 0,
      scaleMax: 10,
    },
    lastTalk: at('2026-08-08'),
  },
  { kind: 'not-asked', days: 94, asked: 3, since: at('2026-11-22') },
  { kind: 'only-stated', days: 40, count: 1, since: at('2027-01-15') },
];
const spot = (kind: BlindSpot['kind'], days?: number): BlindSpot => {
  const found = SPOTS.find((one) => one.kind === kind) as BlindSpot;
  return days === undefined ? found : { ...found, days };
};

const FEW: Listed[] = [
  { id: id(1), name: 'Sample Foods', spots: [spot('unanswered'), spot('not-asked')] },
  { id: id(2), name: 'شركة العينة للأغذية المبردة', spots: [spot('new-contact')] },
  { id: id(3), name: 'Acme Sample', spots: SPOTS.slice(2) },
  {
    id: id(4),
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Muster',
    spots: [spot('not-asked', 300)],
  },
];

function answer(rows: readonly Listed[], more: object = {}) {
  const counts = Object.fromEntries(
    BLIND_SPOTS.map((kind) => [
      kind,
      rows.filter(({ spots }) => spots.some((one) => one.kind === kind)).length,
    ]),
  );
  return { now: 0, thresholds: {}, customers: 40, counts, total: rows.length, rows, ...more };
}

async function open(body: object | (() => Response | 'offline')) {
  const server = sampleServer(0);
  const asked: string[] = [];
  server.instead = (path) => {
    if (!path.includes('/v1/blind-spots')) return null;
    return typeof body === 'function' ? body() : Response.json(body);
  };
  const { place, visited } = placeAt('#/blind-spots');
  const ask: typeof server.ask = (path, init) => {
    asked.push(String(path));
    return server.ask(path, init);
  };
  const root = draw(<App client={createClient(ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-page')).toBeTruthy());
  return { root, server, asked, visited };
}

const names = (root: Element) =>
  [...root.querySelectorAll('.c-spots-name')].map((line) => line.textContent);

describe('the page of blind spots', () => {
  test('says of each customer why it is listed, with dates and counts', async () => {
    const { root } = await open(answer(FEW));
    await soon(() => expect(names(root)).toHaveLength(4));
    expect(one(root, '[role=status]').textContent).toContain('4 of 40 customers');
    const [first, , third] = root.querySelectorAll('.c-spots > li');
    expect(first?.textContent).toContain(
      '2 grievances wait for an answer, the oldest for 12 days. Noted on 12 Feb 2027.',
    );
    expect(first?.textContent).toContain(
      'Nobody has asked them anything for 94 days. Last asked on 22 Nov 2026, 3 times in all.',
    );
    expect(third?.textContent).toContain('9.5 on a scale of 0 to 10, on 24 Jan 2027.');
    expect(one(root, 'nav [aria-current]').textContent).toBe('Blind spots');
    await expectAccessible(root);
  });

  test('leads to what is on file: the story, the grievances, the new contact', async () => {
    const { root } = await open(answer(FEW));
    await soon(() => expect(names(root)).toHaveLength(4));
    const hrefs = [...root.querySelectorAll<HTMLAnchorElement>('.c-spots a')].map((link) =>
      link.getAttribute('href'),
    );
    expect(hrefs.slice(0, 5)).toEqual([
      `#/?customer=${id(1)}`,
      `#/?kind=grievance&customer=${id(1)}`,
      `#/?customer=${id(1)}`,
      `#/?customer=${id(2)}`,
      `#/record/contact/${id(901)}?customer=${id(2)}`,
    ]);
    expect(hrefs).toContain(`#/?kind=expectation&customer=${id(3)}&class=stated`);
  });

  test('reasons, a name and the order choose what is shown', async () => {
    const { root } = await open(answer(FEW));
    await soon(() => expect(names(root)).toHaveLength(4));
    const box = (name: string) =>
      [...root.querySelectorAll('.c-spots-reasons label')].find((label) =>
        label.textContent?.startsWith(name),
      ) as HTMLElement;
    expect(box('Not asked').textContent).toBe('Not asked 3');
    await userEvent.click(box('Not asked'));
    await soon(() => expect(names(root)).toHaveLength(3));
    await userEvent.selectOptions(one<HTMLSelectElement>(root, 'select'), 'name');
    await soon(() => expect(names(root)[0]).toBe('Acme Sample'));
    await userEvent.selectOptions(one<HTMLSelectElement>(root, 'select'), 'days');
    await soon(() => expect(names(root)[0]).toContain('Donau'));
    await userEvent.fill(one<HTMLInputElement>(root, '.c-spots-filter .u-input'), 'nobody at all');
    await soon(() => expect(root.textContent).toContain('No customer fits what is chosen.'));
    await userEvent.click(one<HTMLButtonElement>(root, '.u-empty button'));
    await soon(() => expect(names(root)).toHaveLength(4));
  });

  test('a thousand: only the beginning is drawn, more comes with scrolling', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      ...{ id: id(n), name: `Sample ${String(n).padStart(4, '0')}`, spots: SPOTS.slice(n % 5) },
    }));
    const { root } = await open(answer(many, { customers: 1_200 }));
    await soon(() => expect(names(root).length).toBeGreaterThan(0));
    expect(names(root).length).toBeLessThan(200);
    expect(root.textContent).toContain('1,000 of 1,200 customers');
    const before = names(root).length;
    await soon(() => {
      one(root, '.c-page').scrollTo({ top: 1e6 });
      expect(names(root).length).toBeGreaterThan(before);
    });
    expect(new Set(names(root)).size).toBe(names(root).length);
  });

  test('where there are more than are sent, another reason asks for others', async () => {
    const { root, asked } = await open(answer(FEW, { total: 3_000 }));
    await soon(() => expect(root.textContent).toContain('These are the 4 most urgent.'));
    await userEvent.click(one(root, '.c-spots-reasons label'));
    await soon(() => expect(asked.at(-1)).toBe('/v1/blind-spots?kind=unanswered'));
  });

  test.each([
    ['nobody is a blind spot', 40, 'No customer is a blind spot.'],
    ['nobody is there at all', 0, 'There are no customers yet.'],
  ])('%s', async (_what, customers, words) => {
    const { root } = await open(answer([], { customers }));
    await soon(() => expect(root.textContent).toContain(words));
    await expectAccessible(root);
  });

  test('the server cannot be reached: said, and tried again', async () => {
    let is: 'offline' | 'there' = 'offline';
    const { root } = await open(() => (is === 'offline' ? is : Response.json(answer(FEW))));
    await soon(() => expect(root.querySelector('[role=alert]')).toBeTruthy());
    is = 'there';
    await userEvent.click(one<HTMLButtonElement>(root, '[role=alert] button'));
    await soon(() => expect(names(root)).toHaveLength(4));
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  test('reasons of a newer server are left out, their customers with them', async () => {
    const odd = { id: id(9), name: 'Newer', spots: [{ kind: 'not-yet-known', days: 3 }] };
    const { root } = await open(answer([...FEW, odd as unknown as Listed]));
    await soon(() => expect(names(root)).toHaveLength(4));
  });

  test.each([375, 1280])('%i px wide nothing is wider than the page', async (width) => {
    await page.viewport(width, 800);
    const { root } = await open(answer(FEW));
    await soon(() => expect(names(root)).toHaveLength(4));
    const list = one(root, '.c-page');
    expect(list.scrollWidth).toBeLessThanOrEqual(list.clientWidth);
    await expectAccessible(root);
  });
});

test('the longest first counts the longest reason of each, ties go by urgency', () => {
  const rows = [
    { id: id(1), name: 'A', spots: [spot('unanswered', 8), spot('not-asked', 300)] },
    { id: id(2), name: 'B', spots: [spot('unanswered', 300)] },
    { id: id(3), name: 'C', spots: [spot('not-asked', 400)] },
  ];
  const order = shownOf(rows, { kinds: [], words: '', order: 'days' }).map(({ name }) => name);
  expect(order.join('')).toBe('CAB');
});
