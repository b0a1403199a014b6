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
