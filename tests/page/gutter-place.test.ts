import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ICON, type Line, placeIcons } from '../../src/extension/page/gutter-place.ts';

const line = (changes: Partial<Line>): Line => ({
  middle: 100,
  start: 100,
  left: 100,
  right: 500,
  width: ICON,
  ...changes,
});

describe('the gutter', () => {
  test('stands left of the text, the first of a line next to it', () => {
    const [second, first] = placeIcons([line({ start: 300 }), line({ start: 120 })], 0, 600);
    expect(first).toEqual({ x: 100 - 6 - ICON, y: 100 - ICON / 2 });
    expect(second?.x).toBeLessThan(first?.x ?? 0);
    expect(second?.y).toBe(first?.y);
  });

  test('goes on below where the margin is full', () => {
    const spots = placeIcons(
      Array.from({ length: 5 }, () => line({})),
      0,
      600,
    );
    expect(new Set(spots.map(({ y }) => y)).size).toBe(2);
  });

  test('stands at the right edge where the text leaves no margin', () => {
    const [spot] = placeIcons([line({ left: 8, right: 592 })], 0, 600);
    expect(spot?.x).toBe(600 - ICON);
  });

  test('keeps every icon in the frame and no two on one spot', () => {
    const lines = fc.array(
      fc.record({
        middle: fc.integer({ min: 0, max: 4 }).map((row) => 100 + row * 200),
        start: fc.integer({ min: 0, max: 500 }),
        left: fc.constant(100),
        right: fc.constant(500),
        width: fc.constantFrom(ICON, ICON + 12),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const spots = placeIcons(all, 0, 600);
        expect(new Set(spots.map(({ x, y }) => `${x} ${y}`)).size).toBe(all.length);
        for (const { x } of spots) expect(x).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
