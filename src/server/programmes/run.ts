// What is due of a workspace's programmes is drawn, by the same steps as a draw that a person asks
// for. Time comes in as an argument.
import { AuditError, type Method, strataOf } from '../../audit/index.ts';
import { dayAfter } from '../../domain/due.ts';
import { isoDay } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { reviewersAmong } from '../draws/independent.ts';
import { announceDraw, type Drawing, finishDraw } from '../draws/make.ts';
import { populationOf } from '../draws/population.ts';
import type { Announcement } from '../draws/store.ts';
import { createDirectories } from '../register/directory.ts';
import {
  auditorOf,
  drawsByProgramme,
  owedDay,
  readProgrammes,
  type StoredProgramme,
} from './store.ts';

/**
 * What a run did: draws it made or finished, programmes that wait, with the reason in words, and
 * those that could not be drawn for a reason nobody thought of.
 */
export type ProgrammeRun = {
  drawn: string[];
  waiting: { programme: string; words: string }[];
  failed: { programme: string; error: unknown }[];
};

/**
 * Draws whatever is due and finishes what was announced when a server stopped. Several servers do no
 * harm: whether a draw is still owed is looked at again when nobody else can write.
 * @param now in ms since 1970
 */
export async function runProgrammes(
  server: Drawing,
  workspace: string,
  now: number,
): Promise<ProgrammeRun> {
  const today = isoDay(now);
  const done: ProgrammeRun = { drawn: [], waiting: [], failed: [] };
  const { programmes, draws } = await inWorkspace(server.db, workspace, async (tx) => {
    const found = await readProgrammes(tx, workspace);
    const all = found.length === 0 ? [] : await drawsByProgramme(tx, workspace);
    return { programmes: found, draws: all };
  });
  for (const programme of programmes) {
    const own = draws.filter((draw) => draw.programme === programme.id);
    const left = own.filter(({ state }) => state === 'announced');
    const owed = owedDay(programme, own, today);
    if (left.length === 0 && owed === null) continue;
    const asker = await inWorkspace(server.db, workspace, (tx) =>
      auditorOf(tx, workspace, programme),
    );
    const wait = (words: string) => done.waiting.push({ programme: programme.id, words });
    if (asker === null) {
      wait('Who wrote it left, or may not draw any more.');
      continue;
    }
    try {
      const as: Asker = { ...asker, device: null };
      const ids = left.map(({ id }) => id);
      if (owed !== null) ids.push(...(await announceOne(server, as, programme, owed, today)));
      for (const id of ids) {
        const drawn = await finishDraw(server, as, id);
        if (drawn?.ok) done.drawn.push(id);
        // Another server was quicker: drawn is drawn.
        else if (drawn?.draw?.state === 'announced') wait(drawn.words);
      }
    } catch (error) {
      if (error instanceof AuditError) wait(error.message);
      // The others are drawn all the same.
      else done.failed.push({ programme: programme.id, error });
    }
  }
  return done;
}

/** The new draw's id, or nothing where another server has announced it. */
async function announceOne(
  server: Drawing,
  asker: Asker,
  programme: StoredProgramme,
  owed: string,
  today: string,
): Promise<string[]> {
  const workspace = asker.workspace.id;
  const directories = createDirectories();
  const id = await announceDraw(
    server,
    asker,
    async (tx) => {
      const directory = await directories.of(tx, asker);
      const members = await populationOf({ tx, asker, directory }, programme);
      const reviewers = await reviewersAmong(tx, workspace, programme.reviewers);
      return {
        members,
        wish: {
          ...announcementOf(programme, members, { day: owed, today }),
          reviewers: reviewers.map((one) => one.id),
        },
      };
    },
    async (tx) => isStillOwed(tx, workspace, programme.id, owed, today),
  );
  return id === null ? [] : [id];
}

async function isStillOwed(tx: Tx, workspace: string, id: string, owed: string, today: string) {
  const found = (await readProgrammes(tx, workspace)).find((one) => one.id === id);
  if (found === undefined) return false;
  return owedDay(found, await drawsByProgramme(tx, workspace), today) === owed;
}

function announcementOf(
  programme: StoredProgramme,
  members: Parameters<typeof strataOf>[0],
  { day, today }: { day: string; today: string },
): Announcement {
  const size = Math.min(programme.size, members.length);
  // Each stratum is seen, as far as the sample has room for all.
  const least = strataOf(members).size <= size ? 1 : 0;
  const method: Method =
    programme.strata === 'none' ? { kind: 'simple', size } : { kind: 'stratified', size, least };
  return {
    ...{ unit: programme.unit, filter: programme.filter, strata: programme.strata, method },
    ...{ name: `${programme.name}, ${day}`, blind: programme.blind },
    ...{ due: dayAfter(today, programme.dueIn), programme: { id: programme.id, day } },
    ...{ reviewers: [], calibration: false },
  };
}
