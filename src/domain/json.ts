import * as z from 'zod/mini';

/** A JSON value as RFC 8785 can write it: no undefined, no NaN, no infinities. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Refuses prototype keys: a body is read from other people's devices. */
export const fieldName = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(64),
    z.regex(/^(?!__proto__$|constructor$|prototype$)[a-zA-Z][\w-]*$/),
  );

export const json: z.ZodMiniType<Json> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(json),
    z.record(z.string(), json),
  ]),
);

/** What `json` says, without a parser's cost. Throws a RangeError where a value is nested too deeply. */
export function isJson(value: unknown): value is Json {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every(isJson);
}

/** True when two JSON values are the same value, whatever the order of their keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((value, index) => sameJson(value, b[index]));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}
