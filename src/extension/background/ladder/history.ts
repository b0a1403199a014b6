// Who changed what of an expectation when, and what was asked about it: the record's own changes.
import type { Id } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import type { HistoryEntry } from '../../messages/index.ts';
import {
  changesOf,
  probesAbout,
  readFields,
  type StoredChange,
  type StoredRecord,
  type WorkspaceTx,
} from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { Here } from '../world.ts';
import { expectationIn, whoIs } from './views.ts';

/** Oldest first. Of what is kept on this device only its beginning is known. */
export async function historyOf(here: Here, expectation: Id): Promise<HistoryEntry[]> {
  const { record } = await expectationIn(here, expectation);
  const about = await probesAbout(here.db, [expectation]);
  const names = new Names(here);
  const entries = await Promise.all([record, ...about].map((one) => entriesOf(here, one, names)));
  return entries
    .flat()
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ entry }) => entry);
}

type Ranked = { rank: string; entry: HistoryEntry };

async function entriesOf(here: Here, record: StoredRecord, names: Names): Promise<Ranked[]> {
  const { kind, id, state } = record;
  const tx = here.db.transaction(['changes', 'blocks']) as unknown as WorkspaceTx;
  const { changes } = await changesOf(tx, kind, id);
  const told = changes.length > 0 ? changes : [keptChange(record)];
  return Promise.all(
    told.map(async ({ id: change, author, rank, body }): Promise<Ranked> => {
      const entry: HistoryEntry = {
        ...{ change, record: { kind, id }, at: msOf(rank) },
        made: change === state.origin.change,
        author: (await whoIs(here, author, names)) ?? { id: author, name: '', me: false },
        // Its body may have been erased, or be one that this version cannot read.
        body: body ?? {},
      };
      return { rank, entry };
    }),
  );
}

/** What is kept on this device has no changes of its own: as it is now, from when it was made. */
function keptChange(record: StoredRecord): Pick<StoredChange, 'id' | 'author' | 'rank' | 'body'> {
  const { author, rank, change } = record.state.origin;
  return { id: change, author, rank, body: readFields(record) as StoredChange['body'] };
}
