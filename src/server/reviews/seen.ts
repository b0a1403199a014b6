// Who may read which finished review: managers, admins and auditors all but what would tell them what
// others say before they have said it themselves; everybody those of their own projects.
import { sql } from 'kysely';
import type { Fields, Id, Review } from '../../domain/index.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';
import { readDrafts } from './drafts.ts';
import { readReviews } from './store.ts';

type Told = Pick<Review, 'id' | 'audit' | 'subject' | 'reviewer' | 'project'>;

/** Of these the ones the asker may read. */
export async function readableOf<R extends Told>(
  { tx, asker, directory }: { tx: Tx; asker: Asker; directory: Directory },
  reviews: readonly R[],
): Promise<readonly R[]> {
  if (reviews.length === 0) return [];
  const { member, workspace } = asker;
  if (!readsAll(member.role)) {
    const asked = await askedToRead(tx, workspace.id, member.id);
    const isOwn = ({ project }: Told) => {
      const fields = project === null ? null : directory.projects.fieldsOf(project);
      return (fields as Fields<'project'> | null)?.owner === member.id;
    };
    return reviews.filter((one) => isOwn(one) || asked.has(one.id));
  }
  const hidden = await hiddenFrom(tx, asker, reviews);
  if (hidden.size === 0) return reviews;
  return reviews.filter(
    ({ audit, subject, reviewer }) => reviewer === member.id || !hidden.has(`${audit}/${subject}`),
  );
}

/** What of a calibration they are still to review, and what they are reviewing: "draw/subject". */
async function hiddenFrom(
  tx: Tx,
  { member, workspace }: Asker,
  reviews: readonly Told[],
): Promise<Set<string>> {
  const writing = await readDrafts(tx, workspace.id, { reviewer: member.id });
  const hidden = new Set(writing.map(({ audit, subject }) => `${audit}/${subject}`));
  const calibrations = await tx
    .selectFrom('record')
    .select(['id', 'fields'])
    .where('workspace_id', '=', workspace.id)
    .where('kind', '=', 'audit')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'calibration' = 'true'`)
    .execute();
  for (const { id: audit, fields } of calibrations) {
    const { reviewers = [] } = fields as Fields<'audit'>;
    if (!reviewers.includes(member.id)) continue;
    const own = await readReviews(tx, workspace.id, { audit, reviewer: member.id });
    const done = new Set(own.filter(({ withdrawn }) => !withdrawn).map(({ subject }) => subject));
    for (const { audit: of, subject } of reviews) {
      if (of === audit && !done.has(subject)) hidden.add(`${audit}/${subject}`);
    }
  }
  return hidden;
}

/** Reviews that somebody was asked to read: who answered for the project when it was reviewed. */
async function askedToRead(tx: Tx, workspace: string, member: string): Promise<Set<Id>> {
  const rows = await tx
    .selectFrom('record')
    .select(sql<string | null>`fields->>'review'`.as('review'))
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'inquiry')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields->>'to' = ${member}`)
    .where(sql<boolean>`fields->>'asks' = 'acknowledge'`)
    .execute();
  return new Set(rows.flatMap(({ review }) => review ?? []));
}
