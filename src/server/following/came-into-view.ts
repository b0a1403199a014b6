// Records that came into view with a page of the log: their earlier leaves, which the device's cursor
// has passed, are brought with it (SPEC 12.4).
import {
  type Body,
  canonicalIds,
  fieldsOf,
  fold,
  type Identified,
  isKind,
  type Leaf,
  type Ranked,
} from '../../domain/index.ts';
import type { Tx } from '../database.ts';
import type { Customers } from './customers.ts';
import { mentionedTo, noticedIn, ROUTED, recordsAbout, type View } from './view.ts';

/** What is needed of a leaf of the page. */
export type PageLeaf = {
  kind: string;
  record: string;
  body: Body | null;
  problem: string | null;
  /** The change made its record readable for all, and it was not before. */
  reveals: boolean;
};

/** Fields by which a record finds its readers. */
const ROUTING = [
  'customer',
  'interaction',
  'evidence',
  'owner',
  'to',
  'member',
  'auditor',
  'reviewer',
  'askedBy',
];
const IDENTITY = ['identifiers', 'mergedInto', 'deleted'];

/**
 * Ids of records of which leaves before `cursor` may be in view now and were not when the cursor
 * passed them. Some of them may have been: a device skips what it has.
 */
export async function cameIntoView(
  tx: Tx,
  workspace: string,
  view: View,
  customers: Customers,
  page: readonly PageLeaf[],
  cursor: number,
): Promise<string[]> {
  const records = new Set(page.filter((leaf) => leaf.reveals).map((leaf) => leaf.record));
  const { followed } = view;
  if (followed !== null) {
    const folded = page.filter((leaf) => leaf.problem === null && leaf.body !== null);
    const says = (leaf: PageLeaf, fields: readonly string[]) =>
      fields.some((field) => leaf.body !== null && Object.hasOwn(leaf.body, field));
    for (const leaf of folded) {
      if (isRouted(leaf.kind) && says(leaf, ROUTING)) records.add(leaf.record);
    }
    const moved = folded
      .filter((leaf) => leaf.kind === 'interaction' && says(leaf, ['customer']))
      .map((leaf) => leaf.record);
    const changed = folded
      .filter((leaf) => leaf.kind === 'customer' && says(leaf, IDENTITY))
      .map((leaf) => leaf.record);
    const mentions = folded.filter(({ kind }) => kind === 'mention').map((leaf) => leaf.record);
    const joined = await joinedSince(tx, workspace, followed.chosen, customers, changed, cursor);
    const about = await Promise.all([
      noticedIn(tx, workspace, moved),
      recordsAbout(tx, workspace, joined),
      mentions.length === 0 ? [] : mentionedTo(tx, workspace, view.member.id, mentions),
    ]);
    for (const id of about.flat()) records.add(id);
  }
  return [...records];
}

function isRouted(kind: string): boolean {
  return (ROUTED as readonly string[]).includes(kind);
}

/**
 * Customers that are read as one with a chosen customer now, and were not at `cursor`. Only customers
 * in the sets of `changed` can be: where no customer changed, nothing is read.
 */
async function joinedSince(
  tx: Tx,
  workspace: string,
  chosen: readonly string[],
  customers: Customers,
  changed: readonly string[],
  cursor: number,
): Promise<string[]> {
  if (changed.length === 0) return [];
  const now = (await customers.of(tx, workspace)).withAll(changed);
  const followed = (await customers.of(tx, workspace)).withAll(chosen);
  const concerned = [...now].filter((id) => followed.has(id));
  if (concerned.length < 2) return [];
  const before = await customersAt(tx, workspace, concerned, cursor);
  const canonical = canonicalIds(before);
  const known = new Set(chosen.map((id) => canonical.get(id) ?? id));
  return concerned.filter((id) => !known.has(canonical.get(id) ?? id));
}

/** These customers as their leaves before `cursor` fold. */
async function customersAt(
  tx: Tx,
  workspace: string,
  ids: string[],
  cursor: number,
): Promise<Identified[]> {
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['leaf', 'body'])
    .where('workspace_id', '=', workspace)
    .where('record', 'in', ids)
    .where('kind', '=', 'customer')
    .where('seq', '<', cursor)
    .where('problem', 'is', null)
    .where('body', 'is not', null)
    .execute();
  const changes = rows.flatMap((row): Ranked[] => {
    const { id, kind, record, author, rank } = read(row.leaf) as Leaf;
    return [{ id, kind, record, author, rank, body: read(row.body) as Body }];
  });
  return [...fold(changes).values()].flatMap((state) =>
    isKind(state.kind) ? [{ ...fieldsOf<'customer'>(state), id: state.id }] : [],
  );
}

function read(bytes: Uint8Array | null): unknown {
  return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
}
