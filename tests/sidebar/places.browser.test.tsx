// The four places of the sidebar: by keys and by mouse, and back to where a card was opened from.
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { open } from './open.tsx';
import { sampleCard } from './samples.ts';

const at = (root: HTMLElement) => one(root, '.s-tabs [aria-current]').textContent;

test('H, B, S and I go to the places, Escape comes back; not while somebody types', async () => {
  const background = new FakeBackground();
  const { place: root } = await open(background);
  await soon(() => expect(at(root)).toBe('Here'));
  for (const [key, name] of [
    ['b', 'Brief'],
    ['s', 'Story'],
    ['i', 'Inbox'],
    ['h', 'Here'],
    ['b', 'Brief'],
  ] as const) {
    (document.activeElement as HTMLElement | null)?.blur();
    await userEvent.keyboard(key);
    await soon(() => expect(at(root)).toMatch(name));
  }
  await userEvent.keyboard('{Escape}');
  await soon(() => expect(at(root)).toBe('Here'));
  await userEvent.keyboard('n');
  await soon(() => one(root, '.s-card textarea').focus());
  await userEvent.keyboard('bsi');
  expect(one<HTMLTextAreaElement>(root, '.s-card textarea').value).toContain('bsi');
});

test('a place is a press away, and each has its name for screen readers', async () => {
  const { place: root } = await open(new FakeBackground());
  const nav = page.getByRole('navigation', { name: 'Places of the sidebar' });
  await userEvent.click(nav.getByRole('button', { name: 'Story' }));
  await soon(() => expect(at(root)).toBe('Story'));
});

test('a card goes back to the place that it was opened from', async () => {
  const background = new FakeBackground();
  background.cards = [sampleCard(1)];
  const { place: root } = await open(background);
  await soon(() => expect(root.querySelector('[data-record]')).not.toBeNull());
  await userEvent.click(one(root, '[data-record]'));
  await soon(() => expect(root.querySelector('.s-card')).not.toBeNull());
  await userEvent.keyboard('{Escape}');
  await soon(() => expect(at(root)).toBe('Here'));
});
