// A team session: what could have been better is written down as it is said, by keyboard, pinned to the
// moment that is talked about, and neither a missing server nor a closed tab loses any of it.
import { render } from 'preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { MAIL, PROJECT, SampleImprovements } from './sample-improvements.ts';
import { MEMBERS } from './sample-server.ts';

const TOM = MEMBERS[1].id;
const NOW = new Date('2027-02-24T12:00:00Z');

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 900);
});
afterEach(() => localStorage.clear());

/** Each drawing is a tab; the clock stands still but for the ids. */
async function open(server: SampleImprovements, hash = `#/session/project/${PROJECT}`) {
  const at = placeAt(hash);
  let ms = NOW.getTime();
  const now = () => new Date(ms++);
  const client = createClient(server.ask);
  const root = draw(<App {...{ client, now }} place={at.place} ask={server.ask} />);
  await soon(() => expect(root.querySelector('.c-session-capture')).not.toBeNull());
  return { root, ...at };
}
const lines = (root: Element) =>
  [...root.querySelectorAll('.c-session-text')].map((it) => it.textContent);
const said = (server: SampleImprovements) => [...server.all.keys()].map((id) => server.fields(id));
const area = (root: Element) => one<HTMLTextAreaElement>(root, '.c-session-capture textarea');
const press = (name: string | RegExp) => userEvent.click(page.getByRole('button', { name }));

test('Enter writes a line down at once; Tab goes on to who and until when', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server);
  await soon(() => expect(one(root, 'h1').textContent).toBe('Team session: Cold store'));
  await soon(() =>
    expect(root.querySelectorAll('.c-session-who option').length).toBeGreaterThan(6),
  );
  await expectAccessible(root);
  area(root).focus();
  await userEvent.keyboard('We ought to have rung{Enter}');
  await soon(() => expect(said(server)).toHaveLength(1));
  expect(said(server)[0]).toMatchObject({ text: 'We ought to have rung', project: PROJECT });
  expect(area(root).value).toBe('');
  expect(document.activeElement).toBe(area(root));
  // Owner and day by their first letters, and Enter from there.
  await userEvent.keyboard('One name to call{Tab}Sample T{Tab}2{Enter}');
  await soon(() => expect(said(server)).toHaveLength(2));
  expect(said(server)[1]).toMatchObject({
    ...{ text: 'One name to call', owner: TOM, due: '2027-03-10' },
  });
  expect(document.activeElement).toBe(area(root));
  await soon(() => expect(lines(root)).toEqual(['One name to call', 'We ought to have rung']));
  // All of one sitting, which the address names for whoever is given it.
  const sessions = new Set(said(server).map(({ session }) => session));
  expect(sessions.size).toBe(1);
  await expectAccessible(root);
  // Nothing is no line.
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(root.textContent).toContain('Say what could have been better first.'));
  expect(server.all.size).toBe(2);
});

test('a line is pinned to the moment that is talked about, until another one is', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server);
  await soon(() => expect(root.textContent).toContain('Alarms at weekends'));
  await userEvent.click(page.getByRole('button', { name: /Talk about this/ }).first());
  await soon(() =>
    expect(one(root, '.c-session-pinned').textContent).toContain('Alarms at weekends'),
  );
  expect(document.activeElement).toBe(area(root));
  await userEvent.keyboard('Answer on the same day{Enter}');
  await soon(() => expect(said(server)).toHaveLength(1));
  expect(said(server)[0]).toMatchObject({
    subject: { kind: 'interaction', id: MAIL },
    at: '2027-02-01T08:12:00.000Z',
  });
  await press('Not about a moment');
  area(root).focus();
  await userEvent.keyboard('All of it was late{Enter}');
  await soon(() => expect(said(server)).toHaveLength(2));
  expect(said(server)[1]?.subject).toBeUndefined();
  await soon(() => expect(root.querySelectorAll('.c-session-go')).toHaveLength(1));
});

test('without a server it is kept and said so, survives a closed tab, and is sent by itself', async () => {
  const server = new SampleImprovements();
  const first = await open(server);
  server.isDown = true;
  area(first.root).focus();
  await userEvent.keyboard('We ought to have rung{Enter}');
  await soon(() => expect(lines(first.root)).toEqual(['We ought to have rung']));
  await soon(() => expect(first.root.textContent).toContain('1 line not sent yet'));
  await userEvent.keyboard('half of a sen');
  await expectAccessible(first.root);
  render(null, first.root);

  const { root } = await open(server);
  await soon(() => expect(lines(root)).toEqual(['We ought to have rung']));
  expect(area(root).value).toBe('half of a sen');
  expect(server.all.size).toBe(0);
  server.isDown = false;
  window.dispatchEvent(new Event('online'));
  await soon(() => expect(said(server)).toHaveLength(1));
  await soon(() => expect(root.textContent).not.toContain('not sent yet'));
  expect(lines(root)).toEqual(['We ought to have rung']);
  expect(server.writes).toEqual(['POST /v1/improvements']);
});

test('a line that the server does not take keeps its words and says why', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server);
  server.refusal = { status: 410, message: 'What this is about was erased.' };
  area(root).focus();
  await userEvent.keyboard('Too late{Enter}');
  await soon(() => expect(root.textContent).toContain('What this is about was erased.'));
  expect(lines(root)).toEqual(['Too late']);
  await expectAccessible(root);
  await press('Send it again: Too late');
  await soon(() => expect(said(server)).toHaveLength(1));
  await soon(() => expect(root.textContent).not.toContain('was erased'));
});

test('a line is changed, given to somebody, taken back and put back', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server);
  area(root).focus();
  await userEvent.keyboard('We ougt to have rung{Enter}');
  await soon(() => expect(said(server)).toHaveLength(1));
  await press('Change: We ougt to have rung');
  await userEvent.fill(
    page.getByRole('textbox', { name: 'What could have been better', exact: true }),
    'We ought to have rung',
  );
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(said(server)[0]?.text).toBe('We ought to have rung'));
  const owner = one<HTMLSelectElement>(root, '.c-session-acts select');
  await userEvent.selectOptions(owner, TOM);
  await soon(() => expect(said(server)[0]?.owner).toBe(TOM));
  const due = one<HTMLSelectElement>(root, '.c-session-due select');
  await userEvent.selectOptions(due, '7');
  await soon(() => expect(said(server)[0]?.due).toBe('2027-03-03'));
  await soon(() => expect(one(root, '.c-session-due').textContent).toContain('3 Mar 2027'));
  await press('Take back: We ought to have rung');
  await soon(() => expect(said(server)[0]?.deleted).toBe(true));
  expect(lines(root)).toEqual([]);
  await press('Put it back: We ought to have rung');
  await soon(() => expect(said(server)[0]?.deleted).toBe(false));
  await soon(() => expect(lines(root)).toEqual(['We ought to have rung']));
  // Each of these is a change of its own in the ledger.
  expect(server.writes).toHaveLength(6);
});

test('the minutes can be copied as they are, and printed without all else', async () => {
  const server = new SampleImprovements();
  const { root, place } = await open(server);
  area(root).focus();
  await userEvent.keyboard('We ought to have rung{Enter}');
  await soon(() => expect(lines(root)).toHaveLength(1));
  const paper = one(root, '.c-session-paper');
  expect(paper.textContent).toContain('We ought to have rung');
  expect(getComputedStyle(paper).display).toBe('none');
  const asked = Reflect.get(place, 'navigator') as Navigator;
  const copied: string[] = [];
  const clipboard = { writeText: async (text: string) => void copied.push(text) };
  Object.defineProperty(asked, 'clipboard', { value: clipboard, configurable: true });
  try {
    await press('Copy the minutes');
    await soon(() => expect(root.textContent).toContain('Copied.'));
  } finally {
    Reflect.deleteProperty(asked, 'clipboard');
  }
  let printed = '';
  const print = window.print;
  window.print = () => {
    printed = root.querySelector('.c-session[data-minutes] > .c-session-paper')?.textContent ?? '';
    window.dispatchEvent(new Event('afterprint'));
  };
  try {
    await press('Print the minutes');
  } finally {
    window.print = print;
  }
  expect(printed).toContain('We ought to have rung');
  expect(root.querySelector('[data-minutes]')).toBeNull();
  expect(copied[0]).toContain('Team session: Cold store\nSample Foods');
  expect(copied[0]).toContain('1. We ought to have rung\n   Who: nobody yet');
});

test('the text grows for a projector, and stays so', async () => {
  const server = new SampleImprovements();
  const { root } = await open(server);
  const size = () => Number.parseFloat(getComputedStyle(area(root)).fontSize);
  const usual = size();
  await userEvent.click(page.getByText('Largest', { exact: true }));
  await soon(() => expect(size()).toBeGreaterThan(usual * 1.4));
  await expectAccessible(root);
  render(null, root);
  const again = await open(server);
  await soon(() => expect(one(again.root, '.c-session').dataset.size).toBe('largest'));
});

test('a new session begins with nothing; the other one is there by its address', async () => {
  const server = new SampleImprovements();
  const { root, go } = await open(server);
  area(root).focus();
  await userEvent.keyboard('We ought to have rung{Enter}');
  await soon(() => expect(lines(root)).toHaveLength(1));
  const address = `#/session/project/${PROJECT}?session=${said(server)[0]?.session}`;
  const link = page.getByRole('link', { name: 'Begin a new session' }).element();
  go(link.getAttribute('href') ?? '');
  await soon(() => expect(lines(root)).toEqual([]));
  go(address);
  await soon(() => expect(lines(root)).toEqual(['We ought to have rung']));
});

test('an address without a project says where to begin', async () => {
  const { place } = placeAt('#/session');
  const server = new SampleImprovements();
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.textContent).toContain('Open it from a story or a review'));
});
