// Every call between the extension's contexts, typed, by direction; start at calls.ts.
// May import domain, ledger and ../browser.ts. The page's script imports send.ts and hear.ts by
// themselves, to stay free of the schemas.
export * from './brief-calls.ts';
export * from './call-calls.ts';
export * from './call-views.ts';
export * from './calls.ts';
export * from './cue-calls.ts';
export * from './draft.ts';
export * from './hear.ts';
export * from './ladder-calls.ts';
export * from './port-names.ts';
export * from './receive.ts';
export * from './result.ts';
export * from './search-calls.ts';
export * from './send.ts';
export * from './shapes.ts';
export * from './story-calls.ts';
export * from './views.ts';
export * from './worth-calls.ts';
