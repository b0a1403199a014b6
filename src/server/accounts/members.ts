// Who belongs to which workspace. A workspace is an organization, with the same id; a member's id is
// that of the membership, so one person has one member per workspace.
import { type Role, role } from '../../domain/permissions.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';

export type Member = { id: string; name: string; email: string; role: Role };
export type Workspace = { id: string; name: string; epoch: string };
export type Membership = { workspace: Workspace; member: Member; user: string };

/** Managers and admins change what holds for everybody. */
export function managesAll(member: { role: Role }): boolean {
  return member.role === 'manager' || member.role === 'admin';
}

type Row = { id: string; role: string; name: string; email: string };

/** A role this version does not know gets the least rights. */
function memberOf({ id, name, email, role: given }: Row): Member {
  const known = role.safeParse(given);
  return { id, name, email, role: known.success ? known.data : 'annotator' };
}

/** An active member of the workspace that `tx` is in. */
export async function membershipById(
  tx: Tx,
  workspace: string,
  member: string,
): Promise<Membership | null> {
  const row = await membershipQuery(tx, workspace)
    .where('member.id', '=', member)
    .executeTakeFirst();
  return row ? membershipOf(workspace, row) : null;
}

/** The active members of the workspace that `tx` is in, for `membershipOf`. */
export function membershipQuery(tx: Tx, workspace: string) {
  return tx
    .selectFrom('workspace')
    .innerJoin('organization', 'organization.id', 'workspace.id')
    .innerJoin('member', 'member.organizationId', 'workspace.id')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['member.id', 'member.role', 'user.name', 'user.email', 'user.id as user'])
    .select(['workspace.epoch', 'organization.name as workspaceName'])
    .where('workspace.id', '=', workspace)
    .where('member.deactivatedAt', 'is', null);
}

export function membershipOf(
  workspace: string,
  row: Row & { user: string; epoch: string; workspaceName: string },
): Membership {
  return {
    workspace: { id: workspace, name: row.workspaceName, epoch: row.epoch },
    member: memberOf(row),
    user: row.user,
  };
}

/** The first workspace a person joined. */
export async function membershipOfUser(db: Db, user: string): Promise<Membership | null> {
  const row = await db
    .selectFrom('member')
    .select(['id', 'organizationId as workspace'])
    .where('userId', '=', user)
    .where('deactivatedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .executeTakeFirst();
  return row ? within(db, row.workspace, row.id) : null;
}

/** The first admin of the first workspace: whom the setup link is for. */
export async function firstAdmin(db: Db): Promise<Membership | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('organization', 'organization.id', 'member.organizationId')
    .select(['member.id', 'organization.id as workspace'])
    .where('member.role', '=', 'admin')
    .where('member.deactivatedAt', 'is', null)
    .orderBy('organization.createdAt')
    .orderBy('organization.id')
    .orderBy('member.createdAt')
    .orderBy('member.id')
    .executeTakeFirst();
  return row ? within(db, row.workspace, row.id) : null;
}

function within(db: Db, workspace: string, member: string): Promise<Membership | null> {
  return inWorkspace(db, workspace, (tx) => membershipById(tx, workspace, member));
}

/** All of them, those who left too: their names stand in what they wrote. */
export async function membersOf(
  db: Db | Tx,
  workspace: string,
): Promise<(Member & { active: boolean })[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select(['member.id', 'member.role', 'user.name', 'user.email', 'member.deactivatedAt'])
    .where('member.organizationId', '=', workspace)
    .orderBy('user.name')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => ({ ...memberOf(row), active: row.deactivatedAt === null }));
}
