// Settings of a workspace as records of kind "setting", each a list of lines. The console writes them
// through the console's device; devices get them as they get every record.
import type { RecordState } from '../../domain/index.ts';
import { keptLines, type SettingName } from '../../domain/setting-lines.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

/** `seen` names the changes that the lines come from: who writes says what they saw. */
export type Setting = {
  lines: string[];
  seen: string;
  records: RecordState[];
  /** Of the same name and deleted: part of the history. */
  gone: RecordState[];
};

/** Where several records have one name, the lines of all count, as they do on devices. */
export async function readSetting(tx: Tx, workspace: string, name: SettingName): Promise<Setting> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'setting')
    .orderBy('id')
    .execute();
  const named = rows.map(stateOf).filter(({ registers }) => registers.name?.value === name);
  const isGone = ({ registers }: RecordState) => registers.deleted?.value === true;
  const records = named.filter((record) => !isGone(record));
  const texts = records.map(({ registers }) => String(registers.value?.value ?? ''));
  const seen = records.map(({ registers }) => registers.value?.change ?? '').join(' ');
  return { lines: keptLines(texts.join('\n')), seen, records, gone: named.filter(isGone) };
}

export type Written = { ok: true; size: number } | { ok: false };

/** Writes the lines as the member; not when somebody else has changed them since `seen`. */
export async function writeSetting(
  tx: Tx,
  membership: Membership,
  name: SettingName,
  lines: string[],
  seen: string,
): Promise<Written> {
  const { workspace } = membership;
  // Two who write at the same time come one after the other.
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const present = await readSetting(tx, workspace.id, name);
  if (present.seen !== seen) return { ok: false };
  const [first, ...others] = present.records;
  const drafts: Draft[] = [
    {
      id: freshId(),
      kind: 'setting',
      record: first?.id ?? freshId(),
      ...(first ? { base: basesOf(first, ['value']) } : {}),
      body: { ...(first ? {} : { name }), value: lines.join('\n') },
    },
    // Their lines are in the first one from now on.
    ...others.map((other) => ({
      id: freshId(),
      kind: 'setting',
      record: other.id,
      body: { deleted: true },
    })),
  ];
  return { ok: true, size: await writeFromConsole(tx, membership, drafts) };
}

function basesOf({ registers }: RecordState, fields: string[]): { [path: string]: string } {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const change = registers[field]?.change;
      return change === undefined ? [] : [[field, change]];
    }),
  );
}
