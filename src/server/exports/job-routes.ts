// /v1/export-jobs: exports that take their time. Asked for, watched, cancelled, fetched.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { mayExport } from '../../domain/permissions.ts';
import { type Asker, type AskerEnv, membersOnly } from '../accounts/asker.ts';
import { managesAll } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { isZone } from '../reminders/local-time.ts';
import { sendFile } from './file-route.ts';
import { absolute, removeFile } from './files.ts';
import {
  addJob,
  cancelJob,
  ERASED_SINCE,
  erasedSince,
  MOST_WAITING,
  readJob,
  readJobs,
  removeJob,
  type StoredJob,
} from './jobs.ts';
import { readsAsMuch } from './run.ts';
import { unrevealed } from './unrevealed.ts';
import { type ExportWhat, type ExportWish, exportWish, FORMATS } from './wish.ts';

const request = z.object({ wish: exportWish });

const WITH_REVIEWS: readonly ExportWhat[] = ['audit', 'workspace', 'evidence'];
const STILL_TO_SCORE =
  'This file may have what others say of something that you are still to score. Score it first, or export it yourself: then that is left out.';

export function exportJobRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.use('*', membersOnly(server));

  app.post('/', async (c) => {
    const { asker } = c.var;
    const parsed = request.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { wish } = parsed.data;
    const refused = wishRefusal(c, asker, wish);
    if (refused) return refused;
    const job = await inWorkspace(server.db, asker.workspace.id, (tx) => addJob(tx, asker, wish));
    if (job === null) {
      const words = `${MOST_WAITING} of your exports are waiting already. Cancel one, or wait.`;
      return refuse(c, 409, 'too-many', words);
    }
    server.exports.kick();
    return c.json({ id: job }, 201);
  });

  app.get('/', async (c) => {
    const { workspace, member } = c.var.asker;
    const jobs = await inWorkspace(server.db, workspace.id, (tx) =>
      readJobs(tx, workspace.id, member.id),
    );
    const now = Date.now();
    return c.json({ jobs: jobs.map((job) => jobShown(job, now)) });
  });

  app.get('/:id', async (c) => {
    const job = await found(c);
    return job ? c.json(jobShown(job, Date.now())) : noJob(c);
  });

  app.delete('/:id', async (c) => {
    const { workspace, member } = c.var.asker;
    const job = await found(c);
    if (!job) return noJob(c);
    if (job.schedule_id !== null && job.member_id !== member.id && !managesAll(member)) {
      return noJob(c);
    }
    const cancelled = await inWorkspace(server.db, workspace.id, async (tx) => {
      if (await cancelJob(tx, workspace.id, job.id)) return true;
      await removeJob(tx, workspace.id, job.id);
      return false;
    });
    if (cancelled) server.exports.stop(job.id);
    // Where another server has it, that one finds out when it sweeps its folder.
    else if (job.path !== null) await removeFile(server.exports.folder, job.path);
    return c.json({ cancelled });
  });

  app.get('/:id/file', async (c) => {
    const { asker } = c.var;
    const job = await found(c);
    if (!job) return noJob(c);
    // Who reads less by now than when it was made does not get what they read then.
    if (!mayExport(asker.member.role, job.wish.what) || !readsAsMuch(asker.member.role, job.role)) {
      return refuse(c, 403, 'not-allowed', 'You may not have this file any more.');
    }
    if (await tellsTooMuch(asker, job)) return refuse(c, 403, 'not-yet', STILL_TO_SCORE);
    if (job.state !== 'done' || job.path === null) {
      const words = job.words ?? 'There is no file of this export.';
      return refuse(c, job.state === 'failed' ? 410 : 404, 'not-found', words);
    }
    const late = job.keep_until !== null && job.keep_until.getTime() <= Date.now();
    if (late)
      return refuse(c, 410, 'not-found', 'This file was kept for seven days. Make it again.');
    const isOld = await inWorkspace(server.db, asker.workspace.id, (tx) => erasedSince(tx, job));
    if (isOld) return refuse(c, 410, 'not-found', ERASED_SINCE);
    return sendFile(c, {
      file: absolute(server.exports.folder, job.path),
      name: job.file_name ?? 'unsaid',
      type: job.content_type ?? 'application/octet-stream',
      sha256: job.sha256 ?? '',
      made: job.ended_at ?? job.created_at,
      gone: 'This file is on another server of yours. Try again, or let them share a folder.',
    });
  });

  /** What others say of something that the asker is still to score; one's own files leave it out. */
  async function tellsTooMuch(asker: Asker, job: StoredJob): Promise<boolean> {
    if (job.member_id === asker.member.id || !WITH_REVIEWS.includes(job.wish.what)) return false;
    const hidden = await inWorkspace(server.db, asker.workspace.id, async (tx) =>
      unrevealed({ tx, asker, directory: await server.directories.of(tx, asker) }),
    );
    return hidden.length > 0;
  }

  /** One's own; what a schedule made is every manager's. */
  async function found(c: Context<AskerEnv>): Promise<StoredJob | null> {
    const { workspace, member } = c.var.asker;
    const name = id.safeParse(c.req.param('id'));
    if (!name.success) return null;
    const job = await inWorkspace(server.db, workspace.id, (tx) =>
      readJob(tx, workspace.id, name.data),
    );
    if (job === null) return null;
    const isTheirs =
      job.member_id === member.id || (job.schedule_id !== null && managesAll(member));
    return isTheirs ? job : null;
  }

  return app;
}

export function misfit(c: Context): Response {
  return refuse(c, 400, 'not-well-formed', 'The request does not fit.');
}

function noJob(c: Context): Response {
  return refuse(c, 404, 'not-found', 'There is no such export.');
}

/** What can be said before it is begun. */
export function wishRefusal(c: Context, asker: Asker, wish: ExportWish): Response | null {
  if (!mayExport(asker.member.role, wish.what)) {
    return refuse(c, 403, 'not-allowed', 'Managers can export this. Ask one of them.');
  }
  if (!FORMATS[wish.what].includes(wish.format)) {
    return refuse(c, 400, 'not-well-formed', 'There is no such format of this.');
  }
  if (!isZone(wish.zone)) {
    return refuse(c, 400, 'unknown-zone', 'This server does not know that time zone.');
  }
  return null;
}

export function jobShown(job: StoredJob, now: number) {
  const { wish, state, words } = job;
  return {
    ...{ id: job.id, wish, state, words },
    ...{ rows: job.row_count, of: job.row_total, bytes: job.byte_count },
    secondsLeft: secondsLeft(job, now),
    fileName: job.file_name,
    /** Of the whole file, in hex. */
    sha256: job.sha256,
    createdAt: job.created_at.toISOString(),
    startedAt: job.started_at?.toISOString() ?? null,
    endedAt: job.ended_at?.toISOString() ?? null,
    /** Until when the file is kept; null: as long as its schedule keeps it, or there is none. */
    endsAt: job.keep_until?.toISOString() ?? null,
  };
}

/** Too early to tell before. */
const TELLING_MS = 2_000;

/** As fast as until now; null where nobody can tell. */
function secondsLeft(job: StoredJob, now: number): number | null {
  const { state, row_count: rows, row_total: of, started_at: from } = job;
  if (state !== 'running' || of === null || rows === 0 || from === null) return null;
  const elapsed = now - from.getTime();
  if (elapsed < TELLING_MS) return null;
  return Math.ceil((elapsed * Math.max(0, of - rows)) / rows / 1_000);
}
