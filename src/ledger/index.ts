// Clock, canonical bytes, hashes, sealing and the sync protocol. Pure: hashing comes in as an
// argument, since each platform has its own fastest one. Rules and byte formats: SPEC.md.
// May import domain only.
export * from './audit-log/index.ts';
export * from './base64.ts';
export * from './body-hash.ts';
export * from './canonical.ts';
export * from './checkpoint.ts';
export * from './clock.ts';
export * from './hasher.ts';
export * from './leaf.ts';
export * from './note.ts';
export * from './proof.ts';
export * from './protocol.ts';
export * from './seal.ts';
export * from './sha256.ts';
export * from './tile.ts';
export * from './tree.ts';
export * from './verify.ts';
