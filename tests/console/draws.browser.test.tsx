// Draws in the console: planned by keyboard, seen with their proof, replaced and abandoned with a
// reason.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  await page.viewport(1280, 1000);
});

async function open(server: SampleServer, at = '#/draws') {
  const { place, go } = placeAt(at);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-draws')).not.toBeNull());
  return { root, go, place };
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const field = (name: string) => page.getByRole('textbox', { name, exact: true });

async function plan(server: SampleServer, name: string) {
  const opened = await open(server);
  await press('Plan a draw');
  await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await userEvent.keyboard(name);
  await soon(() => expect(opened.root.textContent).toContain('40 projects fit. 29 projects'));
  return opened;
}

test('what fits is counted as one chooses, and the draw says who is to be reviewed', async () => {
  const server = sampleServer(0);
  const { root, go } = await plan(server, 'Spring audit');
  await expectAccessible(root);
  expect(one(root, '.c-draw-table').textContent).toContain('unhappy20');
  await userEvent.selectOptions(page.getByLabelText('State'), 'closed');
  await soon(() => expect(server.draws.asked.at(-1)?.filter).toEqual({ state: ['closed'] }));
  await userEvent.fill(field('How many'), '41');
  expect(root.textContent).toContain('A whole number from 1 to 40.');
  await userEvent.fill(field('How many'), '3');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  expect(server.draws.all[0]).toMatchObject({
    ...{ name: 'Spring audit', blind: true, filter: { state: ['closed'] } },
    method: { kind: 'stratified', size: 3, least: 1 },
  });
  go(`#/draws/${server.draws.all[0]?.id}`);
  await soon(() => expect(root.querySelectorAll('tbody tr')).toHaveLength(3));
  expect(root.textContent).toContain('3 of 40 projects, drawn');
  await expectAccessible(root);
});

test('where the answer was lost, drawing again makes no second draw', async () => {
  const server = sampleServer(0);
  const { ask } = server;
  let isLost = true;
  server.ask = async (path, init) => {
    const answer = await ask(path, init);
    if (path !== '/v1/draws' || init?.method !== 'POST' || !isLost) return answer;
    isLost = false;
    throw new TypeError('Failed to fetch');
  };
  const { root } = await plan(server, 'Spring audit');
  await press('Announce and draw');
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  await press('Announce and draw');
  await soon(() => expect(root.querySelector('.c-draw-plan')).toBeNull());
  expect(server.draws.all).toHaveLength(1);
});

test('what is asked for before it was counted is drawn as soon as it is', async () => {
  const server = sampleServer(0);
  await open(server);
  await press('Plan a draw');
  await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await userEvent.keyboard('Spring audit{Enter}');
  expect(server.draws.all).toHaveLength(0);
  await soon(() => expect(server.draws.all).toHaveLength(1));
  expect(server.draws.all[0]).toMatchObject({ name: 'Spring audit' });
});

test('without a name it is not drawn, and nothing chosen is lost', async () => {
  const server = sampleServer(0);
  const { root } = await plan(server, ' ');
  await userEvent.fill(field('How many'), '7');
  await press('Announce and draw');
  await soon(() => expect(root.textContent).toContain('Give it a name.'));
  expect(server.draws.all).toEqual([]);
  expect((field('How many').element() as HTMLInputElement).value).toBe('7');
});

test('to find one if there are any, the plan says how many', async () => {
  const server = sampleServer(0);
  const { root } = await plan(server, 'Discovery');
  await userEvent.click(page.getByText('To find one, if there are any'));
  await soon(() => expect(root.textContent).toContain('31 projects to be drawn.'));
  await press('Announce and draw');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  expect(server.draws.all[0]?.method).toEqual({
    ...{ kind: 'discovery', size: 31, among: 2, confidence: 0.95 },
  });
});

test('one is replaced with a reason, and the draw abandoned with one; both stay to be read', async () => {
  const server = sampleServer(0);
  const { root, go } = await plan(server, 'Spring audit');
  await userEvent.fill(field('How many'), '2');
  await press('Announce and draw');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  go(`#/draws/${server.draws.all[0]?.id}`);
  await soon(() => expect(root.querySelectorAll('tbody tr')).toHaveLength(2));
  await userEvent.click(page.getByRole('button', { name: 'Replace: Sample project 0' }));
  await userEvent.click(page.getByRole('button', { name: 'Replace by the next one' }));
  await soon(() => expect(root.textContent).toContain('Say why.'));
  await userEvent.fill(page.getByRole('textbox', { name: 'Why', exact: true }), 'Erased');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(root.textContent).toContain('Sample project 500 · came in'));
  expect(root.textContent).toContain('Sample project 0, replaced by Sample project 500. Erased');
  await userEvent.click(page.getByRole('button', { name: 'Abandon this draw' }));
  await userEvent.fill(page.getByRole('textbox', { name: 'Why', exact: true }), 'Too few');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(root.textContent).toContain('Abandoned: Too few'));
  expect(root.textContent).not.toContain('Abandon this draw');
  await userEvent.click(page.getByText('To draw it again'));
  expect(root.textContent).toContain('sample.example/log');
  await expectAccessible(root);
});

test('who may not draw is told whom to ask; at 375 px nothing is wider than the page', async () => {
  const server = sampleServer(0);
  await page.viewport(375, 800);
  const { root } = await plan(server, 'Spring audit');
  expect(root.scrollWidth).toBeLessThanOrEqual(375);
  server.role = 'annotator';
  const { place } = placeAt('#/draws');
  const other = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(other.textContent).toContain('managers, admins and auditors'));
});

test('a calibration takes two reviewers; what they had a hand in is left out, and said', async () => {
  const server = sampleServer(0);
  const { root: before } = await plan(server, 'Spring audit');
  // Tom writes notes: he does not review, and is not offered.
  await soon(() => expect(before.querySelectorAll('.c-draw-reviewers label')).toHaveLength(1));
  before.remove();
  server.tom = { role: 'auditor', active: true };
  const { root, go } = await plan(server, 'Autumn calibration');
  await userEvent.click(page.getByRole('checkbox', { name: /^A calibration/ }));
  await soon(() => expect(root.textContent).toContain('takes at least two reviewers.'));
  await userEvent.fill(field('How many'), '3');
  await press('Announce and draw');
  expect(server.draws.all).toEqual([]);
  await userEvent.click(page.getByRole('checkbox', { name: 'Sample Mira' }));
  await soon(() => expect(root.textContent).not.toContain('are left out'));
  await userEvent.click(page.getByRole('checkbox', { name: 'Sample Tom' }));
  await expectAccessible(root);
  await soon(() => expect(root.textContent).toContain('3 are left out: one of the reviewers'));
  await press('Announce and draw');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  expect(server.draws.all[0]).toMatchObject({ calibration: true, reviewers: { length: 2 } });
  go(`#/draws/${server.draws.all[0]?.id}`);
  await soon(() => expect(root.querySelector('a[href^="#/calibration/"]')).not.toBeNull());
});

test('how much was looked at: each rate with how many it is of', async () => {
  const server = sampleServer(0);
  const { root, go } = await plan(server, 'Spring audit');
  await press('Announce and draw');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  go(`#/draws/${server.draws.all[0]?.id}`);
  await soon(() => expect(root.querySelector('h2')).not.toBeNull());
  go('#/draws');
  await soon(() => expect(root.querySelector('.c-coverage table')).not.toBeNull());
  const [projects, customers] = root.querySelectorAll('.c-coverage table');
  expect(projects?.textContent).toMatch(/Last three months1, 1 abandoned2 of 40 \(5\.0\s%\)1 of 2/);
  expect(projects?.textContent).toContain('none drawn');
  expect(customers?.textContent).toContain('1 of 8');
  expect(root.textContent).toContain('Wilson’s interval at 95 %');
  await expectAccessible(root);
});

test('more than a browser shows well come when asked for; more than can be drawn is said before', async () => {
  const server = sampleServer(0);
  server.draws.fitting = 100_000;
  const { root, go } = await open(server);
  await press('Plan a draw');
  await userEvent.keyboard('Many');
  await soon(() => expect(root.textContent).toContain('100,000 projects fit.'));
  await userEvent.fill(field('How many'), '10001');
  await soon(() => expect(root.textContent).toContain('A whole number from 1 to 10,000.'));
  await press('Announce and draw');
  expect(server.draws.all).toEqual([]);
  await userEvent.fill(field('How many'), '450');
  await press('Announce and draw');
  await soon(() => expect(server.draws.all).toHaveLength(1));
  go(`#/draws/${server.draws.all[0]?.id}`);
  await soon(() => expect(root.querySelectorAll('tbody tr')).toHaveLength(200));
  await press('Show all 450');
  await soon(() => expect(root.querySelectorAll('tbody tr')).toHaveLength(450));
});
