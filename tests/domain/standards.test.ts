// Standards: versions, what is wrong with one, and scales for scores.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bodyProblem,
  type Json,
  type StandardText,
  scaleOf,
  standardProblems,
  standardsOf,
  storedStandard,
} from '../../src/domain/index.ts';
import { STARTER_STANDARDS } from '../../src/domain/starter-standards.ts';

const [base] = STARTER_STANDARDS as [StandardText];
const id = (at: number) => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`;

test('those to begin with have nothing wrong, fit the record, and have names of their own', () => {
  for (const standard of STARTER_STANDARDS) {
    expect(standardProblems(standard)).toEqual([]);
    expect(
      bodyProblem('standard', storedStandard(standard) as unknown as { [f: string]: Json }),
    ).toBeNull();
    expect(storedStandard(standard)).toEqual(standard);
  }
  expect(new Set(STARTER_STANDARDS.map(({ name }) => name)).size).toBe(STARTER_STANDARDS.length);
});

test('a new version leaves the old one as it was; the newest is the current one', () => {
  const [first, second] = [id(1), id(2)];
  const records = [
    { id: second, fields: { series: first, version: 2, name: 'Answered in time', weight: 5 } },
    { id: first, fields: { series: first, version: 1, name: 'First answer' } },
    { id: id(3), fields: { name: 'Another', retired: true } },
    { id: id(4), fields: { name: 'Gone', deleted: true } },
  ];
  const [one, other, ...more] = standardsOf(records);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ series: id(3), retired: true });
  expect(other).toMatchObject({ series: first, retired: false });
  expect(other?.current).toMatchObject({
    id: second,
    version: 2,
    name: 'Answered in time',
    weight: 5,
  });
  expect(other?.versions.map(({ version, name }) => [version, name])).toEqual([
    [1, 'First answer'],
    [2, 'Answered in time'],
  ]);
});

test('two versions that were written at once are both there, and all read the same as current', () => {
  const records = [3, 2, 1].map((at) => ({
    id: id(at),
    fields: { series: id(1), version: at === 1 ? 1 : 2, name: `${at}` },
  }));
  fc.assert(
    fc.property(fc.shuffledSubarray(records, { minLength: 3 }), (shuffled) => {
      const [one] = standardsOf(shuffled);
      expect(one?.current.id).toBe(id(3));
      expect(one?.versions).toHaveLength(3);
    }),
  );
});

test('what is wrong is said field by field', () => {
  const problems = (patch: Partial<StandardText>) =>
    standardProblems({ ...base, ...patch }).map(({ field, problem }) => `${field} ${problem}`);
  expect(problems({ name: ' ' })).toEqual(['name missing']);
  expect(problems({ unit: '' })).toEqual(['unit missing']);
  expect(problems({ judgement: 'scale', anchors: ['a'] })).toContain('anchors not-five');
  expect(problems({ judgement: 'yes-no', ourTarget: 2 })).toContain('ourTarget out-of-scale');
  expect(problems({ weight: -1 })).toEqual(['weight below-zero']);
  expect(problems({ weight: Number.NaN })).toEqual(['weight not-a-number']);
  expect(problems({ weight: 0 })).toEqual([]);
  // Fewer hours are better: 48 of ours would be below their 24.
  expect(problems({ ourTarget: 48 })).toEqual(['ourTarget ours-below-theirs']);
  expect(problems({ better: 'more' })).toEqual(['ourTarget ours-below-theirs']);
});

test('scales: less is better turns the ends round, and no end is the other', () => {
  expect(scaleOf(base, 4)).toEqual([8, 4]);
  expect(scaleOf({ ...base, better: 'more' }, 4)).toEqual([0, 4]);
  for (const better of ['more', 'less'] as const) {
    const [worst, best] = scaleOf({ ...base, better }, 0);
    expect(worst).not.toBe(best);
  }
});
