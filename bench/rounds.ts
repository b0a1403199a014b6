/** Runs of several variants, taken in turns so that a busy moment of the machine hits all of them. */
export async function inRounds<Name extends string>(
  rounds: number,
  variants: Record<Name, () => number | Promise<number>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(variants) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    // The order turns round as well: nobody is always the first after a pause.
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) taken[name].push(await variants[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<
    Name,
    number
  >;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('the median of nothing');
  return middle;
}

/** How often per second `work` can be done, over `times` calls. */
export function perSecond(times: number, work: () => void): number {
  const start = performance.now();
  for (let done = 0; done < times; done += 1) work();
  return (times * 1000) / (performance.now() - start);
}
