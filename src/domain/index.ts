// What a customer expects and what was said: records, their schemas, changes, fold, identity.
// Pure: no DOM, no clock, no randomness, no I/O. Imports nothing of ours; everything may import it.
export * from './call.ts';
export * from './change.ts';
export * from './codebook.ts';
export * from './email.ts';
export * from './evidence.ts';
export * from './fields.ts';
export * from './fold.ts';
export * from './free-mail.ts';
export * from './id.ts';
export * from './identity.ts';
export * from './json.ts';
export * from './kano.ts';
export * from './kinds.ts';
export * from './message-key.ts';
export * from './never-log.ts';
export * from './permissions.ts';
export * from './redact.ts';
export * from './retrospective.ts';
export * from './servqual.ts';
export * from './subject.ts';
export * from './text.ts';
export * from './tolerance.ts';
export * from './worth.ts';
