// Words become a card: typing is kept, Enter saves, nothing typed is lost.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { nobody, QUOTE, sampleDraft } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const statement = () => page.getByLabelText('What they expect, in our words');

async function captured(patch: Parameters<typeof sampleDraft>[0] = {}) {
  const opened = await open(background);
  const draft = sampleDraft(patch);
  background.drafts.set(draft.id, draft);
  background.tell({ event: 'draft', tab: 7, draft });
  await settled();
  return { ...opened, draft };
}

test('a capture opens its card with the quote, the reasons and the focus in the statement', async () => {
  const { place } = await captured();
  expect(place.querySelector('.u-quote p')?.textContent).toBe(QUOTE);
  await expect.element(statement()).toHaveFocus();
  await expect.element(page.getByText('by mail domain')).toBeVisible();
});

test('Enter alone saves, and the customer’s words stand for ours', async () => {
  const { place } = await captured();
  await userEvent.keyboard('{Enter}');
  await settled();
  const [save] = background.calls('save');
  expect(save).toMatchObject({ draft: { fields: { statement: QUOTE, stage: 'hunch' } } });
  expect(place.querySelector('[role=status]')).not.toBeNull();
  expect(document.activeElement?.getAttribute('data-record')).toBe(sampleDraft().id);
  await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('every keystroke is kept, in order, and the save carries the newest state', async () => {
  await captured();
  await userEvent.type(statement(), 'Certi{Shift>}{Enter}{/Shift}ficates');
  await settled();
  const kept = background
    .calls('keepDraft')
    .map((each) => (each.draft as { fields: { statement: string } }).fields.statement);
  expect(kept.at(-1)).toBe('Certi\nficates');
  for (const [index, text] of kept.entries()) {
    expect(text.startsWith(kept[index - 1] ?? '')).toBe(true);
  }
  expect(background.calls('save')).toHaveLength(0);
  await userEvent.keyboard('{Enter}');
  await settled();
  expect(background.calls('save')).toHaveLength(1);
  expect(background.made.at(-1)?.call).not.toBe('keepDraft');
  expect(background.drafts.size).toBe(0);
});

test('with a slow disk one state is on its way and only the newest waits', async () => {
  await captured();
  let letGo = () => {};
  background.held.set('keepDraft', new Promise((done) => (letGo = done)));
  await userEvent.type(statement(), 'abcdef');
  expect(background.calls('keepDraft')).toHaveLength(1);
  background.held.delete('keepDraft');
  letGo();
  await settled();
  const kept = background.calls('keepDraft');
  expect(kept).toHaveLength(2);
  expect(kept[1]).toMatchObject({ draft: { fields: { statement: 'abcdef' } } });
});

test('a full disk is said in words, the text stays in the field and is saved later', async () => {
  await captured();
  await userEvent.type(statement(), 'Certificates first');
  background.failures.set('save', { code: 'disk-full', message: 'quota' });
  await userEvent.keyboard('{Enter}');
  await settled();
  await expectText(
    page.getByRole('alert'),
    /^Could not save: the disk is full\. ?Your text is still in the field\./,
  );
  await expect.element(statement()).toHaveValue('Certificates first');
  expect([...background.drafts.values()][0]?.fields.statement).toBe('Certificates first');
  background.failures.clear();
  await userEvent.keyboard('{Enter}');
  await settled();
  expect(background.cards[0]?.fields.statement).toBe('Certificates first');
});

test('what is typed while the save is under way is not lost', async () => {
  await captured();
  await userEvent.type(statement(), 'Before');
  let letGo = () => {};
  background.held.set('save', new Promise((done) => (letGo = done)));
  await userEvent.keyboard('{Enter}');
  await userEvent.type(statement(), ' any audit');
  letGo();
  await vi.waitFor(() => expect(background.calls('edit')).toHaveLength(1));
  expect(background.calls('edit')[0]).toMatchObject({ patch: { statement: 'Before any audit' } });
});

test('without a quote our words are needed, and the card says so', async () => {
  await captured({ quote: '' });
  await userEvent.keyboard('{Enter}');
  await settled();
  await expectText(page.getByRole('alert'), /^Say what they expect first\./);
  expect(background.calls('save')).toHaveLength(0);
});

describe('customer', () => {
  test('Enter in an open list creates the customer and does not save the card', async () => {
    await captured({ customer: nobody });
    const field = page.getByRole('combobox', { name: 'Customer' });
    await userEvent.click(field);
    await userEvent.type(field, 'Newcomer Sample');
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('save')).toHaveLength(0);
    expect([...background.drafts.values()][0]?.customer).toEqual({
      id: null,
      name: 'Newcomer Sample',
      reason: '',
    });
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('save')[0]).toMatchObject({
      draft: { customer: { name: 'Newcomer Sample' } },
    });
  });

  test('a name that is typed but not chosen is asked about, not guessed', async () => {
    await captured({ customer: nobody });
    const field = page.getByRole('combobox', { name: 'Customer' });
    await userEvent.type(field, 'Hal');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await settled();
    expect(background.calls('save')).toHaveLength(0);
    await expectText(page.getByRole('alert'), /^Customer: nothing is chosen for “Hal” yet\./);
  });
});

test('Enter in a field with a half-made choice creates it, and saves nothing', async () => {
  await captured({ customer: nobody });
  await userEvent.type(page.getByRole('combobox', { name: 'Customer' }), 'Hal');
  await userEvent.tab();
  await userEvent.tab({ shift: true });
  await userEvent.keyboard('{Enter}');
  await settled();
  expect(background.calls('save')).toHaveLength(0);
  expect([...background.drafts.values()][0]?.customer.name).toBe('Hal');
});

test('a logged mail is taken back without losing the place of its captures', async () => {
  await open(background);
  await userEvent.keyboard('m');
  await settled();
  await userEvent.keyboard('{Enter}');
  await settled();
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await settled();
  expect(background.calls('remove')).toEqual([]);
  expect(background.calls('edit').at(-1)).toMatchObject({
    kind: 'interaction',
    patch: { logged: null },
  });
});

test('a save that fails after one has gone back to the list is said there', async () => {
  await captured();
  let letGo = () => {};
  background.held.set('save', new Promise((done) => (letGo = done)));
  background.failures.set('save', { code: 'disk-full', message: '' });
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('{Escape}');
  letGo();
  await expectText(page.getByRole('alert'), /^Could not save: the disk is full\./);
  await expect.element(page.getByText('1 unfinished card')).toBeVisible();
});

test('Ctrl and Enter saves from a button too', async () => {
  await captured();
  (page.getByRole('button', { name: 'Asked' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await settled();
  expect([...background.drafts.values()][0]?.fields.stage).toBe('asked');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await settled();
  expect(background.calls('save')[0]).toMatchObject({ draft: { fields: { stage: 'asked' } } });
});

test('a discarded card can be brought back where it was', async () => {
  await captured();
  await userEvent.type(statement(), 'Keep me');
  await userEvent.click(page.getByRole('button', { name: 'Discard' }));
  await settled();
  expect(background.drafts.size).toBe(0);
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await settled();
  await expect.element(statement()).toHaveValue('Keep me');
  expect(background.drafts.size).toBe(1);
});

test('a saved card can be taken back, and brought back again', async () => {
  await captured();
  await userEvent.keyboard('{Enter}');
  await settled();
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await settled();
  expect(background.calls('remove').at(-1)).toMatchObject({ kind: 'expectation', on: true });
  await expect.element(page.getByText('Taken back.').first()).toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Undo' }));
  await settled();
  expect(background.calls('remove').at(-1)).toMatchObject({ on: false });
});

test('after a reload the card of this tab is open again with what was typed', async () => {
  const draft = sampleDraft({ fields: { statement: 'Half a sent' } });
  background.drafts.set(draft.id, draft);
  await open(background);
  await expect.element(statement()).toHaveValue('Half a sent');
});

test('Escape keeps the card among the unfinished ones', async () => {
  const { place, draft } = await captured();
  await userEvent.type(statement(), 'Later');
  await userEvent.keyboard('{Escape}');
  await settled();
  await expect.element(page.getByText('1 unfinished card')).toBeVisible();
  expect(place.querySelector(`[data-record="${draft.id}"]`)).toBe(document.activeElement);
});

test('Enter that ends the composition of a word does not save', async () => {
  await captured();
  const field = statement().element();
  field.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      cancelable: true,
    }),
  );
  await settled();
  expect(background.calls('save')).toHaveLength(0);
});
