import { AuditError, wholeNumber } from './normal.ts';

/**
 * Shares `size` out to strata in proportion to their numbers, largest remainders first, equal ones by
 * name; each that has any gets at least `least`, as far as it has so many. The sum is exact.
 * @returns stratum → how many, in the order of `strata`
 * @throws AuditError where `size` is more than there are, or less than the least shares need.
 */
export function allocate(
  strata: ReadonlyMap<string, number>,
  size: number,
  least = 1,
): Map<string, number> {
  wholeNumber(size, 'The sample');
  wholeNumber(least, 'The least of a stratum');
  let total = 0;
  for (const [name, count] of strata) {
    wholeNumber(count, `The number in “${name}”`);
    total += count;
  }
  if (size > total) throw new AuditError(`${size} cannot be drawn from ${total}.`);
  const shares = new Map([...strata].map(([name, count]) => [name, Math.min(least, count)]));
  const given = sum(shares);
  if (given > size) {
    throw new AuditError(
      `${shares.size} strata with ${least} of each need a sample of ${given}; ${size} is too small.`,
    );
  }
  // One at a time to whoever is furthest below its proportion (Hamilton's method with a floor). In
  // whole numbers, total times as large: fractions would not be equal on every machine.
  const lack = (name: string) => size * (strata.get(name) ?? 0) - total * (shares.get(name) ?? 0);
  const names = [...strata.keys()].sort();
  for (let left = size - given; left > 0; left -= 1) {
    let next: string | null = null;
    for (const name of names) {
      if ((shares.get(name) ?? 0) === strata.get(name)) continue;
      if (next === null || lack(name) > lack(next)) next = name;
    }
    if (next === null) throw new Error('shares do not add up');
    shares.set(next, (shares.get(next) ?? 0) + 1);
  }
  return shares;
}

function sum(shares: ReadonlyMap<string, number>): number {
  let all = 0;
  for (const share of shares.values()) all += share;
  return all;
}
