// Links that work once: the setup link claims the first admin, an invitation makes a member.

import type { Role } from '../../domain/permissions.ts';
import { writeFromConsole } from '../console-device.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { membershipById } from './members.ts';
import { newToken, tokenHash, workspaceOf } from './secrets.ts';

export const LINK_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export type Link = {
  workspace: string;
  workspaceName: string;
  purpose: 'setup' | 'invitation';
  member: string | null;
  email: string | null;
  role: string;
};

export type LinkProblem = 'unknown' | 'used' | 'expired';
export type Claim =
  | { ok: true; user: string }
  | { ok: false; problem: LinkProblem | 'email-taken' };

/** What a person fills in; `passwordHash` as better-auth made it. */
export type Person = { name: string; email: string; passwordHash: string };

/** A new setup link for the member; older unused ones stop working. */
export async function createSetupLink(db: Db, workspace: string, member: string): Promise<string> {
  return inWorkspace(db, workspace, async (tx) => {
    await tx
      .deleteFrom('link')
      .where('workspace_id', '=', workspace)
      .where('purpose', '=', 'setup')
      .where('used_at', 'is', null)
      .execute();
    return insertLink(tx, { workspace, purpose: 'setup', member, email: null, role: 'admin' });
  });
}

export async function createInvitation(
  db: Db,
  invitation: { workspace: string; email: string | null; role: Role },
): Promise<string> {
  return inWorkspace(db, invitation.workspace, (tx) =>
    insertLink(tx, { ...invitation, purpose: 'invitation', member: null }),
  );
}

async function insertLink(tx: Tx, link: Omit<Link, 'workspaceName'>): Promise<string> {
  const token = newToken(link.workspace);
  await tx
    .insertInto('link')
    .values({
      workspace_id: link.workspace,
      token_hash: tokenHash(token),
      purpose: link.purpose,
      member_id: link.member,
      email: link.email,
      role: link.role,
      expires_at: new Date(Date.now() + LINK_LIFETIME_MS),
    })
    .execute();
  return token;
}

type FoundLink = { ok: true; link: Link } | { ok: false; problem: LinkProblem };

/** The link behind a token, as long as it works. */
export async function findLink(
  db: Db,
  purpose: Link['purpose'],
  token: string,
): Promise<FoundLink> {
  const workspace = workspaceOf(token);
  if (workspace === null) return { ok: false, problem: 'unknown' };
  return inWorkspace(db, workspace, (tx) => findWithin(tx, workspace, purpose, token));
}

async function findWithin(
  tx: Tx,
  workspace: string,
  purpose: Link['purpose'],
  token: string,
): Promise<FoundLink> {
  const row = await tx
    .selectFrom('link')
    .innerJoin('organization', 'organization.id', 'link.workspace_id')
    .selectAll('link')
    .select('organization.name as workspaceName')
    .where('link.workspace_id', '=', workspace)
    .where('link.token_hash', '=', tokenHash(token))
    .where('link.purpose', '=', purpose)
    .executeTakeFirst();
  if (!row) return { ok: false, problem: 'unknown' };
  if (row.used_at) return { ok: false, problem: 'used' };
  if (row.expires_at.getTime() <= Date.now()) return { ok: false, problem: 'expired' };
  return {
    ok: true,
    link: {
      workspace: row.workspace_id,
      workspaceName: row.workspaceName,
      purpose: row.purpose,
      member: row.member_id,
      email: row.email,
      role: row.role,
    },
  };
}

/** True for the one caller that gets the link. */
async function consume(tx: Tx, workspace: string, token: string): Promise<boolean> {
  const row = await tx
    .updateTable('link')
    .set({ used_at: new Date() })
    .where('workspace_id', '=', workspace)
    .where('token_hash', '=', tokenHash(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date())
    .returning('workspace_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives the provisional admin a name, an address and a password: all captured so far stays theirs. */
export async function claimSetup(
  db: Db,
  token: string,
  person: Person,
  workspaceName: string,
): Promise<Claim> {
  return claim(db, 'setup', token, person, async (tx, link) => {
    const member = await tx
      .selectFrom('member')
      .select(['id', 'userId'])
      .where('organizationId', '=', link.workspace)
      .where('id', '=', link.member)
      .executeTakeFirstOrThrow();
    await tx
      .updateTable('user')
      .set({ name: person.name, email: person.email, updatedAt: new Date() })
      .where('id', '=', member.userId)
      .execute();
    await tx
      .updateTable('organization')
      .set({ name: workspaceName })
      .where('id', '=', link.workspace)
      .execute();
    return { user: member.userId, member: member.id };
  });
}

/** Makes a person and their membership. */
export async function claimInvitation(db: Db, token: string, person: Person): Promise<Claim> {
  return claim(db, 'invitation', token, person, async (tx, link) => {
    const [user, member] = [freshId(), freshId()];
    await tx
      .insertInto('user')
      .values({
        id: user,
        name: person.name,
        email: person.email,
        emailVerified: false,
        updatedAt: new Date(),
      })
      .execute();
    await tx
      .insertInto('member')
      .values({
        id: member,
        organizationId: link.workspace,
        userId: user,
        role: link.role,
        createdAt: new Date(),
      })
      .execute();
    return { user, member };
  });
}

/** Tells every device the member's name and role, so that colleagues' cards say who wrote them. */
async function introduce(tx: Tx, workspace: string, joined: string): Promise<void> {
  const asker = await membershipById(tx, workspace, joined);
  if (asker === null) throw new Error('a person who joined has a membership');
  const { id, name, role } = asker.member;
  await writeFromConsole(tx, asker, [
    { id: freshId(), kind: 'member', record: id, body: { name, role } },
  ]);
}

async function claim(
  db: Db,
  purpose: Link['purpose'],
  token: string,
  person: Person,
  fill: (tx: Tx, link: Link) => Promise<{ user: string; member: string }>,
): Promise<Claim> {
  const workspace = workspaceOf(token);
  if (workspace === null) return { ok: false, problem: 'unknown' };
  try {
    return await inWorkspace(db, workspace, async (tx) => {
      const found = await findWithin(tx, workspace, purpose, token);
      if (!found.ok) return found;
      if (!(await consume(tx, workspace, token))) return { ok: false, problem: 'used' };
      const { user, member } = await fill(tx, found.link);
      await tx
        .insertInto('account')
        .values({
          id: freshId(),
          accountId: user,
          providerId: 'credential',
          userId: user,
          password: person.passwordHash,
          updatedAt: new Date(),
        })
        .execute();
      await introduce(tx, workspace, member);
      return { ok: true, user };
    });
  } catch (error) {
    // Only the address is unique here: the transaction is undone, so the link still works.
    if (error instanceof Error && 'code' in error && error.code === '23505') {
      return { ok: false, problem: 'email-taken' };
    }
    throw error;
  }
}
