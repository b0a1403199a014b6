// What was asked about an expectation, and what was answered: its ladder on the record's page.
import { sql } from 'kysely';
import type { Fields } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Named } from './directory.ts';
import { type HistoryEntry, historyOf } from './history.ts';
import { readable } from './query.ts';

/** Nobody asks as often about one thing. */
const MOST = 200;

export type ProbeShown = {
  id: string;
  author: Named;
  fields: Fields<'probe'>;
  askedBy: Named | null;
  owner: Named | null;
  history: HistoryEntry[];
};

/** In no order; as far as the asker may read them. */
export async function probesOf(
  tx: Tx,
  asker: Asker,
  expectation: string,
  members: Map<string, string>,
): Promise<ProbeShown[]> {
  const rows = await tx
    .selectFrom('record as r')
    .select(['r.id', 'r.author', 'r.fields'])
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', 'probe')
    .where('r.deleted', '=', false)
    .where(sql<boolean>`r.about = ${expectation}`)
    .where(readable(asker, 'r'))
    .orderBy('r.id')
    .limit(MOST)
    .execute();
  const named = (id: string | undefined): Named | null =>
    id === undefined ? null : { id, name: members.get(id) ?? '' };
  const shown: ProbeShown[] = [];
  for (const { id, author, fields: stored } of rows) {
    // Checked against the kind's schema when it was accepted.
    const fields = stored as Fields<'probe'>;
    const { entries } = await historyOf(tx, asker, 'probe', id, members);
    shown.push({
      ...{ id, fields, history: entries },
      author: { id: author, name: members.get(author) ?? '' },
      askedBy: named(fields.askedBy),
      owner: named(fields.owner),
    });
  }
  return shown;
}
