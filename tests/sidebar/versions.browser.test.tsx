// What two people wrote at the same time: both are shown, one click takes the other, and undo undoes.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { sampleCard, sampleId, writtenTwice } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
  background.cards = [writtenTwice(1), sampleCard(2)];
});

const statement = () => page.getByLabelText('What they expect, in our words');
const theirs = writtenTwice(1).versions?.statement?.[1];

async function opened() {
  const { place } = await open(background);
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
  await settled();
  return place;
}

test('the list says in words which card was written twice', async () => {
  const { place } = await open(background);
  const row = (n: number) => place.querySelector(`[data-record="${sampleCard(n).id}"]`);
  expect(row(1)?.textContent).toContain('written twice');
  expect(row(2)?.textContent).not.toContain('written twice');
});

describe('SPEC 15.4: an open card', () => {
  test('shows the other value with its writer and its time beside the field', async () => {
    const place = await opened();
    const block = place.querySelector('.s-versions');
    expect(block?.textContent).toContain('written by two at the same time');
    expect(block?.textContent).toContain('Shown now: you');
    expect(block?.textContent).toContain('a week before the audit');
    expect(block?.textContent).toMatch(/Tom Sample · \d+ \w+ \d{4}/);
    expect(block?.closest('section')).toBe(statement().element().closest('section'));
  });

  test('one click takes the other, naming both as seen; undo shows both again', async () => {
    const place = await opened();
    await userEvent.click(page.getByRole('button', { name: /^Take this one: “They count/ }));
    await settled();
    expect(background.calls('edit')).toEqual([
      {
        ...{ kind: 'expectation', id: sampleCard(1).id, patch: { statement: theirs?.value } },
        seen: { statement: [sampleId(0x3000), sampleId(0x3001)] },
      },
    ]);
    await background.changed();
    await expect.element(statement()).toHaveValue(theirs?.value as string);
    expect(place.textContent).not.toContain('What they expect, in our words: written by two');
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(background.calls('edit').at(-1)).toEqual({
      ...{ kind: 'expectation', id: sampleCard(1).id },
      patch: { statement: sampleCard(1).fields.statement },
      beside: { statement: [theirs?.value] },
    });
  });

  test('what is shown can be kept as the one', async () => {
    await opened();
    await userEvent.click(page.getByRole('button', { name: 'Keep what is shown' }).first());
    await settled();
    expect(background.calls('edit')).toMatchObject([
      {
        patch: { statement: sampleCard(1).fields.statement },
        seen: { statement: [sampleId(0x3000), sampleId(0x3001)] },
      },
    ]);
  });

  test('a customer is said by name, an emptied field as such', async () => {
    const place = await opened();
    const [, block] = place.querySelectorAll('.s-versions');
    expect(block?.textContent).toContain('Customer: written by two at the same time');
    expect(block?.textContent).toContain('(emptied)');
  });

  test('what is typed while a colleague’s change arrives names what was seen before', async () => {
    const seen = { statement: sampleId(0x4000) };
    background.cards = [{ ...sampleCard(1), seen }];
    await opened();
    await userEvent.fill(statement(), 'By the first of March');
    const newer = { statement: sampleId(0x4001) };
    background.cards = [
      { ...sampleCard(1, { fields: { statement: 'A colleague’s words' } }), seen: newer },
    ];
    await background.changed();
    await settled();
    await expect.element(statement()).toHaveValue('By the first of March');
    await userEvent.tab();
    await settled();
    expect(background.calls('edit')).toMatchObject([
      { patch: { statement: 'By the first of March' }, seen },
    ]);
  });
});

test('a colleague’s value that arrives is told to the list that is open', async () => {
  background.cards = [sampleCard(1)];
  const { place } = await open(background);
  background.cards = [writtenTwice(1)];
  await background.changed();
  await settled();
  await expectText(page.elementLocator(place), /written twice/);
});
