// /v1/draws: drawing what is to be reviewed (docs/drawing.md).
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { AuditError, discoverySize, sampleSize, strataOf } from '../../audit/index.ts';
import { id, MOST_DRAWN } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { isTaken } from '../record-taken.ts';
import { refuse } from '../refusal.ts';
import { readCoverage } from './coverage.ts';
import { reviewersAmong, touchedBy } from './independent.ts';
import { actOnDraw, announceDraw, finishDraw } from './make.ts';
import { namesOf } from './names.ts';
import { populationOf, type Wanted } from './population.ts';
import { abandon, populationListOf, readDraw, readDraws, replace } from './store.ts';

const line = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000));
const count = z.int().check(z.gte(1), z.lte(MOST_DRAWN));
const wanted = {
  unit: z.enum(['project', 'customer', 'call']),
  filter: z.record(line, z.array(z.string().check(z.maxLength(200))).check(z.maxLength(1_000))),
  strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
  /** Empty: whoever may. */
  reviewers: z._default(z.array(id).check(z.maxLength(100)), []),
  calibration: z._default(z.boolean(), false),
};
const preview = z.object({
  ...wanted,
  /** What the planner is asked: ± this part at this confidence; and of how many one is to be found. */
  margin: z.number().check(z.gt(0), z.lt(1)),
  confidence: z.number(),
  among: z.number().check(z.gt(0), z.lt(1)),
});
const announcement = z.object({
  ...wanted,
  /** Made by whoever plans it, so that sending it twice draws it once. */
  id: z.optional(id),
  name: line,
  method: z.union([
    z.object({ kind: z.literal('simple'), size: count }),
    z.object({ kind: z.literal('stratified'), size: count, least: z.int().check(z.gte(0)) }),
    z.object({
      ...{ kind: z.literal('discovery'), size: count, among: z.int().check(z.gte(1)) },
      confidence: z.number().check(z.gt(0), z.lt(1)),
    }),
  ]),
  blind: z.boolean(),
  due: z.nullable(z.iso.date()),
});
const why = z.object({ reason });
const exchange = z.object({ out: id, reason });

type C = Context<AskerEnv>;

export function drawRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const member = membersOnly(server);
  const { directories } = server;
  const auditors = (c: C) => roleRefusal(c, 'manager', 'admin', 'auditor');
  const misfit = (c: C) => refuse(c, 400, 'not-well-formed', 'The request does not fit.');

  type Wish = Wanted & { reviewers: readonly string[]; calibration: boolean };

  /**
   * Who may be drawn. Where all reviewers are to review all of it, what one of them had a hand in is
   * left out; else what all of them had is counted, since none of them may review it.
   */
  async function membersIn(tx: Tx, { var: { asker } }: C, wish: Wish) {
    const asked = { tx, asker, directory: await directories.of(tx, asker) };
    const reviewers = await reviewersAmong(tx, asker.workspace.id, wish.reviewers);
    const chosen = new Set(wish.reviewers);
    if (reviewers.length < chosen.size) throw new AuditError(NO_REVIEWER);
    if (wish.calibration && reviewers.length < 2) throw new AuditError(TOO_FEW);
    const all = await populationOf(asked, wish);
    const touched = await touchedBy(asked, wish.unit, [...chosen]);
    const most = wish.calibration ? 1 : chosen.size;
    const isOpen = (id: string) => chosen.size === 0 || (touched.get(id)?.size ?? 0) < most;
    const open = all.filter(({ id }) => isOpen(id));
    return {
      members: wish.calibration ? open : all,
      leftOut: wish.calibration ? all.length - open.length : 0,
      nobodys: wish.calibration ? 0 : all.length - open.length,
    };
  }

  app.get('/', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const { id: workspace } = c.var.asker.workspace;
    return c.json({
      draws: await inWorkspace(server.db, workspace, (tx) => readDraws(tx, workspace)),
    });
  });

  app.get('/coverage', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const directory = await directories.of(tx, asker);
      return c.json({ periods: await readCoverage({ tx, asker, directory }, Date.now()) });
    });
  });

  // How many there are, and how many to look at.
  app.post('/preview', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const parsed = preview.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { margin, confidence, among, ...wish } = parsed.data;
    return inWords(c, async () => {
      const { members, ...others } = await inWorkspace(server.db, c.var.asker.workspace.id, (tx) =>
        membersIn(tx, c, wish),
      );
      const size = members.length;
      const some = Math.max(1, Math.round(among * size));
      return c.json({
        ...{ size, ...others },
        strata: [...strataOf(members)].map(([name, number]) => ({ name, count: number })),
        planned: {
          margin: sampleSize(size, margin, { confidence }),
          discovery: size === 0 ? 0 : discoverySize(size, some, confidence),
          among: some,
        },
      });
    });
  });

  app.post('/', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const parsed = announcement.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    const { asker } = c.var;
    const { id: called } = parsed.data;
    return inWords(c, async () => {
      const list = async (tx: Tx) => {
        const wish = { ...parsed.data, programme: null };
        return { members: (await membersIn(tx, c, wish)).members, wish };
      };
      const isNew = async (tx: Tx) => called === undefined || !(await isTaken(tx, asker, called));
      const announced = (await announceDraw(server, asker, list, isNew)) ?? called;
      if (announced === undefined) return unknown(c);
      // It was sent before, and the answer was lost.
      const { id: workspace } = asker.workspace;
      const present = await inWorkspace(server.db, workspace, (tx) =>
        readDraw(tx, workspace, announced),
      );
      if (present === null) return unknown(c);
      if (present.state !== 'announced') return c.json({ draw: present }, 201);
      // Only now there is a checkpoint with the announcement in it.
      return answered(c, await finishDraw(server, asker, announced), 201);
    });
  });

  // One that was announced and not drawn: the server was stopped in between.
  app.post('/:id/draw', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const drawId = c.req.param('id');
    if (!id.safeParse(drawId).success) return unknown(c);
    return inWords(c, async () => answered(c, await finishDraw(server, c.var.asker, drawId)));
  });

  app.post('/:id/abandon', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const parsed = why.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    return acted(c, c.req.param('id'), (tx, found) =>
      abandon(tx, c.var.asker, found, parsed.data.reason),
    );
  });

  app.post('/:id/replace', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const parsed = exchange.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return misfit(c);
    return acted(c, c.req.param('id'), (tx, found) => replace(tx, c.var.asker, found, parsed.data));
  });

  // With what people call its members.
  app.get('/:id', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const drawId = c.req.param('id');
    if (!id.safeParse(drawId).success) return unknown(c);
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) => {
      const found = await readDraw(tx, asker.workspace.id, drawId);
      if (found === null) return unknown(c);
      const directory = await directories.of(tx, asker);
      return c.json({ draw: found, names: await namesOf({ tx, asker, directory }, found) });
    });
  });

  app.get('/:id/population', member, async (c) => {
    const refused = auditors(c);
    if (refused) return refused;
    const drawId = c.req.param('id');
    if (!id.safeParse(drawId).success) return unknown(c);
    const { id: workspace } = c.var.asker.workspace;
    const list = await inWorkspace(server.db, workspace, (tx) =>
      populationListOf(tx, workspace, drawId),
    );
    return list === null ? unknown(c) : c.text(list);
  });

  async function acted(c: C, drawId: string, act: Parameters<typeof actOnDraw>[3]) {
    if (!id.safeParse(drawId).success) return unknown(c);
    return inWords(c, async () => answered(c, await actOnDraw(server, c.var.asker, drawId, act)));
  }

  function answered(
    c: C,
    done: Awaited<ReturnType<typeof actOnDraw>>,
    status: 200 | 201 = 200,
  ): Response {
    if (done === null) return unknown(c);
    if (!done.ok) return refuse(c, 409, 'not-possible', done.words);
    return c.json({ draw: done.draw }, status);
  }

  return app;
}

const NO_REVIEWER = 'One of these reviewers left, or may not review any more. Choose again.';
const TOO_FEW = 'A calibration takes at least two reviewers.';

function unknown(c: C): Response {
  return refuse(c, 404, 'not-found', 'There is no such draw.');
}

async function inWords(c: C, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AuditError) return refuse(c, 400, 'not-possible', error.message);
    throw error;
  }
}
