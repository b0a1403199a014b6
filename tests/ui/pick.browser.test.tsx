import { useState } from 'preact/hooks';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Pick, type PickItem } from '../../src/ui/index.ts';
import { draw, expectAccessible, one } from './draw.ts';

const ITEMS: readonly PickItem[] = [
  { id: 'a', name: 'Acme Sample', detail: 'acme.example' },
  { id: 'b', name: 'Sample Foods' },
  { id: 'c', name: 'Zürich Sample Works' },
];

interface Seen {
  readonly picked: (item: PickItem | null) => void;
  readonly created: (name: string) => void;
}

function Held({ seen, start }: { readonly seen: Seen; readonly start?: PickItem }) {
  const [value, setValue] = useState<PickItem | null>(start ?? null);
  return (
    <main>
      <Pick
        label="Customer"
        items={ITEMS}
        value={value}
        onPick={(item) => {
          seen.picked(item);
          setValue(item);
        }}
        onCreate={seen.created}
      />
      <button type="button">After</button>
    </main>
  );
}

function setUp(start?: PickItem) {
  const seen = { picked: vi.fn<Seen['picked']>(), created: vi.fn<Seen['created']>() };
  const place = draw(<Held seen={seen} {...(start ? { start } : {})} />);
  const input = one<HTMLInputElement>(place, '[role=combobox]');
  return { seen, place, input };
}

function options(place: Element): (string | null)[] {
  return [...place.querySelectorAll('[role=option]')].map((option) => option.textContent);
}

describe('a combobox', () => {
  test('filters while typing, without accents, and takes the first with Enter', async () => {
    const { seen, place, input } = setUp();
    await userEvent.type(input, 'zur');
    expect(options(place)[0]).toBe('Zürich Sample Works');
    await userEvent.keyboard('{Enter}');
    expect(seen.picked).toHaveBeenCalledExactlyOnceWith(ITEMS[2]);
    expect(input.value).toBe('Zürich Sample Works');
    expect(input.getAttribute('aria-expanded')).toBe('false');
  });

  test('arrows move the active option, round at the ends', async () => {
    const { seen, place, input } = setUp();
    input.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowUp}');
    const active = input.getAttribute('aria-activedescendant');
    expect(one(place, `[id="${active}"]`).textContent).toBe('Zürich Sample Works');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(seen.picked).toHaveBeenCalledExactlyOnceWith(ITEMS[1]);
  });

  test('offers to create what is not there', async () => {
    const { seen, place, input } = setUp();
    await userEvent.type(input, '  Acme  ');
    expect(options(place)).toEqual(['Acme Sample acme.example', 'Create “Acme”']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(seen.created).toHaveBeenCalledExactlyOnceWith('Acme');
  });

  test('keeps what was typed when one leaves without choosing, and says so', async () => {
    const { seen, place, input } = setUp();
    await userEvent.type(input, 'Nobody Knows');
    await userEvent.tab();
    expect(input.value).toBe('Nobody Knows');
    expect(place.textContent).toContain('Nothing chosen yet');
    expect(seen.picked).not.toHaveBeenCalled();
  });

  test('a name typed in full is a choice', async () => {
    const { seen, input } = setUp();
    await userEvent.type(input, 'sample foods');
    await userEvent.tab();
    expect(seen.picked).toHaveBeenCalledExactlyOnceWith(ITEMS[1]);
  });

  test('Escape takes the text back and stops there', async () => {
    const { seen, place, input } = setUp(ITEMS[0]);
    const outside = vi.fn();
    place.addEventListener('keydown', outside);
    await userEvent.type(input, 'xyz{Escape}');
    expect(input.value).toBe('Acme Sample');
    expect(seen.picked).not.toHaveBeenCalled();
    expect(outside.mock.calls.map(([event]) => event.key)).not.toContain('Escape');
  });

  test('Enter in an untouched field is left to the form', async () => {
    const { place, input, seen } = setUp(ITEMS[0]);
    const outside = vi.fn();
    place.addEventListener('keydown', outside);
    input.focus();
    await userEvent.keyboard('{Enter}');
    expect(outside).toHaveBeenCalledOnce();
    expect(seen.picked).not.toHaveBeenCalled();
  });

  test('is clean for axe while open, with nothing found', async () => {
    const { place, input } = setUp();
    await userEvent.type(input, 'a');
    await expectAccessible(place);
  });
});

test('the mouse chooses, and the field keeps the focus', async () => {
  const { seen, place, input } = setUp();
  await userEvent.click(input);
  await userEvent.click(one(place, '[data-at="1"]'));
  expect(seen.picked).toHaveBeenCalledExactlyOnceWith(ITEMS[1]);
  expect(document.activeElement).toBe(input);
});
