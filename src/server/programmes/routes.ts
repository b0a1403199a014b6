// /v1/programmes: draws that come again, with what became of them and what they wait for.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id, isoDay, LONGEST_DUE_IN, MOST_DRAWN, nextDue } from '../../domain/index.ts';
import { type Asker, type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { reviewersAmong } from '../draws/independent.ts';
import { populationOf } from '../draws/population.ts';
import { refuse } from '../refusal.ts';
import {
  addProgramme,
  auditorOf,
  drawsByProgramme,
  owedDay,
  readProgrammes,
  saveProgramme,
  stopProgramme,
  type Written,
} from './store.ts';

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const plan = z.object({
  name: line,
  unit: z.enum(['project', 'customer', 'call']),
  filter: z.record(line, z.array(z.string().check(z.maxLength(200))).check(z.maxLength(1_000))),
  strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
  size: z.int().check(z.gte(1), z.lte(MOST_DRAWN)),
  blind: z.boolean(),
  reviewers: z.array(id).check(z.maxLength(100)),
  every: z.enum(['week', 'month', 'quarter']),
  from: z.iso.date(),
  dueIn: z.int().check(z.gte(1), z.lte(LONGEST_DUE_IN)),
});
/** `id`: made by whoever plans it, so that sending it twice plans it once. */
const added = z.extend(plan, { id: z.optional(id) });
const saved = z.extend(plan, { seen: z.string() });
const stop = z.object({ stopped: z.boolean(), seen: z.string() });

export function programmeRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const { directories } = server;
  const misfit = (c: Context) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');
  app.use('*', membersOnly(server), async (c, next) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    await next();
    return;
  });

  app.get('/', async (c) => {
    const { asker } = c.var;
    return c.json(await inWorkspace(server.db, asker.workspace.id, (tx) => shown(tx, asker)));
  });

  app.post('/', async (c) => {
    const parsed = added.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { id: called, ...wish } = parsed.data;
    // A day that has passed would be caught up with at once.
    if (wish.from < isoDay(Date.now() - DAY_MS)) {
      return refuse(c, 400, 'not-possible', 'The first draw cannot lie in the past.');
    }
    return written(c, wish.reviewers, (tx) => addProgramme(tx, c.var.asker, wish, called));
  });

  app.put('/:id', async (c) => {
    const parsed = saved.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { seen, ...wish } = parsed.data;
    const given = { id: c.req.param('id'), seen, plan: wish };
    return written(c, wish.reviewers, (tx) => saveProgramme(tx, c.var.asker, given));
  });

  app.post('/:id/stop', async (c) => {
    const parsed = stop.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const given = { id: c.req.param('id'), ...parsed.data };
    return written(c, [], (tx) => stopProgramme(tx, c.var.asker, given));
  });

  /** Answers all programmes as they are then. */
  async function written(
    c: Context<AskerEnv>,
    reviewers: readonly string[],
    write: (tx: Tx) => Promise<Written>,
  ): Promise<Response> {
    const { asker } = c.var;
    const { workspace } = asker;
    const done = await inWorkspace(server.db, workspace.id, async (tx) => {
      const may = await reviewersAmong(tx, workspace.id, reviewers);
      if (may.length < new Set(reviewers).size) return { ok: false, why: 'reviewer' } as const;
      const result = await write(tx);
      return result.ok ? { ...result, answer: await shown(tx, asker) } : result;
    });
    if (done.ok) {
      if (done.size !== null) server.pokes.poke(workspace.id, done.size);
      return c.json({ ...done.answer, id: done.id });
    }
    if (done.why === 'reviewer') {
      const words = 'One of these reviewers left, or may not review any more. Choose again.';
      return refuse(c, 400, 'not-possible', words);
    }
    return done.why === 'unknown'
      ? refuse(c, 404, 'not-found', 'There is no such programme.')
      : refuse(c, 409, 'changed', 'Somebody has changed this in the meantime.');
  }

  async function shown(tx: Tx, asker: Asker) {
    const workspace = asker.workspace.id;
    const today = isoDay(Date.now());
    const programmes = await readProgrammes(tx, workspace);
    const [draws, members] = [
      await drawsByProgramme(tx, workspace),
      await membersOf(tx, workspace),
    ];
    const named = (member: string) => {
      const found = members.find((one) => one.id === member);
      return { id: member, name: found?.name ?? '', active: found?.active ?? false };
    };
    const directory = programmes.length === 0 ? null : await directories.of(tx, asker);
    const all = [];
    for (const programme of programmes) {
      const own = draws.filter((draw) => draw.programme === programme.id);
      const owed = owedDay(programme, own, today);
      const asked = directory && { tx, asker, directory };
      // How many fit does not depend on groups.
      const fits = asked && (await populationOf(asked, { ...programme, strata: 'none' })).length;
      const mayReview = await reviewersAmong(tx, workspace, programme.reviewers);
      all.push({
        ...programme,
        auditor: named(programme.auditor),
        mayDraw: (await auditorOf(tx, workspace, programme)) !== null,
        reviewers: programme.reviewers.map((one) => ({
          ...named(one),
          mayReview: mayReview.some(({ id: reviewer }) => reviewer === one),
        })),
        fits,
        owed,
        next: programme.stopped ? null : (owed ?? nextDue(programme, today)),
        draws: own.map(({ id: draw, name, state, at, sample, population }) => ({
          ...{ id: draw, name, state, at, size: sample.length, population: population.size },
        })),
      });
    }
    return { programmes: all };
  }

  return app;
}

const DAY_MS = 24 * 60 * 60 * 1000;
