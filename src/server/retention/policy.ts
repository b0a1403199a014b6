// How long records are kept, by kind, and whose are kept for longer: the settings `retention` and
// `legal-hold`, each a list of lines (SPEC 14.7). Written from the console by admins.
import { isKind, type RecordState } from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { isErasable } from '../erasure/erased.ts';
import { freshId } from '../ids.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

export type Policy = {
  /** kind → days since its newest change; kinds that are not named are kept for good. */
  days: { [kind: string]: number };
  /** Customers whose records are kept, whatever their age. */
  holds: string[];
};

export type Setting = Policy & {
  /** Names the changes it comes from: who writes says what they saw. */
  seen: string;
  /** Members who wrote the lines: they must be admins for the policy to hold. */
  authors: string[];
};

export const SHORTEST_DAYS = 1;
export const LONGEST_DAYS = 36_500;
const NAMES = ['retention', 'legal-hold'] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function readPolicy(tx: Tx, workspace: string): Promise<Setting> {
  const states = await settingsOf(tx, workspace);
  const lines = (name: string) =>
    states
      .filter(({ registers }) => registers.name?.value === name)
      .flatMap(({ registers }) => String(registers.value?.value ?? '').split('\n'))
      .map((line) => line.trim());
  const days: Policy['days'] = {};
  for (const line of lines('retention')) {
    const [, kind = '', count = ''] = /^([a-z-]+) (\d{1,5})$/.exec(line) ?? [];
    const number = Number(count);
    // Of two lines the longer time holds: what is gone does not come back.
    if (mayExpire(kind) && number >= SHORTEST_DAYS && number <= LONGEST_DAYS) {
      days[kind] = Math.max(number, days[kind] ?? 0);
    }
  }
  const changes = states.flatMap(({ registers }) => registers.value?.change ?? []);
  return {
    days,
    holds: [...new Set(lines('legal-hold').filter((line) => UUID.test(line)))],
    seen: changes.join(' '),
    authors: await authorsOf(
      tx,
      workspace,
      states
        .filter(({ registers }) => registers.name?.value === 'retention')
        .flatMap(({ registers }) => registers.value?.change ?? []),
    ),
  };
}

/** Kinds that records of customers have; the workspace's own are kept. */
export function mayExpire(kind: string): boolean {
  return isKind(kind) && isErasable(kind);
}

export type Written = { ok: true; size: number } | { ok: false };

/** Writes what differs; not when somebody else has changed it since `seen`. */
export async function writePolicy(
  tx: Tx,
  by: Membership,
  { days, holds }: Policy,
  seen: string,
): Promise<Written> {
  const workspace = by.workspace.id;
  const { seq } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if ((await readPolicy(tx, workspace)).seen !== seen) return { ok: false };
  const states = await settingsOf(tx, workspace);
  const values = {
    retention: Object.entries(days)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `${kind} ${count}`)
      .join('\n'),
    'legal-hold': [...new Set(holds)].sort().join('\n'),
  };
  const drafts = NAMES.flatMap((name) => draftsOf(name, values[name], states));
  return { ok: true, size: drafts.length === 0 ? seq : await writeFromConsole(tx, by, drafts) };
}

function draftsOf(name: string, value: string, states: RecordState[]): Draft[] {
  const [first, ...others] = states.filter(({ registers }) => registers.name?.value === name);
  const present = first?.registers.value;
  // Their lines are in the first one from now on.
  const rest: Draft[] = others.map(({ id }) => ({
    ...{ id: freshId(), kind: 'setting', record: id, body: { deleted: true } },
  }));
  if (present?.value === value || (value === '' && !first)) return rest;
  const draft: Draft = {
    id: freshId(),
    kind: 'setting',
    record: first?.id ?? freshId(),
    ...(present ? { base: { value: present.change } } : {}),
    body: { ...(first ? {} : { name }), value },
  };
  return [draft, ...rest];
}

async function settingsOf(tx: Tx, workspace: string): Promise<RecordState[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'setting')
    .where('deleted', '=', false)
    .orderBy('id')
    .execute();
  return rows
    .map(stateOf)
    .filter(({ registers }) => (NAMES as readonly unknown[]).includes(registers.name?.value));
}

async function authorsOf(tx: Tx, workspace: string, changes: string[]): Promise<string[]> {
  if (changes.length === 0) return [];
  const rows = await tx
    .selectFrom('log_leaf')
    .select('author')
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('id', 'in', changes)
    .execute();
  return rows.map(({ author }) => author);
}
