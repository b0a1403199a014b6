// What the register keeps in memory finds, after whatever was written, what going through all records
// one by one finds.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, LISTED_KINDS, Listed, type Wanted } from '../../src/server/register/listed.ts';

/** Of a small choice, so that records meet. */
const id = fc
  .nat({ max: 11 })
  .map((n) => `0190aaaa-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
const owner = fc.constantFrom('owner-a', 'owner-b');
const other = fc.option(fc.constantFrom('one', 'two', 'three'), { nil: null });
const written = fc
  .nat({ max: 5 })
  .map((n) => `0190aaaa${(n % 2).toString(16)}000${n.toString(16)}000`);
const part = fc.constantFrom('a', 'ab', 'b%', '_', '\\', '"q"', 'straße', 'ü', '日本', 'e\u0301');
const words = fc
  .array(
    fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    { maxLength: 4 },
  )
  .chain((all) => fc.constantFrom(' ', '\n').map((space) => all.join(space)));

const item: fc.Arbitrary<Item> = fc.record({
  ...{ kind: fc.constantFrom(...LISTED_KINDS), id, written, words, author: owner },
  shown: fc.constantFrom(null, 'note/note', 'note/risk', 'expectation', 'interaction'),
  ...{ class: other, stage: other, outcome: other, customer: other, project: other },
  visibility: fc.constantFrom('workspace', 'managers'),
  interaction: fc.option(id, { nil: null }),
});
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}
const strings = (...all: string[][]): fc.Arbitrary<string[]> => fc.constantFrom(...all);
const asked = fc.record({
  shown: seldom(fc.constantFrom('note/note', 'note/risk')),
  class: seldom(other),
  author: seldom(owner),
  reader: fc.option(owner, { nil: null }),
  customers: seldom(strings(['one', 'never named'])),
  projects: seldom(strings(['two'])),
  from: seldom(written),
  before: seldom(written),
  words: fc.array(
    fc.record({
      word: fc.oneof(
        part,
        fc.tuple(part, part).map((two) => two.join('')),
      ),
      ...{ customers: strings([], ['one']), projects: strings([], ['two', 'three']) },
    }),
    { maxLength: 2 },
  ),
  place: seldom(fc.record({ written, id })),
  limit: fc.nat({ max: 8 }),
  most: fc.integer({ min: 1, max: 8 }),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

const put = fc.record({
  items: fc.array(item, { maxLength: 6 }),
  gone: fc.array(id, { maxLength: 2 }),
});

const nameOf = ({ kind, id: of }: Pick<Item, 'kind' | 'id'>) => `${kind}/${of}`;

function fits({ shown, class: of, author }: Asked): Wanted['fits'] {
  return (traits) =>
    traits.shown !== null &&
    (shown === null || traits.shown === shown) &&
    (of === null || traits.class === of) &&
    (author === null || traits.author === author);
}

function reads({ reader }: Asked): Wanted['reads'] {
  return ({ visibility, author }) =>
    reader === null || visibility === 'workspace' || author === reader;
}

/** One by one. */
function plainly(all: ReadonlyMap<string, Item>, wanted: Asked): Item[] {
  const mine = reads(wanted);
  return [...all.values()]
    .filter((one) => {
      const named = one.interaction && all.get(`interaction/${one.interaction}`);
      const within = named && mine(named) ? named : null;
      const customer = one.customer ?? within?.customer ?? '';
      const project = one.project ?? within?.project ?? '';
      const { from, before, customers, projects } = wanted;
      return (
        fits(wanted)(one) &&
        mine(one) &&
        (customers === null || customers.includes(customer)) &&
        (projects === null || projects.includes(project)) &&
        (from === null || one.written >= from) &&
        (before === null || one.written < before) &&
        wanted.words.every(
          (asks) =>
            one.words.includes(asks.word) ||
            within?.words.includes(asks.word) ||
            asks.customers.includes(customer) ||
            asks.projects.includes(project),
        )
      );
    })
    .sort((a, b) => (`${a.written}${a.id}` < `${b.written}${b.id}` ? 1 : -1));
}

test('whatever was written, moved and deleted, the same records in the same order', () => {
  let found = 0;
  fc.assert(
    fc.property(
      fc.array(put, { minLength: 1, maxLength: 5 }),
      fc.array(asked),
      (puts, questions) => {
        const listed = new Listed();
        const all = new Map<string, Item>();
        const check = (wanted: Asked) => {
          const plain = plainly(all, wanted);
          const { place, limit, most } = wanted;
          const after = plain.filter(
            (one) => place === null || `${one.written}${one.id}` < `${place.written}${place.id}`,
          );
          const answer = listed.find(
            { ...wanted, fits: fits(wanted), reads: reads(wanted) },
            place,
            limit,
            most,
          );
          expect(answer.count).toBe(Math.min(plain.length, most));
          // Two kinds may have a record of one id and one time: the one before the other is as good.
          expect(answer.found.map((one) => `${all.get(nameOf(one))?.written}${one.id}`)).toEqual(
            after.slice(0, limit).map((one) => `${one.written}${one.id}`),
          );
          found += answer.found.length;
          const byCustomer = new Map<string, number>();
          for (const one of plainly(all, { ...wanted, ...NOTHING_ELSE })) {
            const named = one.interaction && all.get(`interaction/${one.interaction}`);
            const customer =
              one.customer ?? (named && reads(wanted)(named) ? named.customer : null);
            if (customer !== null) byCustomer.set(customer, (byCustomer.get(customer) ?? 0) + 1);
          }
          expect(listed.countByCustomer({ fits: fits(wanted), reads: reads(wanted) })).toEqual(
            byCustomer,
          );
        };
        for (const { items, gone } of puts) {
          for (const kind of LISTED_KINDS) {
            const now = new Map(
              items.filter((one) => one.kind === kind).map((one) => [one.id, one]),
            );
            const ids = [...new Set([...gone, ...now.keys()])];
            for (const one of ids) all.delete(nameOf({ kind, id: one }));
            for (const one of now.values()) all.set(nameOf(one), one);
            listed.put(kind, ids, [...now.values()]);
          }
          for (const wanted of questions) check(wanted);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(found).toBeGreaterThan(500);
});

const NOTHING_ELSE = { customers: null, projects: null, from: null, before: null, words: [] };

describe('many records', () => {
  const all = (length: number, words: (n: number) => string): Item[] =>
    Array.from({ length }, (_, n) => ({
      ...{ kind: 'note', id: `0190aaaa-0000-7000-8000-${n.toString(16).padStart(12, '0')}` },
      ...{ shown: 'note/note', class: null, stage: null, outcome: null, author: 'owner-a' },
      ...{ visibility: 'workspace', customer: null, project: null, interaction: null },
      ...{ written: n.toString(16).padStart(16, '0'), words: words(n) },
    }));
  const search = (listed: Listed, ...words: string[]) =>
    listed.find(
      {
        ...{ fits: () => true, reads: () => true, ...NOTHING_ELSE },
        words: words.map((word) => ({ word, customers: [], projects: [] })),
      },
      ...([null, 3, 100_000] as const),
    );

  test('are found by what they say now, however often each was written anew', () => {
    const listed = new Listed();
    const ids = all(30_000, () => '').map(({ id: of }) => of);
    for (let round = 0; round < 8; round += 1) {
      listed.put(
        'note',
        round === 0 ? [] : ids,
        all(30_000, (n) => `x${n % 100}y round${round} z`),
      );
    }
    expect(search(listed, 'x7y').count).toBe(300);
    expect(search(listed, 'x7y', 'round7')).toMatchObject({ count: 300 });
    expect(search(listed, 'round3').count).toBe(0);
    const newest = search(listed, 'x9').found.map((one) => ids.indexOf(one.id));
    expect(newest).toEqual([29_999, 29_998, 29_997]);
  });

  test('more words at once than one number has bits', () => {
    const letters = Array.from({ length: 70 }, (_, n) => String.fromCodePoint(0x4e00 + n));
    const listed = new Listed();
    listed.put(
      'note',
      [],
      all(2, (n) => (n === 0 ? letters : letters.slice(1)).join(' ')),
    );
    expect(search(listed, ...letters).count).toBe(1);
    expect(search(listed, ...letters.slice(1)).count).toBe(2);
    expect(search(listed, ...letters, 'nowhere').count).toBe(0);
  });
});
