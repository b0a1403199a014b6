// What the stories of a workspace ask of its directory again and again, worked out once for each:
// a directory holds until the log grows.
import type { Id } from '../../domain/index.ts';
import type { Directory, Named } from '../register/directory.ts';
import { foldWords } from '../sync/words.ts';

export type StorySubject = {
  unit: 'project' | 'customer';
  id: Id;
  name: string;
  /** Of a project. */
  customer: Named | null;
};

/** `name`: as it is compared; `all`: of a project with its customer's. */
export type Findable = { subject: StorySubject; name: string; all: string };

export type Known = {
  findable: Findable[];
  /** Canonical id of a customer → all ids of its projects. */
  projects: Map<Id, Id[]>;
};

const known = new WeakMap<Directory, Known>();

export function knownOf(directory: Directory): Known {
  const present = known.get(directory);
  if (present !== undefined) return present;
  const findable: Findable[] = [];
  const customers = new Map<Id, { named: Named; folded: string }>();
  for (const [id, { name = '' }] of directory.customers.all()) {
    const text = folded(name);
    customers.set(id, { named: { id, name }, folded: text });
    findable.push({
      subject: { unit: 'customer', id, name, customer: null },
      name: text,
      all: text,
    });
  }
  const projects = new Map<Id, Id[]>();
  for (const [id, fields] of directory.projects.all()) {
    const { name = '' } = fields;
    const text = folded(name);
    const canonical = directory.customers.canonicalOf(fields.customer ?? '');
    const customer = canonical === null ? undefined : customers.get(canonical);
    if (canonical !== null) {
      const ids = projects.get(canonical) ?? [];
      ids.push(...directory.projects.setOf(id));
      projects.set(canonical, ids);
    }
    findable.push({
      subject: { unit: 'project', id, name, customer: customer?.named ?? null },
      ...{ name: text, all: `${text} ${customer?.folded ?? ''}` },
    });
  }
  const made = { findable, projects };
  known.set(directory, made);
  return made;
}

/** As words are compared, without accents: "zurich" finds "Zürich". */
export function folded(text: string): string {
  // What most names are made of takes no longer way.
  if (/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text)) return text.toLowerCase();
  return foldWords(text).normalize('NFKD').replace(/\p{M}/gu, '');
}
