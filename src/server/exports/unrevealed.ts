// What a file leaves out for who asks: what others say of something that they are still to score.
import { type RawBuilder, sql } from 'kysely';
import { type Id, recordKey } from '../../domain/index.ts';
import { keepListed } from '../reviews/listed.ts';
import { readableOf } from '../reviews/seen.ts';
import type { Given } from './source.ts';

type Asking = Pick<Given, 'tx' | 'asker' | 'directory'>;

/** The reviews that the asker may not read yet. */
export async function unrevealed(asking: Asking): Promise<Id[]> {
  const { newest } = await keepListed().of(asking.tx, asking.asker.workspace.id);
  const readable = new Set((await readableOf(asking, newest)).map((one) => one.id));
  return newest.flatMap(({ id }) => (readable.has(id) ? [] : id));
}

/** Further conditions on records `r`: neither those reviews nor what came of them. */
export async function notHidden(asking: Asking): Promise<RawBuilder<unknown>> {
  const hidden = await unrevealed(asking);
  if (hidden.length === 0) return sql``;
  const ids = sql.join(hidden);
  return sql`AND (r.kind <> 'review' OR r.id::text NOT IN (${ids}))
    AND coalesce(r.fields->>'review', '') NOT IN (${ids})`;
}

/** Those reviews and what came of them, as "kind/id". */
export async function unrevealedRecords(asking: Asking): Promise<string[]> {
  const hidden = await unrevealed(asking);
  if (hidden.length === 0) return [];
  const after = await asking.tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', asking.asker.workspace.id)
    .where('kind', 'in', ['finding', 'inquiry', 'dispute', 'improvement'])
    .where(sql<string>`fields->>'review'`, 'in', hidden)
    .execute();
  return [
    ...hidden.map((id) => recordKey('review', id)),
    ...after.map(({ kind, id }) => recordKey(kind, id)),
  ];
}
