// Drawing samples, scores, intervals, agreement: the arithmetic of an audit. Pure; may import
// domain only. Hashing comes in as an argument, since each platform has its own fastest one.
export * from './agreement.ts';
export * from './allocate.ts';
export * from './calibration.ts';
export * from './coverage.ts';
export * from './draw.ts';
export * from './interval.ts';
export * from './normal.ts';
export * from './review-score.ts';
export * from './sample-size.ts';
export * from './scores.ts';
