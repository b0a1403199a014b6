// Finished reviews as records of kind "review", with their findings. All of one goes into the log in
// one transaction; what is corrected later is written over it, and the history has both.
import { sql } from 'kysely';
import { reviewScores } from '../../audit/index.ts';
import { type Dispute, disputeOf } from '../../domain/disputes.ts';
import {
  type DraftContent,
  type Draw,
  type Fields,
  type Finding,
  fieldsOf,
  findingOf,
  headsOf,
  type Id,
  type Json,
  type RecordState,
  type Review,
  reviewOf,
  type ScoreEntry,
  type StandardVersion,
  scoreEntryOf,
} from '../../domain/index.ts';
import { type Draft, msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { isAmong, type Which } from '../in-parts.ts';
import { STATE, stateOf } from '../sync/provenance.ts';
import type { StoredDraft } from './drafts.ts';
import type { Subject } from './subject.ts';

type Body = { [field: string]: Json };

export type Filters = { audit?: Id | undefined; subjects?: readonly Id[] | undefined } & {
  reviewer?: Id | undefined;
  project?: readonly Id[] | undefined;
  customer?: readonly Id[] | undefined;
};

/** Those that were withdrawn too; the newest first. */
export async function readReviews(
  tx: Tx,
  workspace: string,
  { audit, subjects, reviewer, project, customer }: Filters,
): Promise<Review[]> {
  const among = (column: string, ids: readonly Id[]) =>
    sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`;
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'review')
    .where('deleted', '=', false)
    .$if(audit !== undefined, (query) => query.where(sql<boolean>`about = ${audit}`))
    .$if(subjects !== undefined, (query) =>
      query.where(sql<boolean>`fields->>'subject' = any(${[...(subjects ?? [])]}::text[])`),
    )
    .$if(reviewer !== undefined, (query) =>
      query.where(sql<boolean>`fields->>'reviewer' = ${reviewer}`),
    )
    .$if(project !== undefined, (query) => query.where(among('project', project ?? [])))
    .$if(customer !== undefined, (query) => query.where(among('customer', customer ?? [])))
    .orderBy('id', 'desc')
    .execute();
  return rows.flatMap((row) => {
    const review = reviewOf(row.id, fieldsOf<'review'>(stateOf(row)));
    return review === null ? [] : [review];
  });
}

export async function readReview(
  tx: Tx,
  workspace: string,
  id: string,
): Promise<{ review: Review; state: RecordState } | null> {
  const row = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'review')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const state = stateOf(row);
  const review = reviewOf(id, fieldsOf<'review'>(state));
  return review === null ? null : { review, state };
}

/** Of one review, in the order they were written. */
export async function readFindings(tx: Tx, workspace: string, review: Id): Promise<Finding[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'finding')
    .where('deleted', '=', false)
    .where(sql<boolean>`about = ${review}`)
    .orderBy('id')
    .execute();
  return rows.flatMap((row) => {
    const finding = findingOf(row.id, fieldsOf<'finding'>(stateOf(row)));
    return finding === null ? [] : [finding];
  });
}

/** What was said to a review, or these of what was said to any, the first first. */
export async function readDisputes(
  tx: Tx,
  workspace: string,
  which: { readonly review: Id } | Which,
): Promise<Dispute[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'author', 'written', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'dispute')
    .where('deleted', '=', false)
    .where('review' in which ? sql<boolean>`about = ${which.review}` : isAmong(which))
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id: name, author, written, fields }) => {
    const origin = { by: author, at: msOf(written) };
    const dispute = disputeOf(name, fields as Fields<'dispute'>, origin);
    return dispute === null ? [] : [dispute];
  });
}

export type Finishing = {
  draft: StoredDraft;
  /** Those of the draft, in their order. */
  standards: readonly StandardVersion[];
  subject: Subject;
  draw: Pick<Draw, 'name'>;
  now: Date;
  /** Whether the time it took may be kept. */
  times: boolean;
  /** Who is to read it; null: nobody. */
  to: Id | null;
};

/** Days in which an owner is to have read a review. */
const DAYS_TO_READ = 7;

/** Writes the review under the draft's id, its findings, and asks its owner to read it. */
export async function writeReview(tx: Tx, asker: Asker, wish: Finishing): Promise<number> {
  const { draft, standards, subject, draw, now, times, to } = wish;
  const { content } = draft;
  const about = {
    ...(subject.project === null ? {} : { project: subject.project }),
    ...(subject.customer === null ? {} : { customer: subject.customer.id }),
    ...(subject.interaction === null ? {} : { interaction: subject.interaction }),
  };
  const scores = scoresOf(standards, content);
  const { ours, theirs } = reviewScores(standards, scores);
  const text = content.text.trim();
  const review: Fields<'review'> = {
    ...{ ...about, audit: draft.audit, unit: draft.unit, subject: draft.subject },
    ...{ reviewer: draft.reviewer, scores, blind: draft.blind, visibility: 'managers' },
    ...(ours.score === null ? {} : { ours: ours.score }),
    ...(theirs.score === null ? {} : { theirs: theirs.score }),
    ...(text === '' ? {} : { text }),
    ...{ startedAt: draft.startedAt.toISOString(), finishedAt: now.toISOString() },
    ...(times ? { seconds: Math.round(content.seconds) } : {}),
  };
  const findings = content.findings
    .filter((finding) => finding.text.trim() !== '')
    .map((finding): Draft => {
      const cause = finding.cause.trim();
      const body: Fields<'finding'> = {
        ...{ ...about, review: draft.id, type: finding.type, text: finding.text.trim() },
        ...(finding.standard === null ? {} : { standard: finding.standard }),
        ...(cause === '' ? {} : { cause }),
        ...(finding.subject === null ? {} : { subject: finding.subject }),
        ...(finding.at === null ? {} : { at: finding.at }),
        visibility: 'managers',
      };
      return one('finding', finding.id, body);
    });
  const asked: Draft[] = [];
  if (to !== null) {
    const title = subject.title === '' ? 'Your project' : `“${subject.title}”`;
    const due = new Date(now.getTime() + DAYS_TO_READ * 86_400_000).toISOString().slice(0, 10);
    const question = `${title} was reviewed (${draw.name}). Read the review and say what you think of it.`;
    const body: Fields<'inquiry'> = {
      ...{ ...about, review: draft.id, to, asks: 'acknowledge', question, due },
    };
    asked.push(one('inquiry', freshId(), body));
  }
  return writeFromConsole(tx, asker, [one('review', draft.id, review), ...findings, ...asked]);
}

function scoresOf(standards: readonly StandardVersion[], content: DraftContent) {
  const scores: Record<Id, ScoreEntry> = {};
  for (const standard of standards) {
    const said = content.scores[standard.id];
    if (said !== undefined) scores[standard.id] = scoreEntryOf(standard, said);
  }
  return scores;
}

/** Taken back: it counts for nothing and stays to be read, with the reason. */
export function withdrawReview(
  tx: Tx,
  asker: Asker,
  { id, registers }: RecordState,
  reason: string,
): Promise<number> {
  const base = basesOf(registers, ['withdrawn', 'reason']);
  const body = { withdrawn: true, reason };
  return writeFromConsole(tx, asker, [{ ...one('review', id, body), base }]);
}

export type Correction = {
  /** Only what is changed. */
  scores: Readonly<Record<Id, ScoreEntry>>;
  text?: string | undefined;
  reason: string;
};

/** The scores of it follow; `standards` are those it was scored by. */
export function correctReview(
  tx: Tx,
  asker: Asker,
  { state, review }: { state: RecordState; review: Review },
  standards: readonly StandardVersion[],
  { scores, text, reason }: Correction,
): Promise<number> {
  const { ours, theirs } = reviewScores(standards, { ...review.scores, ...scores });
  const body: Body = {
    ...(Object.keys(scores).length === 0 ? {} : { scores: scores as Json }),
    ...{ ours: ours.score, theirs: theirs.score, reason },
    ...(text === undefined ? {} : { text }),
  };
  const paths = [
    ...Object.keys(body).filter((field) => field !== 'scores'),
    ...Object.keys(scores).map((standard) => `scores/${standard}`),
  ];
  const draft = { id: freshId(), kind: 'review', record: state.id, body };
  return writeFromConsole(tx, asker, [{ ...draft, base: basesOf(state.registers, paths) }]);
}

function basesOf(registers: RecordState['registers'], paths: readonly string[]) {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const register = registers[path];
      return register === undefined ? [] : [[path, headsOf(register)]];
    }),
  );
}

function one(kind: 'review' | 'finding' | 'inquiry', record: Id, body: object): Draft {
  return { id: freshId(), kind, record, body: body as Body };
}
