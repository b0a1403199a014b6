// How well sentences are told apart, with how far chance may have moved it.
import { between } from './random.ts';

/** One sentence: what it is, what it was taken for, and the thread it comes from. */
export type Judged = { is: boolean; found: boolean; thread: string };
export type Scores = { precision: number; recall: number; f1: number };
export type Interval = [number, number];

/** 0 where nothing was found, or nothing was to be found. */
export function scoresOf(judged: readonly Judged[]): Scores {
  const right = judged.filter(({ is, found }) => is && found).length;
  const found = judged.filter((one) => one.found).length;
  const all = judged.filter(({ is }) => is).length;
  const precision = found === 0 ? 0 : right / found;
  const recall = all === 0 ? 0 : right / all;
  return { precision, recall, f1: right === 0 ? 0 : (2 * right) / (found + all) };
}

/**
 * 95 % intervals, by drawing threads with replacement (a cluster bootstrap, percentiles): sentences
 * of one thread are alike, so intervals that take each for itself would be too narrow.
 */
export function intervalsOf(
  judged: readonly Judged[],
  draws: number,
  random: () => number,
): { [score in keyof Scores]: Interval } {
  const threads = [...Map.groupBy(judged, ({ thread }) => thread).values()];
  const drawn = Array.from({ length: draws }, () =>
    scoresOf(threads.flatMap(() => threads[between(random, 0, threads.length - 1)] ?? [])),
  );
  const interval = (score: keyof Scores): Interval => {
    const sorted = drawn.map((one) => one[score]).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
    return [at(0.025), at(0.975)];
  };
  return { precision: interval('precision'), recall: interval('recall'), f1: interval('f1') };
}
