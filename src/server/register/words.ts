// Words that are looked for in the register: by an index of trigrams where the database has one.
// Behind the walls LIKE uses none (it could tell of rows that one may not see), so the index is asked
// by functions that go by the transaction's workspace (0015_console.sql).
import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../domain/index.ts';
import type { Tx } from '../database.ts';
import { foldWords } from '../sync/words.ts';
import type { Directory } from './directory.ts';
import type { Filters } from './filters.ts';

/**
 * Where to look: a condition on the record `r` that holds for all that can fit, and for few others; or
 * among the newest first, since they are many.
 */
export type Among = RawBuilder<boolean> | 'the newest';

/** All of these are looked for. */
export function wordsIn({ words }: Filters): string[] {
  return foldWords(words ?? '')
    .split(' ')
    .filter(Boolean);
}

export function patternOf(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}

/** A shorter one has no trigram. */
export function isIndexed(word: string): boolean {
  return word.length >= 3;
}

/** A word stands in texts, or in the name of a customer or a project. */
export function meantBy(word: string, { customers, projects }: Directory) {
  return {
    pattern: patternOf(word),
    customers: named(customers, word),
    projects: named(projects, word),
  };
}

function named(identity: Directory['customers'], word: string): Id[] {
  return foldedNames(identity)
    .filter(([, name]) => name.includes(word))
    .flatMap(([id]) => identity.setOf(id));
}

type Names = readonly (readonly [id: Id, name: string])[];
const folded = new WeakMap<Directory['customers'], Names>();

/** Folded once, as long as nobody is renamed. */
function foldedNames(identity: Directory['customers']): Names {
  const present = folded.get(identity);
  if (present !== undefined) return present;
  const names = [...identity.all()].map(([id, { name }]) => [id, foldWords(name ?? '')] as const);
  folded.set(identity, names);
  return names;
}

export async function hasWordsIndex(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    SELECT to_regprocedure('words_found(text,integer)') IS NOT NULL AS has`.execute(tx);
  return rows[0]?.has === true;
}

/** Beyond what is counted: a word that more texts have is frequent (query.ts). */
const MOST_FOUND = 12_000;
const MOST_NAMED = 500;

/** Where the rarest of the words stands; null: nowhere in particular. */
export async function amongWords(
  tx: Tx,
  workspace: Id,
  directory: Directory,
  filters: Filters,
): Promise<Among | null> {
  const words = wordsIn(filters).filter(isIndexed);
  // What one customer has is few already.
  if (words.length === 0 || filters.customer !== null || filters.project !== null) return null;
  if (!(await hasWordsIndex(tx))) return null;
  const { rows } = await sql<{ ids: Id[] | null }>`SELECT words_found(pattern, ${MOST_FOUND}) AS ids
    FROM unnest(${words.map(patternOf)}::text[]) WITH ORDINALITY AS asked (pattern, at)
    ORDER BY at`.execute(tx);
  const found = words.flatMap((word, at) => {
    const ids = rows[at]?.ids ?? null;
    if (ids === null) return [];
    const { customers, projects } = meantBy(word, directory);
    return customers.length + projects.length > MOST_NAMED ? [] : [{ ids, customers, projects }];
  });
  const [rarest] = found.sort((a, b) => a.ids.length - b.ids.length);
  if (rarest === undefined) return 'the newest';
  const { ids, customers, projects } = rarest;
  const named =
    customers.length + projects.length === 0
      ? sql`false`
      : sql`r.customer = ANY(${customers}::uuid[]) OR r.project = ANY(${projects}::uuid[])
        OR r.interaction = ANY (ARRAY(SELECT i.id FROM record AS i
          WHERE i.workspace_id = ${workspace} AND i.kind = 'interaction'
            AND (i.customer = ANY(${customers}::uuid[]) OR i.project = ANY(${projects}::uuid[]))))`;
  return sql<boolean>`(r.id = ANY(${ids}::uuid[]) OR r.interaction = ANY(${ids}::uuid[]) OR ${named})`;
}

export async function wordsCounted(
  tx: Tx,
  asked: { patterns: string[]; kinds: string[] | null; reader: Id | null; most: number },
): Promise<number> {
  const { patterns, kinds, reader, most } = asked;
  const { rows } = await sql<{ count: number }>`SELECT words_counted(${patterns}::text[],
    ${kinds}::text[], ${reader}::uuid, ${most}) AS count`.execute(tx);
  return rows[0]?.count ?? 0;
}
