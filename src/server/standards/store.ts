// The standards of a workspace as records of kind "standard" (domain/standards.ts). The console writes
// them through the console's device; devices get them as they get every record of the workspace.
import {
  type Fields,
  fieldsOf,
  type Json,
  type Standard,
  type StandardText,
  standardsOf,
  storedStandard,
} from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Membership } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

export async function readStandards(tx: Tx, workspace: string): Promise<Standard[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'standard')
    .orderBy('id')
    .execute();
  return standardsOf(
    rows.map((row) => {
      const state = stateOf(row);
      return { id: state.id, fields: fieldsOf<'standard'>(state) };
    }),
  );
}

/** 'unknown': no standard here; 'changed': somebody wrote a version in the meantime. */
export type Written = { ok: true; size: number | null } | { ok: false; why: 'unknown' | 'changed' };

/**
 * New standards, each a series of its own. What is in use with the very same words was sent before, and
 * its answer was lost: it is written once.
 */
export async function addStandards(
  tx: Tx,
  membership: Membership,
  wishes: readonly StandardText[],
): Promise<Written> {
  await lock(tx, membership.workspace.id);
  const inUse = (await readStandards(tx, membership.workspace.id)).filter((one) => !one.retired);
  const there = new Set(
    inUse.map(({ current: { id: _id, version: _version, ...text } }) => said(text)),
  );
  const fresh = wishes.filter((wish) => !there.has(said(storedStandard(wish))));
  if (fresh.length === 0) return { ok: true, size: null };
  const drafts = fresh.map((wish) => {
    const record = freshId();
    return draft(record, { ...bodyOf(wish), series: record, version: 1 });
  });
  return { ok: true, size: await writeFromConsole(tx, membership, drafts) };
}

/** `seen`: id of the version that the writer saw as the newest. The same words write nothing. */
export async function writeVersion(
  tx: Tx,
  membership: Membership,
  { series, seen, wish }: { series: string; seen: string; wish: StandardText },
): Promise<Written> {
  const standard = await locked(tx, membership.workspace.id, series);
  if (standard === null) return { ok: false, why: 'unknown' };
  if (standard.current.id !== seen) return { ok: false, why: 'changed' };
  const { id: _id, version, ...present } = standard.current;
  if (said(storedStandard(wish)) === said(present) && !standard.retired)
    return { ok: true, size: null };
  const body = { ...bodyOf(wish), series, version: version + 1 };
  return { ok: true, size: await writeFromConsole(tx, membership, [draft(freshId(), body)]) };
}

/** Out of use, or back. Past reviews go on naming it. */
export async function retireStandard(
  tx: Tx,
  membership: Membership,
  { series, retired }: { series: string; retired: boolean },
): Promise<Written> {
  const standard = await locked(tx, membership.workspace.id, series);
  if (standard === null) return { ok: false, why: 'unknown' };
  if (standard.retired === retired) return { ok: true, size: null };
  const drafts = [draft(standard.current.id, { retired })];
  return { ok: true, size: await writeFromConsole(tx, membership, drafts) };
}

/** Two who write at the same time come one after the other. */
async function locked(tx: Tx, workspace: string, series: string): Promise<Standard | null> {
  await lock(tx, workspace);
  const all = await readStandards(tx, workspace);
  return all.find((one) => one.series === series) ?? null;
}

async function lock(tx: Tx, workspace: string): Promise<void> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function draft(record: string, body: { [field: string]: Json }): Draft {
  return { id: freshId(), kind: 'standard', record, body };
}

/** Without what is not said: a field that is absent is read as its default. */
function bodyOf(wish: StandardText): { [field: string]: Json } {
  const { ourTarget, customerTarget, anchors, causes, ...rest } = storedStandard(wish);
  const fields: Fields<'standard'> = {
    ...rest,
    ...(ourTarget === null ? {} : { ourTarget }),
    ...(customerTarget === null ? {} : { customerTarget }),
    ...{ anchors: [...anchors], causes: [...causes] },
  };
  return fields as { [field: string]: Json };
}

/** The same text for the same standard. */
function said(text: StandardText): string {
  return JSON.stringify(Object.entries(text).sort(([a], [b]) => (a < b ? -1 : 1)));
}
