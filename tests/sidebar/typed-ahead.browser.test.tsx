// What was typed for a card before it had the focus: it stands in it, once and in front.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { sampleDraft } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const statement = () => page.getByLabelText('What they expect, in our words');
const text = () => page.getByRole('textbox').first();
const kept = () =>
  background
    .calls('keepDraft')
    .map(({ draft }) => (draft as { fields: { statement?: string } }).fields.statement)
    .at(-1);

function captured() {
  const draft = sampleDraft();
  background.drafts.set(draft.id, draft);
  background.tell({ event: 'draft', tab: 7, draft });
  return draft;
}

test('before what was typed in the card meanwhile, and kept', async () => {
  await open(background);
  const draft = captured();
  await settled();
  await userEvent.keyboard('early');
  background.tell({ event: 'ahead', tab: 7, draft: draft.id, text: 'They want it ' });
  await expect.element(statement()).toHaveValue('They want it early');
  await userEvent.keyboard(' on');
  await expect.element(statement()).toHaveValue('They want it early on');
  await settled();
  expect(kept()).toBe('They want it early on');
});

test('told before the card, told twice, and stored with it: it stands there once', async () => {
  await open(background);
  const id = sampleDraft().id;
  background.tell({ event: 'ahead', tab: 7, draft: id, text: 'Once' });
  captured();
  await settled();
  background.tell({ event: 'ahead', tab: 7, draft: id, text: 'Once' });
  background.drafts.set(id, { ...sampleDraft(), ahead: 'Once', changedAt: 1e12 });
  background.tell({ event: 'draft', tab: 99, draft: sampleDraft() });
  await settled();
  await expect.element(statement()).toHaveValue('Once');
});

test('a sidebar that was not there yet finds it with the stored card', async () => {
  const draft = { ...sampleDraft(), ahead: 'Typed while it opened', changedAt: 9_990, tab: 7 };
  background.drafts.set(draft.id, draft);
  await open(background, 360, 7);
  await expect.element(statement()).toHaveValue('Typed while it opened');
  await settled();
  expect(kept()).toBe('Typed while it opened');
});

test('a card that was saved in that moment has it all the same', async () => {
  await open(background);
  const draft = captured();
  await settled();
  await userEvent.keyboard('early{Enter}');
  await settled();
  background.tell({ event: 'ahead', tab: 7, draft: draft.id, text: 'They want it ' });
  await settled();
  expect(background.calls('edit')).toMatchObject([
    { id: draft.id, patch: { statement: 'They want it early' } },
  ]);
});

test('N, and the words at once, while the background wakes up: they are the note’s, no commands', async () => {
  const { sidebar } = await open(background);
  let wake = () => {};
  background.held.set('newDraft', new Promise((done) => (wake = done)));
  await userEvent.keyboard('nname it /?1 mornx{Backspace}ings{Enter}');
  await settled();
  expect(background.calls('newDraft')).toHaveLength(1);
  expect(sidebar.state.view.at).toBe('list');
  background.held.delete('newDraft');
  wake();
  await expect.element(text()).toHaveValue('name it /?1 mornings');
  await expect.element(text()).toHaveFocus();
  await userEvent.keyboard(' too');
  await expect.element(text()).toHaveValue('name it /?1 mornings too');
});

test('M and Enter at once log the mail, once; letters in between are no note’s', async () => {
  await open(background);
  let wake = () => {};
  background.held.set('newDraft', new Promise((done) => (wake = done)));
  await userEvent.keyboard('mn{Enter}{Enter}');
  await settled();
  expect(background.calls('newDraft')).toMatchObject([{ kind: 'mail' }]);
  background.held.delete('newDraft');
  wake();
  await expect.poll(() => background.calls('save')).toHaveLength(1);
  await settled();
  await userEvent.keyboard('n');
  await expect.element(text()).toHaveValue('');
});

test('where the background cannot make the note, the next one has the words', async () => {
  await open(background);
  let wake = () => {};
  background.held.set('newDraft', new Promise((done) => (wake = done)));
  background.failures.set('newDraft', { code: 'ended', message: 'Reload this page.' });
  await userEvent.keyboard('nkept');
  background.held.delete('newDraft');
  wake();
  await expect.element(page.getByText(/not running/)).toBeVisible();
  background.failures.delete('newDraft');
  await userEvent.keyboard('n');
  await expect.element(text()).toHaveValue('kept');
});
