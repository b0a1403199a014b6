import { sql } from 'kysely';
import { type Db, inWorkspace } from '../database.ts';
import { freshId } from '../ids.ts';
import { createSetupLink } from './links.ts';
import { firstAdmin, type Membership } from './members.ts';

/** An address nobody can have (RFC 2606, 2): the admin before the setup link was used. */
const PROVISIONAL_EMAIL = 'owner@unsaid.invalid';

/** Nothing else in the database uses it as an advisory lock. */
const FIRST_LOCK = 7_203_114_562;

/**
 * Makes the first workspace and its admin, who has no password yet, so that a browser can be
 * connected before anybody filled in a form; what it captures belongs to the member that the setup
 * link then claims.
 */
export async function ensureFirstWorkspace(db: Db): Promise<Membership> {
  const known = await firstAdmin(db);
  if (known) return known;
  const workspace = freshId();
  const user = freshId();
  await inWorkspace(db, workspace, async (tx) => {
    // Of servers that start together on a new database, one makes it.
    await sql`SELECT pg_advisory_xact_lock(${FIRST_LOCK})`.execute(tx);
    const made = await tx.selectFrom('organization').select('id').limit(1).executeTakeFirst();
    if (made) return;
    await tx
      .insertInto('organization')
      .values({ id: workspace, name: 'Workspace', slug: workspace, createdAt: new Date() })
      .execute();
    await tx.insertInto('workspace').values({ id: workspace, epoch: freshId() }).execute();
    await tx
      .insertInto('user')
      .values({
        id: user,
        name: 'You',
        email: PROVISIONAL_EMAIL,
        emailVerified: false,
        updatedAt: new Date(),
      })
      .execute();
    await tx
      .insertInto('member')
      .values({
        id: freshId(),
        organizationId: workspace,
        userId: user,
        role: 'admin',
        createdAt: new Date(),
      })
      .execute();
  });
  const made = await firstAdmin(db);
  if (!made) throw new Error('the first admin is missing right after it was made');
  return made;
}

/** A setup link while the first admin is unclaimed, else null. */
export async function pendingSetup(db: Db, admin: Membership, url: string): Promise<string | null> {
  const claimed = await db
    .selectFrom('account')
    .select('id')
    .where('userId', '=', admin.user)
    .executeTakeFirst();
  if (claimed) return null;
  const token = await createSetupLink(db, admin.workspace.id, admin.member.id);
  return `${url}/setup?token=${token}`;
}
