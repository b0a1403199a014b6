// The tables as TypeScript sees them, and the pool. SQL stays at the level of PostgreSQL 15.
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';

/** The columns we touch of better-auth's tables (its names) and our own tables. */
export type Tables = {
  user: { id: string; name: string; email: string; emailVerified: boolean; updatedAt: Date };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    password: string | null;
    updatedAt: Date;
  };
  session: { id: string; token: string; userId: string };
  organization: { id: string; name: string; slug: string; createdAt: Date };
  member: { id: string; organizationId: string; userId: string; role: string; createdAt: Date };
  deviceCode: {
    id: string;
    deviceCode: string;
    userCode: string;
    userId: string | null;
    expiresAt: Date;
    status: string;
    scope: string | null;
    lastPolledAt: Date | null;
  };
  workspace: { id: string; epoch: string; seq: number; created_at: Date };
  device: {
    workspace_id: string;
    id: string;
    member_id: string;
    name: string;
    token_hash: Uint8Array | null;
    created_at: Date;
    last_seen_at: Date | null;
    revoked_at: Date | null;
  };
  link: {
    workspace_id: string;
    token_hash: Uint8Array;
    purpose: 'setup' | 'invitation';
    member_id: string | null;
    email: string | null;
    role: string;
    created_at: Date;
    expires_at: Date;
    used_at: Date | null;
  };
};

type Generated<T> = import('kysely').Generated<T>;
type WithDefaults<T, K extends keyof T> = Omit<T, K> & { [P in K]: Generated<T[P]> };

export type Database = {
  user: Tables['user'];
  account: Tables['account'];
  session: Tables['session'];
  organization: Tables['organization'];
  member: Tables['member'];
  deviceCode: Tables['deviceCode'];
  workspace: WithDefaults<Tables['workspace'], 'seq' | 'created_at'>;
  device: WithDefaults<Tables['device'], 'created_at' | 'last_seen_at' | 'revoked_at'>;
  link: WithDefaults<Tables['link'], 'created_at' | 'used_at'>;
};

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

/** `onError`: a connection that broke while idle, e.g. because PostgreSQL restarted. */
export function openPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'unsaid',
    types: { getTypeParser },
  });
  pool.on('error', onError);
  return pool;
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

const INT8 = 20;

/** bigint as number: counts and sequence numbers stay far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  oid === INT8 && format !== 'binary'
    ? Number
    : pg.types.getTypeParser(oid, format as 'text' | undefined);
