// Finding words in all that is on this device. The index lies in the workspace's database, in
// segments that are written by and by; a worker that just woke up reads no more of it than a question
// needs. May import domain and ledger.
export * from './excerpt.ts';
export { type Filters, type Search, type SearchFound, search } from './find.ts';
export * from './hits.ts';
export * from './query.ts';
export { nameOf, noteWritten, type SearchRow, type Unindexed } from './rows.ts';
export * from './texts.ts';
export * from './upkeep.ts';
export * from './words.ts';
