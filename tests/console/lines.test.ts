import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChange, mergeLines } from '../../src/console/settings/lines.ts';

const lines = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));

test('what one person changed and what another changed are both there after merging', () => {
  fc.assert(
    fc.property(lines, lines, lines, (base, mine, theirs) => {
      const merged = new Set(mergeLines(base, mine, theirs));
      const { added, removed } = lineChange(base, mine);
      for (const line of added) expect(merged).toContain(line);
      for (const line of removed) expect(merged).not.toContain(line);
      for (const line of theirs) expect(merged.has(line)).toBe(!removed.includes(line));
      expect(mergeLines(base, base, theirs)).toEqual(theirs);
      expect(new Set(mergeLines(base, mine, base))).toEqual(new Set(mine));
    }),
  );
});
