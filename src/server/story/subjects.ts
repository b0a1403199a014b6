// Whose story can be read: customers and projects by their names, or those that something happened
// with last.
import type { Id } from '../../domain/index.ts';
import type { Named } from '../register/directory.ts';
import { foldWords } from '../sync/words.ts';
import type { Asked } from './rows.ts';

export type StorySubject = {
  unit: 'project' | 'customer';
  id: Id;
  name: string;
  /** Of a project. */
  customer: Named | null;
};

const MOST = 50;
/** Latest records that are looked at for whom they are about. */
const LATEST = 400;
const MOST_LATEST = 12;

/** Each word has to stand in the name, of a project in its own or its customer's. */
export function subjectsNamed({ directory }: Asked, words: string) {
  const parts = folded(words).split(' ').filter(Boolean);
  const fits = (name: string) => parts.every((part) => folded(name).includes(part));
  const begins = (name: string) => folded(name).startsWith(folded(words));
  const found: StorySubject[] = [];
  for (const [id, { name = '' }] of directory.customers.all()) {
    if (fits(name)) found.push({ unit: 'customer', id, name, customer: null });
  }
  for (const [id, fields] of directory.projects.all()) {
    const { name = '' } = fields;
    const customer = directory.customers.named(fields.customer);
    if (fits(`${name} ${customer?.name ?? ''}`))
      found.push({ unit: 'project', id, name, customer });
  }
  const rank = ({ name, unit }: StorySubject) =>
    (begins(name) ? 0 : 2) + (unit === 'customer' ? 0 : 1);
  found.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  return { subjects: found.slice(0, MOST), more: found.length > MOST };
}

/** Those that were written about last. */
export async function latestSubjects({ tx, asker, directory }: Asked) {
  const rows = await tx
    .selectFrom('record')
    .select(['kind', 'id', 'customer', 'project'])
    .where('workspace_id', '=', asker.workspace.id)
    .orderBy('written', 'desc')
    .orderBy('id', 'desc')
    .limit(LATEST)
    .execute();
  const found = new Map<Id, StorySubject>();
  for (const { kind, id, customer, project } of rows) {
    const of = directory.projects.named(kind === 'project' ? id : project);
    if (of !== null) {
      const fields = directory.projects.fieldsOf(of.id);
      found.set(of.id, {
        ...{ unit: 'project', ...of, customer: directory.customers.named(fields?.customer) },
      });
    }
    const whose = directory.customers.named(kind === 'customer' ? id : customer);
    if (of === null && whose !== null) {
      found.set(whose.id, { unit: 'customer', ...whose, customer: null });
    }
    if (found.size >= MOST_LATEST) break;
  }
  return { subjects: [...found.values()].slice(0, MOST_LATEST), more: false };
}

/** As words are compared, without accents: "zurich" finds "Zürich". */
function folded(text: string): string {
  return foldWords(text).normalize('NFKD').replace(/\p{M}/gu, '');
}
