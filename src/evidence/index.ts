// Evidence bundles (SPEC 16): part of a workspace's log as files that anybody can verify without the
// server. Pure; hashing, signatures and files come in as arguments. May import domain and ledger.
export * from './change-line.ts';
export * from './manifest.ts';
export { lookAtLines, type OneChange } from './one-change.ts';
export * from './proof-file.ts';
export type { BundleFiles } from './reading.ts';
export * from './report.ts';
export * from './verify.ts';
export * from './write.ts';
export * from './zip-read.ts';
