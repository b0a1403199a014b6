// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) for browsers: whoever hashes inside an IndexedDB
// transaction cannot wait for WebCrypto, and for leaves of 500 bytes WebCrypto spends more on each
// call than this does on hashing. Not in constant time: what is hashed here is no secret.
import type { Hasher } from './hasher.ts';

const BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** The first 32 bits of the fractional parts of the roots of the first primes (4.2.2, 5.3.3). */
const PRIMES = firstPrimes(64);
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

// Indexes below are always within, hence `as number`: a function that said so once would be
// slower, since V8 does not inline it everywhere.

// Written anew for each message. Signed words: V8 keeps them in registers, unsigned ones often not.
const words = new Int32Array(64);
const state = new Int32Array(8);
const rest = new Uint8Array(BLOCK_BYTES);

/** The last key and the states after its padded blocks: one body's fields all share their key. */
const last: { key: Uint8Array; inner: Int32Array; outer: Int32Array } = {
  key: new Uint8Array(0),
  inner: START,
  outer: START,
};

export const browserHasher: Hasher = { sha256, hmac };

function sha256(bytes: Uint8Array): Uint8Array {
  return finish(bytes, START, 0);
}

function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  if (last.inner === START || !isLastKey(short)) {
    last.key = Uint8Array.from(short);
    last.inner = stateAfter(short, INNER_PAD);
    last.outer = stateAfter(short, OUTER_PAD);
  }
  return finish(finish(bytes, last.inner, BLOCK_BYTES), last.outer, BLOCK_BYTES);
}

/** The hash of a message of which `before` bytes are in the state `from` already. */
function finish(bytes: Uint8Array, from: Int32Array, before: number): Uint8Array {
  state.set(from);
  let at = 0;
  for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    load(bytes, at);
    compress();
  }
  const left = bytes.length - at;
  rest.fill(0);
  for (let byte = 0; byte < left; byte += 1) rest[byte] = bytes[at + byte] as number;
  rest[left] = 0x80;
  load(rest, 0);
  // The length takes the last eight bytes of a block.
  if (left >= BLOCK_BYTES - 8) {
    compress();
    words.fill(0, 0, 16);
  }
  const length = before + bytes.length;
  words[14] = length / 2 ** 29;
  words[15] = length << 3;
  compress();
  const hash = new Uint8Array(32);
  for (let byte = 0; byte < hash.length; byte += 1) {
    hash[byte] = (state[byte >> 2] as number) >>> (24 - 8 * (byte & 3));
  }
  return hash;
}

function load(bytes: Uint8Array, at: number) {
  for (let word = 0, byte = at; word < 16; word += 1, byte += 4) {
    words[word] =
      ((bytes[byte] as number) << 24) |
      ((bytes[byte + 1] as number) << 16) |
      ((bytes[byte + 2] as number) << 8) |
      (bytes[byte + 3] as number);
  }
}

/** One block, from `words` into `state` (6.2.2). */
function compress() {
  for (let t = 16; t < 64; t += 1) {
    const x = words[t - 15] as number;
    const y = words[t - 2] as number;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[t] = (sigma1 + (words[t - 7] as number) + sigma0 + (words[t - 16] as number)) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = g ^ (e & (f ^ g));
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) | (c & (a | b));
    const one = (h + sum1 + choice + (ROUND[t] as number) + (words[t] as number)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + sum0 + majority) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}

function stateAfter(key: Uint8Array, pad: number): Int32Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  for (const [at, byte] of key.entries()) block[at] = byte ^ pad;
  state.set(START);
  load(block, 0);
  compress();
  return state.slice();
}

function isLastKey(key: Uint8Array): boolean {
  return key.length === last.key.length && key.every((byte, at) => byte === last.key[at]);
}

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}
