// A customer's records as domain/story.ts tells them: the same story as the server's.
import { type Moment, momentsOf, type StoryRecord } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import { readFields, type StoredRecord } from '../../store/index.ts';

export type KeptRecord = StoryRecord & { keptHere: boolean };
export type KeptMoment = Moment<KeptRecord>;

/** All moments, newest first, and when there was a word from or to the customer, newest first. */
export function momentsIn(found: readonly { record: StoredRecord; keptHere: boolean }[]) {
  return momentsOf(
    found.map(({ record, keptHere }): KeptRecord => {
      const { registers, origin } = record.state;
      return {
        ...{ kind: record.kind, id: record.id, keptHere },
        fields: readFields<'note'>(record) as StoryRecord['fields'],
        ...{ author: origin.author, written: msOf(origin.rank) },
        rankOf(field) {
          const rank = registers[field]?.rank;
          return rank === undefined ? null : msOf(rank);
        },
      };
    }),
  );
}
