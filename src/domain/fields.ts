import type * as z from 'zod/mini';
import { id, isId } from './id.ts';
import { fieldName, type Json } from './json.ts';
import { KINDS, type Kind } from './kinds.ts';

/** The fields of a record of one kind as they are read: cleared fields are absent. */
export type Fields<K extends Kind> = {
  -readonly [F in keyof (typeof KINDS)[K]]?: (typeof KINDS)[K][F] extends z.ZodMiniType
    ? z.output<(typeof KINDS)[K][F]>
    : never;
};

/** What a change of one kind may say: null clears. */
export type Patch<K extends Kind> = { [F in keyof Fields<K>]?: Fields<K>[F] | null };

/**
 * What is wrong with a body of this kind, in words, or null. Unknown fields are allowed (a newer
 * version wrote them; they are kept and relayed), known ones must fit their schema.
 */
export function bodyProblem(kind: Kind, body: { [field: string]: Json }): string | null {
  const schemas: Record<string, z.ZodMiniType | undefined> = KINDS[kind];
  for (const field of Object.keys(body)) {
    const value = body[field] as Json; // one of its own
    const schema = Object.hasOwn(schemas, field) ? schemas[field] : undefined;
    if (schema === undefined && !fieldName.safeParse(field).success) {
      return `“${field.slice(0, 80)}” is no field name`;
    }
    if (value === null || schema === undefined || (schema === id && isId(value))) continue;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = [field, ...(issue?.path ?? [])].join('.');
      return `${kind}.${where}: ${issue?.message ?? 'does not fit'}`;
    }
  }
  return null;
}
