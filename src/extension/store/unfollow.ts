// Freeing the space of customers that are not followed any more (SPEC 12).
import type { Id } from '../../domain/index.ts';
import { entriesOf, keyOf, recordFrom } from './blocks.ts';
import { changesOf, forgetRecord } from './folding.ts';
import { recordsOfKind } from './read.ts';
import type { StoredChange, StoredRecord, WorkspaceDb, WorkspaceTx } from './schema.ts';

/** Kinds that belong to a customer; all others come to everybody. */
const ROUTED = new Set([
  ...['project', 'interaction', 'note', 'expectation', 'probe', 'commitment', 'perception'],
  ...['audit', 'review', 'finding', 'inquiry', 'dispute', 'improvement', 'comment', 'mention'],
]);
/** Fields that address a record to a member. */
const ADDRESSED = ['owner', 'to', 'member', 'auditor', 'reviewer', 'askedBy'];

const AT_ONCE = 200;

/**
 * Forgets the records of customers that are not among `followed` (all ids of each set), with their
 * changes. What `me` wrote, was addressed to or was mentioned in, what was not sent, and what is no
 * customer's stays.
 * A part at a time, each by itself, so that captures get their turn; `alone` runs one part.
 */
export async function forgetUnfollowed(
  db: WorkspaceDb,
  me: Id,
  followed: ReadonlySet<Id>,
  alone: (part: () => Promise<void>) => Promise<void>,
): Promise<number> {
  const mentioned = await mentionedTo(db, me);
  const going: { kind: string; id: Id }[] = [];
  for await (const records of allRecords(db)) {
    for (const record of records) {
      if (mentioned.has(record.id)) continue;
      if (isAnothers(record, me, followed)) going.push({ kind: record.kind, id: record.id });
    }
  }
  going.push(...(await notUnderstood(db, me, followed)).filter(({ id }) => !mentioned.has(id)));
  let gone = 0;
  for (let from = 0; from < going.length; from += AT_ONCE) {
    await alone(async () => {
      const tx = db.transaction(
        ['changes', 'records', 'blocks', 'outbox', 'unindexed'],
        'readwrite',
        {
          durability: 'relaxed',
        },
      ) as unknown as WorkspaceTx;
      for (const { kind, id } of going.slice(from, from + AT_ONCE)) {
        const [{ changes }, unsent] = await Promise.all([
          changesOf(tx, kind, id),
          tx.objectStore('outbox').index('record').count([kind, id]),
        ]);
        if (unsent > 0 || isMine(changes, me)) continue;
        await forgetRecord(tx, kind, id);
        gone += 1;
      }
      await tx.done;
    });
  }
  return gone;
}

/** Records of which nothing is folded, though their words are here: those of a later version. */
async function notUnderstood(
  db: WorkspaceDb,
  me: Id,
  followed: ReadonlySet<Id>,
): Promise<{ kind: string; id: Id }[]> {
  const rows = await db.getAllFromIndex('changes', 'unfolded');
  const alone = await Promise.all(
    rows.map(async (row) => ((await db.getKey('records', [row.kind, row.record])) ? [] : [row])),
  );
  const blocks = await db.getAllFromIndex('blocks', 'keys', keyOf.unfolded);
  const packed = blocks
    .flatMap((block) => entriesOf(block))
    .filter(({ changes }) => recordFrom(changes) === null)
    .flatMap(({ changes }) => changes);
  return [...alone.flat(), ...packed].flatMap(({ kind, record, body }) => {
    const customer = body?.customer;
    if (!ROUTED.has(kind) || typeof customer !== 'string' || followed.has(customer)) return [];
    return ADDRESSED.some((field) => body?.[field] === me) ? [] : [{ kind, id: record }];
  });
}

/** Ids of what somebody pointed this member to. */
async function mentionedTo(db: WorkspaceDb, me: Id): Promise<Set<Id>> {
  const shown = new Set<Id>();
  for (const { state } of (await recordsOfKind(db, 'mention')).values()) {
    const subject = state.registers.subject?.value as { id: Id } | null | undefined;
    if (state.registers.member?.value === me && subject) shown.add(subject.id);
  }
  return shown;
}

function isAnothers({ kind, customer, state }: StoredRecord, me: Id, followed: ReadonlySet<Id>) {
  if (!ROUTED.has(kind) || customer === undefined || followed.has(customer)) return false;
  return !ADDRESSED.some((field) => state.registers[field]?.value === me);
}

function isMine(changes: StoredChange[], me: Id): boolean {
  return changes.some(({ author }) => author === me);
}

async function* allRecords(db: WorkspaceDb): AsyncGenerator<StoredRecord[]> {
  let after: [string, Id] | null = null;
  for (;;) {
    const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true);
    const found: StoredRecord[] = await db.getAll('records', range, 1_000);
    const last = found.at(-1);
    if (last === undefined) break;
    after = [last.kind, last.id];
    yield found;
  }
  let from = 0;
  for (;;) {
    const found = await db.getAll('blocks', IDBKeyRange.lowerBound(from, true), 50);
    const last = found.at(-1)?.n;
    if (last === undefined) return;
    from = last;
    const entries = found.flatMap((block) => entriesOf(block));
    yield entries.map(({ changes }) => recordFrom(changes)).filter((record) => record !== null);
  }
}
