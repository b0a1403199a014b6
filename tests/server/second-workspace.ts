// Another company on the same server. There is no page that makes one: an administrator does.

import { newToken, tokenHash } from '../../src/server/accounts/secrets.ts';
import { freshId } from '../../src/server/ids.ts';
import { withClient } from './postgres.ts';
import type { TestServer } from './server.ts';
import { Visitor } from './visitor.ts';

/** Its first admin, signed in. */
export async function secondWorkspace(server: TestServer, name: string): Promise<Visitor> {
  const workspace = freshId();
  const invitation = newToken(workspace);
  const email = `${name}@other.example`;
  await withClient(server.database, async (client) => {
    await client.query(
      `INSERT INTO organization (id, name, slug, "createdAt") VALUES ($1, 'Other Workspace', $2, now())`,
      [workspace, workspace],
    );
    await client.query('INSERT INTO workspace (id, epoch) VALUES ($1, $2)', [workspace, freshId()]);
    await client.query(
      `INSERT INTO link (workspace_id, token_hash, purpose, email, role, expires_at)
       VALUES ($1, $2, 'invitation', $3, 'admin', now() + interval '1 day')`,
      [workspace, tokenHash(invitation), email],
    );
  });
  const visitor = new Visitor(server.url);
  await visitor.submit('/join', { invitation, name, email, password: 'sample words 1' });
  return visitor;
}
