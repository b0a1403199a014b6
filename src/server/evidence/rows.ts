// Which changes go into a bundle, and each as a line of it.
import { sql } from 'kysely';
import { type Body, isErasable, recordKey } from '../../domain/index.ts';
import {
  type ChangeLine,
  contentsHash,
  redacted,
  type WrittenLine,
  writtenLine,
} from '../../evidence/index.ts';
import type { Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';

/** What is asked for. */
export type Wish = {
  /** Customers, with all that are read as them; null: the whole log. */
  customers: readonly string[] | null;
  /** Fields left out: "text", or "note.text" of one kind. */
  hide: ReadonlySet<string>;
  /** Records whose contents are left out, as record keys, and customers whose records'. */
  without: { records: ReadonlySet<string>; customers: readonly string[] };
};

/** What a bundle of a customer has besides its own records: who wrote it, and by what it was judged. */
const CONTEXT = ['member', 'standard'];

/** Numbers of the changes, in order; null: all. */
export async function seqsOf(tx: Tx, workspace: string, wish: Wish): Promise<number[] | null> {
  const { customers } = wish;
  if (customers === null) return null;
  const rows = await tx
    .selectFrom('log_leaf as l')
    .leftJoin('record as r', (join) =>
      join
        .onRef('r.workspace_id', '=', 'l.workspace_id')
        .onRef('r.kind', '=', 'l.kind')
        .onRef('r.id', '=', 'l.record'),
    )
    .select('l.seq')
    .where('l.workspace_id', '=', workspace)
    .where((eb) =>
      eb.or([
        eb('l.kind', 'in', CONTEXT),
        sql<boolean>`r.customer = ANY(${customers}::uuid[])`,
        sql<boolean>`l.kind = 'customer' AND l.record = ANY(${customers}::uuid[])`,
        sql<boolean>`l.kind = 'audit' AND l.record IN (
          SELECT (a.fields->>'audit')::uuid FROM record a
          WHERE a.workspace_id = ${workspace} AND a.kind = 'review'
            AND a.customer = ANY(${customers}::uuid[]))`,
      ]),
    )
    .orderBy('l.seq')
    .execute();
  return rows.map(({ seq }) => seq);
}

/** Keys of the records whose contents are left out. */
export async function leftOutOf(tx: Tx, workspace: string, wish: Wish): Promise<Set<string>> {
  const { records, customers } = wish.without;
  const left = new Set(records);
  if (customers.length === 0) return left;
  const rows = await tx
    .selectFrom('record')
    .select(['kind', 'id'])
    .where('workspace_id', '=', workspace)
    .where((eb) =>
      eb.or([
        sql<boolean>`customer = ANY(${customers}::uuid[])`,
        sql<boolean>`kind = 'customer' AND id = ANY(${customers}::uuid[])`,
      ]),
    )
    .execute();
  for (const { kind, id } of rows) if (isErasable(kind)) left.add(recordKey(kind, id));
  return left;
}

export type Row = {
  seq: number;
  kind: string;
  record: string;
  author: string;
  leaf: Uint8Array;
  body: Uint8Array | null;
  salt: string | null;
  folded: boolean;
};

const AT_ONCE = 1_000;

/** Each with the number of the change that erased it, if one did. */
export async function* rowsOf(
  tx: Tx,
  workspace: string,
  { size, seqs }: { size: number; seqs: readonly number[] | null },
): AsyncGenerator<Row & { erasure: number | null }> {
  const count = seqs === null ? size : seqs.length;
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = seqs?.slice(from, from + AT_ONCE);
    const rows = await tx
      .selectFrom('log_leaf as l')
      .leftJoin('erased as e', (join) =>
        join
          .onRef('e.workspace_id', '=', 'l.workspace_id')
          .onRef('e.record', '=', 'l.record')
          .onRef('e.kind', '=', 'l.kind')
          .on('l.body', 'is', null),
      )
      .select([
        'l.seq',
        'l.kind',
        'l.record',
        'l.author',

        'l.leaf',
        'l.body',
        'l.salt',
      ])
      .select(['l.folded', 'e.seq as erasure'])
      .where('l.workspace_id', '=', workspace)
      .$if(some === undefined, (query) =>
        query.where('l.seq', '>=', from).where('l.seq', '<', Math.min(size, from + AT_ONCE)),
      )
      .$if(some !== undefined, (query) =>
        query.where('l.seq', '=', sql<number>`any(${some ?? []}::bigint[])`),
      )
      .orderBy('l.seq')
      .execute();
    yield* rows;
  }
}

/** One change as the bundle has it. */
export function lineOf(
  row: Row & { erasure: number | null },
  { hide, left }: { hide: ReadonlySet<string>; left: ReadonlySet<string> },
): WrittenLine & { line: ChangeLine | null } {
  const { seq, kind, record, body, salt } = row;
  const leaf = Buffer.from(row.leaf).toString('utf8');
  const without = (missing: ChangeLine & { missing: string }) => ({
    ...writtenLine(missing),
    line: missing,
  });
  if (body === null || salt === null) {
    return row.erasure === null
      ? without({ seq, leaf, missing: 'not-kept' })
      : without({ seq, leaf, missing: 'erased', erasure: row.erasure });
  }
  if (left.has(recordKey(kind, record))) return without({ seq, leaf, missing: 'left-out' });
  const text = Buffer.from(body).toString('utf8');
  const isHidden = (field: string) => hide.has(field) || hide.has(`${kind}.${field}`);
  if (row.folded && hide.size === 0) {
    // As it is stored: canonical, and checked when it came.
    const start = `{"seq":${seq},"leaf":${JSON.stringify(leaf)},"salt":"${salt}","body":`;
    return { shown: 'open', text: `${start}${text}}`, line: null };
  }
  const line = redacted(nodeHasher, { seq, leaf, salt, body: JSON.parse(text) as Body }, isHidden);
  // What never fitted its hash is stored for its author alone.
  if (!row.folded && contentsHash(nodeHasher, line) !== bodyHashIn(leaf)) {
    return without({ seq, leaf, missing: 'not-kept' });
  }
  return { ...writtenLine(line), line };
}

function bodyHashIn(leaf: string): string {
  const { bodyHash } = JSON.parse(leaf) as { bodyHash: string };
  return bodyHash;
}
