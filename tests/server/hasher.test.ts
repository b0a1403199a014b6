import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';

const key = fc.uint8Array({ maxLength: 200 });
const bytes = fc.uint8Array({ maxLength: 300 });
const lengths = [0, 1, 16, 63, 64, 65, 128];

test('HMAC is Node’s, whatever the key’s and the message’s length', () => {
  fc.assert(
    fc.property(key, bytes, (key, bytes) => {
      const expected = createHmac('sha256', key).update(bytes).digest('hex');
      expect(toHex(nodeHasher.hmac(key, bytes))).toBe(expected);
    }),
    { examples: lengths.map((length) => [new Uint8Array(length).fill(0xa5), Uint8Array.of(1)]) },
  );
});

test('HMAC gives RFC 4231’s test case 2', () => {
  const utf8 = new TextEncoder();
  const mac = nodeHasher.hmac(utf8.encode('Jefe'), utf8.encode('what do ya want for nothing?'));
  expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
});

test('SHA-256 is Node’s, and the input stays as it was', () => {
  fc.assert(
    fc.property(key, bytes, (key, bytes) => {
      const before = [toHex(key), toHex(bytes)];
      nodeHasher.hmac(key, bytes);
      expect([toHex(key), toHex(bytes)]).toEqual(before);
      expect(toHex(nodeHasher.sha256(bytes))).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      );
    }),
  );
});
