// What is told apart by hand, for speed, is what the schemas and the library would say.
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  envelope as envelopeSchema,
  isJson,
  isNormalised,
  type Json,
  json,
  normaliseJson,
  sameJson,
} from '../../src/domain/index.ts';
import {
  canonicalText,
  envelopeHash,
  envelopeText,
  leafBytes,
  leafText,
  leafTextOf,
  parsedEnvelopeText,
  parsedLeafText,
  passingUtf8,
  pushedChange,
  toHex,
  utf8,
} from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { isWellFormed } from '../../src/server/sync/well-formed.ts';

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'x',
  7,
  -1,
  1.5,
  2 ** 60,
  [],
  {},
  ['01890a5d-ac96-774b-bcce-b302099a8001'],
  '01890A5D-ac96-774b-bcce-b302099a8001',
  '0191e4f8a1000000\n',
  'y'.repeat(65),
);

const envelope = fc.record({
  v: fc.constant<unknown>(1),
  workspace: fc.uuid({ version: 7 }),
  id: fc.uuid({ version: 7 }),
  kind: fc.string({ minLength: 1, maxLength: 64 }),
  record: fc.uuid({ version: 4 }),
  author: fc.uuid({ version: 7 }),
  device: fc.uuid({ version: 7 }),
  n: fc.nat(),
  at: hex(16),
  prevHash: hex(64),
  bodyHash: hex(64),
});

/** A change, in half of the cases with one member of it or its envelope spoilt, missing or new. */
const pushed = fc
  .tuple(
    fc.record({ envelope, salt: hex(32), body: fc.jsonValue() }),
    fc.option(fc.tuple(fc.constantFrom('envelope', 'change'), fc.nat(13), odd)),
  )
  .map(([change, spoilt]) => {
    if (spoilt === null) return change as unknown;
    const [where, at, value] = spoilt;
    const target = (where === 'envelope' ? { ...change.envelope } : { ...change }) as {
      [member: string]: unknown;
    };
    const name = Object.keys(target)[at] ?? 'base';
    target[name] = value;
    if (value === undefined) delete target[name];
    return where === 'envelope' ? { ...change, envelope: target } : target;
  });

test('4.2 whatever is taken for a well-formed change is one, and hardly any is missed', () => {
  fc.assert(
    fc.property(pushed, (raw) => {
      const parsed = pushedChange.safeParse(raw);
      const quick = isWellFormed(raw);
      if (quick) expect(parsed).toEqual({ success: true, data: raw });
      else if (parsed.success) expect(parsed.data.envelope.base ?? parsed.data).not.toEqual(raw);
    }),
    { numRuns: 2_000 },
  );
});

test('1.1 canonical JSON is the library’s', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 1_000 },
  );
  for (const value of ['\ud800', { '\udc00': 1 }, [undefined], Number.NaN, 1n, () => 1]) {
    expect(() => canonicalText(value)).toThrow();
  }
  expect(canonicalText({ b: -0, a: 1e21, '10': 1, '9': 2, c: undefined })).toBe(
    '{"10":1,"9":2,"a":1e+21,"b":0}',
  );
});

test('1.4 an envelope with members of a later version is hashed whole', () => {
  fc.assert(
    fc.property(envelope, fc.dictionary(fc.string(), fc.jsonValue()), (known, others) => {
      const value = { ...others, ...known } as never;
      const text = canonicalize(value) ?? '';
      expect(envelopeHash(nodeHasher, value)).toBe(toHex(nodeHasher.sha256(utf8(text))));
      expect(Buffer.from(leafBytes(value)).toString()).toBe(text);
    }),
  );
});

test('what is JSON, and what every store can hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(isJson(value)).toBe(json.safeParse(value).success);
      expect(isNormalised(value)).toBe(sameJson(normaliseJson(value) as Json, value as Json));
    }),
  );
  for (const value of [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1n,
    [undefined],
    new Date(),
  ]) {
    expect(isJson(value)).toBe(false);
    expect(json.safeParse(value).success).toBe(false);
  }
  expect(isNormalised(['a\u0000'])).toBe(false);
  expect(isNormalised({ '\ud800': 1 })).toBe(false);
});

test('1.1 the text of an envelope that the schema took is its canonical form', () => {
  fc.assert(
    fc.property(envelope, fc.string({ minLength: 1, maxLength: 20 }), (sealed, kind) => {
      const one = { ...(sealed as object), kind };
      const parsed = envelopeSchema.safeParse(one);
      if (!parsed.success || !kind.isWellFormed()) return;
      expect(parsedEnvelopeText(parsed.data)).toBe(envelopeText(parsed.data));
      const leaf = { ...parsed.data, rank: parsed.data.at, received: '2026-01-02T03:04:05.678Z' };
      expect(parsedLeafText(leaf)).toBe(leafText(leaf));
    }),
  );
});

test('1.1 a text’s passing bytes are its UTF-8, whatever came before', () => {
  const any = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom('a', 'ä', '\u{1F600}'), maxLength: 70 }),
  );
  fc.assert(
    fc.property(any, fc.constantFrom(0, 32), (text, from) => {
      const bytes = passingUtf8(text, from);
      expect(bytes).toHaveLength(from + Buffer.byteLength(text));
      expect(Buffer.from(bytes.subarray(from)).toString()).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('1.5 a leaf made of the envelope’s text is the leaf made of its members', () => {
  const tricky = fc.constantFrom('record', ',"record":', '\\","record":"', 'rank');
  fc.assert(
    fc.property(
      envelope,
      fc.option(fc.dictionary(tricky, fc.string()), { nil: undefined }),
      fc.oneof(tricky, fc.string()),
      (sealed, base, kind) => {
        const one = { ...sealed, kind, ...(base && { base }) } as never;
        const added = { received: '2026-01-02T03:04:05.678Z', rank: '0123456789abcdef' };
        let text: string;
        try {
          text = envelopeText(one);
        } catch {
          return; // half characters
        }
        if (typeof (sealed as { record?: unknown }).record !== 'string') return;
        expect(leafTextOf(text, added.received, added.rank)).toBe(
          Buffer.from(leafBytes({ ...(one as object), ...added } as never)).toString(),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});
