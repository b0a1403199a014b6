// Calibration in the console: what the numbers mean, what cannot be said, and who waits for whom.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { calibration, SampleProgrammes } from './sample-programmes.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

async function open(server: SampleProgrammes, at = '#/calibration') {
  const { place, go } = placeAt(at);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('h1')?.textContent).toBe('Calibration'));
  return { root, go };
}

const times = <T,>(count: number, row: T): T[] => Array.from({ length: count }, () => row);
const agreed = [...times(10, [true, true] as const), ...times(6, [false, false] as const)];

async function shown(server: SampleProgrammes) {
  const [found] = server.calibrations;
  const { root } = await open(server, `#/calibration/${found?.calibration.id}`);
  await soon(() => expect(root.querySelector('h2')).not.toBeNull());
  return root;
}

test('agreement in a sentence, with n and intervals; differences side by side with their reasons', async () => {
  const server = new SampleProgrammes();
  server.calibrations = [calibration([...agreed, ...times(4, [true, false] as const)])];
  const { root, go } = await open(server);
  await soon(() => expect(root.textContent).toContain('20 projects'));
  await expectAccessible(root);
  go(one<HTMLAnchorElement>(root, '.c-draw-list a').hash);
  await soon(() => expect(root.querySelector('.c-calibration-overall')).not.toBeNull());
  const overall = one(root, '.c-calibration-overall').textContent ?? '';
  expect(overall).toContain('They agree moderately. With so few it may be far off.');
  expect(overall).toMatch(/16 of 20 \(80\s%; \d+\s% to \d+\s%\)/);
  expect(overall).toMatch(/0\.60 \(0\.\d\d to 0\.\d\d; n 20\)/);
  const [first] = root.querySelectorAll('.c-differences > li');
  expect(first?.textContent).toContain('Sample MiraOurs: yes');
  expect(first?.textContent).toContain('Sample TomOurs: no');
  expect(first?.textContent).toContain('Nobody asked in 16.');
  expect(first?.querySelector('a')?.hash).toContain('#/story/project/');
  await expectAccessible(root);
  // Against the customer nothing was judged, and that is said.
  await userEvent.click(page.getByText('against what the customer asked for'));
  await soon(() => expect(root.textContent).toContain('No standard was held against this.'));
  expect(one(root, '.c-calibration-overall').textContent).toContain('not defined');
  await userEvent.click(page.getByText('How to read this'));
  expect(root.textContent).toContain('Landis and Koch');
});

test('more than a few differences come when asked for', async () => {
  const server = new SampleProgrammes();
  server.calibrations = [calibration([...agreed, ...times(12, [true, false] as const)])];
  const root = await shown(server);
  expect(root.querySelectorAll('.c-differences > li')).toHaveLength(8);
  await userEvent.click(page.getByRole('button', { name: 'Show 4 more' }));
  expect(root.querySelectorAll('.c-differences > li')).toHaveLength(12);
});

test.each([
  ['one category', times(5, [true, true] as const), 'nothing else to compare it with'],
  [
    'all agree',
    [
      [true, true],
      [false, false],
      [true, true],
    ] as const,
    'They agreed each time.',
  ],
  ['nothing', [], 'Nothing was judged by all of them.'],
])('undefined cases are said: %s', async (_, rows, words) => {
  const server = new SampleProgrammes();
  server.calibrations = [calibration(rows)];
  const root = await shown(server);
  expect(one(root, '.c-calibration-meaning').textContent).toContain(words);
  expect(root.textContent).not.toContain('NaN');
});

test('nobody sees scores before; who waits for whom is said, and who left', async () => {
  const server = new SampleProgrammes();
  const waiting = calibration(agreed, { waits: 'own', done: 16 });
  server.calibrations = [waiting];
  const root = await shown(server);
  expect(root.textContent).toContain('Finish your own reviews first.');
  expect(root.querySelector('.c-calibration-overall')).toBeNull();
  await expectAccessible(root);
  root.remove();
  const [mira] = waiting.calibration.reviewers;
  server.calibrations = [
    calibration(agreed, {
      ...{ names: false, gone: 1 },
      reviewers: [
        { id: 'A', letter: 'A', left: false },
        ...(mira ? [{ id: 'B', letter: 'B', left: true }] : []),
      ],
    }),
  ];
  const other = await shown(server);
  expect(other.textContent).toContain('Reviewer A');
  expect(other.textContent).toContain('Reviewer B · left, or may not review any more');
  expect(other.textContent).toContain('1 of those drawn is not there any more and does not count.');
  expect(other.textContent).toContain('Figures about one person are switched off here');
});

test('none yet leads to the draws; at 375 px the page is no wider, dark or light', async () => {
  await page.viewport(375, 800);
  const server = new SampleProgrammes();
  const { root } = await open(server);
  await soon(() => expect(root.querySelector('a[href="#/draws"].u-button')).not.toBeNull());
  root.remove();
  server.calibrations = [calibration([...agreed, [true, false]])];
  const other = await shown(server);
  await soon(() => expect(other.querySelector('.c-differences')).not.toBeNull());
  expect(other.scrollWidth).toBeLessThanOrEqual(375);
  await expectAccessible(other);
});
