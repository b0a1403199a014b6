// Whose token it is: asked at every request of every device. While PostgreSQL answers about some of a
// workspace's tokens, others wait and are asked about together. Nothing is remembered, so a device
// that was revoked, or a member who left, is refused from then on.
import { sql } from 'kysely';
import { type Db, inWorkspace } from '../database.ts';
import { prepared } from '../prepared.ts';
import { type Membership, membershipOf, membershipQuery } from './members.ts';
import { tokenHash, workspaceOf } from './secrets.ts';

/** How stale `last_seen_at` may be: writing it at each request would cost more than it tells. */
const SEEN_EVERY_MS = 60_000;
/** Tokens of one question. */
const AT_ONCE = 100;

export type DeviceSession = Membership & { device: string };

/** Resolves to null for a token that is no connected device's of an active member. */
export type DeviceSessions = (token: string) => Promise<DeviceSession | null>;

type Asked = {
  /** in hex */
  hash: string;
  done(session: DeviceSession | null): void;
  failed(error: unknown): void;
};

export function createDeviceSessions(db: Db, now: () => number): DeviceSessions {
  /** Workspaces that are being asked about, and who waits to be. */
  const lines = new Map<string, Asked[]>();

  return (token) => {
    const workspace = workspaceOf(token);
    if (workspace === null) return Promise.resolve(null);
    return new Promise((done, failed) => {
      const asked = { hash: tokenHash(token).toString('hex'), done, failed };
      const line = lines.get(workspace);
      if (line) line.push(asked);
      else void askAll(workspace, [asked]);
    });
  };

  async function askAll(workspace: string, line: Asked[]) {
    lines.set(workspace, line);
    while (line.length > 0) {
      const some = line.splice(0, AT_ONCE);
      try {
        const sessions = await sessionsOf(
          db,
          workspace,
          new Set(some.map(({ hash }) => hash)),
          now,
        );
        for (const { hash, done } of some) done(sessions.get(hash) ?? null);
      } catch (error) {
        for (const { failed } of some) failed(error);
      }
    }
    lines.delete(workspace);
  }
}

/** By the hash of their token, in hex. */
async function sessionsOf(
  db: Db,
  workspace: string,
  hashes: ReadonlySet<string>,
  now: () => number,
): Promise<Map<string, DeviceSession>> {
  const tokens = [...hashes].map((hash) => Buffer.from(hash, 'hex'));
  const [rows] = await inWorkspace(db, workspace, (tx, commit) =>
    // One question, with its commit.
    commit(
      prepared(
        membershipQuery(tx, workspace)
          .innerJoin('device', 'device.member_id', 'member.id')
          .where('device.workspace_id', '=', workspace)
          .where('device.token_hash', 'in', tokens)
          .where('device.revoked_at', 'is', null)
          .select(['device.id as device', 'device.last_seen_at', 'device.token_hash']),
      ),
    ),
  );
  const unseen = rows.filter(
    ({ last_seen_at: seen }) => !seen || now() - seen.getTime() > SEEN_EVERY_MS,
  );
  if (unseen.length > 0)
    await noteSeen(
      db,
      workspace,
      unseen.map(({ device }) => device),
    );
  const sessions = new Map<string, DeviceSession>();
  for (const row of rows) {
    if (row.token_hash === null) continue; // not by the query; the column may be
    const hash = Buffer.from(row.token_hash).toString('hex');
    sessions.set(hash, { ...membershipOf(workspace, row), device: row.device });
  }
  return sessions;
}

async function noteSeen(db: Db, workspace: string, devices: string[]): Promise<void> {
  await inWorkspace(db, workspace, (tx, commit) =>
    commit(
      tx
        .updateTable('device')
        .set({ last_seen_at: sql`now()` })
        .where('workspace_id', '=', workspace)
        .where('id', 'in', devices),
    ),
  );
}
