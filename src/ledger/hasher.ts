/** SHA-256 and HMAC-SHA-256, synchronous: sealing happens inside a database transaction. */
export type Hasher = {
  sha256(bytes: Uint8Array): Uint8Array;
  hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array;
};
