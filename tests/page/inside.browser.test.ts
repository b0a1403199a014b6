import { expect, test } from 'vitest';
import { isInside } from '../../src/extension/page/inside.ts';

test('inside is inside, through shadow trees too', () => {
  const outer = document.createElement('div');
  const host = outer.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const inner = root.appendChild(document.createElement('p'));
  const other = document.createElement('div');
  expect(isInside(inner, outer)).toBe(true);
  expect(isInside(inner, inner)).toBe(true);
  expect(isInside(outer, inner)).toBe(false);
  expect(isInside(inner, other)).toBe(false);
  expect(isInside(inner, null)).toBe(false);
});
