// Calls as files: out by clipboard and download, in with a preview, and that can be undone.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { say } from '../../src/extension/calls/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeCalls } from './fake-calls.ts';
import { open } from './open.tsx';
import { sampleCall, sampleTag } from './samples.ts';

let background: FakeCalls;
const call = sampleCall(0, { subject: 'Alarms: at <weekends>?' });
const href = `#/call/${call.id}`;

beforeEach(async () => {
  await page.viewport(1024, 900);
  background = new FakeCalls();
  background.list = [call];
  background.tags = [0, 1, 2].map((n) => sampleTag(call, n));
});

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const choose = (root: Element, name: string, text: string) =>
  userEvent.upload(
    one<HTMLInputElement>(root, 'input[type=file]'),
    new File([text], name, { lastModified: Date.UTC(2027, 1, 24) }),
  );
const kept = () => structuredClone([background.list, background.tags]);
const undo = (root: Element) => soon(() => one<HTMLButtonElement>(root, '.u-undo button'));

test('the summary is copied as text and as HTML', async () => {
  const { root } = await open(background, href);
  await press(say.copy);
  await soon(() => expect(root.textContent).toContain(say.copied));
  const [both] = background.copied;
  expect(both?.text).toContain('Alarms: at <weekends>?');
  expect(both?.text).toContain('they take the certificates for granted');
  expect(both?.html).toContain('Alarms: at &lt;weekends');
  background.mayCopy = false;
  await press(say.copy);
  await soon(() => expect(root.textContent).toContain(say.notCopied));
});

test('is saved as WebVTT, JSON and CSV, under a name that every system takes', async () => {
  const { root } = await open(background, href);
  await press(say.webvtt);
  await press(say.json);
  await press(say.csv);
  expect(background.saved.map(({ name, type }) => [name, type])).toEqual([
    ['2027-02-24 Halden Foods.vtt', 'text/vtt'],
    ['2027-02-24 Halden Foods.json', 'application/json'],
    ['2027-02-24 Halden Foods.csv', 'text/csv'],
  ]);
  expect(background.saved[0]?.text).toMatch(/^WEBVTT/);
  expect(root.textContent).toContain('Saved as 2027-02-24 Halden Foods.csv.');
});

test('WebVTT counts pauses where the recording went on, or leaves them out', async () => {
  const { startedAt, endedAt } = call.clock;
  const pauses = [{ from: startedAt + 1_000, to: startedAt + 61_000 }];
  background.change(call.id, { clock: { startedAt, endedAt, pauses } });
  await open(background, href);
  await press(say.webvtt);
  await userEvent.click(page.getByText(say.withPauses));
  await press(say.webvtt);
  const [counted, left] = background.saved;
  expect(counted?.text).toContain('01:05.000');
  expect(left?.text).toContain('00:05.000');
  expect(left?.text).not.toContain('01:05.000');
});

test('its own file comes back as the same call', async () => {
  await open(background, href);
  await press(say.json);
  const text = background.saved[0]?.text ?? '';
  const other = new FakeCalls();
  const { root } = await open(other, '#/import');
  await choose(root, 'call.json', text);
  await soon(() => expect(root.textContent).toContain('What call.json says'));
  expect(root.textContent).toContain('Alarms: at <weekends>?');
  await press('Import 3 tags');
  await soon(() => expect(root.textContent).toContain('Imported: 3 tags.'));
  expect(other.callOf(call.id).clock.startedAt).toBe(call.clock.startedAt);
  expect(other.tags.map(({ id, offset }) => ({ id, offset }))).toEqual(
    background.tags.map(({ id, offset }) => ({ id, offset })),
  );
  await userEvent.click(await undo(root));
  await soon(() => expect(other.list).toEqual([]));
});

test('a file that is here already changes nothing; undoing takes back only what was new', async () => {
  await open(background, href);
  await press(say.json);
  const text = background.saved[0]?.text ?? '';
  const first = kept();
  const { root } = await open(background, '#/import');
  await choose(root, 'call.json', text);
  await press('Import 3 tags');
  await soon(() => expect(root.textContent).toContain('All of it was here already.'));
  expect(root.querySelector('.u-undo')).toBeNull();
  expect(kept()).toEqual(first);

  // One of them is missing here.
  background.tags = background.tags.slice(1);
  await choose(root, 'call.json', text);
  await press('Import 3 tags');
  await soon(() => expect(root.textContent).toContain('Imported: 1 tag.'));
  await userEvent.click(await undo(root));
  await soon(() => expect(background.tags.filter(({ deleted }) => !deleted)).toHaveLength(2));
  expect(background.list).toHaveLength(1);
});

test('a call that was taken back comes back with its file', async () => {
  await open(background, href);
  await press(say.json);
  const text = background.saved[0]?.text ?? '';
  await press(say.remove);
  await soon(() => expect(background.list).toEqual([]));
  const { root } = await open(background, '#/import');
  await choose(root, 'call.json', text);
  await press('Import 3 tags');
  await soon(() => expect(background.list).toHaveLength(1));
});

test('a table of another program: rows that cannot be read are named, the rest is taken', async () => {
  const { root } = await open(background, '#/import');
  await choose(root, 'tags.csv', 'Time,Tag,Text\n0:05,Risk,may move\nnoon,Risk,x\n1:10,Praise,\n');
  await soon(() => expect(root.textContent).toContain('What tags.csv says'));
  const problems = one(root, '.k-problems');
  expect(problems.textContent).toContain('1 line is not as expected');
  expect(problems.textContent).toContain('“noon” is no time.');
  expect(one(problems, 'td').textContent).toBe('3');
  expect(root.textContent).toContain(say.noStart);
  await expectAccessible(root);
  const start = one<HTMLInputElement>(root, 'input[type=datetime-local]');
  await userEvent.fill(start, '2027-02-20T10:30:00');
  start.blur();
  await press('Import 2 tags');
  await soon(() => expect(root.textContent).toContain('Imported: 2 tags.'));
  expect(background.list[0]?.clock.startedAt).toBe(new Date('2027-02-20T10:30:00').getTime());
  await userEvent.click(page.getByRole('link', { name: say.openIt }));
});

test('what is no file of tags is refused in words, and another can be chosen', async () => {
  const { root } = await open(background, '#/import');
  await choose(root, 'picture.png', '\u0089PNG\u0000\u0001');
  await soon(() => expect(root.querySelector('[role=alert]')).not.toBeNull());
  expect(background.calls('callImport')).toEqual([]);
  await expectAccessible(root);
  background.failures.set('callImport', { code: 'disk-full', message: '' });
  await choose(root, 'tags.csv', 'Time,Tag\n0:05,Risk\n');
  await press('Import 1 tag');
  await soon(() => expect(root.textContent).toContain('Could not save: the disk is full.'));
  background.failures.clear();
  await press('Import 1 tag');
  await soon(() => expect(root.textContent).toContain('Imported: 1 tag.'));
});
