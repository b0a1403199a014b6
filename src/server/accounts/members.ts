// Who belongs to which workspace. A workspace is an organization, with the same id; a member's id is
// that of the membership, so one person has one member per workspace.
import * as z from 'zod/mini';
import type { Db, Tx } from '../database.ts';

export const role = z.enum(['annotator', 'manager', 'admin']);
export type Role = z.infer<typeof role>;

export type Member = { id: string; name: string; email: string; role: Role };
export type Workspace = { id: string; name: string; epoch: string };
export type Membership = { workspace: Workspace; member: Member; user: string };

/** Managers and admins read everything in their workspace. */
export function readsAll(member: { role: Role }): boolean {
  return member.role !== 'annotator';
}

/** Managers and admins change what holds for everybody. */
export function managesAll(member: { role: Role }): boolean {
  return member.role === 'manager' || member.role === 'admin';
}

function query(db: Db | Tx) {
  return db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .innerJoin('organization', 'organization.id', 'member.organizationId')
    .innerJoin('workspace', 'workspace.id', 'member.organizationId')
    .select([
      'member.id as id',
      'member.role as role',
      'user.id as user',
      'user.name as name',
      'user.email as email',
      'workspace.id as workspace',
      'workspace.epoch as epoch',
      'organization.name as workspaceName',
    ]);
}

type Row = {
  id: string;
  role: string;
  user: string;
  name: string;
  email: string;
  workspace: string;
  epoch: string;
  workspaceName: string;
};

function membership(row: Row): Membership {
  const known = role.safeParse(row.role);
  return {
    workspace: { id: row.workspace, name: row.workspaceName, epoch: row.epoch },
    // A role this version does not know gets the least rights.
    member: {
      id: row.id,
      name: row.name,
      email: row.email,
      role: known.success ? known.data : 'annotator',
    },
    user: row.user,
  };
}

/** The first workspace a person joined. */
export async function membershipOfUser(db: Db | Tx, user: string): Promise<Membership | null> {
  const row = await query(db)
    .where('user.id', '=', user)
    .orderBy('member.createdAt')
    .orderBy('member.id')
    .executeTakeFirst();
  return row ? membership(row) : null;
}

export async function membershipById(
  db: Db | Tx,
  workspace: string,
  member: string,
): Promise<Membership | null> {
  const row = await query(db)
    .where('workspace.id', '=', workspace)
    .where('member.id', '=', member)
    .executeTakeFirst();
  return row ? membership(row) : null;
}

/** The first admin of the first workspace: whom the setup link is for. */
export async function firstAdmin(db: Db | Tx): Promise<Membership | null> {
  const row = await query(db)
    .where('member.role', '=', 'admin')
    .orderBy('workspace.created_at')
    .orderBy('member.createdAt')
    .orderBy('member.id')
    .executeTakeFirst();
  return row ? membership(row) : null;
}

export async function membersOf(db: Db | Tx, workspace: string): Promise<Member[]> {
  const rows = await query(db)
    .where('workspace.id', '=', workspace)
    .orderBy('user.name')
    .orderBy('member.id')
    .execute();
  return rows.map((row) => membership(row).member);
}
