// Whose device a `device` record is of: who may write it goes by that, not by a role (SPEC 13).
import { type Body, mayWriteDevice } from '../../domain/index.ts';
import type { Query, Tx } from '../database.ts';
import type { Assessed } from './assess.ts';
import type { Folding } from './folding.ts';

type Owner = { id: string; member_id: string };

export class DeviceOwners {
  readonly #connected: Map<string, string>;

  constructor(rows: readonly Owner[]) {
    this.#connected = new Map(rows.map(({ id, member_id }) => [id, member_id]));
  }

  /** Asks who connected the devices that these changes are of; nothing where they are of none. */
  static queries(tx: Tx, workspace: string, changes: readonly Assessed[]): Query<Owner>[] {
    const ids = changes.filter(isDevice).map(({ envelope }) => envelope.record);
    if (ids.length === 0) return [];
    return [
      tx
        .selectFrom('device')
        .select(['id', 'member_id'])
        .where('workspace_id', '=', workspace)
        .where('id', 'in', ids),
    ];
  }

  /** Why the writer may not make this change of a device, in words; null when nothing is wrong. */
  problemOf(change: Assessed, fold: Folding): string | null {
    const { writer, envelope } = change;
    if (writer === null || !isDevice(change)) return null;
    const body = change.body as Body; // judge() has seen that it is one
    // Who connected it, before anybody says so in the log: nobody takes another's device for theirs.
    const named = fold.valueOf('device', envelope.record, 'member');
    const owner =
      this.#connected.get(envelope.record) ?? (named as string | undefined) ?? writer.id;
    if (!mayWriteDevice(writer, owner, body)) return NOT_YOURS;
    return body.member === undefined || body.member === owner ? null : NOT_YOURS;
  }
}

function isDevice({ envelope }: Assessed): boolean {
  return envelope.kind === 'device';
}

const NOT_YOURS =
  'This is another member’s browser. They can change it, and an admin can revoke it.';
