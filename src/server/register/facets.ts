// Customers and projects to filter by, as JSON that is put together once for all who ask.
import type { Id } from '../../domain/index.ts';
import type { Counted } from '../counting.ts';
import type { Directory } from './directory.ts';

type Facets = { directory: Directory; counts: Map<Id, number>; text: string };

/** By directory: it is another object once somebody is renamed. */
const made = new WeakMap<Directory, Facets>();

/** "customers":[…],"projects":[…], without the braces around. */
export function facetsText(
  directory: Directory,
  { value: counts }: Counted<Map<Id, number>>,
): string {
  const present = made.get(directory);
  if (present?.counts === counts) return present.text;
  const { compare } = new Intl.Collator();
  const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name);
  const { customers, projects } = directory;
  const named = {
    customers: [...customers.all()].map(([key, { name }]) => ({
      ...{ id: key, name: name ?? '' },
      count: customers.setOf(key).reduce((sum, one) => sum + (counts.get(one) ?? 0), 0),
    })),
    projects: [...projects.all()].map(([key, { name, customer }]) => ({
      ...{ id: key, name: name ?? '', customer: customers.named(customer) },
    })),
  };
  named.customers.sort(byName);
  named.projects.sort(byName);
  const text = JSON.stringify(named).slice(1, -1);
  made.set(directory, { directory, counts, text });
  return text;
}
