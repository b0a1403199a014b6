// What somebody asks a bundle for → which changes, and what the manifest says about it.
import type { Directory } from '../register/directory.ts';
import type { EvidenceWish } from './bundle.ts';

export type Asked = {
  /** Ids; empty: the whole log. */
  customers: readonly string[];
  /** "text", or "note.text". */
  hide: readonly string[];
  /** Records as "kind/id". */
  without: readonly string[];
  withoutCustomers: readonly string[];
};

const UNREAD = 'What others say of something that whoever asked is still to review';
const FIELD = /^([a-z]+\.)?[A-Za-z]+$/;
const RECORD = /^[a-z]+\/[0-9a-f-]{36}$/;
/** Without these nobody could tell what a change is, or that an erasure took place. */
const ALWAYS = ['targets', 'erasure.targets'];

/** `unread`: records that the asker may not read yet, as "kind/id". */
export function wishOf(
  { customers }: Directory,
  asked: Asked,
  unread: readonly string[] = [],
): { ok: true; wish: EvidenceWish } | { ok: false; words: string } {
  const refused = (words: string) => ({ ok: false as const, words });
  const unknown = [...asked.customers, ...asked.withoutCustomers].find(
    (id) => customers.canonicalOf(id) === null,
  );
  if (unknown !== undefined) return refused(`There is no customer ${unknown}.`);
  const odd = asked.hide.find((field) => !FIELD.test(field) || ALWAYS.includes(field));
  if (odd !== undefined) {
    return refused(`“${odd}” is no field that can be left out. Write e.g. text or note.text.`);
  }
  const strange = asked.without.find((record) => !RECORD.test(record));
  if (strange !== undefined) return refused(`“${strange}” is no record. Write kind/id.`);
  const nameOf = (id: string) => {
    const canonical = customers.canonicalOf(id);
    const fields = canonical === null ? undefined : customers.fieldsOf(canonical);
    return `${fields?.name ?? ''} (${canonical ?? id})`.trim();
  };
  const withAll = (ids: readonly string[]) => ids.flatMap((id) => customers.setOf(id));
  const filter: { [name: string]: string } =
    asked.customers.length === 0 ? {} : { customer: asked.customers.map(nameOf).join(', ') };
  return {
    ok: true,
    wish: {
      customers: asked.customers.length === 0 ? null : withAll(asked.customers),
      hide: new Set(asked.hide),
      without: {
        records: new Set([...asked.without, ...unread]),
        customers: withAll(asked.withoutCustomers),
      },
      filter,
      leftOut: [
        ...asked.hide.map((field) => `The field ${field}`),
        ...asked.without.map((record) => `The contents of ${record}`),
        // Without the name, which is left out as well.
        ...asked.withoutCustomers.map((id) => `The contents of what is about customer ${id}`),
        ...(unread.length === 0 ? [] : [UNREAD]),
      ],
    },
  };
}
