// What an improvement is about: read from what it names when it is written, so that it stands in the
// story and with the customer's words even when its finding is erased later.
import { sql } from 'kysely';
import type { Evidence } from '../../domain/evidence.ts';
import { type Fields, type Id, isKind, type Json } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { findRecord, readable } from '../register/query.ts';

export const UNITS = ['project', 'customer', 'call'] as const;
export type Unit = (typeof UNITS)[number];

/** What the writer names. */
export type Named = {
  finding: Id | null;
  follows: Id | null;
  review: Id | null;
  subject: { kind: string; id: Id } | null;
  about: { unit: Unit; id: Id } | null;
};

type Body = Fields<'improvement'>;

/** Kind of the record that a unit is. */
export const KIND_OF = {
  ...{ project: 'project', customer: 'customer', call: 'interaction' },
} as const satisfies Record<Unit, string>;

/** null: something of what it names is not there (any more), or not for the asker. */
export async function aboutOf(tx: Tx, asker: Asker, named: Named): Promise<Body | null> {
  const found: Body[] = [];
  const records = [
    named.follows && { kind: 'improvement', id: named.follows },
    named.finding && { kind: 'finding', id: named.finding },
    named.subject,
    named.about && { kind: KIND_OF[named.about.unit], id: named.about.id },
    named.review && { kind: 'review', id: named.review },
  ].filter((one) => one !== null && one !== '');
  for (const { kind, id } of records) {
    const record = isKind(kind) ? await findRecord(tx, asker, kind, id) : null;
    if (record === null || record.deleted) return null;
    // A record that does not say whom it is about is about whom its conversation is.
    found.push({
      ...placeOf(record.interaction ?? {}),
      ...(await saidBy(tx, asker, kind, id, record.fields)),
    });
  }
  // What comes first knows best; words are those of the first that has any.
  const merged: Body = Object.assign({}, ...found.toReversed());
  if (merged.project !== undefined && merged.customer === undefined) {
    const project = await findRecord(tx, asker, 'project', merged.project);
    const { customer } = (project?.fields ?? {}) as Fields<'project'>;
    if (customer !== undefined) merged.customer = customer;
  }
  return merged;
}

async function saidBy(
  tx: Tx,
  asker: Asker,
  kind: string,
  id: Id,
  fields: { [field: string]: Json },
): Promise<Body> {
  const own = placeOf(fields);
  switch (kind) {
    case 'customer':
      return { customer: id };
    case 'project':
      return { ...own, project: id };
    case 'interaction':
      return { ...own, interaction: id };
    case 'review':
      return { ...own, review: id };
    case 'finding': {
      const { review, subject, at } = fields as Fields<'finding'>;
      const pinned = { ...(review && { review }), ...(subject && { subject }), ...(at && { at }) };
      const evidence = await shared(tx, asker, fields.evidence as Body['evidence']);
      return { ...own, finding: id, ...pinned, ...evidence };
    }
    case 'improvement': {
      const { review, finding, subject, at, evidence } = fields as Body;
      return {
        ...own,
        ...{ follows: id, ...(review && { review }), ...(finding && { finding }) },
        ...{ ...(subject && { subject }), ...(at && { at }), ...(evidence && { evidence }) },
      };
    }
    default: {
      // What only managers may read is not quoted where everybody may: the reference is enough.
      if (fields.visibility === 'managers') return own;
      return { ...own, ...(await shared(tx, asker, fields.evidence as Body['evidence'])) };
    }
  }
}

function placeOf(fields: { [field: string]: Json }): Body {
  const { customer, contact, project, interaction } = fields as Fields<'note'>;
  return {
    ...{ ...(customer && { customer }), ...(contact && { contact }) },
    ...{ ...(project && { project }), ...(interaction && { interaction }) },
  };
}

/** Words of conversations that all members may read. */
async function shared(
  tx: Tx,
  asker: Asker,
  evidence: Body['evidence'],
): Promise<Pick<Body, 'evidence'>> {
  const all = Object.entries(evidence ?? {}).filter(
    (entry): entry is [string, Evidence] => entry[1] !== null,
  );
  const from = [...new Set(all.flatMap(([, { interaction }]) => interaction ?? []))];
  if (all.length === 0) return {};
  const closed = new Set<Id>();
  if (from.length > 0) {
    const rows = await tx
      .selectFrom('record')
      .select('id')
      .where('workspace_id', '=', asker.workspace.id)
      .where('kind', '=', 'interaction')
      .where('visibility', '=', 'managers')
      .where('id', 'in', from)
      .execute();
    for (const { id } of rows) closed.add(id);
  }
  const kept = all.filter(([, { interaction }]) => !closed.has(interaction ?? ''));
  return kept.length === 0 ? {} : { evidence: Object.fromEntries(kept) };
}

/** Names of records by their ids, as far as the asker may read them. */
export async function namesOf(
  tx: Tx,
  asker: Asker,
  kind: 'customer' | 'project',
  ids: readonly (Id | null)[],
): Promise<Map<Id, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record as r')
    .select(['r.id', sql<string | null>`r.fields->>'name'`.as('name')])
    .where('r.workspace_id', '=', asker.workspace.id)
    .where('r.kind', '=', kind)
    .where('r.deleted', '=', false)
    .where('r.id', 'in', wanted)
    .where(readable(asker, 'r'))
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? '']));
}
