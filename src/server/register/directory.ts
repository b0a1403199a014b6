// Customers and projects of a workspace, records of one identity read as one.
import { sql } from 'kysely';
import { canonicalIds, type Identified, mergeFields } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Tx } from '../database.ts';
import { idsOf, type Kept, keepUp, type Viewer } from '../keeping.ts';

export type Named = { id: string; name: string };
export type Project = Named & { customer: Named | null };

/** One kind: canonical records with the ids they stand for. */
export class Identity<F extends { name?: string | undefined }> {
  readonly #records: ReadonlyMap<string, F & Omit<Identified, 'id'>>;
  readonly #canonical: ReadonlyMap<string, string>;
  readonly #sets: Map<string, Map<string, F>>;
  /** Sets as they are read, each put together once. */
  readonly #merged = new Map<string, F>();

  /** `like`: the same records, but for values that no identity hangs on. */
  constructor(records: ReadonlyMap<string, F & Omit<Identified, 'id'>>, like?: Identity<F>) {
    this.#records = records;
    this.#canonical = like
      ? like.#canonical
      : canonicalIds([...records].map(([id, fields]) => ({ ...fields, id })));
    this.#sets = new Map();
    for (const [id, canonical] of this.#canonical) {
      const set = this.#sets.get(canonical) ?? new Map<string, F>();
      const fields = records.get(id);
      if (fields) this.#sets.set(canonical, set.set(id, fields));
    }
  }

  /** With what was found of these ids now; those that were not found are gone. */
  with(
    ids: readonly string[],
    found: ReadonlyMap<string, F & Omit<Identified, 'id'>>,
  ): Identity<F> {
    const records = new Map(this.#records);
    let isSame = true;
    for (const id of ids) {
      const [old, now] = [this.#records.get(id), found.get(id)];
      isSame &&= marksOf(old) === marksOf(now);
      if (now === undefined) records.delete(id);
      else records.set(id, now);
    }
    return new Identity<F>(records, isSame ? this : undefined);
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
    return canonical !== undefined && set ? this.#read(canonical, set) : null;
  }

  named(id: string | null | undefined): Named | null {
    if (!id) return null;
    const canonical = this.#canonical.get(id);
    return canonical === undefined ? null : { id: canonical, name: this.fieldsOf(id)?.name ?? '' };
  }

  /** How many there are as they are read. */
  get size(): number {
    return this.#sets.size;
  }

  *all(): Iterable<[id: string, fields: F]> {
    for (const [id, set] of this.#sets) yield [id, this.#read(id, set)];
  }

  #read(id: string, set: Map<string, F>): F {
    const present = this.#merged.get(id);
    if (present !== undefined) return present;
    const merged = mergeFields(id, set);
    this.#merged.set(id, merged);
    return merged;
  }
}

/** What decides with which others a record is one. */
function marksOf(fields: Omit<Identified, 'id'> | undefined): string {
  if (fields === undefined) return '';
  return JSON.stringify([fields.identifiers ?? null, fields.mergedInto ?? null]);
}

type Fields = {
  name?: string;
  customer?: string;
  identifiers?: { [key: string]: boolean | null };
  mergedInto?: string | null;
};

export type Directory = {
  customers: Identity<Fields>;
  projects: Identity<Fields>;
};

/** `tx` is in the asker's workspace. */
export type Directories = Kept<Directory>;

/** A directory is the same object as long as no customer and no project changes. */
export function createDirectories(): Directories {
  return keepUp<Directory>({
    ...{ kinds: ['customer', 'project'], most: 64, read },
    async change(tx, viewer, { customers, projects }, changed) {
      const ids = { customer: idsOf(changed, 'customer'), project: idsOf(changed, 'project') };
      const found = await readThese(tx, viewer, [...ids.customer, ...ids.project]);
      return {
        customers:
          ids.customer.length === 0 ? customers : customers.with(ids.customer, found.customer),
        projects: ids.project.length === 0 ? projects : projects.with(ids.project, found.project),
      };
    },
  });
}

/** Rows at once: parsing more keeps others waiting. */
const AT_ONCE = 2_000;

async function read(tx: Tx, viewer: Viewer): Promise<Directory> {
  const found = { customer: new Map<string, Fields>(), project: new Map<string, Fields>() };
  for (const kind of ['customer', 'project'] as const) {
    for (let last: string | undefined; ; ) {
      const rows = await readable(tx, viewer)
        .where('kind', '=', kind)
        .$if(last !== undefined, (query) => query.where('id', '>', last ?? ''))
        .orderBy('id')
        .limit(AT_ONCE)
        .execute();
      for (const { id, fields } of rows) found[kind].set(id, fields as Fields);
      last = rows.at(-1)?.id;
      if (rows.length < AT_ONCE) break;
    }
  }
  return { customers: new Identity(found.customer), projects: new Identity(found.project) };
}

async function readThese(tx: Tx, viewer: Viewer, ids: readonly string[]) {
  const rows = await readable(tx, viewer)
    .where('kind', 'in', ['customer', 'project'])
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .execute();
  const of = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row.fields as Fields]));
  return { customer: of('customer'), project: of('project') };
}

function readable(tx: Tx, { workspace, member }: Viewer) {
  return tx
    .selectFrom('record')
    .select(['kind', 'id', 'fields'])
    .where('workspace_id', '=', workspace.id)
    .where('deleted', '=', false)
    .$if(!readsAll(member.role), (query) =>
      query.where((where) =>
        where.or([where('visibility', '=', 'workspace'), where('author', '=', member.id)]),
      ),
    );
}
