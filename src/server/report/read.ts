// Everything that the report of one draw tells: what was drawn, what its reviews say, what was said to
// them, and what was done. Read whole, in a fixed number of statements.
import { sql } from 'kysely';
import type { Dispute } from '../../domain/disputes.ts';
import { type Improvement, improvementOf, type Late, lateness } from '../../domain/improvements.ts';
import {
  type Draw,
  type Fields,
  type Finding,
  fieldsOf,
  findingOf,
  type Id,
  type Json,
  type Review,
  type StandardVersion,
} from '../../domain/index.ts';
import { membersOf } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import { type DrawnName, namesOf } from '../draws/names.ts';
import { lastOf, perceptionsIn, satisfactionOf } from '../draws/population.ts';
import { readDraw } from '../draws/store.ts';
import { firstEvidence } from '../register/rows.ts';
import { readDrafts } from '../reviews/drafts.ts';
import { readableOf } from '../reviews/seen.ts';
import type { Asked } from '../reviews/sheet.ts';
import { readReviews } from '../reviews/store.ts';
import { readPerPerson } from '../settings/per-person.ts';
import { readStandards } from '../standards/store.ts';
import { STATE, stateOf } from '../sync/provenance.ts';
import { disputesOf } from './disputes.ts';

export type ReportFinding = Finding & {
  /** The customer's words that it is pinned to; null where there are none, or none any more. */
  quote: string | null;
};

export type ReportDispute = Dispute & { byName: string | null; answeredByName: string | null };

/** One review; of what was corrected it has what holds now. */
export type ReportReview = Omit<Review, 'reviewer' | 'seconds'> & {
  /** null where figures about one person are switched off. */
  reviewer: string | null;
  seconds: number | null;
  findings: ReportFinding[];
  disputes: ReportDispute[];
};

/** One of what is to be reviewed. */
export type ReportSubject = DrawnName & {
  /** Whose it is; null also before it is reviewed, and where figures about one person are off. */
  owner: string | null;
  /** The customer's last word, of 100; null where there is none, and before it is reviewed. */
  satisfaction: number | null;
  /** Finished and not withdrawn, the newest first. */
  reviews: ReportReview[];
};

export type ReportImprovement = Improvement & { late: Late | null; ownerName: string };

export type Report = {
  draw: Draw;
  /** Whether figures about one person are shown in this workspace. */
  perPerson: boolean;
  announcedBy: string;
  /** Who was chosen to review; where nobody was, who reviewed. */
  reviewers: string[];
  /** In the places in which they were drawn. */
  subjects: ReportSubject[];
  /** What was put out, by the names of today. */
  out: DrawnName[];
  /** The versions that the reviews were scored by. */
  standards: StandardVersion[];
  improvements: ReportImprovement[];
  withdrawn: number;
  /** Reviews that the asker may not read before having finished their own. */
  hidden: number;
};

/** null: there is no such draw. `today`: ISO 8601 date. */
export async function readReport(asked: Asked, id: Id, today: string): Promise<Report | null> {
  const { tx, asker } = asked;
  const workspace = asker.workspace.id;
  const draw = await readDraw(tx, workspace, id);
  if (draw === null) return null;
  const perPerson = await readPerPerson(tx, workspace);
  const people = new Map((await membersOf(tx, workspace)).map((one) => [one.id, one.name]));
  const nameOf = (member: Id | null | undefined) => (member ? (people.get(member) ?? '') : '');
  const all = await readReviews(tx, workspace, { audit: id });
  const writing = await readDrafts(tx, workspace, { reviewer: asker.member.id });
  const closed = new Set(writing.map(({ subject }) => subject));
  const readable = (await readableOf(asked, all)).filter(({ subject }) => !closed.has(subject));
  const shown = readable.filter(({ withdrawn }) => !withdrawn).sort(newestFirst);
  const ids = shown.map((review) => review.id);
  const findings = groupBy(await findingsOf(tx, workspace, ids), ({ review }) => review);
  const disputes = groupBy(await disputesOf(tx, workspace, ids), ({ review }) => review);
  const reviews = groupBy(shown, ({ subject }) => subject);
  const names = await namesOf(asked, draw);
  const places = await placesOf(asked, draw, [...reviews.keys()]);
  const person = (member: Id | null | undefined) => (perPerson ? nameOf(member) : null);
  const tell = (review: Review): ReportReview => ({
    ...review,
    ...{ reviewer: person(review.reviewer), seconds: perPerson ? review.seconds : null },
    findings: findings.get(review.id) ?? [],
    disputes: (disputes.get(review.id) ?? []).map((one) => ({
      ...{ ...one, byName: person(one.by), answeredByName: person(one.answered?.by) },
    })),
  });
  const standards = (await readStandards(tx, workspace)).flatMap(({ versions }) => versions);
  const used = new Set(shown.flatMap(({ scores }) => Object.keys(scores)));
  const reviewed = new Set(shown.map(({ reviewer }) => nameOf(reviewer)).filter(Boolean));
  return {
    ...{ draw, perPerson, announcedBy: nameOf(draw.auditor) },
    reviewers:
      draw.reviewers.length > 0
        ? draw.reviewers.map(nameOf).filter(Boolean)
        : [...reviewed].sort((a, b) => a.localeCompare(b)),
    subjects: draw.members.map((member): ReportSubject => {
      const known = names.find((one) => one.id === member);
      const place = places.get(member);
      return {
        ...(known ?? { id: member, name: '', customer: null }),
        ...{ owner: person(place?.owner) || null, satisfaction: place?.satisfaction ?? null },
        reviews: (reviews.get(member) ?? []).map(tell),
      };
    }),
    out: names.filter((one) => !draw.members.includes(one.id)),
    standards: standards.filter((one) => used.has(one.id)),
    improvements: (await improvementsOf(tx, workspace, ids, today)).map((one) => ({
      ...{ ...one, ownerName: nameOf(one.owner) },
    })),
    withdrawn: readable.length - shown.length,
    hidden: all.length - readable.length,
  };
}

function newestFirst(a: Review, b: Review): number {
  const [one, other] = [a.finishedAt ?? '', b.finishedAt ?? ''];
  return one < other ? 1 : one > other ? -1 : a.id < b.id ? 1 : -1;
}

/** Whose each of these is and how its customer saw it last; only of what is reviewed. */
async function placesOf(asked: Asked, { unit }: Draw, reviewed: readonly Id[]) {
  const { tx, asker, directory } = asked;
  const { customers, projects } = directory;
  const workspace = asker.workspace.id;
  const calls = unit === 'call' ? await callsOf(tx, workspace, reviewed) : new Map();
  const abouts = reviewed.map((id): { id: Id; customer: Id | null; owner: Id | null } => {
    if (unit === 'customer') return { id, customer: id, owner: null };
    const project = unit === 'project' ? id : ((calls.get(id)?.project ?? null) as Id | null);
    const fields =
      project === null ? null : (projects.fieldsOf(project) as Fields<'project'> | null);
    const call = calls.get(id) as { customer: Id | null; author: Id } | undefined;
    return {
      ...{ id, customer: call?.customer ?? fields?.customer ?? null },
      owner: fields?.owner ?? call?.author ?? null,
    };
  });
  const theirs = abouts.flatMap(({ customer }) => customer ?? []);
  const sets = {
    customers: theirs.flatMap((id) => customers.setOf(id)),
    projects: unit === 'project' ? reviewed.flatMap((id) => projects.setOf(id)) : [],
  };
  const rows = await tx
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'perception')
    .where('deleted', '=', false)
    .where(
      sql<boolean>`(customer = ANY(${sets.customers}::uuid[]) OR project = ANY(${sets.projects}::uuid[]))`,
    )
    .execute();
  const seen = await perceptionsIn(tx, workspace, { some: rows.map(({ id }) => id) });
  const last = lastOf(seen, directory);
  return new Map(
    abouts.map((about) => {
      const part = satisfactionOf(last, directory, unit, about);
      const satisfaction = part === null ? null : Math.min(100, Math.max(0, 100 * part));
      return [about.id, { owner: about.owner, satisfaction }];
    }),
  );
}

async function callsOf(tx: Tx, workspace: string, ids: readonly Id[]) {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'customer', 'project', 'author'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'interaction')
    .where('deleted', '=', false)
    .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** In the order they were written, with the words that they are pinned to. */
async function findingsOf(
  tx: Tx,
  workspace: string,
  reviews: readonly Id[],
): Promise<ReportFinding[]> {
  const rows = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'finding')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'review' = ANY(${[...reviews]}::text[])`)
    .orderBy('id')
    .execute();
  const findings = rows.flatMap((row) => {
    const finding = findingOf(row.id, fieldsOf<'finding'>(stateOf(row)));
    return finding === null ? [] : [finding];
  });
  const pinned = await tx
    .selectFrom('record')
    .select(['kind', 'id', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('deleted', '=', false)
    .where(sql<boolean>`id = ANY(${findings.flatMap(({ subject }) => subject?.id ?? [])}::uuid[])`)
    .execute();
  const quotes = new Map(
    pinned.map(({ kind, id, fields }) => [
      `${kind}/${id}`,
      firstEvidence(fields as { [field: string]: Json })?.quote ?? null,
    ]),
  );
  return findings.map((finding) => {
    const { subject } = finding;
    const quote = subject === null ? null : quotes.get(`${subject.kind}/${subject.id}`);
    return { ...finding, quote: quote ?? null };
  });
}

/** In the order they were written down; what follows one that did not help is among them. */
async function improvementsOf(
  tx: Tx,
  workspace: string,
  reviews: readonly Id[],
  today: string,
): Promise<(Improvement & { late: Late | null })[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'improvement')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'review' = ANY(${[...reviews]}::text[])`)
    .orderBy('id')
    .execute();
  const all = rows.map(({ id, fields }) => improvementOf(id, fields as Fields<'improvement'>));
  const followed = new Set(all.map(({ follows }) => follows));
  return all.map((one) => ({ ...one, late: lateness(one, today, followed.has(one.id)) }));
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
