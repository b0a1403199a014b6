import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import type { StoryKind } from './story-fields.ts';

/** Which of these keys rows of earlier imports, or mails that somebody logged, have. */
export async function knownKeys(
  tx: Tx,
  workspace: string,
  kind: StoryKind,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows =
    kind === 'survey'
      ? await tx
          .selectFrom('record as r')
          .select(sql<string>`r.fields->>'imported'`.as('key'))
          .where('r.workspace_id', '=', workspace)
          .where('r.kind', '=', 'perception')
          .where('r.deleted', '=', false)
          .where(sql<boolean>`r.fields->>'imported' = ANY(${keys}::text[])`)
          .execute()
      : await tx
          .selectFrom('record as r')
          .innerJoin(
            sql<{ key: string }>`LATERAL jsonb_object_keys(r.fields->'identifiers')`.as<'k'>(
              sql`k(key)`,
            ),
            (join) => join.onTrue(),
          )
          .select('k.key')
          .where('r.workspace_id', '=', workspace)
          .where('r.kind', '=', 'interaction')
          .where('r.deleted', '=', false)
          .where(sql<boolean>`r.fields->>'logged' = 'true'`)
          .where(sql<boolean>`k.key = ANY(${keys}::text[])`)
          .execute();
  return new Set(rows.map(({ key }) => key));
}
