// Calibrations: draws whose reviewers review all of it, how far each is, and who may see the scores.
import type { Draw, Id, Review } from '../../domain/index.ts';
import { mayWrite } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import { namesOf } from '../draws/names.ts';
import { readDraws } from '../draws/store.ts';
import type { Directory } from '../register/directory.ts';
import { readReviews } from '../reviews/store.ts';

export type Asked = { tx: Tx; asker: Asker; directory: Directory };

export type CalibrationState = {
  draw: Draw;
  /** What is there to be reviewed: members of the draw that were not erased since. */
  subjects: Id[];
  /** Members that were. */
  gone: number;
  /** By id of the member; `left`: they left, or may not review any more, and nobody waits for them. */
  reviewers: { id: Id; name: string; done: number; left: boolean }[];
  /** Those that count: of each subject the newest of each reviewer. */
  reviews: Review[];
  /** Why the asker sees no scores yet; null where they do. */
  waits: 'not-drawn' | 'abandoned' | 'own' | 'others' | 'too-few' | null;
};

/** The newest first. */
export async function readCalibrations(asked: Asked): Promise<CalibrationState[]> {
  const { tx, asker } = asked;
  const draws = (await readDraws(tx, asker.workspace.id)).filter(({ calibration }) => calibration);
  if (draws.length === 0) return [];
  const members = await membersOf(tx, asker.workspace.id);
  const all: CalibrationState[] = [];
  for (const draw of draws) all.push(await stateOf(asked, draw, members));
  return all;
}

type Members = Awaited<ReturnType<typeof membersOf>>;

async function stateOf(asked: Asked, draw: Draw, members: Members): Promise<CalibrationState> {
  const { tx, asker } = asked;
  const names = await namesOf(asked, draw);
  // What was erased, or deleted, is not there any more; a name may be empty.
  const there = await existing(
    asked,
    draw,
    names.map(({ id }) => id),
  );
  const subjects = draw.members.filter((id) => there.has(id));
  const reviews = counting(
    await readReviews(tx, asker.workspace.id, { audit: draw.id }),
    draw,
    new Set(subjects),
  );
  const reviewers = draw.reviewers.toSorted().map((id) => {
    const member = members.find((one) => one.id === id);
    const may = member?.active === true && mayWrite(member.role, 'review');
    const done = reviews.filter(({ reviewer }) => reviewer === id).length;
    return { id, name: member?.name ?? '', done, left: !may };
  });
  const state = { draw, subjects, gone: draw.members.length - subjects.length, reviewers, reviews };
  return { ...state, waits: whyWait(state, asker.member.id) };
}

/** Who has reviewed all of it: only they can be compared. */
export function finishedIn({
  subjects,
  reviewers,
}: Pick<CalibrationState, 'subjects' | 'reviewers'>): Id[] {
  return reviewers.filter(({ done }) => done >= subjects.length).map(({ id }) => id);
}

/** Nobody is to be led by what others said: who reviews sees it after their own, others after all. */
function whyWait(state: Omit<CalibrationState, 'waits'>, asker: Id): CalibrationState['waits'] {
  const { draw, reviewers } = state;
  if (draw.state === 'abandoned') return 'abandoned';
  if (draw.state === 'announced') return 'not-drawn';
  const finished = finishedIn(state);
  const own = reviewers.find(({ id }) => id === asker);
  if (own !== undefined && !finished.includes(asker)) return 'own';
  const open = reviewers.filter(({ id, left }) => !left && !finished.includes(id));
  if (own === undefined && open.length > 0) return 'others';
  if (finished.length < 2) return open.length > 0 ? 'others' : 'too-few';
  return null;
}

function counting(all: readonly Review[], draw: Draw, subjects: ReadonlySet<Id>): Review[] {
  // Newest first; of two of one reviewer the newest counts.
  const seen = new Set<string>();
  return all.filter(({ subject, reviewer, withdrawn, finishedAt }) => {
    const key = `${subject}/${reviewer}`;
    const isOf = reviewer !== null && draw.reviewers.includes(reviewer) && subjects.has(subject);
    if (!isOf || withdrawn || finishedAt === null || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

async function existing({ tx, asker, directory }: Asked, { unit }: Draw, ids: readonly Id[]) {
  if (unit !== 'call') {
    const identity = unit === 'project' ? directory.projects : directory.customers;
    return new Set(ids.filter((id) => identity.canonicalOf(id) !== null));
  }
  if (ids.length === 0) return new Set<Id>();
  const rows = await tx
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'interaction')
    .where('deleted', '=', false)
    .where('id', 'in', ids)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
