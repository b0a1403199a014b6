// Programmes as records of kind "programme", and what became of each: its draws, whether one is due
// and what it waits for.
import { sql } from 'kysely';
import {
  type Draw,
  type Fields,
  fieldsOf,
  type Json,
  lastDue,
  type Programme,
  type ProgrammePlan,
  programmeOf,
} from '../../domain/index.ts';
import { mayWrite } from '../../domain/permissions.ts';
import { type Membership, membershipById } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { readDraws } from '../draws/store.ts';
import { freshId } from '../ids.ts';
import { isTaken } from '../record-taken.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

export type StoredProgramme = Programme & {
  /** Names its newest change: who writes says what they saw. */
  seen: string;
  /** Wrote its plan last: in their name it is drawn. */
  auditor: string;
};

/** What is drawn, how often, by whom: all that is written when a programme is saved. */
const PLAN = [
  ...['name', 'unit', 'filter', 'strata', 'size', 'blind', 'reviewers', 'every', 'from', 'dueIn'],
];

/** By name. */
export async function readProgrammes(tx: Tx, workspace: string): Promise<StoredProgramme[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'programme')
    .where('deleted', '=', false)
    .execute();
  const states = rows.map(stateOf);
  const newest = states.map(({ registers }) => {
    const plan = PLAN.flatMap((field) => registers[field] ?? []);
    return plan.sort((a, b) => (a.rank < b.rank ? 1 : -1))[0]?.change ?? null;
  });
  const authors = await authorsOf(
    tx,
    workspace,
    newest.filter((change) => change !== null),
  );
  return states
    .flatMap((state, at) => {
      const programme = programmeOf(state.id, fieldsOf<'programme'>(state));
      const auditor = authors.get(newest[at] ?? '');
      return programme === null || auditor === undefined
        ? []
        : [{ ...programme, seen: state.latest, auditor }];
    })
    .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
}

async function authorsOf(
  tx: Tx,
  workspace: string,
  changes: readonly string[],
): Promise<Map<string, string>> {
  if (changes.length === 0) return new Map();
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['id', 'author'])
    .where('workspace_id', '=', workspace)
    .where(sql<boolean>`id = ANY(${changes}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, author }) => [id, author]));
}

/**
 * The day whose draw is still to be made, or null. However many days went by, it is the newest of
 * them: who was away for five weeks draws once.
 */
export function owedDay(
  programme: Programme,
  draws: readonly Draw[],
  today: string,
): string | null {
  if (programme.stopped) return null;
  const due = lastDue(programme, today);
  if (due === null) return null;
  // Abandoned ones count: else a draw could be abandoned for a better one.
  const isDrawn = draws.some(
    ({ programme: of, programmeDay }) => of === programme.id && (programmeDay ?? '') >= due,
  );
  return isDrawn ? null : due;
}

export async function drawsByProgramme(tx: Tx, workspace: string): Promise<Draw[]> {
  return (await readDraws(tx, workspace)).filter(({ programme }) => programme !== null);
}

/** In whose name it is drawn; null where they left or may not draw any more. */
export async function auditorOf(
  tx: Tx,
  workspace: string,
  { auditor }: StoredProgramme,
): Promise<Membership | null> {
  const found = await membershipById(tx, workspace, auditor);
  return found !== null && mayWrite(found.member.role, 'programme') ? found : null;
}

/** 'unknown': no programme here; 'changed': somebody else wrote it in the meantime. */
export type Written = { ok: true; id: string; size: number | null } | { ok: false; why: WhyNot };
type WhyNot = 'unknown' | 'changed';

/** `id`: made by whoever plans it. Sent again after a lost answer, it is the one that is there. */
export async function addProgramme(
  tx: Tx,
  by: Membership,
  plan: ProgrammePlan,
  id: string = freshId(),
): Promise<Written> {
  if ((await whyNot(tx, by, id, '')) !== 'unknown') return { ok: true, id, size: null };
  if (await isTaken(tx, by, id)) return { ok: false, why: 'unknown' };
  const size = await write(tx, by, id, { ...bodyOf(plan), visibility: 'managers' });
  return { ok: true, id, size };
}

/** Writes the whole plan: whoever saves it is its auditor from then on. */
export async function saveProgramme(
  tx: Tx,
  by: Membership,
  { id, seen, plan }: { id: string; seen: string; plan: ProgrammePlan },
): Promise<Written> {
  const why = await whyNot(tx, by, id, seen);
  if (why !== null) return { ok: false, why };
  return { ok: true, id, size: await write(tx, by, id, bodyOf(plan)) };
}

export async function stopProgramme(
  tx: Tx,
  by: Membership,
  { id, seen, stopped }: { id: string; seen: string; stopped: boolean },
): Promise<Written> {
  const why = await whyNot(tx, by, id, seen);
  if (why !== null) return { ok: false, why };
  return { ok: true, id, size: await write(tx, by, id, { stopped }) };
}

async function whyNot(tx: Tx, by: Membership, id: string, seen: string): Promise<WhyNot | null> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', by.workspace.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const found = (await readProgrammes(tx, by.workspace.id)).find((one) => one.id === id);
  if (found === undefined) return 'unknown';
  return found.seen === seen ? null : 'changed';
}

function bodyOf(plan: ProgrammePlan): Fields<'programme'> {
  const filter = Object.entries(plan.filter).map(([name, all]) => [name, [...all]]);
  return {
    ...{ name: plan.name, unit: plan.unit, strata: plan.strata, size: plan.size },
    ...{ blind: plan.blind, every: plan.every, from: plan.from, dueIn: plan.dueIn },
    ...{ filter: Object.fromEntries(filter), reviewers: [...plan.reviewers] },
  };
}

function write(tx: Tx, by: Membership, record: string, body: Fields<'programme'>) {
  const fields = body as { [field: string]: Json };
  return writeFromConsole(tx, by, [{ id: freshId(), kind: 'programme', record, body: fields }]);
}
