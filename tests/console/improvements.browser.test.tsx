// Improvements in the console: what is late is seen without colour, one goes from open to whether it
// helped by keyboard, and nothing that was typed is lost.
import { render } from 'preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { SampleImprovements } from './sample-improvements.ts';
import { MEMBERS } from './sample-server.ts';

const [MIRA, TOM] = [MEMBERS[0].id, MEMBERS[1].id];
const A = '00000000-0000-7000-8000-00000000aa01';
const B = '00000000-0000-7000-8000-00000000aa02';
const C = '00000000-0000-7000-8000-00000000aa03';
const NOW = new Date('2027-02-24T12:00:00Z');

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});
afterEach(() => localStorage.clear());

async function open(server: SampleImprovements, hash: string) {
  const { place, go } = placeAt(hash);
  const client = createClient(server.ask);
  const root = draw(<App {...{ client, place }} ask={server.ask} now={() => NOW} />);
  await soon(() => expect(root.querySelector('h1')).not.toBeNull());
  return { root, go, place };
}
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const box = (name: string | RegExp) => page.getByRole('textbox', { name });
const texts = (root: Element) =>
  [...root.querySelectorAll('.c-improve-text')].map((it) => it.textContent);

test('what is late stands first and says so in words and with a sign, not by colour alone', async () => {
  const server = new SampleImprovements();
  server.add(A, { text: 'In time', due: '2027-03-01', owner: MIRA });
  server.add(B, { text: 'Too late', due: '2027-02-20', owner: TOM });
  server.add(C, { text: 'Not looked at', state: 'done', checkOn: '2027-02-23' });
  const { root } = await open(server, '#/improvements');
  await soon(() => expect(texts(root)).toHaveLength(3));
  expect(texts(root).at(-1)).toBe('In time');
  const late = [...root.querySelectorAll('.c-improve-late')];
  expect(late.map((it) => it.textContent?.trim())).toEqual([
    '4 days late: it was due 20 Feb 2027',
    'Look whether it helped: 1 day late, since 23 Feb 2027',
  ]);
  for (const line of late) expect(line.querySelector('svg')).not.toBeNull();
  expect(root.textContent).toContain('Late (2)');
  await expectAccessible(root);
});

test('from open to done to whether it helped, by keyboard; one that did not asks what is next', async () => {
  const server = new SampleImprovements();
  server.add(A, { text: 'We ought to have rung', cause: 'No rota', owner: MIRA });
  const { root } = await open(server, `#/improvements/${A}`);
  await soon(() => expect(one(root, 'h1').textContent).toBe('We ought to have rung'));
  await expectAccessible(root);
  one<HTMLButtonElement>(root, '.u-button-primary').focus();
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await userEvent.keyboard('The rota runs{Control>}{Enter}{/Control}');
  await soon(() => expect(server.fields(A).state).toBe('done'));
  // A month later, unless somebody says otherwise.
  expect(server.fields(A)).toMatchObject({ doneText: 'The rota runs', checkOn: '2027-03-26' });
  await soon(() => expect(root.textContent).toContain('To look whether it helped'));

  await press('Did it help?');
  await soon(() => expect(root.querySelector('form')).not.toBeNull());
  await press('Save');
  // Nothing was said: what is missing is said where it is.
  await soon(() => expect(root.textContent).toContain('Say whether it helped.'));
  expect(root.textContent).toContain('Say what you see it by.');
  await expectAccessible(root);
  await userEvent.click(page.getByText('It did not', { exact: true }));
  await userEvent.fill(box(/What you see it by/), 'It rang nowhere');
  await press('Save');
  await soon(() => expect(server.fields(A).effective).toBe(false));
  // The next action is asked for at once; the keyboard is in it.
  await soon(() => expect(one(root, 'form').getAttribute('aria-label')).toBe('What to try next'));
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await press('Save');
  await soon(() => expect(root.textContent).toContain('Say what to try next.'));
  expect(server.all.size).toBe(1);
  // The keyboard is where something is missing.
  await soon(() => expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true'));
  await userEvent.keyboard('Try the siren');
  await press('Save');
  await soon(() => expect(server.all.size).toBe(2));
  const [, next = ''] = [...server.all.keys()];
  expect(server.fields(next)).toMatchObject({
    follows: A,
    action: 'Try the siren',
    cause: 'No rota',
  });
  // It is shown, with the one before it.
  await soon(() => expect(texts(root)).toEqual(['We ought to have rung']));
  expect(root.textContent).toContain('Tried before it');
});

test('its quoted words, where it comes from and its history are read', async () => {
  const server = new SampleImprovements();
  server.add(A, {
    ...{ text: 'We ought to have rung', finding: B, review: C, session: B },
    project: '00000000-0000-7000-8000-0000000000d1',
    ...{ subject: { kind: 'interaction', id: B }, at: '2027-02-01T08:12:00Z' },
    evidence: { [C]: { quote: 'nobody told us' } },
  });
  server.change(A, { owner: TOM, due: '2027-03-01' });
  const { root } = await open(server, `#/improvements/${A}`);
  await soon(() => expect(one(root, 'blockquote').textContent).toBe('nobody told us'));
  expect(root.textContent).toContain('A nonconformity in a review');
  const hrefs = [...root.querySelectorAll('article a')].map((it) => it.getAttribute('href'));
  expect(hrefs).toContain(`#/reviews/${C}`);
  expect(hrefs.some((href) => href?.includes('#/story/project/'))).toBe(true);
  expect(hrefs.some((href) => href?.includes(`session=${B}`))).toBe(true);
  const history = [...root.querySelectorAll('.c-history li')].map((it) => it.textContent);
  expect(history).toHaveLength(2);
  expect(history[0]).toContain('Sample Tom');
  expect(history[0]).not.toContain(TOM);
  await expectAccessible(root);
});

test('what was typed is there after another page and a new tab, and cancelling throws it away', async () => {
  const server = new SampleImprovements();
  server.add(A, { text: 'We ought to have rung' });
  const first = await open(server, `#/improvements/${A}`);
  await soon(() => expect(first.root.querySelector('article')).not.toBeNull());
  await press('Change');
  await userEvent.fill(box(/Why it came to that/), 'Nobody is on call');
  first.go('#/improvements');
  await soon(() => expect(first.root.querySelector('article')).toBeNull());
  render(null, first.root);
  const { root } = await open(server, `#/improvements/${A}`);
  await soon(() => expect(root.querySelector('article')).not.toBeNull());
  await press('Change');
  const area = () => box(/Why it came to that/).element() as HTMLTextAreaElement;
  await soon(() => expect(area().value).toBe('Nobody is on call'));
  await press('Cancel');
  await press('Change');
  await soon(() => expect(area().value).toBe(''));
  expect(server.writes).toEqual([]);
});

test('somebody was faster: theirs is taken where nothing was written, mine where there was', async () => {
  const server = new SampleImprovements();
  server.add(A, { text: 'We ought to have rung', cause: 'one' });
  const { root } = await open(server, `#/improvements/${A}`);
  await soon(() => expect(root.querySelector('article')).not.toBeNull());
  await press('Change');
  await userEvent.fill(box(/What to do so that/), 'A rota');
  server.change(A, { cause: 'theirs' });
  await press('Save the changes');
  await soon(() => expect(root.textContent).toContain('Somebody has changed this'));
  expect((box(/Why it came to that/).element() as HTMLTextAreaElement).value).toBe('theirs');
  await press('Save the changes');
  await soon(() => expect(root.querySelector('form')).toBeNull());
  expect(server.fields(A)).toMatchObject({ cause: 'theirs', action: 'A rota' });
});

test('the server cannot be reached: it is said, and what was written stays', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server, '#/improvements/new');
  await soon(() => expect(root.querySelector('form')).not.toBeNull());
  await userEvent.fill(box(/What could have been better/), 'Ring them');
  server.isDown = true;
  await press('Save');
  await soon(() =>
    expect(one(root, '[role=alert]').textContent).toContain('What you wrote is still'),
  );
  server.isDown = false;
  await press('Save');
  await soon(() => expect(server.all.size).toBe(1));
  // Sent again, it is the same one.
  expect(server.writes).toEqual(['POST /v1/improvements']);
});

test('what was written on after a lost answer is in it when it is saved again', async () => {
  const server = new SampleImprovements();
  const { ask } = server;
  let isLost = true;
  server.ask = async (path, init) => {
    const answer = await ask(path, init);
    if (init?.method !== 'POST' || !isLost) return answer;
    isLost = false;
    throw new TypeError('Failed to fetch');
  };
  const { root, place } = await open(server, '#/improvements/new');
  await userEvent.fill(box(/could have been better/), 'We ought to have rung');
  await press('Save');
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  await userEvent.fill(box(/Why it came to that/), 'There is no rota.');
  await press('Save');
  await soon(() => expect(place.location.hash).not.toBe('#/improvements/new'));
  expect(server.all.size).toBe(1);
  const [id = ''] = server.all.keys();
  expect(server.fields(id)).toMatchObject({
    ...{ text: 'We ought to have rung', cause: 'There is no rota.' },
  });
});

test('why a change was refused is said; only what somebody changed is shown as such', async () => {
  const server = new SampleImprovements();
  server.add(A, { text: 'We ought to have rung', owner: MIRA });
  const { root } = await open(server, `#/improvements/${A}`);
  await soon(() => expect(one(root, 'h1').textContent).toBe('We ought to have rung'));
  await press('Change');
  await userEvent.fill(box(/could have been better/), 'We ought to have written');
  const message = 'This person is not a member any more. Choose somebody else.';
  server.refusal = { status: 409, message };
  await press('Save the changes');
  await soon(() => expect(root.textContent).toContain(message));
  expect(root.textContent).not.toContain('Somebody has changed this');
});
