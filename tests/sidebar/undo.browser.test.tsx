// Every act in the sidebar can be undone for ten seconds, in the place where it happened.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { CUSTOMER, sampleCard, sampleDraft, sampleId } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const undo = () => page.getByRole('button', { name: 'Undo' });
const statement = () => page.getByLabelText('What they expect, in our words');
const rows = (place: HTMLElement) =>
  [...place.querySelectorAll('[data-record], [data-undo]')].map(
    (row) => row.getAttribute('data-record') ?? row.getAttribute('data-undo'),
  );

describe('a changed field', () => {
  async function opened() {
    background.cards = [sampleCard(1)];
    const { place } = await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    return place;
  }
  const was = sampleCard(1).fields.statement;

  test('is put back, in the field too', async () => {
    const place = await opened();
    await userEvent.fill(statement(), 'By the first of March');
    await userEvent.tab();
    await settled();
    const line = undo().element();
    expect(line.closest('section')).toBe(statement().element().closest('section'));
    await userEvent.click(undo());
    await settled();
    expect(background.calls('edit').map(({ patch }) => patch)).toEqual([
      { statement: 'By the first of March' },
      { statement: was },
    ]);
    await expect.element(statement()).toHaveValue(was ?? '');
    expect(place.contains(document.activeElement)).toBe(true);
  });

  test('two changes are undone one after the other, each where it was made', async () => {
    await opened();
    await userEvent.click(page.getByText('Stated', { exact: true }));
    await settled();
    await userEvent.click(page.getByText('Implied', { exact: true }));
    await settled();
    await userEvent.click(page.getByRole('button', { name: 'Confirmed' }));
    await settled();
    expect(undo().elements()).toHaveLength(2);
    await userEvent.click(undo().last());
    await settled();
    await userEvent.click(undo().last());
    await settled();
    const patches = background.calls('edit').map(({ patch }) => patch);
    expect(patches.slice(2)).toEqual([{ class: 'stated' }, { class: 'unstated' }]);
    await expect.element(page.getByRole('radio', { name: 'Unstated' })).toBeChecked();
    await userEvent.click(undo());
    await settled();
    expect(background.cards[0]?.fields.stage).toBe('asked');
  });

  test('the customer is put back', async () => {
    await opened();
    await userEvent.type(page.getByRole('combobox', { name: 'Customer' }), 'Sample');
    await settled();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await settled();
    expect(background.calls('edit')).toHaveLength(1);
    await userEvent.click(undo());
    await settled();
    expect(background.calls('edit').at(-1)).toMatchObject({ patch: { customer: CUSTOMER } });
    await expect
      .element(page.getByRole('combobox', { name: 'Customer' }))
      .toHaveValue('Halden Foods');
  });

  test('left by Escape it is saved, and undone in the list', async () => {
    await opened();
    await userEvent.fill(statement(), 'Another sentence');
    await userEvent.keyboard('{Escape}');
    await settled();
    await userEvent.click(undo());
    await settled();
    expect(background.calls('edit').at(-1)).toMatchObject({ patch: { statement: was } });
    expect(document.activeElement?.getAttribute('data-record')).toBe(sampleCard(1).id);
  });

  test('typed and typed back again is no change', async () => {
    await opened();
    await userEvent.type(statement(), 'x');
    await userEvent.keyboard('{Backspace}');
    await userEvent.tab();
    await settled();
    expect(background.calls('edit')).toEqual([]);
  });

  test('of a colleague meanwhile is shown, without touching what is being typed', async () => {
    await opened();
    const theirs = sampleCard(1);
    background.cards = [{ ...theirs, fields: { ...theirs.fields, statement: 'Theirs' } }];
    await background.changed();
    await expect.element(statement()).toHaveValue('Theirs');
    await userEvent.type(statement(), ' and ours');
    background.cards = [{ ...theirs, fields: { ...theirs.fields, statement: 'Newer' } }];
    await background.changed();
    await expect.element(statement()).toHaveValue('Theirs and ours');
  });
});

describe('taking back', () => {
  test('keeps the card’s place in the list until it is over', async () => {
    background.cards = [sampleCard(1), sampleCard(2), sampleCard(3)];
    const { place } = await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(2).id });
    await settled();
    await userEvent.click(page.getByRole('button', { name: 'Take back' }));
    await settled();
    await background.changed();
    expect(rows(place)).toEqual([1, 2, 3].map((n) => sampleCard(n).id));
    await expect.element(undo()).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('remove').map(({ on }) => on)).toEqual([true, false]);
    expect(document.activeElement?.getAttribute('data-record')).toBe(sampleCard(2).id);
  });

  test('of a card in the customer’s story is undone there', async () => {
    background.story = [sampleCard(4), sampleCard(5), sampleCard(6)];
    const { place } = await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(5).id });
    await settled();
    await userEvent.click(page.getByRole('button', { name: 'Take back' }));
    await settled();
    await background.changed();
    expect(rows(place)).toEqual([4, 5, 6].map((n) => sampleCard(n).id));
  });
});

describe('when the time is over', () => {
  test('a card that was taken back is gone from both lists', async () => {
    background.cards = [sampleCard(1), sampleCard(2)];
    background.story = [sampleCard(2), sampleCard(3)];
    const { place, sidebar } = await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(2).id });
    await settled();
    await userEvent.click(page.getByRole('button', { name: 'Take back' }));
    await settled();
    const [last] = sidebar.state.undoable;
    if (!last) throw new Error('it can be undone');
    sidebar.forget(last);
    await settled();
    expect(rows(place)).toEqual([1, 3].map((n) => sampleCard(n).id));
  });

  test('for a change, it is for those before it in its place, and for no other', async () => {
    background.cards = [sampleCard(1)];
    const { sidebar } = await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    await userEvent.click(page.getByRole('button', { name: 'Confirmed' }));
    await settled();
    await userEvent.click(page.getByText('Stated', { exact: true }));
    await settled();
    await userEvent.click(page.getByText('Implied', { exact: true }));
    await settled();
    const [last] = sidebar.state.undoable;
    if (!last) throw new Error('it can be undone');
    sidebar.forget(last);
    await settled();
    await userEvent.click(undo());
    await settled();
    expect(background.cards[0]?.fields).toMatchObject({ stage: 'asked', class: 'implied' });
    expect(undo().elements()).toHaveLength(0);
  });
});

test('a discarded card is undone where it stood among the others', async () => {
  for (const n of [0, 1, 2]) {
    const id = sampleId(0x100 + n);
    background.drafts.set(id, sampleDraft({ id, tab: 9, fields: { statement: `Typed ${n}` } }));
  }
  const { place } = await open(background);
  await userEvent.click(page.getByText('Typed 1'));
  await settled();
  await userEvent.click(page.getByRole('button', { name: 'Discard' }));
  await settled();
  expect(rows(place).slice(0, 3)).toEqual([0, 1, 2].map((n) => sampleId(0x100 + n)));
  await expect.element(undo()).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await settled();
  await expect.element(statement()).toHaveValue('Typed 1');
  expect(background.drafts.size).toBe(3);
});
