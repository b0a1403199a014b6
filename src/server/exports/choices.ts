// How people like their exports, under a name: columns in their order, format, language. What is
// exported by which filters is no part of it.
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import type { ExportWish } from './wish.ts';

export type Choice = {
  id: string;
  /** Who saved it. */
  by: string;
  name: string;
  /** With everybody in the workspace. */
  shared: boolean;
  wish: ExportWish;
};

export type ChoicePlan = Pick<Choice, 'name' | 'shared' | 'wish'>;

/** Of one member. */
export const MOST_CHOICES = 200;

/** One's own and shared ones, by their names. */
export async function readChoices(tx: Tx, asker: Asker): Promise<Choice[]> {
  const rows = await tx
    .selectFrom('export_choice')
    .select(['id', 'member_id as by', 'name', 'shared', 'wish'])
    .where('workspace_id', '=', asker.workspace.id)
    .where(({ eb, or }) => or([eb('shared', '=', true), eb('member_id', '=', asker.member.id)]))
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows;
}

/** The new one's id; null where there are too many. */
export async function addChoice(
  tx: Tx,
  asker: Asker,
  plan: ChoicePlan,
  now: number,
): Promise<string | null> {
  const own = (await readChoices(tx, asker)).filter(({ by }) => by === asker.member.id);
  if (own.length >= MOST_CHOICES) return null;
  const id = freshId();
  await tx
    .insertInto('export_choice')
    .values({
      ...{ workspace_id: asker.workspace.id, id, member_id: asker.member.id },
      ...{ ...plan, wish: kept(plan.wish), updated_at: new Date(now) },
    })
    .execute();
  return id;
}

export async function changeChoice(
  tx: Tx,
  workspace: string,
  id: string,
  { wish, ...patch }: Partial<ChoicePlan>,
  now: number,
): Promise<void> {
  await tx
    .updateTable('export_choice')
    .set({ ...patch, ...(wish && { wish: kept(wish) }), updated_at: new Date(now) })
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
}

export async function removeChoice(tx: Tx, workspace: string, id: string): Promise<void> {
  await tx
    .deleteFrom('export_choice')
    .where('workspace_id', '=', workspace)
    .where('id', '=', id)
    .execute();
}

/** Filters can name customers, and words that were looked for. */
function kept({ without: _, withoutCustomers: __, ...wish }: ExportWish): string {
  return JSON.stringify({ ...wish, filter: {} });
}
