// Standards in the console: writing one, a new version, retiring, and what happens when two write.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import type { StandardText } from '../../src/domain/standards.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

async function open(server: SampleServer) {
  const { place, go } = placeAt('#/standards');
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelector('.c-standards')).not.toBeNull());
  return { root, go };
}

const [first] = STARTER_STANDARDS as [StandardText];
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const names = (root: Element) =>
  [...root.querySelectorAll('.c-standards > .c-standard-list h2')].map((it) => it.textContent);

test('with none there is a set to begin with, and all of it can be read', async () => {
  const { root } = await open(sampleServer(0));
  await expectAccessible(root);
  await press(`Begin with ${STARTER_STANDARDS.length} standards`);
  await soon(() => expect(names(root)).toHaveLength(STARTER_STANDARDS.length));
  expect(root.textContent).toContain('at most 4 working hours');
  expect(root.textContent).toContain('at least 4 (Told of nearly everything in time)');
  await expectAccessible(root);
});

test('one is written by keyboard; what is wrong is said where it is, and nothing typed is lost', async () => {
  const server = sampleServer(0);
  const { root, go } = await open(server);
  await press('Write a standard');
  await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
  await userEvent.keyboard('Rings before we pick up');
  await userEvent.click(page.getByText('A number'));
  await userEvent.fill(field('Our target'), '3');
  await userEvent.fill(field('The customer’s target'), '3,5');
  await press('Save');
  await soon(() => expect(root.querySelectorAll('.u-error')).toHaveLength(2));
  await expectAccessible(root);
  // Another page, and back: it is still there.
  go('#/tags');
  await soon(() => expect(root.querySelector('.c-standards')).toBeNull());
  go('#/standards');
  await soon(() => expect(one<HTMLInputElement>(root, 'form input').value).toContain('Rings'));
  await userEvent.fill(field('What it asks for'), 'A person answers.');
  await userEvent.fill(field('Unit'), 'rings');
  await press('Save');
  await soon(() => expect(root.textContent).toContain('at least as good as the customer’s'));
  await userEvent.fill(field('Our target'), '4');
  await press('Save');
  await soon(() => expect(names(root)).toEqual(['Rings before we pick up']));
  expect(server.standards.all[0]?.current).toMatchObject({
    ...{ judgement: 'number', better: 'more', unit: 'rings' },
    ...{ ourTarget: 4, customerTarget: 3.5 },
  });
});

test('pressing twice writes one, and nothing typed while it is saved would be gone', async () => {
  const server = sampleServer(0);
  const { ask } = server;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.ask = async (path, init) => {
    const response = await ask(path, init);
    if (init?.method === 'POST') await answered;
    return response;
  };
  const { root } = await open(server);
  await press('Write a standard');
  await userEvent.fill(one<HTMLInputElement>(root, 'form input'), 'Rings');
  await userEvent.fill(field('What it asks for'), 'A person answers.');
  const save = one<HTMLElement>(root, 'form button[type=submit]');
  save.click();
  save.click();
  await soon(() => expect(server.standards.all).not.toHaveLength(0));
  one<HTMLInputElement>(root, 'form input').focus();
  await userEvent.keyboard(' before we pick up');
  const shown = one<HTMLInputElement>(root, 'form input').value;
  answer();
  await soon(() => expect(root.querySelector('form')).toBeNull());
  expect(names(root)).toEqual([shown]);
});

describe('a standard that is there', () => {
  test('changing it writes a new version; the old one can still be read', async () => {
    const server = sampleServer(0);
    server.standards.add(first);
    const { root } = await open(server);
    await press('Change: First answer');
    await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
    expect(root.textContent).toContain('Version 2. A standard is never changed');
    await userEvent.fill(field('Our target'), '2');
    await press('Save as a new version');
    await soon(() => expect(root.textContent).toContain('at most 2 working hours'));
    expect(root.textContent).toContain('2 versions');
    expect(server.standards.all[0]?.versions).toHaveLength(2);
    await userEvent.click(page.getByText('2 versions'));
    expect(one(root, '.c-standard-versions').textContent).toContain('at most 4 working hours');
    await expectAccessible(root);
  });

  test('somebody was faster: both are shown, and saving again is over theirs', async () => {
    const server = sampleServer(0);
    const standard = server.standards.add(first);
    const { root } = await open(server);
    await press('Change: First answer');
    await userEvent.fill(field('Weight'), '7');
    server.standards.version(standard, { ...first, ourTarget: 1 });
    await press('Save as a new version');
    await soon(() => expect(root.textContent).toContain('Somebody wrote a new version'));
    expect(root.textContent).toContain('at most 1 working hours');
    await press('Save as a new version');
    await soon(() => expect(root.querySelector('form')).toBeNull());
    expect(standard.versions.map(({ weight, ourTarget }) => [weight, ourTarget])).toEqual([
      [2, 4],
      [2, 1],
      [7, 4],
    ]);
  });

  test('being changed, it is not put away by a click on another one, or by who retires it', async () => {
    const server = sampleServer(0);
    const standard = server.standards.add(first);
    server.standards.add({ ...first, name: 'Last answer' });
    const { root } = await open(server);
    await press('Change: First answer');
    await userEvent.fill(field('What it asks for'), 'Written for an hour.');
    const area = () => root.querySelector<HTMLTextAreaElement>('form textarea')?.value;
    root.querySelector<HTMLElement>('[aria-label="Change: Last answer"]')?.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(area()).toBe('Written for an hour.');
    standard.retired = true;
    server.poke();
    await soon(() => expect(root.textContent).toContain('1 retired'));
    expect(area()).toBe('Written for an hour.');
    await press('Save as a new version');
    await soon(() => expect(standard.current.text).toBe('Written for an hour.'));
  });

  test('retired, it is out of the list and can be used again', async () => {
    const server = sampleServer(0);
    server.standards.add(first);
    const { root } = await open(server);
    await press('Retire: First answer');
    await soon(() => expect(root.textContent).toContain('1 retired'));
    expect(names(root)).toEqual([]);
    await userEvent.click(page.getByText('1 retired'));
    await press('Use again: First answer');
    await soon(() => expect(names(root)).toEqual(['First answer']));
  });

  test('the server cannot be reached: it is said, and what was written stays', async () => {
    const server = sampleServer(0);
    server.standards.add(first);
    const { root } = await open(server);
    await press('Change: First answer');
    await userEvent.fill(field('Weight'), '9');
    server.instead = (path) => (path.includes('/standards/') ? 'offline' : null);
    await press('Save as a new version');
    await soon(() => expect(root.querySelector('[role=alert]')).not.toBeNull());
    expect((field('Weight').element() as HTMLInputElement).value).toBe('9');
  });
});

test('who may not write reads', async () => {
  const server = sampleServer(0);
  server.role = 'annotator';
  server.standards.add(first);
  const { root } = await open(server);
  expect(names(root)).toEqual(['First answer']);
  expect(root.textContent).toContain('Ask one of them');
  expect(root.querySelector('.c-standards button')).toBeNull();
});
