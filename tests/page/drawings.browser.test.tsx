import { render } from 'preact';
import { expect, test } from 'vitest';
import { drawIcon } from '../../src/extension/page/drawings.ts';
import { CAPTURES } from '../../src/extension/page/kinds.ts';
import { Icon } from '../../src/ui/icons.tsx';
import { en, MARK_KEYS, MARK_KINDS } from '../../src/ui/words.ts';

const paths = (icon: Element | null) =>
  [...(icon?.querySelectorAll('path') ?? [])].map((path) => path.getAttribute('d'));

test.for(CAPTURES)(
  '$name has one icon, name and key in page and sidebar',
  ({ kind, name, key }) => {
    const place = document.createElement('div');
    render(<Icon name={kind} />, place);
    expect(paths(drawIcon(kind))).toEqual(paths(place));
    expect(en.mark[kind]).toBe(name);
    expect(MARK_KEYS[kind]).toBe(key);
  },
);

test('the kinds stand in one order', () => {
  expect(CAPTURES.map(({ kind }) => kind)).toEqual([...MARK_KINDS]);
});
