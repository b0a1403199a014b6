// Who wants reminders by mail, what is due for them, and which mails went out.
import { sql } from 'kysely';
import { DUE_KINDS, type Due, type DueRecord, duesOf } from '../../domain/due.ts';
import { readsAll } from '../../domain/permissions.ts';
import type { Member } from '../accounts/members.ts';
import type { Tx } from '../database.ts';

export type ReminderChoice = { mail: boolean; words: boolean; zone: string };

/** Who never said anything gets none. */
export async function readChoice(
  tx: Tx,
  workspace: string,
  member: string,
): Promise<ReminderChoice> {
  const row = await tx
    .selectFrom('reminder_choice')
    .select(['mail', 'words', 'zone'])
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .executeTakeFirst();
  return row ?? { mail: false, words: false, zone: 'UTC' };
}

export async function writeChoice(
  tx: Tx,
  workspace: string,
  member: string,
  choice: ReminderChoice,
): Promise<void> {
  await tx
    .insertInto('reminder_choice')
    .values({ workspace_id: workspace, member_id: member, ...choice })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(choice))
    .execute();
}

/** Members who want mails, in a fixed order. */
export async function choosers(
  tx: Tx,
  workspace: string,
): Promise<(ReminderChoice & { member: string })[]> {
  return tx
    .selectFrom('reminder_choice')
    .select(['member_id as member', 'mail', 'words', 'zone'])
    .where('workspace_id', '=', workspace)
    .where('mail', '=', true)
    .orderBy('member_id')
    .execute();
}

/** `text`: our words, as far as there are some. */
export type DueItem = Due & { text: string; customer: string | null };

/** Nobody reads more; the mail says how many there are. */
const MOST = 500;

/** What is due for the member on this day or before, of records they may read; the oldest first. */
export async function dueFor(
  tx: Tx,
  workspace: string,
  member: Member,
  day: string,
): Promise<DueItem[]> {
  let query = tx
    .selectFrom('record')
    .select(['kind', 'id', 'author', 'fields', 'customer'])
    .where('workspace_id', '=', workspace)
    .where('kind', 'in', DUE_KINDS)
    .where('deleted', '=', false)
    .where(sql<boolean>`(fields->>'due' <= ${day} OR fields->>'reviewOn' <= ${day}
        OR fields->>'checkOn' <= ${day})`)
    .where(
      sql<boolean>`(author = ${member.id} OR fields->>'owner' = ${member.id} OR fields->>'decidedBy' = ${member.id})`,
    );
  if (!readsAll(member.role)) {
    query = query.where(sql<boolean>`(visibility = 'workspace' OR author = ${member.id})`);
  }
  const rows = await query.orderBy('id').execute();
  return rows
    .flatMap((row) => {
      const record = row as unknown as DueRecord;
      const { statement, text, question, action } = row.fields;
      const words =
        [statement, question, action, text].find((one) => typeof one === 'string') ?? '';
      return duesOf(record)
        .filter(({ whose, on }) => whose === member.id && on <= day)
        .map((due) => ({ ...due, text: words as string, customer: row.customer }));
    })
    .sort((a, b) => compare(a.on, b.on) || compare(keyOf(a), keyOf(b)))
    .slice(0, MOST);
}

/** What one thing due is known by from one mail to the next. */
export function keyOf({ what, id }: Due): string {
  return `${what}/${id}`;
}

/** Names of customers, by the ids that records name. */
export async function customerNames(
  tx: Tx,
  workspace: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record')
    .select(['id', sql<string | null>`fields->>'name'`.as('name')])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'customer')
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? '']));
}

/** What the member's last mail that went out named; and whether today's did. */
export async function lastMail(
  tx: Tx,
  workspace: string,
  member: string,
  day: string,
): Promise<{ named: { [key: string]: string }; isToday: boolean }> {
  const row = await tx
    .selectFrom('reminder_mail')
    .select(['day', 'named'])
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('sent_at', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  // A member who travels west has the same day twice: one mail.
  return { named: row?.named ?? {}, isToday: row !== undefined && row.day >= day };
}

/** After this time a mail that nobody has sent is anybody's again. */
const STALE_MS = 30 * 60_000;

/** True for the one server that is to send this day's mail. */
export async function takeMail(
  tx: Tx,
  mail: { workspace: string; member: string; day: string; named: { [key: string]: string } },
  now: number,
): Promise<boolean> {
  const named = JSON.stringify(mail.named);
  const taken = { named, taken_at: new Date(now) };
  const row = await tx
    .insertInto('reminder_mail')
    .values({
      ...{ workspace_id: mail.workspace, member_id: mail.member, day: mail.day },
      ...taken,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'member_id', 'day'])
        .doUpdateSet(taken)
        .where('reminder_mail.sent_at', 'is', null)
        .where('reminder_mail.taken_at', '<', new Date(now - STALE_MS)),
    )
    .returning('day')
    .executeTakeFirst();
  return row !== undefined;
}

/** It went out; older ones are not needed any more. */
export async function mailSent(
  tx: Tx,
  { workspace, member, day }: { workspace: string; member: string; day: string },
  now: number,
): Promise<void> {
  await tx
    .updateTable('reminder_mail')
    .set({ sent_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('day', '=', day)
    .execute();
  await tx
    .deleteFrom('reminder_mail')
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('day', '<', day)
    .execute();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
