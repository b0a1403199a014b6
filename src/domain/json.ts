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
  for (const key of Object.keys(value)) {
    if (!isJson((value as { [key: string]: unknown })[key])) return false;
  }
  return true;
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

/** Names that are put in order by hand. */
const FEW = 16;

/** An object's own names by UTF-16 code units. Few and nearly in order: that is sooner by hand. */
export function sortedNames(value: object): string[] {
  const names = Object.keys(value);
  if (names.length > FEW) return names.sort();
  for (let sorted = 1; sorted < names.length; sorted += 1) {
    const name = names[sorted] as string; // within its length
    let at = sorted;
    for (; at > 0 && (names[at - 1] as string) > name; at -= 1) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}
