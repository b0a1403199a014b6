// What an inquiry is about: what it belongs to is read from what it names, and who is asked from the
// project.
import { sql } from 'kysely';
import { type Fields, type Id, isKind } from '../../domain/index.ts';
import type { Inquiry } from '../../domain/inquiries.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import { readCodebook } from '../labels/store.ts';
import type { Directory } from '../register/directory.ts';
import { findRecord } from '../register/query.ts';
import { rowOf } from '../register/rows.ts';
import { readDrafts } from '../reviews/drafts.ts';

export type About = {
  review: Id | null;
  finding: Id | null;
  standard: Id | null;
  subject: { kind: string; id: Id } | null;
  customer: Id | null;
  project: Id | null;
  interaction: Id | null;
};

/**
 * With what the named records say of customer, project and conversation; null where one of them is not
 * there (any more).
 */
export async function filledIn(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  about: About,
): Promise<About | null> {
  const named = [
    about.subject,
    about.finding && { kind: 'finding', id: about.finding },
    about.review && { kind: 'review', id: about.review },
  ];
  let { customer, project, interaction } = about;
  for (const one of named) {
    if (one === null || one === '') continue;
    const found = isKind(one.kind) ? await findRecord(tx, asker, one.kind, one.id) : null;
    if (found === null || found.deleted) return null;
    const fields = { ...found.interaction, ...found.fields } as Fields<'note'>;
    customer ??= fields.customer ?? null;
    project ??= fields.project ?? null;
    interaction ??= one.kind === 'interaction' ? one.id : (fields.interaction ?? null);
  }
  if (project !== null) customer ??= directory.projects.fieldsOf(project)?.customer ?? null;
  return { ...about, customer, project, interaction };
}

/** The project's owner as it is now; null: it has none, or is none. */
export async function ownerOf(
  tx: Tx,
  workspace: string,
  directory: Directory,
  project: Id | null,
): Promise<Id | null> {
  if (project === null) return null;
  const set = directory.projects.setOf(project);
  const canonical = directory.projects.canonicalOf(project) ?? project;
  const rows = await tx
    .selectFrom('record')
    .select(['id', sql<string | null>`fields->>'owner'`.as('owner')])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'project')
    .where('deleted', '=', false)
    .where('id', 'in', set)
    .execute();
  const named = rows.filter(({ owner }) => owner !== null);
  return (named.find(({ id }) => id === canonical) ?? named[0])?.owner ?? null;
}

/** Members by their id; who left is among them. */
export type People = Map<Id, { name: string; active: boolean }>;

export async function peopleOf(tx: Tx, workspace: string): Promise<People> {
  const members = await membersOf(tx, workspace);
  return new Map(members.map(({ id, name, active }) => [id, { name, active }]));
}

/** As the console and a device show it. */
export type InquiryShown = Inquiry & {
  byName: string;
  toName: string;
  /** Whoever is asked has left. */
  toLeft: boolean;
  answeredByName: string;
  customerName: string | null;
  projectName: string | null;
};

/**
 * Of which inquiries the asker is not to learn whom they are to: those about what they are reviewing
 * blind just now.
 */
export async function blindTo(
  tx: Tx,
  { workspace, member }: Asker,
  directory: Directory,
): Promise<(inquiry: Inquiry) => boolean> {
  if (!readsAll(member.role)) return () => false;
  const drafts = await readDrafts(tx, workspace.id, { reviewer: member.id });
  const hidden = new Set<Id>();
  for (const { blind, unit, subject } of drafts) {
    if (!blind) continue;
    const same =
      unit === 'call'
        ? [subject]
        : (unit === 'project' ? directory.projects : directory.customers).setOf(subject);
    for (const one of same) hidden.add(one);
  }
  return ({ project, customer, interaction }) =>
    [project, customer, interaction].some((one) => one !== null && hidden.has(one));
}

/** As whoever is not to know whose the subject is sees it. */
export function masked(inquiry: InquiryShown): InquiryShown {
  const nobody = { to: null, toName: '', toLeft: false };
  return { ...inquiry, ...nobody, answeredBy: null, answeredByName: '' };
}

export function shown(inquiry: Inquiry, directory: Directory, people: People): InquiryShown {
  const nameOf = (id: Id | null) => (id === null ? '' : (people.get(id)?.name ?? ''));
  const project = directory.projects.named(inquiry.project);
  const customer = inquiry.customer ?? directory.projects.fieldsOf(inquiry.project ?? '')?.customer;
  return {
    ...inquiry,
    ...{ byName: nameOf(inquiry.by), toName: nameOf(inquiry.to) },
    toLeft: inquiry.to !== null && people.get(inquiry.to)?.active !== true,
    answeredByName: nameOf(inquiry.answeredBy),
    customerName: directory.customers.named(customer)?.name ?? null,
    projectName: project?.name ?? null,
  };
}

/** The moment a question is about, in their words and ours. */
export type MomentShown = {
  kind: string;
  id: Id;
  at: string;
  quote: string | null;
  text: string | null;
};

/** Each once; what is gone, or not for the asker, is left out. */
export async function momentsOf(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  subjects: readonly Inquiry['subject'][],
): Promise<MomentShown[]> {
  const wanted = new Map(subjects.flatMap((one) => (one === null ? [] : [[one.id, one]])));
  if (wanted.size === 0) return [];
  const { tags } = await readCodebook(tx, asker.workspace.id);
  const moments: MomentShown[] = [];
  for (const { kind, id } of wanted.values()) {
    const found = isKind(kind) ? await findRecord(tx, asker, kind, id) : null;
    if (found === null || found.deleted) continue;
    const { at, quote, text, source } = rowOf(found, directory, new Map(), tags);
    moments.push({ kind, id, at: source?.sentAt ?? at, quote, text });
  }
  return moments;
}

/** Whether the asker may open the review that it belongs to (reviews/routes.ts says the same). */
export async function mayOpenReview(
  tx: Tx,
  asker: Asker,
  directory: Directory,
  { review, project, to, asks }: Inquiry,
): Promise<boolean> {
  if (review === null) return false;
  if (readsAll(asker.member.role) || (asks === 'acknowledge' && to === asker.member.id))
    return true;
  return (await ownerOf(tx, asker.workspace.id, directory, project)) === asker.member.id;
}
