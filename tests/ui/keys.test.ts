import { expect, test } from 'vitest';
import { ariaKeys, isKeys, keyLabel } from '../../src/ui/keys.tsx';

function press(key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent {
  const none = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false };
  return { key, isComposing: false, ...none, ...held } as KeyboardEvent;
}

test('Mod is the key of the platform', () => {
  expect(keyLabel('Mod+Enter', true)).toBe('⌘ ⏎');
  expect(keyLabel('Mod+Enter', false)).toBe('Ctrl ⏎');
  expect(ariaKeys('Mod+Enter', false)).toBe('Control+Enter');
  expect(isKeys(press('Enter', { metaKey: true }), 'Mod+Enter', true)).toBe(true);
  expect(isKeys(press('Enter', { metaKey: true }), 'Mod+Enter', false)).toBe(false);
  expect(isKeys(press('Enter', { ctrlKey: true }), 'Mod+Enter', false)).toBe(true);
});

test('a letter with a modifier is another command', () => {
  expect(isKeys(press('e'), 'E', false)).toBe(true);
  expect(isKeys(press('e', { ctrlKey: true }), 'E', false)).toBe(false);
  expect(isKeys(press('E', { shiftKey: true }), 'E', false)).toBe(false);
  expect(isKeys(press('?', { shiftKey: true }), '?', false)).toBe(true);
});

test('what an input method composes is no command', () => {
  expect(isKeys(press('e', { isComposing: true }), 'E', false)).toBe(false);
});
