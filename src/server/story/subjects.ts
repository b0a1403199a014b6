// Whose story can be read: customers and projects by their names, or those that something happened
// with last.
import type { Id } from '../../domain/index.ts';
import { type Findable, folded, knownOf, type StorySubject } from './known.ts';
import type { Asked } from './rows.ts';

const MOST = 50;
/** Latest records that are looked at for whom they are about. */
const LATEST = 400;
const MOST_LATEST = 12;

/** Each word has to stand in the name, of a project in its own or its customer's. */
export function subjectsNamed({ directory }: Asked, words: string) {
  const wanted = folded(words);
  const parts = wanted.split(' ').filter(Boolean);
  const found = knownOf(directory).findable.filter(({ all }) =>
    parts.every((part) => all.includes(part)),
  );
  const rank = ({ name, subject: { unit } }: Findable) =>
    (name.startsWith(wanted) ? 0 : 2) + (unit === 'customer' ? 0 : 1);
  found.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : a.subject.id < b.subject.id ? -1 : 1),
  );
  return {
    subjects: found.slice(0, MOST).map(({ subject }) => subject),
    more: found.length > MOST,
  };
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
