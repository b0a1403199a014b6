// Links that work once: the setup link claims the first admin, an invitation makes a member.
import { writeFromConsole } from '../console-device.ts';
import type { Db, Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { membershipOfUser, type Role } from './members.ts';
import { newToken, tokenHash } from './secrets.ts';

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
  return db.transaction().execute(async (tx) => {
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
  return insertLink(db, { ...invitation, purpose: 'invitation', member: null });
}

async function insertLink(db: Db | Tx, link: Omit<Link, 'workspaceName'>): Promise<string> {
  const token = newToken();
  await db
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

/** The link behind a token, as long as it works. */
export async function findLink(
  db: Db | Tx,
  purpose: Link['purpose'],
  token: string,
): Promise<{ ok: true; link: Link } | { ok: false; problem: LinkProblem }> {
  const row = await db
    .selectFrom('link')
    .innerJoin('organization', 'organization.id', 'link.workspace_id')
    .selectAll('link')
    .select('organization.name as workspaceName')
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
      .select('userId')
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
    return member.userId;
  });
}

/** Makes a person and their membership. */
export async function claimInvitation(db: Db, token: string, person: Person): Promise<Claim> {
  return claim(db, 'invitation', token, person, async (tx, link) => {
    const user = freshId();
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
        id: freshId(),
        organizationId: link.workspace,
        userId: user,
        role: link.role,
        createdAt: new Date(),
      })
      .execute();
    return user;
  });
}

/** Tells every device the member's name and role, so that colleagues' cards say who wrote them. */
async function introduce(tx: Tx, user: string): Promise<void> {
  const asker = await membershipOfUser(tx, user);
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
  fill: (tx: Tx, link: Link) => Promise<string>,
): Promise<Claim> {
  try {
    return await db.transaction().execute(async (tx) => {
      const found = await findLink(tx, purpose, token);
      if (!found.ok) return found;
      if (!(await consume(tx, found.link.workspace, token))) return { ok: false, problem: 'used' };
      const user = await fill(tx, found.link);
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
      await introduce(tx, user);
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
