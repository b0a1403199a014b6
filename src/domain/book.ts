// Lists that come built in and that a workspace changes by records of its own: the tags of calls
// (codebook.ts), the questions to ask (patterns.ts).
import type { Id } from './id.ts';

/** What the records of such a list have in common. */
export type BookRecord = {
  id: Id;
  fields: { replaces?: string; order?: number; deleted?: boolean };
};

/**
 * The list in its order: the built-in ones, as the records that replace them change them, then the
 * workspace's own. `changed` is given null for what is not built in, with the id that it goes by.
 */
export function bookOf<T extends { id: string }, R extends BookRecord>(
  builtIn: readonly T[],
  records: readonly R[],
  changed: (item: T | null, id: string, fields: R['fields']) => T,
): T[] {
  // The latest of several is not known here: the one with the greatest id was made last.
  const live = records
    .filter(({ fields }) => fields.deleted !== true)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const replaced = new Map<string, R['fields']>();
  for (const { fields } of live) {
    if (fields.replaces !== undefined) replaced.set(fields.replaces, fields);
  }
  const known = builtIn.map((item, at) => {
    const fields = replaced.get(item.id);
    replaced.delete(item.id);
    return { item: fields ? changed(item, item.id, fields) : item, order: fields?.order ?? at };
  });
  const own = live.flatMap(({ id, fields }) =>
    fields.replaces === undefined ? [[id, fields] as const] : [],
  );
  for (const [id] of own) replaced.delete(id);
  // What is left stands for built-in ones of a newer version: records name those.
  const others = [...own, ...replaced].map(([id, fields]) => ({
    item: changed(null, id, fields),
    order: fields.order ?? builtIn.length,
  }));
  return [...known, ...others].sort((a, b) => a.order - b.order).map(({ item }) => item);
}
