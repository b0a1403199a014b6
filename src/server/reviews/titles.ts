// What people call the subjects and the reviewers of reviews, for lists of them.
import type { Fields, Review } from '../../domain/index.ts';
import { membersOf } from '../accounts/members.ts';
import type { Asked } from './sheet.ts';

export type Titled = {
  /** '' where nothing is known of it any more. */
  title: string;
  customerName: string | null;
  reviewerName: string;
  /** The asker's own. */
  mine: boolean;
};

type Told = Pick<Review, 'unit' | 'subject' | 'customer' | 'reviewer'>;

export async function titlesOf<R extends Told>(
  { tx, asker, directory }: Asked,
  reviews: readonly R[],
): Promise<(R & Titled)[]> {
  const { customers, projects } = directory;
  const names = new Map(
    (await membersOf(tx, asker.workspace.id)).map(({ id, name }) => [id, name]),
  );
  const calls = reviews.filter(({ unit }) => unit === 'call').map(({ subject }) => subject);
  const subjects = new Map<string, string>();
  if (calls.length > 0) {
    const rows = await tx
      .selectFrom('record')
      .select(['id', 'fields'])
      .where('workspace_id', '=', asker.workspace.id)
      .where('kind', '=', 'interaction')
      .where('deleted', '=', false)
      .where('id', 'in', calls)
      .execute();
    for (const { id, fields } of rows) {
      subjects.set(id, (fields as Fields<'interaction'>).subject ?? '');
    }
  }
  const titleOf = ({ unit, subject }: Told) => {
    if (unit === 'call') return subjects.get(subject) ?? '';
    return (unit === 'project' ? projects : customers).named(subject)?.name ?? '';
  };
  return reviews.map((review) => ({
    ...{ ...review, title: titleOf(review) },
    customerName: customers.named(review.customer)?.name ?? null,
    reviewerName: names.get(review.reviewer ?? '') ?? '',
    mine: review.reviewer === asker.member.id,
  }));
}
