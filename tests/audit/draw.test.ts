// Draws: nobody can shop for one, anybody can replay it, and everybody has the same chance.
import { hash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  draw,
  type Member,
  order,
  populationHash,
  populationText,
  replacement,
  seedOf,
} from '../../src/audit/index.ts';

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer');
const seedFor = (turn: number) => sha256(Buffer.from(`seed ${turn}`));
const members = (count: number, strata = ['']): Member[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`,
    stratum: strata[at % strata.length] ?? '',
  }));

/** The documented method once more, of text and hashes alone. */
function replayed(list: string, seed: string, size: number): string[] {
  return list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '')
    .map((id) => [hash('sha256', Buffer.concat([Buffer.from(seed, 'hex'), Buffer.from(id)])), id])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .slice(0, size)
    .map(([, id]) => id ?? '');
}

test('what is written down of a draw is enough to draw it again', () => {
  const all = members(200);
  const nonce = randomBytes(32);
  const checkpoint = 'sample.example/log\n7\nAAAA\n\n— sample.example/log BBBB\n';
  const seed = seedOf(sha256, checkpoint, nonce);
  expect(Buffer.from(seed).toString('hex')).toBe(
    hash('sha256', Buffer.concat([Buffer.from(checkpoint), nonce])),
  );
  expect(populationHash(sha256, all)).toBe(hash('sha256', populationText(all)));
  const drawn = draw(sha256, seed, all, { kind: 'simple', size: 66 }).map(({ id }) => id);
  expect(drawn).toEqual(replayed(populationText(all), Buffer.from(seed).toString('hex'), 66));
});

test('neither the order of the list nor the number drawn moves anybody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, turn) => {
      const all = members(count);
      const seed = seedFor(turn);
      const turned = all.toReversed();
      expect(populationHash(sha256, turned)).toBe(populationHash(sha256, all));
      const most = draw(sha256, seed, all, { kind: 'simple', size: count });
      for (let size = 1; size <= count; size += 7) {
        expect(draw(sha256, seed, turned, { kind: 'simple', size })).toEqual(most.slice(0, size));
      }
    }),
    { numRuns: 50 },
  );
});

const DRAWS = 100_000;

test('everybody has the same chance: chi-square over 100,000 draws of 2 from 6', () => {
  const all = members(6);
  const numberOf = new Map(all.map(({ id }, at) => [id, at]));
  const [single, pairs, first] = [new Map(), new Map(), new Map()] as Map<number, number>[];
  const count = (counts: Map<number, number> | undefined, key: number) =>
    counts?.set(key, (counts.get(key) ?? 0) + 1);
  for (let turn = 0; turn < DRAWS; turn += 1) {
    const drawn = draw(sha256, seedFor(turn), all, { kind: 'simple', size: 2 });
    const [a = 0, b = 0] = drawn.map(({ id }) => numberOf.get(id) ?? 0);
    for (const one of [a, b]) count(single, one);
    count(first, a);
    count(pairs, Math.min(a, b) * 6 + Math.max(a, b));
  }
  const chi = (counts: Map<number, number> | undefined, cells: number, total: number) => {
    expect(counts?.size).toBe(cells);
    const expected = total / cells;
    return [...(counts?.values() ?? [])].reduce(
      (sum, n) => sum + (n - expected) ** 2 / expected,
      0,
    );
  };
  // Passed by chance once in a thousand; the seeds are fixed. Degrees of freedom: 5, 5, 14.
  expect(chi(first, 6, DRAWS)).toBeLessThan(20.52);
  // Without replacement the counts vary less, by (N − n)/(N − 1).
  expect(chi(single, 6, 2 * DRAWS) * (5 / 4)).toBeLessThan(20.52);
  // Not only everybody, but every two of them.
  expect(chi(pairs, 15, DRAWS)).toBeLessThan(36.12);
}, 120_000);

test('within a stratum everybody has the same chance: chi-square over 20,000 draws', () => {
  const draws = DRAWS / 5;
  const all = members(8, ['happy', 'happy', 'happy', 'unhappy']);
  const counts = new Map<string, number>();
  for (let turn = 0; turn < draws; turn += 1) {
    const drawn = draw(sha256, seedFor(turn), all, { kind: 'stratified', size: 4, least: 1 });
    for (const { id } of drawn) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const of = (stratum: string) =>
    all.filter((one) => one.stratum === stratum).map(({ id }) => counts.get(id) ?? 0);
  const chi = (stratum: string, drawn: number) => {
    const numbers = of(stratum);
    const [N, expected] = [numbers.length, (draws * drawn) / numbers.length];
    // Exact: each draw has as many of it as its share says.
    expect(numbers.reduce((sum, n) => sum + n, 0)).toBe(draws * drawn);
    const sum = numbers.reduce((so, n) => so + (n - expected) ** 2 / expected, 0);
    return sum * ((N - 1) / (N - drawn));
  };
  // 5 and 1 degrees of freedom.
  expect(chi('happy', 3)).toBeLessThan(20.52);
  expect(chi('unhappy', 1)).toBeLessThan(10.83);
}, 120_000);

test('strata are exact: as many of each as their share says', () => {
  const all = [
    ...members(120, ['happy']),
    ...members(180, ['', 'unhappy', 'unknown'])
      .slice(120)
      .filter(({ stratum }) => stratum !== ''),
  ];
  for (let turn = 0; turn < 50; turn += 1) {
    const drawn = draw(sha256, seedFor(turn), all, { kind: 'stratified', size: 16, least: 2 });
    const of = (name: string) => drawn.filter(({ stratum }) => stratum === name).length;
    expect([of('happy'), of('unhappy'), of('unknown')]).toEqual([12, 2, 2]);
  }
});

test('who comes in for one is known beforehand: the next of the same stratum', () => {
  const all = members(40, ['happy', 'unhappy']);
  const seed = seedFor(1);
  const method = { kind: 'stratified', size: 10, least: 1 } as const;
  const drawn = draw(sha256, seed, all, method);
  const out = new Set(drawn.map(({ id }) => id));
  const gone = drawn[3] as (typeof drawn)[number];
  const next = replacement(sha256, seed, all, method, gone.id, out);
  const same = order(sha256, seed, all).filter(({ stratum }) => stratum === gone.stratum);
  expect(next).toEqual(same.find(({ id }) => !out.has(id)));
  for (const { id } of all) out.add(id);
  expect(replacement(sha256, seed, all, method, gone.id, out)).toBeNull();
});

test('populations that cannot be are refused in words', () => {
  const [one] = members(1) as [Member];
  expect(() => populationText([one, { ...one, stratum: 'other' }])).toThrow('twice');
  expect(() => populationText([{ ...one, stratum: 'a\nb' }])).toThrow('line end');
  expect(() => draw(sha256, seedFor(1), [one], { kind: 'simple', size: 2 })).toThrow('cannot');
  expect(() => draw(sha256, seedFor(1), [one], { kind: 'simple', size: 0 })).toThrow('at least 1');
  expect(() => seedOf(sha256, '', new Uint8Array(16))).toThrow('32 bytes');
});
