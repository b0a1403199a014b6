/**
 * SHA-256 and HMAC-SHA-256, synchronous: sealing happens inside a database transaction. The bytes given
 * are not kept. `…Into` writes the 32 bytes into `into` from `at` on, which must not be among those
 * given: of a change some twenty hashes are taken, and memory for each costs more than hashing it.
 */
export type Hasher = {
  sha256(bytes: Uint8Array): Uint8Array;
  /** The same as 64 hexadecimal digits, in lower case. */
  sha256Hex(bytes: Uint8Array): string;
  sha256Into(bytes: Uint8Array, into: Uint8Array, at: number): void;
  hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array;
  hmacInto(key: Uint8Array, bytes: Uint8Array, into: Uint8Array, at: number): void;
};
