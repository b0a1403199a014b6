// Reviews in the making: one row for each reviewer of each thing that was drawn. What is written over
// something older than is here is refused, and the writer merges (domain/reviews.ts).
import { sql } from 'kysely';
import { type DraftContent, type DrawUnit, EMPTY_CONTENT, type Id } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';

export type StoredDraft = {
  id: Id;
  audit: Id;
  unit: DrawUnit;
  subject: Id;
  reviewer: Id;
  blind: boolean;
  standards: readonly Id[];
  content: DraftContent;
  seen: number;
  startedAt: Date;
  updatedAt: Date;
};

const COLUMNS = [
  ...(['id', 'audit_id as audit', 'unit', 'subject', 'reviewer', 'blind'] as const),
  ...(['standards', 'content', 'seen'] as const),
  ...(['started_at as startedAt', 'updated_at as updatedAt'] as const),
] as const;

function draftsIn(tx: Tx, workspace: string) {
  return tx.selectFrom('review_draft').select(COLUMNS).where('workspace_id', '=', workspace);
}

export async function readDraft(
  tx: Tx,
  workspace: string,
  id: string,
): Promise<StoredDraft | null> {
  return (await draftsIn(tx, workspace).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The one that a reviewer has begun of this, if any. */
export async function draftOf(
  tx: Tx,
  workspace: string,
  { audit, subject, reviewer }: { audit: string; subject: string; reviewer: string },
): Promise<StoredDraft | null> {
  const found = await draftsIn(tx, workspace)
    .where('audit_id', '=', audit)
    .where('subject', '=', subject)
    .where('reviewer', '=', reviewer)
    .executeTakeFirst();
  return found ?? null;
}

/** Of a draw, or of a reviewer, or of both; the first begun first. */
export function readDrafts(
  tx: Tx,
  workspace: string,
  { audit, reviewer }: { audit?: string | undefined; reviewer?: string | undefined },
): Promise<StoredDraft[]> {
  return draftsIn(tx, workspace)
    .$if(audit !== undefined, (query) => query.where('audit_id', '=', audit ?? ''))
    .$if(reviewer !== undefined, (query) => query.where('reviewer', '=', reviewer ?? ''))
    .orderBy('started_at')
    .orderBy('id')
    .execute();
}

/** Whether the member is in the middle of a blind review of one of these. */
export async function isBlindTo(
  tx: Tx,
  { workspace, member }: Pick<Asker, 'workspace' | 'member'>,
  ids: readonly Id[],
): Promise<boolean> {
  const found = await tx
    .selectFrom('review_draft')
    .select('id')
    .where('workspace_id', '=', workspace.id)
    .where('reviewer', '=', member.id)
    .where('blind', '=', true)
    .where(sql<boolean>`subject = any(${[...ids]}::uuid[])`)
    .executeTakeFirst();
  return found !== undefined;
}

export type Beginning = Pick<
  StoredDraft,
  'audit' | 'unit' | 'subject' | 'reviewer' | 'blind' | 'standards'
> & { now: Date; content?: DraftContent };

/** Begun twice at once, in two tabs, it is one. */
export async function beginDraft(tx: Tx, workspace: string, wish: Beginning): Promise<void> {
  const { audit, unit, subject, reviewer, blind, standards, now, content = EMPTY_CONTENT } = wish;
  await tx
    .insertInto('review_draft')
    .values({
      ...{ workspace_id: workspace, id: freshId(), audit_id: audit, unit, subject, reviewer },
      ...{ blind, standards: [...standards], content: JSON.stringify(content), seen: 0 },
      ...{ started_at: now, updated_at: now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The number it has now, or null where it was written over something older than is here. */
export async function writeDraft(
  tx: Tx,
  workspace: string,
  { id, content, seen, now }: { id: string; content: DraftContent; seen: number; now: Date },
): Promise<number | null> {
  const row = await tx
    .updateTable('review_draft')
    .set({ content: JSON.stringify(content), seen: seen + 1, updated_at: now })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .where('seen', '=', seen)
    .returning('seen')
    .executeTakeFirst();
  return row?.seen ?? null;
}

export async function removeDraft(tx: Tx, workspace: string, id: string): Promise<void> {
  await tx
    .deleteFrom('review_draft')
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
}
