// What every server process does for exports: it takes jobs that wait, writes their files, asks for
// what schedules want, and sweeps the folder. Several processes share the work by the jobs' leases.
import { randomUUID } from 'node:crypto';
import { readsAll, role } from '../../domain/permissions.ts';
import { TooLong } from '../../export/xlsx/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { membershipById } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { workspacesOf } from '../erasure/list.ts';
import {
  absolute,
  createPart,
  type ExportFolder,
  isFull,
  jobPath,
  type OpenFile,
  type Part,
  scheduledPath,
} from './files.ts';
import {
  claimJob,
  erasedSince,
  keptUntil,
  MOST_TRIES,
  NEVER_ENDED,
  type Progress,
  releaseAll,
  type StoredJob,
  settleJob,
  tellProgress,
} from './jobs.ts';
import { type Produced, produce } from './produce.ts';
import { askForDue, readSchedule } from './schedules.ts';
import { sweepExports } from './sweep.ts';
import { exportWish } from './wish.ts';

const AT_ONCE = 2;
/** Jobs that another process was asked for are found after so long. */
const LOOK_MS = 15_000;
/** Schedules and the folder. */
const TIDY_MS = 60_000;
const BEAT_MS = 1_000;
/** Without an answer of the database for so long, another may have taken the job over. */
const LOST_MS = 20_000;

const NOT_ALLOWED = 'You may not export this any more.';
const DISK_FULL = 'The server’s disk is full. Tell whoever keeps the server, then try again.';
const BROKE = 'Something broke on the server. Try again later.';

export type Running = Pick<
  ServerContext,
  'db' | 'pokes' | 'directories' | 'checkpoints' | 'logKey' | 'log'
>;

export type Exports = {
  folder: ExportFolder;
  /** There is a job: look soon. */
  kick(): void;
  /** This job was cancelled: where this process writes it, it stops at once. */
  stop(job: string): void;
  /** Something was erased: what holds it goes, now. */
  sweep(): Promise<void>;
  /** `isAlone`: no other process works on the database. Returns how to stop; jobs wait then. */
  start(server: Running, isAlone: boolean): () => Promise<void>;
};

export type ExportsOptions = { now?: () => number; openFile?: OpenFile };

export function createExports(
  folder: ExportFolder,
  { now = Date.now, openFile }: ExportsOptions = {},
): Exports {
  const runner = randomUUID();
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  let server: Running | null = null;
  let looking: Promise<void> = Promise.resolve();
  let tidying: Promise<void> = Promise.resolve();
  let isLooking = false;
  let again = false;

  function look() {
    if (server === null) return;
    if (isLooking) {
      again = true;
      return;
    }
    isLooking = true;
    looking = takeAll(server)
      .catch((error: unknown) => {
        server?.log.error({ error }, 'exports could not be looked for; they are in a while');
      })
      .finally(() => {
        isLooking = false;
        if (again) look();
      });
  }

  async function takeAll(on: Running): Promise<void> {
    again = false;
    for (const workspace of await workspacesOf(on.db)) {
      while (server !== null && running.size < AT_ONCE) {
        const job = await inWorkspace(on.db, workspace, (tx) => claimJob(tx, workspace, runner));
        if (job === null) break;
        begin(on, job);
      }
    }
  }

  function begin(on: Running, job: StoredJob) {
    const stop = new AbortController();
    const ended = runJob(on, job, stop)
      .catch((error: unknown) => {
        // Its lease ends, and somebody begins it again.
        on.log.error({ error }, 'what became of an export could not be written down');
      })
      .then((next) => {
        running.delete(job.id);
        if (next !== 'later') look();
      });
    running.set(job.id, { stop, ended });
  }

  async function runJob(
    on: Running,
    job: StoredJob,
    stop: AbortController,
  ): Promise<'later' | undefined> {
    const progress: Progress = { rows: 0, of: null, bytes: 0 };
    const beating = beat(on, job, progress, stop);
    let part: Part | null = null;
    try {
      if (job.tries > MOST_TRIES) return await fail(NEVER_ENDED);
      const asker = await inWorkspace(on.db, job.workspace_id, (tx) => whose(tx, job));
      if (asker === null) return await fail(NOT_ALLOWED);
      const file = absolute(folder, jobPath(job.workspace_id, job.id));
      part = await createPart(`${file}.${runner}.part`, openFile);
      const made = await write(on, asker, job, part, progress, stop.signal);
      if (!made.ok) return await fail(made.words);
      return await finish(on, job, part, made, now);
    } catch (error) {
      if (stop.signal.reason === STOPPING) {
        await settle({ state: 'waiting', tries: job.tries - 1 });
      } else if (stop.signal.reason === NOT_ALLOWED_ANY_MORE) await fail(NOT_ALLOWED);
      else if (stop.signal.aborted) return undefined;
      else if (isFull(error)) {
        on.log.error({ error }, 'no room for an export');
        await fail(DISK_FULL);
      } else if (error instanceof TooLong) {
        await fail(error.message);
      } else {
        on.log.error({ error }, 'an export failed');
        if (job.tries >= MOST_TRIES) await fail(BROKE);
        else {
          await settle({ state: 'waiting' });
          return 'later';
        }
      }
      return undefined;
    } finally {
      beating.end();
      await part?.discard();
    }

    async function fail(words: string): Promise<undefined> {
      await settle({ ...{ state: 'failed', words, ended_at: new Date(now()) }, ...counted() });
    }
    function counted() {
      const { rows, of, bytes } = progress;
      return { row_count: rows, row_total: of, byte_count: bytes };
    }
    async function settle(result: Parameters<typeof settleJob>[2]) {
      await inWorkspace(on.db, job.workspace_id, (tx) => settleJob(tx, job, result));
    }
  }

  async function write(
    on: Running,
    asker: Asker,
    job: StoredJob,
    part: Part,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Produced> {
    // A schedule may have been made by an earlier version.
    const wish = exportWish.safeParse(job.wish);
    if (!wish.success) return { ok: false, words: 'This server cannot make such an export.' };
    const made = await produce(on, on.directories, asker, wish.data, {
      signal,
      async write(bytes) {
        await part.write(bytes);
        progress.bytes = part.bytes();
      },
      tell(rows, of) {
        Object.assign(progress, { rows, of });
      },
    });
    signal.throwIfAborted();
    return made;
  }

  async function finish(
    on: Running,
    job: StoredJob,
    part: Part,
    made: Produced & { ok: true },
    at: () => number,
  ): Promise<undefined> {
    const whole = await part.end();
    const { workspace_id: workspace, id, schedule_id } = job;
    await inWorkspace(on.db, workspace, async (tx) => {
      if (await erasedSince(tx, job)) {
        // What it was erased from is in there, or not: begun again, it is not.
        await settleJob(tx, job, { state: 'waiting' });
        return;
      }
      const schedule = schedule_id && (await readSchedule(tx, workspace, schedule_id));
      const ending = /\.(\w+)$/.exec(made.fileName)?.[1] ?? 'file';
      const day = new Date(at()).toISOString().slice(0, 10);
      const relative = schedule
        ? scheduledPath({ workspace, folder: schedule.folder }, { job: id, day, ending })
        : jobPath(workspace, id);
      const ended = new Date(at());
      const isOurs = await settleJob(tx, job, {
        ...{ state: 'done', file_name: made.fileName, content_type: made.contentType },
        ...{ row_count: made.rows, row_total: made.rows, byte_count: whole.bytes },
        ...{ sha256: whole.sha256, store: folder.store, path: relative, ended_at: ended },
        keep_until: schedule ? null : keptUntil(ended),
      });
      // Before the commit: a job that is done has its file.
      if (isOurs) await part.nameWhole(absolute(folder, relative));
    });
    return undefined;
  }

  /** Tells how far it has come, and hears whether it may go on. */
  function beat(on: Running, job: StoredJob, progress: Progress, stop: AbortController) {
    let heard = Date.now();
    let isAsking = false;
    const timer = setInterval(() => {
      if (Date.now() - heard > LOST_MS) stop.abort(NOT_OURS);
      if (isAsking || stop.signal.aborted) return;
      isAsking = true;
      inWorkspace(on.db, job.workspace_id, async (tx) => {
        const isOurs = await tellProgress(tx, job, progress);
        return { isOurs, may: (await whose(tx, job)) !== null };
      })
        .then(({ isOurs, may }) => {
          heard = Date.now();
          if (!isOurs) stop.abort(NOT_OURS);
          else if (!may) stop.abort(NOT_ALLOWED_ANY_MORE);
        })
        .catch((error: unknown) => on.log.warn({ error }, 'an export’s progress was not told'))
        .finally(() => {
          isAsking = false;
        });
    }, BEAT_MS);
    timer.unref();
    return { end: () => clearInterval(timer) };
  }

  function tidy(on: Running): Promise<void> {
    tidying = tidying
      .then(async () => {
        if (server === null) return;
        for (const workspace of await workspacesOf(on.db)) {
          const asked = await inWorkspace(on.db, workspace, (tx) =>
            askForDue(tx, workspace, now()),
          );
          if (asked > 0) on.log.info({ workspace, asked }, 'scheduled exports');
        }
        await sweepExports(on.db, folder, now());
        look();
      })
      .catch((error: unknown) => {
        on.log.error({ error }, 'exports could not be tidied up; they are in a minute');
      });
    return tidying;
  }

  return {
    folder,
    kick: look,
    stop(job) {
      running.get(job)?.stop.abort(NOT_OURS);
    },
    async sweep() {
      if (server !== null) await tidy(server);
    },
    start(on, isAlone) {
      server = on;
      const begun = isAlone ? release(on.db) : Promise.resolve();
      tidying = begun.catch((error: unknown) => on.log.error({ error }, 'exports'));
      void tidy(on);
      const looks = setInterval(look, LOOK_MS);
      const tidies = setInterval(() => void tidy(on), TIDY_MS);
      looks.unref();
      tidies.unref();
      return async () => {
        server = null;
        clearInterval(looks);
        clearInterval(tidies);
        const stopAll = () => {
          for (const { stop } of running.values()) stop.abort(STOPPING);
        };
        // At once: a job that ends meanwhile would write on while the server goes.
        stopAll();
        await tidying;
        await looking;
        stopAll();
        await Promise.all([...running.values()].map(({ ended }) => ended));
      };
    },
  };
}

const STOPPING = new Error('the server is stopping');
const NOT_OURS = new Error('the export was cancelled, or taken over');
const NOT_ALLOWED_ANY_MORE = new Error('the member may read less than when it was begun');

/** With whose rights; null where the member left, or reads less than when they asked. */
async function whose(tx: Tx, job: StoredJob): Promise<Asker | null> {
  const membership = await membershipById(tx, job.workspace_id, job.member_id);
  if (membership === null || !readsAsMuch(membership.member.role, job.role)) return null;
  return { ...membership, device: null };
}

/** Whether who has this role now reads at least what they read as `then`. */
export function readsAsMuch(now: Asker['member']['role'], then: string): boolean {
  const before = role.safeParse(then);
  return readsAll(now) || !before.success || !readsAll(before.data);
}

async function release(db: Db): Promise<void> {
  for (const workspace of await workspacesOf(db)) {
    await inWorkspace(db, workspace, (tx) => releaseAll(tx, workspace));
  }
}
