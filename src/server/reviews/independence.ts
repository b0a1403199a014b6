// Nobody reviews their own work (ISO 9001:2015, 9.2.2 c).
import { sql } from 'kysely';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';
import { type Subject, subjectOf } from './subject.ts';

/** What one writes while working for a customer; to import a file is no work for those in it. */
const WORK = ['interaction', 'note', 'expectation', 'probe', 'commitment'] as const;

/**
 * Why the member may not review this, in words said to them; empty when they may. `directory` is of
 * somebody who reads everything.
 */
export async function whyNotIndependent(
  tx: Tx,
  { workspace, member }: { workspace: { id: string }; member: { id: string } },
  about: { unit: Subject['unit']; subject: string; directory: Directory },
): Promise<string[]> {
  const { directory } = about;
  const asker = { workspace } as Pick<Asker, 'workspace'>;
  const subject = await subjectOf({ tx, asker, directory }, about.unit, about.subject);
  if (subject.gone !== null) return [];
  const reasons: string[] = [];
  if (owns(subject, member.id, directory)) {
    reasons.push(
      subject.unit === 'customer' ? 'You own a project of this customer.' : 'You own this project.',
    );
  }
  const { owned, written } = await counts(tx, workspace.id, member.id, subject, directory);
  if (owned > 0) reasons.push(`You answer for ${times(owned, 'promise or expectation')} in it.`);
  if (written > 0) reasons.push(`You logged, tagged or wrote ${times(written, 'record')} of it.`);
  return reasons;
}

function owns({ unit, ids, projects }: Subject, member: string, directory: Directory): boolean {
  const all = directory.projects;
  const ownerOf = (fields: object | null) => (fields as { owner?: string } | null)?.owner ?? null;
  if (unit !== 'customer') return projects.some((id) => ownerOf(all.fieldsOf(id)) === member);
  for (const [, fields] of all.all()) {
    if (ownerOf(fields) !== member) continue;
    const customer = directory.customers.canonicalOf(fields.customer ?? '') ?? fields.customer;
    if (customer !== undefined && ids.includes(customer)) return true;
  }
  return false;
}

async function counts(
  tx: Tx,
  workspace: string,
  member: string,
  { unit, ids, customer }: Subject,
  directory: Directory,
): Promise<{ owned: number; written: number }> {
  const mine = sql<boolean>`(author = ${member}::uuid or fields->>'owner' = ${member})`;
  const customers = customer === null ? [] : directory.customers.setOf(customer.id);
  const found = (where: ReturnType<typeof sql<boolean>>) =>
    tx
      .selectFrom('record')
      .select(['kind', 'id', 'author', 'interaction'])
      .select(sql<string | null>`fields->>'owner'`.as('owner'))
      .select(
        sql<boolean>`jsonb_path_exists(fields, '$.identifiers.keyvalue() ? (@.key starts with "import:")')`.as(
          'imported',
        ),
      )
      .where('workspace_id', '=', workspace)
      .where('kind', 'in', [...WORK])
      .where('deleted', '=', false)
      .where(mine)
      .where(where)
      .execute();
  const list = sql`any(${ids}::uuid[])`;
  const rows = await found(
    unit === 'customer'
      ? sql<boolean>`customer = ${list}`
      : unit === 'project'
        ? sql<boolean>`project = ${list}`
        : sql<boolean>`(id = ${list} or interaction = ${list})`,
  );
  if (unit === 'project') rows.push(...(await inItsInteractions()));
  return {
    owned: rows.filter(
      ({ kind, owner }) => owner === member && (kind === 'expectation' || kind === 'commitment'),
    ).length,
    written: rows.filter(({ author, imported }) => author === member && !imported).length,
  };

  /** What names no project of its own and was noticed in one of the project's. */
  async function inItsInteractions() {
    const interactions = await tx
      .selectFrom('record')
      .select('id')
      .where('workspace_id', '=', workspace)
      .where('kind', '=', 'interaction')
      .where('deleted', '=', false)
      .where(sql<boolean>`project = ${list}`)
      .execute();
    if (interactions.length === 0) return [];
    const those = sql`any(${interactions.map(({ id }) => id)}::uuid[])`;
    return found(
      sql<boolean>`project is null and interaction = ${those}
        and (customer is null or customer = any(${customers}::uuid[]))`,
    );
  }
}

function times(count: number, what: string): string {
  if (count === 1) return what === 'record' ? 'a record' : `a ${what}`;
  return what === 'record' ? `${count} records` : `${count} promises or expectations`;
}
