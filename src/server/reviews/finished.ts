// One finished review as it is read: by what it was scored, what it found, whose it is.
import type { Draw, Finding, Id, Review, StandardVersion } from '../../domain/index.ts';
import { mayWrite } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import { readDraw } from '../draws/store.ts';
import { readStandards } from '../standards/store.ts';
import { type Asked, type Shown, shownOf } from './sheet.ts';
import { readFindings, readReview } from './store.ts';
import { subjectOf } from './subject.ts';

export type FinishedReview = Shown & {
  review: Review;
  /** The versions that it was scored by, by name. */
  standards: StandardVersion[];
  findings: Finding[];
  /** '' where nothing is known of it any more. */
  title: string;
  customer: string | null;
  reviewer: { id: Id; name: string } | null;
  draw: Pick<Draw, 'id' | 'name'> | null;
  /** Whether the asker may correct it, or take it back. */
  may: { correct: boolean; withdraw: boolean };
};

export async function finishedOf(asked: Asked, id: Id): Promise<FinishedReview | null> {
  const { tx, asker } = asked;
  const workspace = asker.workspace.id;
  const review = (await readReview(tx, workspace, id))?.review;
  if (review === undefined) return null;
  const { unit, subject, audit } = review;
  const { title, customer } = await subjectOf(asked, unit, subject);
  const members = await membersOf(tx, workspace);
  const reviewer = members.find((one) => one.id === review.reviewer);
  const draw = audit === null ? null : await readDraw(tx, workspace, audit);
  const all = (await readStandards(tx, workspace)).flatMap(({ versions }) => versions);
  const mayWithdraw = mayChange(asker, review, reviewer?.active ?? false);
  return {
    ...{ review, title, customer: customer?.name ?? null },
    standards: all.filter((one) => Object.hasOwn(review.scores, one.id)),
    findings: await readFindings(tx, workspace, id),
    reviewer: reviewer ? { id: reviewer.id, name: reviewer.name } : null,
    draw: draw && { id: draw.id, name: draw.name },
    may: { correct: mayWithdraw && !review.withdrawn, withdraw: mayWithdraw && !review.withdrawn },
    ...(await shownOf(asked, review)),
  };
}

/** The reviewer; of one who has left, managers and admins. */
export function mayChange(
  { member }: Pick<Asker, 'member'>,
  { reviewer }: Review,
  isReviewerHere: boolean,
): boolean {
  if (!mayWrite(member.role, 'review')) return false;
  if (reviewer === member.id) return true;
  return !isReviewerHere && member.role !== 'auditor';
}
