// What people call the members of a draw.
import type { Draw, Id } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';

/** `customer` is null for customers themselves and where none is known. */
export type DrawnName = { id: Id; name: string; customer: string | null };

/** Of the sample and of whoever came in; one that was erased since has no name. */
export async function namesOf(
  { tx, asker, directory }: { tx: Tx; asker: Asker; directory: Directory },
  { unit, sample, members }: Draw,
): Promise<DrawnName[]> {
  const ids = [...new Set([...sample, ...members])];
  const customerOf = (id: Id | null | undefined) => directory.customers.named(id)?.name ?? null;
  switch (unit) {
    case 'customer':
      return ids.map((id) => ({ id, name: customerOf(id) ?? '', customer: null }));
    case 'project':
      return ids.map((id) => {
        const fields = directory.projects.fieldsOf(id);
        return { id, name: fields?.name ?? '', customer: customerOf(fields?.customer) };
      });
    case 'call': {
      if (ids.length === 0) return [];
      const rows = await tx
        .selectFrom('record')
        .select(['id', 'customer', 'fields'])
        .where('workspace_id', '=', asker.workspace.id)
        .where('kind', '=', 'interaction')
        .where('deleted', '=', false)
        .where('id', 'in', ids)
        .execute();
      const calls = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const { subject } = (calls.get(id)?.fields ?? {}) as { subject?: string };
        return { id, name: subject ?? '', customer: customerOf(calls.get(id)?.customer) };
      });
    }
  }
}
