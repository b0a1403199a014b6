// A card that is kept on this device is shared with two clicks, of which the second says what it does.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { sampleCard } from './samples.ts';

async function opened() {
  const background = new FakeBackground();
  background.cards = [sampleCard(1, { keptHere: true })];
  const { place } = await open(background);
  background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
  await settled();
  return { background, place };
}

test('shared after it was asked', async () => {
  const { background, place } = await opened();
  expect(place.textContent).toContain('nobody else sees it');
  await userEvent.click(page.getByRole('button', { name: 'Share…' }));
  expect(place.textContent).toContain('cannot be called back');
  expect(background.calls('share')).toEqual([]);
  await expect
    .element(page.getByRole('button', { name: 'Share with the workspace' }))
    .toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await settled();
  expect(background.calls('share')).toEqual([{ kind: 'expectation', id: sampleCard(1).id }]);
  expect(place.textContent).not.toContain('nobody else sees it');
});

test('or kept', async () => {
  const { background, place } = await opened();
  await userEvent.click(page.getByRole('button', { name: 'Share…' }));
  await userEvent.click(page.getByRole('button', { name: 'Keep it here' }));
  expect(background.calls('share')).toEqual([]);
  expect(place.textContent).toContain('nobody else sees it');
});

test('what is asked stays while the card is read again', async () => {
  const { background, place } = await opened();
  await userEvent.click(page.getByRole('button', { name: 'Share…' }));
  for (let time = 0; time < 3; time += 1) {
    background.tell({ event: 'changed' });
    await settled();
    expect(place.textContent).toContain('cannot be called back');
  }
});
