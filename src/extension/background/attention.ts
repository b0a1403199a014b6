// Changes that the server stored but could not read: shown with reasons, mended, or put aside. And
// what is not on the server yet, to be saved in a file.
import { type Body, type Id, newId } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import { ExpectedError, type PendingChange, type Unread } from '../messages/index.ts';
import { getChange, getRecord } from '../store/index.ts';
import { editRecord, writeRecord } from './save.ts';
import type { Here, World } from './world.ts';

const PAGE = 500;

export async function unreadIn(here: Here): Promise<Unread[]> {
  const rows = await here.db.getAll('attention');
  return Promise.all(
    rows.map(async ({ id, kind, record, reason, body, aside }) => ({
      ...{ id, kind, reason, body },
      anew: !(await isHere(here, kind, record)),
      aside: aside === true,
    })),
  );
}

/** The ones that a person has not put aside. */
export async function countUnread({ db }: Here): Promise<number> {
  if ((await db.count('attention')) === 0) return 0;
  return (await db.getAll('attention')).filter(({ aside }) => aside !== true).length;
}

/** Writes the change again; it leaves the list once it is on the disk. */
export async function mend(world: World, id: Id, body: Body): Promise<void> {
  const here = await world.current();
  const found = await here.db.get('attention', id);
  if (found === undefined) throw new ExpectedError('not-found', 'This was mended already.');
  const { kind, record } = found;
  if (record !== undefined && (await isHere(here, kind, record))) {
    await editRecord(world, kind, record, body);
  } else await writeRecord(world, kind, newId(world.source), body);
  await world.write(({ db }) => db.delete('attention', id));
}

export function putAside(world: World, id: Id, on: boolean): Promise<void> {
  return world.write(async ({ db }) => {
    const row = await db.get('attention', id);
    if (row === undefined) return;
    const { aside: _, ...found } = row;
    await db.put('attention', on ? { ...found, aside: true } : found);
  });
}

/** Unsent changes in the order of their writing, and with the last page the unreadable ones. */
export async function pendingPage(
  here: Here,
  from: number,
): Promise<{ changes: PendingChange[]; next: number | null }> {
  const { db } = here;
  const pending = await db.getAll('outbox', IDBKeyRange.lowerBound(from), PAGE);
  const changes: PendingChange[] = [];
  for (const { id, kind, record } of pending) {
    const change = await getChange(db, { kind, id: record }, id);
    const writtenAt = change === undefined ? null : timeOf(change.envelope?.at ?? change.rank);
    const body = change?.body ?? null;
    changes.push({ id, kind, record, writtenAt, body, problem: null });
  }
  const last = pending.at(-1);
  if (last !== undefined && pending.length === PAGE) return { changes, next: last.order + 1 };
  for (const { id, kind, record = null, reason, body } of await db.getAll('attention')) {
    changes.push({ id, kind, record, writtenAt: null, body, problem: reason });
  }
  return { changes, next: null };
}

/** Whether there is such a record to write to: not erased, and on this device. */
async function isHere({ db }: Here, kind: string, record: Id | undefined): Promise<boolean> {
  if (record === undefined || (await db.get('erased', [kind, record])) !== undefined) return false;
  return (await getRecord(db, kind, record)) !== null;
}

function timeOf(timestamp: string): string {
  return new Date(msOf(timestamp)).toISOString();
}
