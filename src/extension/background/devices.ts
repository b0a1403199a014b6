// The member's devices, as the log tells of them: which one a device of theirs vouches for (SPEC 10).
import type { Id, RecordState } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { DevicesView, DeviceView, Standing } from '../messages/index.ts';
import { getChange, readFields, recordsOfKind, type StoredRecord } from '../store/index.ts';
import type { Here } from './world.ts';

export async function devicesOf(here: Here): Promise<DevicesView> {
  const { connection } = here;
  if (connection === null) return { own: null, others: [] };
  const records = [...(await recordsOfKind(here.db, 'device')).values()].filter(
    (record) => memberOf(record) === connection.member.id,
  );
  const devices = await inWords(here, records);
  const own = devices.find(({ id }) => id === connection.device) ?? {
    ...{ id: connection.device, name: '', standing: 'keyless' as const },
    ...{ since: null, by: null, revoked: false },
  };
  return { own, others: devices.filter(({ id }) => id !== connection.device) };
}

/** Other devices of the member that may write and that none of theirs vouched for. */
export async function countStrangers(here: Here): Promise<number> {
  const { others } = await devicesOf(here);
  return others.filter(({ standing, revoked }) => standing === 'unattested' && !revoked).length;
}

async function inWords(here: Here, records: StoredRecord[]): Promise<DeviceView[]> {
  const keyed = records
    .filter((record) => keyOf(record) !== null)
    .sort((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : 1));
  const views: DeviceView[] = [];
  for (const record of records) {
    const { name = '', revoked = false } = readFields<'device'>(record);
    const voucher = await voucherOf(here, record, keyed);
    const word = record.state.registers.attestedBy;
    const standing: Standing =
      keyOf(record) === null
        ? 'keyless'
        : voucher !== null
          ? 'attested'
          : keyed[0]?.id === record.id
            ? 'first'
            : 'unattested';
    const since = voucher !== null && word ? word.rank : sinceOf(record);
    const by = voucher === null ? null : (readFields<'device'>(voucher).name ?? '');
    views.push({ id: record.id, name, standing, since: msOf(since), by, revoked });
  }
  return views.sort((a, b) => (b.since ?? 0) - (a.since ?? 0));
}

/** The member's other device that wrote itself that this one is theirs: its own word counts not. */
async function voucherOf(
  here: Here,
  record: StoredRecord,
  keyed: StoredRecord[],
): Promise<StoredRecord | null> {
  const word = record.state.registers.attestedBy;
  const voucher = keyed.find(({ id }) => id === word?.value && id !== record.id);
  if (word === undefined || voucher === undefined) return null;
  const change = await getChange(here.db, record, word.change);
  return change?.envelope?.device === voucher.id ? voucher : null;
}

function memberOf({ state }: StoredRecord): Id {
  const { member } = state.registers;
  return typeof member?.value === 'string' ? member.value : state.origin.author;
}

function keyOf({ state }: StoredRecord): string | null {
  const { publicKey } = state.registers;
  return typeof publicKey?.value === 'string' ? publicKey.value : null;
}

/** When its key was registered; without one, when it was first heard of. */
function sinceOf({ state }: { state: RecordState }): string {
  return state.registers.publicKey?.rank ?? state.origin.rank;
}
