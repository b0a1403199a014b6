// Exports that are made again and again, into a folder of the server.
import type { Asker } from '../accounts/asker.ts';
import { managesAll, membershipById } from '../accounts/members.ts';
import type { Tables, Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { folderName } from './files.ts';
import { insertJob, keptUntil, readJob } from './jobs.ts';
import { lastDue, type Recurrence } from './schedule-times.ts';
import type { ExportWish } from './wish.ts';

type Row = Omit<Tables['export_schedule'], 'wish'> & { wish: ExportWish };

export type Schedule = Recurrence & {
  id: string;
  /** With whose rights it is made. */
  by: string;
  name: string;
  /** Below the workspace's folder of scheduled exports. */
  folder: string;
  wish: ExportWish;
  /** How many files stay. */
  keep: number;
  paused: boolean;
  /** Of its place: the last time that was asked for, or passed over. */
  lastDay: string;
  lastJob: string | null;
};

export type SchedulePlan = Recurrence & Pick<Schedule, 'name' | 'wish' | 'keep' | 'paused'>;

export const MOST_SCHEDULES = 50;
export const NOT_THEIRS =
  'Whoever made this schedule left, or manages nothing any more. A manager can save it as theirs.';

export async function readSchedules(tx: Tx, workspace: string): Promise<Schedule[]> {
  const rows = await tx
    .selectFrom('export_schedule')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(scheduleOf);
}

export async function readSchedule(
  tx: Tx,
  workspace: string,
  id: string,
): Promise<Schedule | null> {
  const row = await tx
    .selectFrom('export_schedule')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? scheduleOf(row) : null;
}

/** Due from the next time on. The new one's id; null where there are too many. */
export async function addSchedule(
  tx: Tx,
  asker: Asker,
  plan: SchedulePlan,
  now: number,
): Promise<string | null> {
  const present = await readSchedules(tx, asker.workspace.id);
  if (present.length >= MOST_SCHEDULES) return null;
  const id = freshId();
  await tx
    .insertInto('export_schedule')
    .values({
      ...{ workspace_id: asker.workspace.id, id, member_id: asker.member.id },
      ...columnsOf(plan),
      folder: freeFolder(folderName(plan.name), present),
      ...{ last_day: lastDue(plan, now), created_at: new Date(now), updated_at: new Date(now) },
    })
    .execute();
  return id;
}

/** Who changes more than whether it is paused makes it theirs: it runs with their rights. */
export async function changeSchedule(
  tx: Tx,
  asker: Asker,
  before: Schedule,
  patch: Partial<SchedulePlan>,
  now: number,
): Promise<void> {
  const { by, lastDay, ...rest } = before;
  const plan: SchedulePlan = { ...rest, ...patch };
  const isTheirs = Object.keys(patch).some((name) => name !== 'paused');
  const isMoved = ['every', 'onDay', 'hour', 'zone', 'paused'].some((name) => name in patch);
  await tx
    .updateTable('export_schedule')
    .set({
      ...columnsOf(plan),
      member_id: isTheirs ? asker.member.id : by,
      // What was missed until now is not caught up with.
      last_day: isMoved ? lastDue(plan, now) : lastDay,
      updated_at: new Date(now),
    })
    .where('workspace_id', '=', asker.workspace.id)
    .where('id', '=', before.id)
    .execute();
}

/** Its files stay for a while, as those of people do. */
export async function removeSchedule(
  tx: Tx,
  workspace: string,
  id: string,
  now: number,
): Promise<boolean> {
  const removed = await tx
    .deleteFrom('export_schedule')
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .executeTakeFirst();
  await tx
    .updateTable('export_job')
    .set({ keep_until: keptUntil(new Date(now)) })
    .where('workspace_id', '=', workspace)
    .where('schedule_id', '=', id)
    .execute();
  return removed.numDeletedRows > 0n;
}

/** Asks for what is due, each time once, whatever number of servers look. How many there were. */
export async function askForDue(tx: Tx, workspace: string, now: number): Promise<number> {
  let asked = 0;
  for (const schedule of await readSchedules(tx, workspace)) {
    const day = lastDue(schedule, now);
    if (schedule.paused || day <= schedule.lastDay) continue;
    const taken = await tx
      .updateTable('export_schedule')
      .set({ last_day: day })
      .where('workspace_id', '=', workspace)
      .where('id', '=', schedule.id)
      .where('last_day', '<', day)
      .where('paused', '=', false)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) continue;
    await askFor(tx, workspace, schedule, now);
    asked += 1;
  }
  return asked;
}

/** Asks for its next file now, with the rights of whoever saved it; when it is due stays as it is.
 * null: it was ended meanwhile. */
export async function runNow(
  tx: Tx,
  workspace: string,
  schedule: Schedule,
  now: number,
): Promise<'asked' | 'running' | null> {
  // Of two who say so at the same moment, the second sees what the first asked for.
  const locked = await tx
    .selectFrom('export_schedule')
    .select('last_job')
    .where('workspace_id', '=', workspace)
    .where('id', '=', schedule.id)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) return null;
  const last = locked.last_job && (await readJob(tx, workspace, locked.last_job));
  if (last && (last.state === 'waiting' || last.state === 'running')) return 'running';
  await askFor(tx, workspace, schedule, now);
  return 'asked';
}

async function askFor(tx: Tx, workspace: string, { id, by, wish }: Schedule, now: number) {
  const membership = await membershipById(tx, workspace, by);
  const role = membership?.member.role ?? '';
  const job = await insertJob(tx, { workspace, member: by, role }, wish, id);
  if (membership === null || !managesAll(membership.member)) {
    await tx
      .updateTable('export_job')
      .set({ state: 'failed', words: NOT_THEIRS, ended_at: new Date(now) })
      .where('workspace_id', '=', workspace)
      .where('id', '=', job)
      .execute();
  }
  await tx
    .updateTable('export_schedule')
    .set({ last_job: job })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
}

function scheduleOf(row: Row): Schedule {
  return {
    ...{ id: row.id, by: row.member_id, name: row.name, folder: row.folder, wish: row.wish },
    ...{ every: row.every, onDay: row.on_day, hour: row.hour, zone: row.zone },
    ...{ keep: row.keep, paused: row.paused, lastDay: row.last_day, lastJob: row.last_job },
  };
}

function columnsOf({ name, wish, every, onDay, hour, zone, keep, paused }: SchedulePlan) {
  return { name, wish: JSON.stringify(wish), every, on_day: onDay, hour, zone, keep, paused };
}

function freeFolder(wanted: string, present: readonly Schedule[]): string {
  const taken = new Set(present.map(({ folder }) => folder));
  for (let n = 1; ; n += 1) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(folder)) return folder;
  }
}
