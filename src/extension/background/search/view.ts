// What a search found, as pages show it.
import type { Fields, Id } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import type { SearchFilters, SearchHit } from '../../messages/index.ts';
import { type Filters, factsOf, type ReadHit, readFields } from '../../store/index.ts';
import { Names } from '../cards.ts';
import { customerIds } from '../guess.ts';
import type { Here } from '../world.ts';

/** Kinds that a card shows. */
const CARDS = new Set(['expectation', 'note', 'commitment', 'interaction']);

/** The store's filters: a customer is all ids that are read as one. */
export async function filtersIn(here: Here, asked: SearchFilters): Promise<Filters> {
  const { customer, person, ...same } = asked;
  return {
    ...same,
    ...(customer === undefined ? {} : { customers: await customerIds(here.db, customer) }),
    ...(person === undefined ? {} : { people: [person] }),
  };
}

export function toHits(here: Here, found: readonly ReadHit[]): Promise<SearchHit[]> {
  const names = new Names(here);
  return Promise.all(
    found.map(async ({ record, keptHere, excerpt }): Promise<SearchHit> => {
      const facts = factsOf(record.state);
      const who = async (id: Id) => ({ id, name: await names.member(id), me: id === here.me });
      const [customer, author, owner] = await Promise.all([
        names.of('customer', facts.customer || undefined),
        who(facts.author),
        facts.owner === '' ? null : who(facts.owner),
      ]);
      return {
        ...{ kind: record.kind, id: record.id, look: facts.look, text: excerpt },
        ...{ customer, author, owner, stage: facts.stage, outcome: facts.outcome },
        ...{ at: facts.at || msOf(record.state.origin.rank), keptHere, deleted: facts.deleted },
        opens: opensOf(record.kind, record.id, readFields<'probe'>(record)),
      };
    }),
  );
}

function opensOf(kind: string, id: Id, fields: Fields<'probe'>): SearchHit['opens'] {
  if (CARDS.has(kind)) return { kind, id };
  // A question stands on the card of its expectation; all else at the conversation it came from.
  if (fields.expectation !== undefined) return { kind: 'expectation', id: fields.expectation };
  return fields.interaction === undefined ? null : { kind: 'interaction', id: fields.interaction };
}
