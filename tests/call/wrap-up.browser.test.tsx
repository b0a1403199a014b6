// Wrapping up in a real browser, by keyboard alone where that can be.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sampleTag } from '../calls/samples.ts';
import { sampleCard, sampleId } from '../sidebar/samples.ts';
import { atOnce, one, soon } from '../ui/draw.ts';
import { FakeBar } from './fake-bar.ts';
import { open, press, wait } from './open.tsx';

let background: FakeBar;
let root: HTMLElement;
const said = () => one(root, '.w-up [role=status]').textContent ?? '';
const hunch = (n: number, statement: string) =>
  sampleCard(n, { fields: { statement, stage: 'hunch' } });

/** A call with tags that was just hung up. */
async function hangUp(tags = 4): Promise<void> {
  await page.viewport(420, 700);
  const running = background.run(12);
  background.tags = Array.from({ length: tags }, (_, n) => sampleTag(running, n));
  background.hunches = [hunch(1, 'One person to call by name'), hunch(2, 'Certificates in time')];
  root = await open(background, 420);
  await userEvent.keyboard('h');
  await soon(() => one(root, '.w-up h2'));
}

/** The row that the keys are for. */
const row = (n: number) => one(root, `.w-tag:nth-child(${n + 1}) .w-line`);

beforeEach(() => {
  background = new FakeBar();
});

test('by keyboard alone: arrows move, letters say what becomes of each, S puts the rest off', async () => {
  await hangUp();
  await userEvent.keyboard('{ArrowDown}{ArrowUp}');
  await soon(() => expect(document.activeElement).toBe(row(0)));
  await userEvent.keyboard('e');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(1));
  expect(background.of('wrapTag')[0]).toMatchObject({
    ...{ tag: background.tags[0]?.id, becomes: 'expectation' },
    text: 'they take the certificates for granted',
  });
  expect(said()).toBe('Now an expectation: Expectation at 0:05.');
  // The next one has the focus.
  await soon(() => expect(document.activeElement).toBe(row(1)));
  await userEvent.keyboard('g');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(2));
  await userEvent.keyboard('s');
  await soon(() => expect(background.of('wrapUpDone')).toHaveLength(1));
  expect(background.tags.map(({ handled }) => handled)).toEqual([true, true, false, false]);
  await soon(() => one(root, '.b-start'));
});

test('with single keys switched off no letter decides anything, and every button is there', async () => {
  background.view.settings = { ...background.view.settings, keys: false };
  await page.viewport(420, 700);
  const running = background.run(12);
  background.tags = [sampleTag(running, 0)];
  root = await open(background, 420);
  await userEvent.click(page.getByRole('button', { name: 'Hang up' }));
  await soon(() => one(root, '.w-up h2'));
  await userEvent.keyboard('egs');
  await userEvent.keyboard('{ArrowDown}x');
  expect(background.of('wrapTag')).toEqual([]);
  expect(background.of('wrapUpDone')).toEqual([]);
  expect(root.querySelector('.w-up .u-key')).toBeNull();
  await userEvent.click(page.getByRole('button', { name: 'Later' }));
  await soon(() => expect(background.of('wrapUpDone')).toHaveLength(1));
});

test('keys that follow each other faster than the focus: what was asked for stays asked for', async () => {
  await hangUp();
  // The third has no words.
  for (const key of ['End', 'ArrowUp', 'e']) {
    press(key, document.activeElement ?? document.body);
    // What is drawn is drawn, but no timer has run.
    await Promise.resolve();
    await Promise.resolve();
  }
  await soon(() => expect(root.textContent).toContain('Write a few words first'));
  await wait(100);
  expect(root.textContent).toContain('Write a few words first');
});

test('words that follow the letter at once are in the field, from the first on', async () => {
  await hangUp();
  press('End', document.activeElement ?? document.body);
  await Promise.resolve();
  press('ArrowUp', document.activeElement ?? document.body);
  await Promise.resolve();
  const written = atOnce(root, '.w-work [aria-invalid=true]', () =>
    document.execCommand('insertText', false, 'Doors that close by themselves'),
  );
  press('e', document.activeElement ?? document.body);
  await written;
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(1));
  expect(background.of('wrapTag')[0]).toMatchObject({ text: 'Doors that close by themselves' });
});

test('Enter on a row ticks it off, and it can be undone there', async () => {
  await hangUp();
  row(0).focus();
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(background.of('wrapTag')[0]).toMatchObject({ becomes: 'handled' }));
  await userEvent.click(page.getByRole('button', { name: 'Undo: Expectation at 0:05' }));
  await soon(() => expect(background.of('unwrapTag')).toHaveLength(1));
  await soon(() => expect(background.tags[0]?.handled).toBe(false));
  expect(said()).toBe('Waits again: Expectation at 0:05.');
  await soon(() => expect(document.activeElement).toBe(row(0)));
});

test('a promise has who gave it and a day: a quick one, or any', async () => {
  await hangUp();
  row(1).focus();
  await userEvent.keyboard('p');
  await soon(() => one(root, '.w-promise'));
  await userEvent.click(page.getByText('They did'));
  await userEvent.click(page.getByText('Tomorrow'));
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(1));
  const now = new Date();
  const next = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + 1));
  const due = next.toISOString().slice(0, 10);
  expect(background.of('wrapTag')[0]).toMatchObject({ becomes: 'promise', by: 'them', due });

  row(3).focus();
  await userEvent.keyboard('p');
  await userEvent.click(page.getByText('Another day'));
  await userEvent.fill(one(root, 'input[type=date]'), '2027-03-12');
  await userEvent.click(page.getByRole('button', { name: 'Keep the promise' }));
  await soon(() => expect(background.of('wrapTag')).toHaveLength(2));
  expect(background.of('wrapTag')[1]).toMatchObject({ by: 'us', due: '2027-03-12' });
});

test('a tag without words asks for them first, and Enter there is enough', async () => {
  await hangUp();
  row(2).focus();
  await userEvent.keyboard('q');
  await soon(() => expect(root.textContent).toContain('Write a few words first'));
  expect(background.of('wrapTag')).toEqual([]);
  await userEvent.keyboard('Who is called at night?{Enter}');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(1));
  expect(background.of('wrapTag')[0]).toMatchObject({
    ...{ becomes: 'question', text: 'Who is called at night?' },
  });
});

test('words can be changed; letters typed there are no commands', async () => {
  await hangUp();
  row(0).focus();
  const field = one<HTMLInputElement>(root, '.w-work input');
  await userEvent.fill(field, 'sped up');
  await userEvent.type(field, ' gs{Enter}');
  await soon(() => expect(background.tags[0]?.text).toBe('sped up gs'));
  expect(background.of('wrapTag')).toEqual([]);
  expect(background.of('wrapUpDone')).toEqual([]);
  // Stored when the typing stops, not at each letter.
  expect(background.of('callTagEdit').length).toBeLessThan(4);
});

test('what they did not say: a hunch of one’s own, one to begin with, none twice', async () => {
  await hangUp();
  const field = page.getByLabelText('What did they not say?');
  await userEvent.fill(field, 'They count on an answer within the hour');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(background.of('wrapHunch')).toHaveLength(1));
  expect(said()).toMatch(/^Kept as a hunch: They count on/);
  await userEvent.click(page.getByRole('button', { name: /^Taken back: They count on/ }));
  await soon(() =>
    expect(background.of('remove')[0]).toMatchObject({ kind: 'expectation', on: true }),
  );

  await userEvent.click(page.getByRole('button', { name: 'Certificates in time' }));
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(root.textContent).toContain('known already'));
  expect(background.of('wrapHunch')).toHaveLength(1);
  await userEvent.keyboard(', on paper{Enter}');
  await soon(() =>
    expect(background.of('wrapHunch')[1]).toMatchObject({
      statement: 'Certificates in time, on paper',
    }),
  );
});

test('two scores stand on one line, and each can be cleared', async () => {
  await hangUp();
  await userEvent.click(page.getByText('4 content'));
  await userEvent.click(page.getByText('2 below our standard'));
  await soon(() =>
    expect(background.of('callChange').map(({ patch }) => patch)).toEqual([
      { seemed: 4 },
      { wentWell: 2 },
    ]),
  );
  await soon(() =>
    expect(one(root, 'svg[role=img]').getAttribute('aria-label')).toBe(
      'They seemed 4, we think 2, of 5',
    ),
  );
  await userEvent.click(page.getByRole('button', { name: /^Clear: How satisfied/ }));
  await soon(() =>
    expect(background.of('callChange')[2]).toMatchObject({ patch: { seemed: null } }),
  );
});

test('hung up by mistake: the call goes on', async () => {
  await hangUp();
  await userEvent.click(page.getByRole('button', { name: 'The call goes on' }));
  await soon(() => one(root, '[role=timer]'));
  expect(background.of('callResume')).toHaveLength(1);
});

test('the worker dies while wrapping up: all is stored once it is back, once', async () => {
  await hangUp();
  background.dead = true;
  row(0).focus();
  await userEvent.keyboard('e');
  await wait(30);
  await userEvent.keyboard('g');
  await soon(() => expect(root.textContent).toContain('not stored yet'));
  expect(root.textContent).toContain('Now a grievance');
  background.dead = false;
  await soon(() => expect(background.of('wrapTag')).toHaveLength(2));
  await soon(() => expect(root.textContent).not.toContain('not stored'));
});

test('2,000 tags: as many rows as one sees, the rest a button away', async () => {
  await hangUp(2_000);
  expect(root.querySelectorAll('.w-tag').length).toBeLessThan(100);
  expect(root.textContent).toContain('2,000 of 2,000 not dealt with yet');
  row(0).focus();
  await userEvent.keyboard('x');
  await soon(() => expect(root.textContent).toContain('1,999 of 2,000'));
  await userEvent.keyboard('{End}');
  await soon(() => expect(document.activeElement).toBe(row(1_999)));
});

test('C: a tag confirms what was only supposed, by its digit; or says that it is not so', async () => {
  background.open = [
    { expectation: sampleId(0x71), statement: 'One to call', stage: 'hunch', probe: null },
    {
      ...{ expectation: sampleId(0x72), statement: 'Certificates in time', stage: 'asked' },
      probe: { id: sampleId(0x73), question: 'Who needs them, and when?' },
    },
  ];
  await hangUp();
  row(0).focus();
  await userEvent.keyboard('c');
  await soon(() => expect(root.textContent).toContain('Who needs them, and when?'));
  await userEvent.keyboard('2');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(1));
  expect(background.of('wrapTag')[0]).toMatchObject({
    ...{ tag: background.tags[0]?.id, becomes: 'confirms' },
    confirms: { expectation: sampleId(0x72), probe: sampleId(0x73), says: 'confirmed' },
  });
  expect(said()).toBe('Confirmed: Expectation at 0:05.');
  await soon(() => expect(document.activeElement).toBe(row(1)));
  // Without words, too: the moment says it.
  row(2).focus();
  await userEvent.keyboard('cn1');
  await soon(() => expect(background.of('wrapTag')).toHaveLength(2));
  expect(background.of('wrapTag')[1]).toMatchObject({
    confirms: { expectation: sampleId(0x71), probe: null, says: 'refuted' },
  });
  await soon(() => expect(root.querySelectorAll('.w-done')).toHaveLength(2));
  expect(root.querySelectorAll('.w-done')[1]?.textContent).toContain('Refuted');
});

test('C where nothing is open says so, and Escape goes back to the row', async () => {
  await hangUp();
  row(0).focus();
  await userEvent.keyboard('c');
  await soon(() => expect(root.textContent).toContain('Nothing about them waits'));
  await userEvent.keyboard('s');
  expect(background.of('wrapUpDone')).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await soon(() => expect(document.activeElement).toBe(row(0)));
});
