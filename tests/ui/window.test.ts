import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { extentOf, pieces, scrollFor } from '../../src/ui/window.ts';

test('rows and gaps together are always all rows, in order, each once', () => {
  fc.assert(
    fc.property(
      fc.nat(2_000),
      fc.nat(100_000),
      fc.nat(2_000),
      fc.option(fc.nat(2_500)),
      (count, scrollTop, height, active) => {
        const body = pieces(extentOf(scrollTop, height, 37, count), active, count);
        let at = 0;
        for (const piece of body) {
          if ('gap' in piece) {
            expect(piece.gap).toBeGreaterThan(0);
            at += piece.gap;
          } else {
            expect(piece.row).toBe(at);
            at += 1;
          }
        }
        expect(at).toBe(count);
        if (active !== null && active < count) {
          expect(body).toContainEqual({ row: active });
        }
      },
    ),
  );
});

test('a row out of sight is scrolled in with two more beyond it, one in sight stays', () => {
  expect(scrollFor(0, 10, 50, 100)).toBe(0);
  expect(scrollFor(4, 10, 50, 100)).toBe(20);
  expect(scrollFor(20, 10, 50, 100)).toBe(130);
  expect(scrollFor(9, 10, 50, 100)).toBe(50);
});
