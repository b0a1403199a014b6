// Customers and projects of a workspace, records of one identity read as one.
import { canonicalIds, type Identified, mergeFields } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';

export type Named = { id: string; name: string };
export type Project = Named & { customer: Named | null };

/** One kind: canonical records with the ids they stand for. */
export class Identity<F extends { name?: string | undefined }> {
  readonly #canonical: Map<string, string>;
  readonly #sets = new Map<string, Map<string, F>>();

  constructor(records: Map<string, F & Omit<Identified, 'id'>>) {
    this.#canonical = canonicalIds([...records].map(([id, fields]) => ({ ...fields, id })));
    for (const [id, canonical] of this.#canonical) {
      const set = this.#sets.get(canonical) ?? new Map<string, F>();
      const fields = records.get(id);
      if (fields) this.#sets.set(canonical, set.set(id, fields));
    }
  }

  /** All ids read as the same record as `id`. */
  setOf(id: string): string[] {
    return [...(this.#sets.get(this.#canonical.get(id) ?? id)?.keys() ?? [id])];
  }

  canonicalOf(id: string): string | null {
    return this.#canonical.get(id) ?? null;
  }

  /** The record as read, or null when nothing is known under this id. */
  fieldsOf(id: string): F | null {
    const canonical = this.#canonical.get(id);
    const set = canonical === undefined ? undefined : this.#sets.get(canonical);
    return canonical !== undefined && set ? mergeFields(canonical, set) : null;
  }

  named(id: string | null | undefined): Named | null {
    if (!id) return null;
    const canonical = this.#canonical.get(id);
    return canonical === undefined ? null : { id: canonical, name: this.fieldsOf(id)?.name ?? '' };
  }

  *all(): Iterable<[id: string, fields: F]> {
    for (const [id, set] of this.#sets) yield [id, mergeFields(id, set)];
  }
}

type Fields = {
  name?: string;
  customer?: string;
  identifiers?: { [key: string]: boolean | null };
  mergedInto?: string | null;
};

export type Directory = {
  /** Number of leaves it was read at. */
  size: number;
  customers: Identity<Fields>;
  projects: Identity<Fields>;
};

const MOST_CACHED = 16;

/** `tx` is in the asker's workspace. */
export type Directories = { of(tx: Tx, asker: Asker): Promise<Directory> };

/** Reads directories and keeps the newest ones: a directory holds until the log grows. */
export function createDirectories(): Directories {
  const kept = new Map<string, Directory>();
  return {
    async of(tx, asker) {
      const whose = readsAll(asker.member.role) ? 'all' : asker.member.id;
      const key = `${asker.workspace.id}/${whose}`;
      const { seq: size } = await tx
        .selectFrom('workspace')
        .select('seq')
        .where('id', '=', asker.workspace.id)
        .executeTakeFirstOrThrow();
      const present = kept.get(key);
      if (present?.size === size) return present;
      const directory = await read(tx, asker, size);
      kept.delete(key);
      kept.set(key, directory);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_CACHED && oldest !== undefined) kept.delete(oldest);
      return directory;
    },
  };
}

async function read(tx: Tx, asker: Asker, size: number): Promise<Directory> {
  const rows = await tx
    .selectFrom('record')
    .select(['kind', 'id', 'fields'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', 'in', ['customer', 'project'])
    .where('deleted', '=', false)
    .$if(!readsAll(asker.member.role), (query) =>
      query.where((where) =>
        where.or([where('visibility', '=', 'workspace'), where('author', '=', asker.member.id)]),
      ),
    )
    .execute();
  const of = (kind: string) =>
    new Identity<Fields>(
      new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.fields as Fields])),
    );
  return {
    size,
    customers: of('customer'),
    projects: of('project'),
  };
}
