// Everything random in a simulation comes from one seed, so that a run can be had again.
import { seeded } from '../../bench/random.ts';

export type Chance = {
  happens(probability: number): boolean;
  /** A whole number from 0 up to, not with, `end`. */
  below(end: number): number;
  pick<T>(choices: readonly T[]): T;
  bytes(count: number): Uint8Array;
};

export function chanceOf(seed: number): Chance {
  const random = seeded(seed);
  const below = (end: number) => Math.floor(random() * end);
  return {
    happens: (probability) => random() < probability,
    below,
    pick(choices) {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}
