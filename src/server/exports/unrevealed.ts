// What an export leaves out for who asks: what others say of something that they are still to score.
import { type RawBuilder, sql } from 'kysely';
import { keepListed } from '../reviews/listed.ts';
import { readableOf } from '../reviews/seen.ts';
import type { Given } from './source.ts';

/** Further conditions on records `r`: neither those reviews nor what came of them. */
export async function notHidden(given: Given): Promise<RawBuilder<unknown>> {
  const { newest } = await keepListed().of(given.tx, given.asker.workspace.id);
  const readable = new Set((await readableOf(given, newest)).map((one) => one.id));
  const hidden = newest.filter((one) => !readable.has(one.id));
  if (hidden.length === 0) return sql``;
  const ids = sql.join(hidden.map((one) => one.id));
  return sql`AND (r.kind <> 'review' OR r.id::text NOT IN (${ids}))
    AND coalesce(r.fields->>'review', '') NOT IN (${ids})`;
}
