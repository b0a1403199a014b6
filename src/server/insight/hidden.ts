// Whoever is to judge something must know neither what others gave it nor how satisfied the customer
// is, before they have.
import type { Id } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { readDrafts } from '../reviews/drafts.ts';
import type { Facts } from './facts.ts';

/** Subjects, as reviews name them, that the asker is reviewing, or is to review in a calibration. */
export async function hiddenFrom(tx: Tx, asker: Asker, facts: Facts): Promise<Set<Id>> {
  const { workspace, member } = asker;
  const writing = await readDrafts(tx, workspace.id, { reviewer: member.id });
  const hidden = new Set(writing.map(({ subject }) => subject));
  const toReview = new Map<Id, Set<Id>>();
  const done = new Set<string>();
  for (const { audit, subject, reviewer } of facts.review.values()) {
    const draw = audit === null ? undefined : facts.audit.get(audit);
    if (audit === null || !draw?.calibration || !draw.reviewers.includes(member.id)) continue;
    if (reviewer === member.id) done.add(`${audit}/${subject}`);
    toReview.set(audit, (toReview.get(audit) ?? new Set()).add(subject));
  }
  for (const [audit, subjects] of toReview) {
    for (const subject of subjects) if (!done.has(`${audit}/${subject}`)) hidden.add(subject);
  }
  return hidden;
}
