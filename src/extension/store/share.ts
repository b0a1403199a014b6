import { type Body, fieldsOf, type Id, newId } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import { commit, type Write, type WriteSource } from './commit.ts';
import type { StoredRecord, WorkspaceDb } from './schema.ts';

/** Fields that name another record. */
const REFERENCES = [
  ['customer', 'customer'],
  ['contact', 'contact'],
  ['project', 'project'],
  ['interaction', 'interaction'],
] as const;

/**
 * Makes a record that was kept on this device one of the workspace's, with those kept here that it
 * refers to: as new changes with the true time of writing beside them, without what was before.
 * In one transaction it leaves the store of what is kept here. Returns the ids of the changes, none
 * when there is no such record.
 */
export async function share(
  db: WorkspaceDb,
  source: WriteSource & Parameters<typeof newId>[0],
  author: Id,
  kind: string,
  id: Id,
): Promise<Id[]> {
  const records = await keptWith(db, kind, id);
  const writes = records.map((record): Write => {
    // Bodies were checked against their kind's schema when they were written.
    const fields = fieldsOf(record.state) as Body;
    const writtenAt = new Date(msOf(record.state.origin.rank)).toISOString();
    const body: Body = { writtenAt, ...fields };
    return { id: newId(source), kind: record.kind, record: record.id, body };
  });
  if (writes.length === 0) return [];
  await commit(db, source, writes, { author, unkeep: records });
  return writes.map((write) => write.id);
}

/** The kept record and those that it refers to, what is referred to first. */
async function keptWith(db: WorkspaceDb, kind: string, id: Id): Promise<StoredRecord[]> {
  const found = new Map<string, StoredRecord>();
  const queue: [string, Id][] = [[kind, id]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const name = next.join('/');
    if (found.has(name)) continue;
    const record = await db.get('kept', next);
    if (record === undefined) continue;
    found.set(name, record);
    for (const [field, of] of REFERENCES) {
      const value = record.state.registers[field]?.value;
      if (typeof value === 'string') queue.push([of, value]);
    }
    for (const interaction of record.interactions ?? []) queue.push(['interaction', interaction]);
  }
  return [...found.values()].reverse();
}
