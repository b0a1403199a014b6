// Programmes in the console: made by keyboard, what they wait for said, stopped and taken over.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { programme, SampleProgrammes } from './sample-programmes.ts';
import { MEMBERS } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  sessionStorage.clear();
  localStorage.clear();
  await page.viewport(1280, 1000);
});

const NOW = () => new Date('2027-02-24T10:00:00Z');

async function open(server: SampleProgrammes, at = '#/programmes') {
  const { place } = placeAt(at);
  const root = draw(
    <App client={createClient(server.ask)} ask={server.ask} place={place} now={NOW} />,
  );
  await soon(() => expect(root.querySelector('h1')?.textContent).toBe('Draws that come again'));
  return root;
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

test('made by keyboard; what is missing is said, and a reload loses nothing', async () => {
  const server = new SampleProgrammes();
  const root = await open(server);
  await soon(() => expect(root.textContent).toContain('Nothing is drawn by itself yet.'));
  await press('Plan a programme');
  await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(root.textContent).toContain('Give it a name.'));
  await userEvent.keyboard('Every month, four');
  await expectAccessible(root);
  root.remove();
  const again = await open(server);
  await soon(() =>
    expect((field('Name').element() as HTMLInputElement).value).toBe('Every month, four'),
  );
  await userEvent.fill(field('How many each time'), '0');
  await press('Save');
  await soon(() => expect(again.textContent).toContain('A whole number from 1 to 10,000.'));
  await userEvent.fill(field('How many each time'), '4');
  await userEvent.click(page.getByRole('checkbox', { name: 'Sample Mira' }));
  await press('Save');
  await soon(() => expect(server.all).toHaveLength(1));
  expect(server.all[0]).toMatchObject({
    ...{ name: 'Every month, four', size: 4, every: 'month', from: '2027-02-24' },
    reviewers: [{ id: MEMBERS[0].id }],
  });
  await soon(() =>
    expect(again.textContent).toContain('Every month, 4 projects of the 40 that fit now.'),
  );
  expect(again.textContent).toContain('Next draw: 24 Mar 2027.');
  expect(sessionStorage.getItem('unsaid programme')).toBeNull();
  await expectAccessible(again);
});

test('what it waits for is said: nothing fits, too few, who wrote it left', async () => {
  const server = new SampleProgrammes();
  const left = { auditor: { id: 'x', name: 'Sample Lea', active: false }, mayDraw: false };
  const gone = { id: 'y', name: 'Sample Uma', active: false, mayReview: false };
  server.all = [
    programme(1, { name: 'Lost ones' }, { fits: 0, owed: '2027-02-20' }),
    programme(2, { name: 'Few', size: 9 }, { fits: 3, owed: '2027-02-24' }),
    programme(3, { name: 'Left' }, { ...left, reviewers: [gone] }),
  ];
  const root = await open(server);
  await soon(() => expect(root.querySelectorAll('[data-programme]')).toHaveLength(3));
  const text = root.textContent ?? '';
  expect(text).toContain('Due since 20 Feb 2027, but nothing fits. It draws once something does.');
  expect(text).toContain('It is drawn within the hour. All 3 are drawn, as there are no more.');
  expect(text).toContain('Sample Lea wrote this and left');
  expect(text).toContain('Sample Uma may not review any more.');
  await expectAccessible(root);
  await press('Take it over: Left');
  await soon(() => expect(root.textContent).toContain('Left is drawn in your name now.'));
  // Who left is not kept as a reviewer.
  expect(server.all[2]).toMatchObject({ mayDraw: true, reviewers: [] });
});

test('stopped and started again; its draws are one press away', async () => {
  const server = new SampleProgrammes();
  const drawn = { id: 'd', at: null, name: 'Spring, 2027-01-24', size: 4, population: 40 };
  const draws = [
    { ...drawn, state: 'drawn' as const },
    { ...drawn, id: 'e', name: 'Spring, 2026-12-24', state: 'abandoned' as const },
  ];
  server.all = [programme(1, { name: 'Spring' }, { draws })];
  const root = await open(server);
  await soon(() => expect(root.textContent).toContain('2 draws, 1 abandoned'));
  await userEvent.click(page.getByText('2 draws, 1 abandoned'));
  expect(root.querySelector('a[href="#/draws/d"]')?.textContent).toBe('Spring, 2027-01-24');
  await press('Stop: Spring');
  await soon(() => expect(root.textContent).toContain('Stopped.'));
  await press('Start again: Spring');
  await soon(() => expect(root.textContent).toContain('Next draw: 24 Mar 2027.'));
});

test('of two who change it at once, the second sees theirs and keeps their own', async () => {
  const server = new SampleProgrammes();
  server.all = [programme(1, { name: 'Spring' })];
  const root = await open(server);
  await soon(() => expect(root.querySelectorAll('[data-programme]')).toHaveLength(1));
  await press('Change: Spring');
  await userEvent.fill(field('How many each time'), '12');
  server.clash = true;
  await press('Save');
  await soon(() => expect(root.textContent).toContain('Somebody has changed it in the meantime.'));
  expect(root.querySelector('h2')?.textContent).toBe('Spring, theirs');
  expect((field('How many each time').element() as HTMLInputElement).value).toBe('12');
  await press('Save');
  await soon(() => expect(server.all[0]).toMatchObject({ name: 'Spring', size: 12 }));
});

test('at 375 px nothing is wider than the page; an annotator is told whom to ask', async () => {
  await page.viewport(375, 800);
  const server = new SampleProgrammes();
  server.all = [programme(1, { name: 'W'.repeat(120) })];
  const root = await open(server);
  await press(`Change: ${'W'.repeat(120)}`);
  expect(root.scrollWidth).toBeLessThanOrEqual(375);
  root.remove();
  server.behind.role = 'annotator';
  const { place } = placeAt('#/programmes');
  const other = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(other.querySelector('h1')).not.toBeNull());
  expect(other.querySelector('[data-add]')).toBeNull();
});

test('saved twice at once, or again after a lost answer, it is one programme', async () => {
  const server = new SampleProgrammes();
  const { ask } = server;
  let isLost = true;
  server.ask = async (path, init) => {
    const answer = await ask(path, init);
    if (init?.method !== 'POST' || !isLost) return answer;
    isLost = false;
    throw new TypeError('Failed to fetch');
  };
  const root = await open(server);
  await press('Plan a programme');
  await userEvent.fill(field('Name'), 'Every month, four');
  await userEvent.fill(field('How many each time'), '4');
  const save = page.getByRole('button', { name: 'Save', exact: true }).element() as HTMLElement;
  save.click();
  save.click();
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  await press('Save');
  await soon(() => expect(root.querySelector('form')).toBeNull());
  expect(server.all).toHaveLength(1);
});

test('a plan that is being written is nobody else’s who signs in at this browser', async () => {
  const server = new SampleProgrammes();
  const root = await open(server);
  await press('Plan a programme');
  await userEvent.fill(field('Name'), 'Mine alone');
  root.remove();
  const member = { ...MEMBERS[1], email: 'tom@brightwater.example', role: 'manager' };
  const me = { member, workspace: { id: 'w', name: 'Brightwater Sample' } };
  server.behind.instead = (path) => (path === '/v1/me' ? Response.json(me) : null);
  const other = await open(server);
  await soon(() => expect(other.textContent).toContain('Nothing is drawn by itself yet.'));
  expect(other.querySelector('form')).toBeNull();
});
