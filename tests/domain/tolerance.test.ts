// Worked examples: the zone is that of Zeithaml, Berry and Parasuraman (1993), Journal of the Academy
// of Marketing Science 21(1); the measures MSA and MSS those of Parasuraman, Zeithaml and Berry (1994),
// Journal of Retailing 70(3). Numbers: "Willingness to help users", the LibQUAL+ survey of 2002 in
// seventeen libraries as compared by Lehigh University (minimum, desired, perceived and both gaps).
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneOf, zoneProblem } from '../../src/domain/index.ts';

test.each([
  ['institution J', 5.7, 7.72, 6.92, 1.22, -0.8, 'within'],
  ['institution A', 6.11, 8, 7.01, 0.9, -1, 'within'],
  ['institution K', 6.81, 7.9, 6.85, 0.04, -1.05, 'within'],
  ['institution F', 6.3, 7.88, 6.27, -0.02, -1.6, 'below'],
  ['the mean of all', 6.23, 7.93, 6.99, 0.76, -0.94, 'within'],
] as const)(
  '%s: adequate %d, desired %d, perceived %d',
  (_name, adequate, desired, perceived, msa, mss, place) => {
    const zone = zoneOf({ adequate, desired, perceived });
    expect(zone.place).toBe(place);
    // The gaps as printed. They were taken before the means were rounded: a hundredth may be off.
    expect(Math.abs(zone.adequacy - msa)).toBeLessThan(0.011);
    expect(Math.abs(zone.superiority - mss)).toBeLessThan(0.011);
  },
);

test('either end belongs to the zone; beyond what they desire is above it', () => {
  const levels = { adequate: 6, desired: 8 };
  expect(zoneOf({ ...levels, perceived: 6 }).place).toBe('within');
  expect(zoneOf({ ...levels, perceived: 8 }).place).toBe('within');
  expect(zoneOf({ ...levels, perceived: 5.9 }).place).toBe('below');
  expect(zoneOf({ ...levels, perceived: 8.1 })).toEqual({
    ...{ place: 'above', adequacy: 2.1, superiority: 0.1 },
  });
});

test('no difference is left of binary fractions', () => {
  expect(zoneOf({ adequate: 6.2, desired: 7.1, perceived: 7.1 }).adequacy).toBe(0.9);
});

test('to desire less than what is enough is refused, in words that say what to do', () => {
  expect(zoneProblem(5, 5)).toBeNull();
  expect(zoneProblem(10, 4)).toMatch(/cannot be less.*minus/);
  expect(() => zoneOf({ adequate: 10, desired: 4, perceived: 6 })).toThrow(RangeError);
  // Days of waiting, with the minus that the words ask for: 12 days are more than 10 that would do.
  expect(zoneProblem(-10, -4)).toBeNull();
  expect(zoneOf({ adequate: -10, desired: -4, perceived: -12 }).place).toBe('below');
});

const level = fc.integer({ min: -1_000, max: 1_000 });

test('the signs of both measures tell the place, and their difference is the width of the zone', () => {
  fc.assert(
    fc.property(level, level, level, (one, other, perceived) => {
      const [adequate, desired] = [Math.min(one, other), Math.max(one, other)];
      const { place, adequacy, superiority } = zoneOf({ adequate, desired, perceived });
      expect(adequacy - superiority).toBe(desired - adequate);
      const told = adequacy < 0 ? 'below' : superiority > 0 ? 'above' : 'within';
      expect(place).toBe(told);
    }),
  );
});
