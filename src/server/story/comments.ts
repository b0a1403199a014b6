// Comments pinned to a moment of a story, as records of kind "comment".
import type { Fields, Id, Json } from '../../domain/index.ts';
import { writeFromConsole } from '../console-device.ts';
import { freshId } from '../ids.ts';
import { isTaken } from '../record-taken.ts';
import type { Subject } from '../reviews/subject.ts';
import type { Asked } from './rows.ts';

export type CommentWish = {
  /** Without one it gets one here. */
  id?: Id | undefined;
  record: { kind: string; id: Id };
  /** ISO instant of the moment */
  at: string;
  text: string;
  visibility: 'workspace' | 'managers';
};

/**
 * The workspace's new number of leaves; 'there': it was sent before, and the answer was lost; null: what
 * it is about, or the comment itself, is not there any more.
 */
export async function writeComment(
  { tx, asker }: Asked,
  subject: Subject,
  { id = freshId(), record, at, text, visibility }: CommentWish,
): Promise<number | 'there' | null> {
  const present = await tx
    .selectFrom('record')
    .select('author')
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'comment')
    .where('id', '=', id)
    .executeTakeFirst();
  if (present?.author === asker.member.id) return 'there';
  if (await isTaken(tx, asker, id)) return null;
  const about = await tx
    .selectFrom('record')
    .select(['kind', 'id', 'customer', 'project', 'interaction'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', record.kind)
    .where('id', '=', record.id)
    .where('deleted', '=', false)
    .executeTakeFirst();
  if (about === undefined) return null;
  const { project, interaction } = subject;
  const noticedIn = about.kind === 'interaction' ? about.id : about.interaction;
  const fields: { [field in keyof Fields<'comment'>]: Json | null } = {
    ...{ subject: { ...record }, at, text, visibility },
    customer: about.customer ?? subject.customer?.id ?? null,
    project: about.project ?? project,
    interaction: noticedIn ?? interaction,
  };
  const body = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const draft = { id: freshId(), kind: 'comment', record: id, body };
  return writeFromConsole(tx, asker, [draft]);
}

export type CommentChange = { settled: boolean } | { deleted: boolean };

/** 'unknown': no such comment; 'not-theirs': only its writer takes it back. */
export async function changeComment(
  { tx, asker }: Asked,
  id: Id,
  change: CommentChange,
): Promise<number | 'unknown' | 'not-theirs'> {
  const comment = await tx
    .selectFrom('record')
    .select('author')
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'comment')
    .where('id', '=', id)
    .executeTakeFirst();
  if (comment === undefined) return 'unknown';
  if ('deleted' in change && comment.author !== asker.member.id) return 'not-theirs';
  const draft = { id: freshId(), kind: 'comment', record: id, body: { ...change } };
  return writeFromConsole(tx, asker, [draft]);
}
