import * as fc from 'fast-check';
import { type Body, newId, type Ranked } from '../../src/domain/index.ts';

let counter = 0;
/** Ids that differ, from a counter: tests own their randomness. */
export function testId(): string {
  counter += 1;
  const random = (bytes: number) => {
    const out = new Uint8Array(bytes);
    new DataView(out.buffer).setUint32(bytes - 4, counter);
    return out;
  };
  return newId({ now: () => 1_700_000_000_000 + counter, random });
}

const ids = Array.from({ length: 6 }, testId);
const changeIds = Array.from({ length: 40 }, testId);
const rank = fc.integer({ min: 0, max: 50 }).map((n) => n.toString(16).padStart(16, '0'));
const value = fc.oneof(fc.string(), fc.constant(null), fc.integer(), fc.boolean());
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.dictionary(fc.constantFrom('statement', 'text', 'stage', 'due'), value, { maxKeys: 3 }),
  fc.record({
    identifiers: fc.dictionary(
      fc.constantFrom('domain:a.example', 'mid:1', '__proto__x'),
      fc.constantFrom(true, null, false),
    ),
  }),
);

const REGISTERS = [
  ...['statement', 'text', 'stage', 'due'],
  ...['identifiers/domain:a.example', 'identifiers/mid:1'],
];
/** What writers saw, or claim to have seen: one change or several, themselves and unknown ones too. */
const base = fc.option(
  fc.dictionary(
    fc.constantFrom(...REGISTERS),
    fc.oneof(
      fc.constantFrom(...changeIds),
      fc.uniqueArray(fc.constantFrom(...changeIds), { minLength: 1, maxLength: 4 }),
    ),
    { maxKeys: 4 },
  ),
  { nil: undefined },
);

/** Changes as a log could hold them: an id stands for one content, ranks may collide. */
export const changes: fc.Arbitrary<Ranked[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...changeIds),
    kind: fc.constantFrom('expectation', 'customer', 'not-yet-known'),
    record: fc.constantFrom(...ids),
    author: fc.constantFrom(...ids),
    rank,
    base,
    body,
  }),
  { selector: ({ id }) => id, maxLength: 25 },
);
