// What stands at the foot: how far a long exchange is, what was found, and what needs a person.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { status } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const foot = (place: HTMLElement) => place.querySelector('.s-foot')?.textContent ?? '';
const opened = () => background.calls('openOptions').map(({ hash }) => hash);

test('a first sync says how much of how much has come', async () => {
  background.status = { ...status, progress: { done: 34_000, of: 100_000 } };
  const { place } = await open(background);
  expect(foot(place)).toContain('Receiving 34,000 of 100,000');
  background.tell({ event: 'status', status });
  await settled();
  expect(foot(place)).toContain('All saved and synced');
});

test('many unsent changes: how many have gone, and that all are safe', async () => {
  background.status = { ...status, unsynced: 9, progress: { done: 3_400, of: 20_000 } };
  const { place } = await open(background);
  expect(foot(place)).toContain('Sending 3,400 of 20,000 · saved on this device');
});

test('offline is said before any progress', async () => {
  const offlineSince = Date.UTC(2027, 1, 24, 14, 10);
  background.status = { ...status, offlineSince, unsynced: 12, progress: { done: 1, of: 20 } };
  const { place } = await open(background);
  expect(foot(place)).toMatch(/Offline since \d\d:\d\d · 12 saved on this device/);
});

test('what does not agree in the server’s history is said in words, with the way to what to do', async () => {
  const words = 'The server shows another history than it showed before.';
  background.status = { ...status, finding: { words, since: 0, mayBeginAnew: false } };
  const { place } = await open(background);
  expect(foot(place)).toContain(words);
  await userEvent.click(page.getByRole('button', { name: 'What to do' }));
  expect(opened()).toEqual(['local']);
});

test('a device nobody vouched for is told to its member', async () => {
  background.status = { ...status, strangers: 1 };
  const { place } = await open(background);
  expect(foot(place)).toContain('A device that none of yours vouched for writes under your name.');
  await userEvent.click(page.getByRole('button', { name: 'Show' }));
  expect(opened()).toEqual(['devices']);
});

test('what needs attention is counted, and one click from its list', async () => {
  background.status = { ...status, attention: 2 };
  const { place } = await open(background);
  expect(foot(place)).toContain('2 need your attention');
  await userEvent.click(page.getByRole('button', { name: 'Show' }));
  expect(opened()).toEqual(['attention']);
});

test('the customer of the page is followed and let go at its line', async () => {
  background.followed = false;
  const { place } = await open(background);
  expect(place.textContent).toContain('You get only your own records of this customer.');
  await userEvent.click(page.getByRole('button', { name: 'Follow Halden Foods' }));
  await settled();
  expect(background.calls('follow')).toMatchObject([{ on: true }]);
  expect(place.textContent).toContain('You get what colleagues write about this customer.');
  await userEvent.click(page.getByRole('button', { name: 'Unfollow Halden Foods' }));
  await settled();
  expect(background.calls('follow').at(-1)).toMatchObject({ on: false });
});

test('where all are followed nothing is said of it', async () => {
  const { place } = await open(background);
  expect(place.textContent).not.toMatch(/follow/i);
});
