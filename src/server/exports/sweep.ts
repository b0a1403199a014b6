// What has no right to be in the folder of exports goes: files whose time has come, older ones of a
// schedule, halves that nobody writes any more, and everything from before an erasure, since it may
// hold what was erased.
import { access } from 'node:fs/promises';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { workspacesOf } from '../erasure/list.ts';
import { absolute, type ExportFolder, type FoundFile, listFiles, removeFile } from './files.ts';
import { ERASED_SINCE, GONE, keptUntil } from './jobs.ts';

/** Removes rows and this folder's files; how many files. `now` in ms since 1970. */
export async function sweepExports(db: Db, folder: ExportFolder, now: number): Promise<number> {
  // Before the rows are read: a file that comes in between is not among these.
  const byWorkspace = Map.groupBy(await listFiles(folder), ({ workspace }) => workspace);
  const workspaces = new Set(await workspacesOf(db));
  let removed = 0;
  const remove = async (files: readonly FoundFile[]) => {
    for (const file of files) await removeFile(folder, file.path);
    removed += files.length;
  };
  for (const workspace of workspaces) {
    const files = byWorkspace.get(workspace) ?? [];
    const kept = await inWorkspace(db, workspace, async (tx) => {
      await throwAway(tx, workspace, now);
      return readKept(tx, workspace);
    });
    await remove(files.filter((file) => !isWanted(file, kept.get(file.job))));
    const missing = [...kept.values()].filter(
      (one) => isDone(one, folder) && !files.some(({ path }) => path === one.path),
    );
    for (const { id, path } of missing) {
      // One that was named a moment ago is there.
      if (path === null || (await isThere(absolute(folder, path)))) continue;
      await inWorkspace(db, workspace, (tx) => sayGone(tx, workspace, [id], GONE, now));
    }
  }
  // Nobody could tell what was erased of these.
  const nobodys = [...byWorkspace].filter(([workspace]) => !workspaces.has(workspace));
  for (const [, files] of nobodys) await remove(files);
  return removed;
}

type Kept = {
  id: string;
  state: string;
  runner: string | null;
  isHeld: boolean;
  store: string | null;
  path: string | null;
};

function isWanted(file: FoundFile, row: Kept | undefined): boolean {
  if (row === undefined) return false;
  // Whoever writes it is about to give it its name, or to say that it has it.
  if (row.state === 'running' && row.isHeld)
    return file.runner === null || file.runner === row.runner;
  return row.state === 'done' && row.path === file.path;
}

function isDone(row: Kept, { store }: ExportFolder): boolean {
  return row.state === 'done' && row.store === store;
}

async function readKept(tx: Tx, workspace: string): Promise<Map<string, Kept>> {
  const rows = await tx
    .selectFrom('export_job')
    .select(['id', 'state', 'runner', 'store', 'path'])
    .select(({ eb, fn }) => eb('lease_until', '>', fn<Date>('now', [])).as('isHeld'))
    .where('workspace_id', '=', workspace)
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, isHeld: row.isHeld === true }]));
}

/** The rows first: from then on nobody is given the files. */
async function throwAway(tx: Tx, workspace: string, now: number): Promise<void> {
  const jobs = await tx
    .selectFrom('export_job')
    .select(['id', 'state', 'schedule_id', 'size', 'keep_until', 'ended_at'])
    .where('workspace_id', '=', workspace)
    .where('state', 'in', ['done', 'failed', 'cancelled'])
    .orderBy('id', 'desc')
    .execute();
  if (jobs.length === 0) return;
  const schedules = await tx
    .selectFrom('export_schedule')
    .select(['id', 'keep', 'last_job'])
    .where('workspace_id', '=', workspace)
    .execute();
  const last = await tx
    .selectFrom('erased')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirst();
  const lastErasure = last?.seq ?? -1;
  const lastJobs = new Set(schedules.map((one) => one.last_job));
  const scheduled = new Map<string, number>();
  const over: string[] = [];
  const erased: string[] = [];
  for (const job of jobs) {
    const keep = schedules.find(({ id }) => id === job.schedule_id)?.keep;
    if (job.state === 'done' && keep !== undefined) {
      const nth = (scheduled.get(job.schedule_id ?? '') ?? 0) + 1;
      scheduled.set(job.schedule_id ?? '', nth);
      if (nth > keep) over.push(job.id);
      else if (lastErasure >= (job.size ?? 0)) erased.push(job.id);
      continue;
    }
    const until = job.keep_until ?? keptUntil(job.ended_at ?? new Date(0));
    if (until.getTime() <= now && !lastJobs.has(job.id)) over.push(job.id);
    else if (job.state === 'done' && lastErasure >= (job.size ?? 0)) erased.push(job.id);
  }
  await sayGone(tx, workspace, erased, ERASED_SINCE, now);
  if (over.length === 0) return;
  await tx
    .deleteFrom('export_job')
    .where('workspace_id', '=', workspace)
    .where('id', 'in', over)
    .execute();
}

async function sayGone(
  tx: Tx,
  workspace: string,
  ids: readonly string[],
  words: string,
  now: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('export_job')
    .set({ state: 'failed', words, path: null, sha256: null, ended_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('id', 'in', ids)
    .where('state', '=', 'done')
    .execute();
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
