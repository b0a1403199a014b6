import { describe, expect, test } from 'vitest';
import { extentIn, Heights, rowAt } from '../../src/ui/heights.ts';

describe('heights of a long list', () => {
  test('are those measured, and an average until then', () => {
    const heights = new Heights(50);
    expect(heights.set('b', 120)).toBe(true);
    expect(heights.set('b', 120)).toBe(false);
    expect(heights.tops(['a', 'b', 'c'])).toEqual([0, 50, 170, 220]);
    heights.forget();
    expect(heights.tops(['a', 'b'])).toEqual([0, 50, 100]);
    expect(heights.tops([])).toEqual([0]);
  });

  test('say which row lies where', () => {
    const tops = [0, 50, 170, 220];
    expect([-10, 0, 49, 50, 169, 170, 9_999].map((y) => rowAt(tops, y))).toEqual([
      ...[0, 0, 0, 1, 1, 2, 2],
    ]);
    expect(rowAt([0], 10)).toBe(0);
  });

  test('draw what is in sight and a little beyond, however many there are', () => {
    const tops = new Heights(50).tops(Array.from({ length: 5_000 }, (_, n) => `${n}`));
    expect(extentIn(tops, 0, 600)).toEqual({ start: 0, end: 25 });
    expect(extentIn(tops, 100_000, 100_600)).toEqual({ start: 1_988, end: 2_025 });
    expect(extentIn(tops, 249_400, 250_000)).toEqual({ start: 4_976, end: 5_000 });
    expect(extentIn([0], 0, 600)).toEqual({ start: 0, end: 0 });
  });
});
