// /v1/calibration: how far reviewers of the same projects agree.
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { calibrationOf } from '../../audit/index.ts';
import { type Id, id } from '../../domain/index.ts';
import { type AskerEnv, membersOnly, roleRefusal } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { namesOf } from '../draws/names.ts';
import { refuse } from '../refusal.ts';
import { readPerPerson } from '../settings/per-person.ts';
import { readStandards } from '../standards/store.ts';
import { type Asked, type CalibrationState, finishedIn, readCalibrations } from './store.ts';

export function calibrationRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const { directories } = server;
  app.use('*', membersOnly(server), async (c, next) => {
    const refused = roleRefusal(c, 'manager', 'admin', 'auditor');
    if (refused) return refused;
    await next();
    return;
  });

  app.get('/', async (c) => {
    const answer = await within(c, async (asked) => {
      const states = await readCalibrations(asked);
      const names = await readPerPerson(asked.tx, asked.asker.workspace.id);
      return { calibrations: states.map((state) => headOf(state, names)) };
    });
    return c.json(answer);
  });

  app.get('/:draw', async (c) => {
    const drawId = c.req.param('draw');
    const answer = id.safeParse(drawId).success
      ? await within(c, (asked) => reportOf(asked, drawId))
      : null;
    if (answer === null) return refuse(c, 404, 'not-found', 'There is no such calibration.');
    return c.json(answer);
  });

  function within<T>(c: Context<AskerEnv>, work: (asked: Asked) => Promise<T>): Promise<T> {
    const { asker } = c.var;
    return inWorkspace(server.db, asker.workspace.id, async (tx) =>
      work({ tx, asker, directory: await directories.of(tx, asker) }),
    );
  }

  return app;
}

/** Without names nothing is said of one person: how far all are together, and letters. */
function headOf({ draw, subjects, gone, reviewers, waits }: CalibrationState, names: boolean) {
  const letter = lettersOf(
    draw.id,
    reviewers.map((one) => one.id),
  );
  return {
    ...{ id: draw.id, name: draw.name, unit: draw.unit, state: draw.state, at: draw.at },
    ...{ due: draw.due, blind: draw.blind, waits, subjects: subjects.length, gone, names },
    done: reviewers.reduce((sum, { done }) => sum + done, 0),
    reviewers: reviewers
      .toSorted((a, b) => (letter(a.id) < letter(b.id) ? -1 : 1))
      .map((one) => ({
        ...(names ? { id: one.id, name: one.name, done: one.done } : { id: letter(one.id) }),
        ...{ letter: letter(one.id), left: one.left },
      })),
  };
}

async function reportOf(asked: Asked, drawId: Id) {
  const { tx, asker } = asked;
  const state = (await readCalibrations(asked)).find(({ draw }) => draw.id === drawId);
  if (state === undefined) return null;
  const names = await readPerPerson(tx, asker.workspace.id);
  const calibration = headOf(state, names);
  if (state.waits !== null) return { calibration, report: null };
  const { draw, reviews } = state;
  const judged = new Set(reviews.flatMap(({ scores }) => Object.keys(scores)));
  const standards = (await readStandards(tx, asker.workspace.id))
    .flatMap(({ versions }) => versions)
    .filter((version) => judged.has(version.id));
  const letter = lettersOf(
    draw.id,
    state.reviewers.map((one) => one.id),
  );
  // In the order of the letters, which is in the order of nothing.
  const reviewers = finishedIn(state).toSorted((a, b) => (letter(a) < letter(b) ? -1 : 1));
  return {
    calibration,
    report: {
      ...calibrationOf({ reviewers, reviews, standards, population: draw.population.size }),
      // In the order of what was said.
      reviewers: reviewers.map((one) => (names ? one : letter(one))),
      standards,
      names: await namesOf(asked, draw),
    },
  };
}

/** A for one of them, B for the next: always the same in one draw, and in no order of anything. */
function lettersOf(draw: Id, members: readonly Id[]): (member: Id) => string {
  const hashed = (member: Id) => createHash('sha256').update(`${draw}/${member}`).digest('hex');
  const order = members.toSorted((a, b) => (hashed(a) < hashed(b) ? -1 : 1));
  return (member) => {
    const at = order.indexOf(member);
    return at < 26 ? String.fromCharCode(65 + at) : `A${at}`;
  };
}
