// /v1/export-schedules: exports that come again, for managers and admins.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { refuse } from '../refusal.ts';
import { isZone } from '../reminders/local-time.ts';
import { scheduledFolder } from './files.ts';
import { jobShown, misfit, wishRefusal } from './job-routes.ts';
import { readJob } from './jobs.ts';
import { nextDueAt } from './schedule-times.ts';
import {
  addSchedule,
  changeSchedule,
  MOST_SCHEDULES,
  readSchedule,
  readSchedules,
  removeSchedule,
  runNow,
} from './schedules.ts';
import { exportWish } from './wish.ts';

const plan = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  wish: exportWish,
  every: z.enum(['day', 'week', 'month']),
  onDay: z._default(z.int().check(z.gte(0), z.lte(31)), 0),
  hour: z.int().check(z.gte(0), z.lte(23)),
  zone: z.string().check(z.maxLength(100)),
  keep: z.int().check(z.gte(1), z.lte(100)),
  paused: z._default(z.boolean(), false),
});
type Plan = z.infer<typeof plan>;
const { onDay: _, paused: __, ...required } = plan.shape;
const change = z.partial(z.object({ ...required, onDay: z.int(), paused: z.boolean() }));

export function exportScheduleRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.use('*', membersOnly(server), async (c, next) => {
    const refused = roleRefusal(c, 'manager', 'admin');
    if (refused) return refused;
    await next();
    return;
  });

  app.get('/', async (c) => {
    const workspace = c.var.asker.workspace.id;
    const now = Date.now();
    const schedules = await inWorkspace(server.db, workspace, async (tx) => {
      const members = await membersOf(tx, workspace);
      const names = new Map(members.map((one) => [one.id, one.name]));
      const all = [];
      for (const { lastJob, lastDay, by, folder, ...one } of await readSchedules(tx, workspace)) {
        const last = lastJob === null ? null : await readJob(tx, workspace, lastJob);
        all.push({
          ...one,
          by: { id: by, name: names.get(by) ?? '' },
          folder: scheduledFolder(workspace, folder),
          next: one.paused ? null : new Date(nextDueAt(one, lastDay)).toISOString(),
          last: last && { ...jobShown(last, now), path: last.path },
        });
      }
      return all;
    });
    return c.json({ schedules });
  });

  app.post('/', async (c) => {
    const { asker } = c.var;
    const parsed = plan.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success || !fits(parsed.data)) return misfit(c);
    const refused = refusalOf(c, parsed.data);
    if (refused) return refused;
    const added = await inWorkspace(server.db, asker.workspace.id, (tx) =>
      addSchedule(tx, asker, parsed.data, Date.now()),
    );
    if (added === null) {
      return refuse(c, 409, 'too-many', `There are ${MOST_SCHEDULES} schedules already.`);
    }
    return c.json({ id: added }, 201);
  });

  app.patch('/:id', async (c) => {
    const { asker } = c.var;
    const workspace = asker.workspace.id;
    const parsed = change.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const name = id.safeParse(c.req.param('id'));
    const patch = Object.fromEntries(
      Object.entries(parsed.data).filter(([, value]) => value !== undefined),
    ) as Partial<Plan>;
    return inWorkspace(server.db, workspace, async (tx) => {
      const before = name.success ? await readSchedule(tx, workspace, name.data) : null;
      if (before === null) return noSchedule(c);
      const after = { ...before, ...patch };
      if (!fits(after)) return misfit(c);
      const refused = refusalOf(c, after);
      if (refused) return refused;
      await changeSchedule(tx, asker, before, patch, Date.now());
      return c.json({ id: before.id });
    });
  });

  app.post('/:id/runs', async (c) => {
    const workspace = c.var.asker.workspace.id;
    const name = id.safeParse(c.req.param('id'));
    const asked = await inWorkspace(server.db, workspace, async (tx) => {
      const schedule = name.success ? await readSchedule(tx, workspace, name.data) : null;
      return schedule && runNow(tx, workspace, schedule, Date.now());
    });
    if (asked === null) return noSchedule(c);
    if (asked === 'running') {
      return refuse(c, 409, 'too-many', 'It is being made already. Its file is there soon.');
    }
    server.exports.kick();
    return c.json({ asked: true }, 201);
  });

  app.delete('/:id', async (c) => {
    const workspace = c.var.asker.workspace.id;
    const name = id.safeParse(c.req.param('id'));
    const removed =
      name.success &&
      (await inWorkspace(server.db, workspace, (tx) =>
        removeSchedule(tx, workspace, name.data, Date.now()),
      ));
    return removed ? c.json({ removed }) : noSchedule(c);
  });

  return app;
}

/** Which day there is of what. */
function fits({ every, onDay }: Pick<Plan, 'every' | 'onDay'>): boolean {
  if (every === 'day') return onDay === 0;
  return onDay >= 1 && onDay <= (every === 'week' ? 7 : 31);
}

function refusalOf(c: Context<AskerEnv>, { wish, zone }: Pick<Plan, 'wish' | 'zone'>) {
  if (!isZone(zone)) {
    return refuse(c, 400, 'unknown-zone', 'This server does not know that time zone.');
  }
  return wishRefusal(c, c.var.asker, wish);
}

function noSchedule(c: Context): Response {
  return refuse(c, 404, 'not-found', 'There is no such schedule.');
}
