// What is read by hand, held against the schemas that say the same: for texts as they are, and as
// somebody may have changed them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Leaf, leaf as leafSchema } from '../../src/domain/index.ts';
import { readChangeLine } from '../../src/evidence/change-line.ts';
import { readLeaf } from '../../src/evidence/leaf-text.ts';
import { leafText } from '../../src/ledger/index.ts';
import { idOf } from '../ledger/sample-log.ts';

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const leaf = z.string().check(z.minLength(2), z.maxLength(100_000));
const seq = z.int().check(z.gte(0));
const salt = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const shown = z.strictObject({ name: z.string(), named: hash, value: z.unknown() });
const hidden = z.strictObject({ name: z.string(), digest: hash });
const changeLine = z.union([
  z.strictObject({ seq, leaf, salt, body: z.record(z.string(), z.unknown()) }),
  z.strictObject({ seq, leaf, fields: z.array(z.union([shown, hidden])) }),
  z.strictObject({ seq, leaf, missing: z.literal('erased'), erasure: seq }),
  z.strictObject({ seq, leaf, missing: z.enum(['left-out', 'not-kept']) }),
]);

const HASH = 'ab'.repeat(32);
const SALT = 'cd'.repeat(16);
const numbers = fc.oneof(fc.nat(), fc.constantFrom(-1, -0, 1.5, 2 ** 53, 1e300));
const odd = fc.oneof(numbers, fc.string(), fc.constantFrom(null, true, [], {}, [1], { a: 1 }));
const either = <T>(usual: T) => fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, odd);

const field = fc.record(
  { name: either('text'), named: either(HASH), digest: either(HASH), value: odd },
  { requiredKeys: [] },
);
const line = fc.record(
  {
    seq: either(7),
    leaf: either('{"a":1}'),
    salt: either(SALT),
    body: either({ text: 'a' }),
    fields: fc.oneof(fc.array(field, { maxLength: 2 }), odd),
    missing: fc.oneof(fc.constantFrom('erased', 'left-out', 'not-kept', 'gone'), odd),
    erasure: either(9),
    more: odd,
  },
  { requiredKeys: [] },
);
const base = { seq: 7, leaf: '{"a":1}' };
const fits: unknown[] = [
  { ...base, salt: SALT, body: { text: 'a', deep: [{ b: null }] } },
  { ...base, fields: [{ name: 'a', named: HASH, value: null }] },
  { ...base, fields: [{ name: 'a', digest: HASH }] },
  { ...base, missing: 'erased', erasure: 0 },
  { ...base, missing: 'left-out' },
  { ...base, missing: 'not-kept' },
];

function sameAsSchema(text: string) {
  const parsed = changeLine.safeParse(JSON.parse(text));
  expect(readChangeLine(text), text).toEqual(parsed.success ? parsed.data : null);
  return parsed.success;
}

test('SPEC 16.4 a line is read as its schema says, whatever its members', () => {
  for (const one of fits) {
    expect(sameAsSchema(JSON.stringify(one))).toBe(true);
    // Each member in turn taken away, doubled in another spelling, and made something else.
    for (const name of Object.keys(one as object)) {
      sameAsSchema(JSON.stringify({ ...(one as object), [name]: undefined }));
      sameAsSchema(JSON.stringify({ ...(one as object), [`${name} `]: 1 }));
      for (const value of [null, '', 0, -1, [], {}, HASH, SALT.toUpperCase(), 'erased']) {
        sameAsSchema(JSON.stringify({ ...(one as object), [name]: value }));
      }
    }
  }
  fc.assert(
    fc.property(line, (one) => {
      sameAsSchema(JSON.stringify(one));
    }),
    { numRuns: 5_000 },
  );
  for (const text of ['', '{', 'null', '[]', '1', '"a"']) expect(readChangeLine(text)).toBeNull();
});

test('a member called __proto__ is neither lost nor taken for an object’s own', () => {
  const open = `{"seq":7,"leaf":"{}","salt":"${SALT}","body":{"__proto__":1}}`;
  const read = readChangeLine(open);
  expect(read !== null && 'body' in read && Object.keys(read.body)).toEqual(['__proto__']);
  const hiding = `{"seq":7,"leaf":"{}","salt":"${SALT}","__proto__":{"body":{}}}`;
  expect(readChangeLine(hiding)).toBeNull();
});

/** As it was before there was a pattern. */
function bySchema(text: string): ReturnType<typeof readLeaf> {
  try {
    const parsed = leafSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    let canonical = false;
    try {
      canonical = leafText(parsed.data) === text;
    } catch {
      // Half a character has no canonical form.
    }
    return { leaf: parsed.data, canonical };
  } catch {
    return null;
  }
}

const usual: Leaf = {
  ...{
    v: 1 as const,
    workspace: idOf(1),
    id: idOf(2),
    kind: 'note',
    record: idOf(3),
    author: idOf(4),
  },
  ...{ device: idOf(5), n: 12, at: '0191e4f8a1000000', prevHash: '0'.repeat(64), bodyHash: HASH },
  ...{ received: '2027-03-04T05:06:07.890Z', rank: '0191e4f8a1000000' },
};
const leaves = [
  usual,
  { ...usual, base: { text: idOf(6) } },
  { ...usual, base: { 'evidence/a}b': idOf(6), text: [idOf(7), idOf(8)] }, kind: 'x'.repeat(64) },
  { ...usual, base: {} },
  { ...usual, n: 0, received: '2028-02-29T23:59:59.999Z' },
].map((one) => leafText(one));

test('SPEC 1.5 a leaf is read as its schema says, however its text was changed', () => {
  for (const text of leaves) expect(readLeaf(text)).toEqual({ ...bySchema(text), canonical: true });
  const inserted = fc.oneof(
    fc.string({ minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      ...'0189abfgTZ-:."{}[],\\ \n',
      '\\u0061',
      '00',
      '"v":1,',
      '1e1',
      '\\ud800',
      'é',
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...leaves),
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.oneof(inserted, fc.constant('')),
      (text, where, gone, put) => {
        const at = where % text.length;
        const changed = text.slice(0, at) + put + text.slice(at + gone);
        expect(readLeaf(changed), changed).toEqual(bySchema(changed));
      },
    ),
    { numRuns: 10_000 },
  );
});

test('days, hours and numbers that only look right are none', () => {
  const [text = ''] = leaves;
  const days = ['2027-02-29', '2027-02-30', '2027-04-31', '2027-13-01', '2027-00-10', '2027-01-00'];
  const times = [...days.map((day) => `${day}T05:06:07.890Z`)];
  for (const time of [
    '24:00:00.000Z',
    '05:60:00.000Z',
    '05:06:60.000Z',
    '05:06:07Z',
    '05:06:07.8Z',
  ]) {
    times.push(`2027-03-04T${time}`);
  }
  for (const time of [...times, '2028-02-29T00:00:00.000Z', '2027-12-31T23:59:59.999Z']) {
    const changed = text.replace(usual.received, time);
    expect(readLeaf(changed), time).toEqual(bySchema(changed));
  }
  expect(readLeaf(text.replace(usual.received, `${days[0]}T05:06:07.890Z`))).toBeNull();
  for (const n of ['00', '-0', '1.0', '12e0', '9007199254740992', '9007199254740991', '-1']) {
    const changed = text.replace('"n":12', `"n":${n}`);
    expect(readLeaf(changed), n).toEqual(bySchema(changed));
  }
  for (const kind of ['', 'x'.repeat(65), 'Note', 'nöte', '\\u006eote', '\\ud800', 'a\\"b']) {
    const changed = text.replace('"kind":"note"', `"kind":"${kind}"`);
    expect(readLeaf(changed), kind).toEqual(bySchema(changed));
  }
});
