// What the log says of a device's key: whether an older device of its member vouches for it (SPEC 10).
import type { RecordState } from '../../domain/index.ts';
import type { Tx } from '../database.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

/**
 * `first`: the member's first device with a key, which nobody could vouch for. `attested`: another
 * device of the member vouched for it. `unattested`: none did. `keyless`: it signs nothing.
 */
export type Standing = 'first' | 'attested' | 'unattested' | 'keyless';

/** By device id; devices the log says nothing of are keyless. */
export async function standings(tx: Tx, workspace: string): Promise<Map<string, Standing>> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'device')
    .execute();
  const keyed = rows
    .map((row) => claimOf(row.id, stateOf(row)))
    .filter((claim) => claim.key !== null)
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const by = await devicesOf(
    tx,
    workspace,
    keyed.flatMap(({ vouched }) => (vouched ? [vouched.change] : [])),
  );
  const found = new Map<string, Standing>(rows.map(({ id }) => [id, 'keyless']));
  const members = new Set<string>();
  for (const claim of keyed) {
    const voucher = keyed.find(({ id }) => id === claim.vouched?.device);
    // Its own word counts for nothing: the voucher must have written the change.
    const isVouched =
      claim.vouched !== null &&
      voucher !== undefined &&
      voucher.id !== claim.id &&
      voucher.member === claim.member &&
      by.get(claim.vouched.change) === voucher.id;
    const isFirst = !members.has(claim.member);
    members.add(claim.member);
    found.set(claim.id, isVouched ? 'attested' : isFirst ? 'first' : 'unattested');
  }
  return found;
}

type Claim = {
  id: string;
  member: string;
  key: string | null;
  /** rank of the change that registered the key */
  since: string;
  vouched: { device: string; change: string } | null;
};

function claimOf(id: string, { registers, origin }: RecordState): Claim {
  const { publicKey, attestedBy, member } = registers;
  return {
    id,
    member: typeof member?.value === 'string' ? member.value : origin.author,
    key: typeof publicKey?.value === 'string' ? publicKey.value : null,
    since: publicKey?.rank ?? '',
    vouched:
      typeof attestedBy?.value === 'string'
        ? { device: attestedBy.value, change: attestedBy.change }
        : null,
  };
}

/** change id → the device that wrote it */
async function devicesOf(tx: Tx, workspace: string, changes: string[]) {
  if (changes.length === 0) return new Map<string, string>();
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['id', 'device'])
    .where('workspace_id', '=', workspace)
    .where('id', 'in', changes)
    .execute();
  return new Map(rows.map(({ id, device }) => [id, device]));
}
