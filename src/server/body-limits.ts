// How large a request may be. Most say so beforehand, and are judged by that alone: looking at the
// body itself would make a stream of it, which costs more than a small push does.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refuse } from './refusal.ts';

const KB = 1024;
const MB = 1024 * KB;
/** Largest request bodies, by the start of their path. */
const LIMITS: [path: string, bytes: number][] = [
  ['/v1/sync', 32 * MB],
  ['/v1/import', 16 * MB],
  ['/v1/settings', MB],
  ['/v1/labels', MB],
  ['/v1/standards', MB],
  ['/v1/draws', MB],
  ['/v1/reviews', 4 * MB],
  ['/v1/following', MB],
  ['/v1/erasures', 2 * MB],
  ['/v1/retention', MB],
  ['/v1/export-', MB],
  ['/', 64 * KB],
];

/** Refuses what is larger than its path allows; a body that does not say its size is counted. */
export function limitBodies(): MiddlewareHandler {
  const rules = LIMITS.map(([path, bytes]) => {
    const tooLarge = (c: Context) =>
      refuse(c, 413, 'too-large', `This is larger than ${bytes / KB} KB.`);
    return { path, bytes, tooLarge, counted: bodyLimit({ maxSize: bytes, onError: tooLarge }) };
  });
  return (c, next) => {
    const rule = rules.find(({ path }) => c.req.path.startsWith(path));
    if (rule === undefined) return next();
    // HTTP's own parser holds a body to this length, unless it comes in chunks as well.
    const said = c.req.header('content-length');
    if (said === undefined || c.req.header('transfer-encoding') !== undefined) {
      return rule.counted(c, next);
    }
    return Number(said) <= rule.bytes ? next() : Promise.resolve(rule.tooLarge(c));
  };
}
