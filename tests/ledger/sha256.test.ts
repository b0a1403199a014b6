import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { browserHasher, toHex, utf8 } from '../../src/ledger/index.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Uint8Array, bytes: Uint8Array) =>
  createHmac('sha256', key).update(bytes).digest('hex');

describe('SPEC 1.2: the hashing of browsers', () => {
  test('the examples of FIPS 180-4', () => {
    expect(toHex(browserHasher.sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    const twoBlocks = utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq');
    expect(toHex(browserHasher.sha256(twoBlocks))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(toHex(browserHasher.sha256(new Uint8Array(1_000_000).fill(0x61)))).toBe(
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    );
  });

  test('every length up to five blocks hashes as in node:crypto', () => {
    for (let length = 0; length <= 320; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 131 + length) % 256);
      expect(toHex(browserHasher.sha256(bytes))).toBe(sha256(bytes));
      expect(toHex(browserHasher.hmac(bytes, bytes))).toBe(hmac(bytes, bytes));
    }
  });

  test('whatever is hashed, and whatever was hashed before', () => {
    const bytes = fc.uint8Array({ maxLength: 2_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), bytes, bytes), { maxLength: 8 }), (messages) => {
        for (const [keyed, key, message] of messages) {
          if (keyed) expect(toHex(browserHasher.hmac(key, message))).toBe(hmac(key, message));
          else expect(toHex(browserHasher.sha256(message))).toBe(sha256(message));
        }
      }),
    );
  });

  test('a key that was changed in place is another key', () => {
    const message = utf8('field');
    // slice() of a Buffer is no copy.
    for (const key of [Uint8Array.of(1, 2, 3), Buffer.of(4, 5, 6)]) {
      browserHasher.hmac(key, message);
      key[0] = 9;
      expect(toHex(browserHasher.hmac(key, message))).toBe(hmac(key, message));
    }
    const none = new Uint8Array(0);
    expect(toHex(browserHasher.hmac(none, message))).toBe(hmac(none, message));
  });
});
