import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelope } from '../../src/domain/index.ts';
import { hasher as ours } from '../../src/extension/background/hasher.ts';
import {
  bodyHash,
  canonicalText,
  envelopeHash,
  type Hasher,
  judge,
  NO_PREVIOUS,
  newChain,
  observe,
  rankOf,
  seal,
  syncRequest,
  tick,
  timestampOf,
} from '../../src/ledger/index.ts';
import { testId } from '../domain/arbitraries.ts';

const node: Hasher = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  sha256Hex: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  sha256Into: (bytes, into, at) => into.set(node.sha256(bytes), at),
  hmac: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  hmacInto: (key, bytes, into, at) => into.set(node.hmac(key, bytes), at),
};
const source = { now: () => 1_800_000_000_000, random: (n: number) => new Uint8Array(n).fill(7) };

describe('SPEC 1: bytes and hashes', () => {
  test('1.1 canonical JSON is RFC 8785, by its own example', () => {
    const example = {
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]'),
      string: '€$\u000F\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalText(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('1.3 the body hash is the same with both hashers, and depends on salt, field and value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (body) => {
        const clean = JSON.parse(JSON.stringify(body));
        const salt = '00'.repeat(16);
        expect(bodyHash(ours, salt, clean)).toBe(bodyHash(node, salt, clean));
      }),
    );
    const hash = (salt: string, body: object) => bodyHash(node, salt.repeat(16), body as never);
    const first = hash('00', { text: 'a' });
    expect(hash('01', { text: 'a' })).not.toBe(first);
    expect(hash('00', { text: 'b' })).not.toBe(first);
    expect(hash('00', { title: 'a' })).not.toBe(first);
  });

  test('1.3 one field can be proven without the others', () => {
    const salt = '0f'.repeat(16);
    const body = { a: 'kept', b: 'left out' };
    const hashOf = (field: 'a' | 'b') =>
      node.sha256(
        Buffer.concat([
          node.hmac(Buffer.from(salt, 'hex'), Buffer.from(field)),
          Buffer.from(JSON.stringify(body[field])),
        ]),
      );
    const redacted = node.sha256(Buffer.concat([hashOf('a'), hashOf('b')]));
    expect(Buffer.from(redacted).toString('hex')).toBe(bodyHash(node, salt, body));
  });
});

test('SPEC 1: the worked example', () => {
  const spec = readFileSync(new URL('../../src/ledger/SPEC.md', import.meta.url), 'utf8');
  const line = (name: string) => new RegExp(`^    ${name} +(.+)$`, 'm').exec(spec)?.[1] ?? '';
  const example = envelope.parse(JSON.parse(line('envelope')));
  expect(bodyHash(node, line('salt'), JSON.parse(line('body')))).toBe(line('bodyHash'));
  expect(example.bodyHash).toBe(line('bodyHash'));
  expect(canonicalText(example)).toBe(line('envelope'));
  expect(envelopeHash(node, example)).toBe(line('hash'));
});

describe('SPEC 2: time', () => {
  test('2.2 a clock only goes forward, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 44 })), (walls) => {
        let last = timestampOf({ ms: 5, counter: 0xffff });
        for (const wall of walls) {
          const next = tick(last, wall);
          expect(next > last).toBe(true);
          expect(next).toMatch(/^[0-9a-f]{16}$/);
          last = next;
        }
      }),
    );
  });

  test('2.4 a rank is the earlier of own time and arrival', () => {
    const received = 1_800_000_000_000;
    const early = timestampOf({ ms: received - 5, counter: 3 });
    const late = timestampOf({ ms: received + 86_400_000, counter: 0 });
    const arrival = timestampOf({ ms: received, counter: 1 });
    expect(rankOf(early, arrival)).toBe(early);
    expect(rankOf(late, arrival)).toBe(arrival);
    expect(observe(early, late)).toBe(late);
    expect(observe(late, early)).toBe(late);
  });
});

describe('SPEC 3: sealing', () => {
  test('3.1 numbers are gapless and each envelope names the one before', () => {
    let chain = newChain(testId(), testId(), testId(), '0'.repeat(16));
    let previous = NO_PREVIOUS;
    for (let n = 0; n < 5; n += 1) {
      const draft = { id: testId(), kind: 'note', record: testId(), body: { text: `${n}\u0000` } };
      const sealed = seal(node, source, chain, draft);
      expect(envelope.safeParse(sealed.change.envelope).success).toBe(true);
      expect(sealed.change.envelope).toMatchObject({ n, prevHash: previous });
      expect(sealed.change.body.text).toBe(`${n}\uFFFD`);
      expect(judge(node, sealed.change)).toMatchObject({ fold: true });
      previous = envelopeHash(node, sealed.change.envelope);
      chain = sealed.chain;
    }
    expect(chain.n).toBe(5);
  });
});

describe('SPEC 4: judging', () => {
  const sealed = (body: object, kind = 'expectation') =>
    seal(node, source, newChain(testId(), testId(), testId(), '0'.repeat(16)), {
      ...{ id: testId(), kind, record: testId() },
      body: body as never,
    }).change;

  test('4.3 a body that was changed on the way is not folded', () => {
    const change = sealed({ statement: 'a' });
    expect(judge(node, { ...change, body: { statement: 'b' } })).toMatchObject({
      fold: false,
      reason: expect.stringContaining('hash'),
    });
  });

  test('4.3 a body that breaks its schema needs attention, an unknown kind waits', () => {
    expect(judge(node, sealed({ class: 'maybe' }))).toMatchObject({
      fold: false,
      reason: expect.stringContaining('class'),
    });
    expect(judge(node, sealed({ x: 1 }, 'tomorrow'))).toMatchObject({ fold: false, reason: null });
    expect(judge(node, { ...sealed({}), salt: 'zz' })).toMatchObject({ fold: false });
  });

  test('5.1 a request with one broken body is still well-formed, with a broken envelope it is not', () => {
    const change = sealed({ statement: 'a' });
    const request = { v: 1, epoch: null, cursor: 0, limit: 10 };
    expect(
      syncRequest.safeParse({ ...request, push: [{ ...change, body: 'no object' }] }).success,
    ).toBe(true);
    const broken = { ...change, envelope: { ...change.envelope, extra: 1 } };
    expect(syncRequest.safeParse({ ...request, push: [broken] }).success).toBe(false);
  });
});
