// IndexedDB in the extension's origin; the background is its one writer. One database per
// (server, workspace, member), one `local` from before connecting, one `profile` beside them.
// May import domain and ledger; only the background imports it.
export * from './calls.ts';
export * from './commit.ts';
export * from './connection.ts';
export * from './errors.ts';
export * from './folding.ts';
export * from './identities.ts';
export * from './local.ts';
export * from './looked.ts';
export * from './open.ts';
export * from './pending.ts';
export * from './pulled.ts';
export * from './read.ts';
export * from './rejudge.ts';
export * from './reseal.ts';
export * from './schema.ts';
export * from './search/index.ts';
export * from './share.ts';
export * from './sync-state.ts';
export * from './unfollow.ts';
export * from './waits.ts';
