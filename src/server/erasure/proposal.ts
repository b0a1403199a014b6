// What an erasure would take: the records linked to a person, and those whose text names them, which
// somebody has to look at (SPEC 14.2).
import { sql } from 'kysely';
import type { Json } from '../../domain/index.ts';
import type { Tx } from '../database.ts';
import { recordsAbout } from '../following/view.ts';
import { isErasable, type Target } from './erased.ts';
import type { Person } from './people.ts';

/** A record in one line. */
export type Proposed = Target & {
  /** Its first words, as they stand. */
  text: string;
  /** rank of its first change */
  written: string;
  author: string;
};

export type Proposal = {
  linked: Proposed[];
  /** Records that name the person in their texts, now or in an earlier version. */
  mentions: Proposed[];
  /** There were more than are listed: look again after this erasure. */
  more: boolean;
};

const MOST_LISTED = 5_000;
const SHORTEST_NAME = 3;

export async function propose(tx: Tx, workspace: string, person: Person): Promise<Proposal> {
  const about = await linkedTo(tx, workspace, person);
  const linked = unique([...about, ...(await pointingTo(tx, workspace, about))]);
  const naming = await namedIn(tx, workspace, person);
  const known = new Set(linked.map(keyOf));
  const others = naming.filter((one) => !known.has(keyOf(one)));
  return {
    linked: await lines(tx, workspace, linked.slice(0, MOST_LISTED)),
    mentions: await lines(tx, workspace, others.slice(0, MOST_LISTED)),
    more: linked.length > MOST_LISTED || others.length > MOST_LISTED,
  };
}

async function linkedTo(tx: Tx, workspace: string, person: Person): Promise<Target[]> {
  const own: Target[] = person.ids.map((id) => ({
    kind: person.kind === 'customer' ? 'customer' : 'contact',
    id,
  }));
  if (person.kind === 'customer') {
    const about = await byIds(tx, workspace, await recordsAbout(tx, workspace, person.ids));
    const contacts = await tx
      .selectFrom('record')
      .select(['kind', 'id'])
      .where('workspace_id', '=', workspace)
      .where('kind', '=', 'contact')
      .where(sql<boolean>`customer = ANY(${person.ids}::uuid[])`)
      .execute();
    return unique([...own, ...contacts, ...about]);
  }
  const linked = await tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where((where) =>
      where.or([
        sql<boolean>`fields->>'contact' = ANY(${person.ids}::text[])`,
        where.and([
          where('kind', '=', 'interaction'),
          sql<boolean>`lower(fields->'sender'->>'address') = ANY(${person.addresses}::text[])`,
        ]),
      ]),
    )
    .execute();
  const mails = linked.filter(({ kind }) => kind === 'interaction').map(({ id }) => id);
  const noticed = await tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`interaction = ANY(${mails}::uuid[])`)
    .execute();
  return unique([...own, ...linked, ...noticed]);
}

/** Mentions that point somebody to one of these: they repeat its words. */
function pointingTo(tx: Tx, workspace: string, targets: readonly Target[]): Promise<Target[]> {
  const ids = targets.map(({ id }) => id);
  return tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'mention')
    .where(sql<boolean>`fields->'subject'->>'id' = ANY(${ids}::text[])`)
    .execute();
}

/** By the log, not by the records: what somebody wrote over is still in it. */
async function namedIn(tx: Tx, workspace: string, person: Person): Promise<Target[]> {
  const words = [...person.names, ...person.addresses]
    .map((one) => one.toLowerCase().trim())
    .filter((one) => one.length >= SHORTEST_NAME);
  if (words.length === 0) return [];
  const patterns = words.map(
    (one) =>
      `%${JSON.stringify(one)
        .slice(1, -1)
        .replace(/[\\%_]/g, '\\$&')}%`,
  );
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['kind', 'record as id'])
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('body', 'is not', null)
    .where(sql<boolean>`lower(convert_from(body, 'UTF8')) LIKE ANY(${patterns}::text[])`)
    .orderBy('kind')
    .orderBy('record')
    .execute();
  return rows.filter(({ kind }) => isErasable(kind));
}

async function byIds(tx: Tx, workspace: string, ids: string[]): Promise<Target[]> {
  return tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`id = ANY(${ids}::uuid[])`)
    .execute();
}

/** The records themselves first, then the newest. What never folded has no words of its own. */
async function lines(tx: Tx, workspace: string, targets: readonly Target[]): Promise<Proposed[]> {
  const ids = targets.map(({ id }) => id);
  const rows = await tx
    .selectFrom('record')
    .select(['kind', 'id', 'fields', 'written', 'author'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`id = ANY(${ids}::uuid[])`)
    .execute();
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  return targets
    .map(({ kind, id }): Proposed => {
      const row = known.get(keyOf({ kind, id }));
      return {
        ...{ kind, id, text: row ? firstWords(row.fields) : '' },
        ...{ written: row?.written ?? '', author: row?.author ?? '' },
      };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.written > b.written ? -1 : 1));
}

function rankOf({ kind }: Target): number {
  return kind === 'contact' || kind === 'customer' ? 0 : 1;
}

const LONGEST = 160;

function firstWords(fields: { [field: string]: Json }): string {
  const texts = ['name', 'statement', 'text', 'question', 'subject', 'action', 'method'];
  const own = texts.map((field) => fields[field]).find((one) => typeof one === 'string' && one);
  const quote = Object.values((fields.evidence ?? {}) as { [id: string]: { quote?: string } })[0];
  return String(own ?? quote?.quote ?? '').slice(0, LONGEST);
}

function unique(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map((one) => [keyOf(one), one])).values()].filter(({ kind }) =>
    isErasable(kind),
  );
}

function keyOf({ kind, id }: Target): string {
  return `${kind}/${id}`;
}
