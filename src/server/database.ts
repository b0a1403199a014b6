// The tables as TypeScript sees them, and the pool. SQL stays at the level of PostgreSQL 15.
import {
  type ColumnType,
  CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  type Generated,
  Kysely,
  type PostgresCursorConstructor,
  PostgresDialect,
  Transaction,
} from 'kysely';
import pg from 'pg';
import type { DraftContent, DrawUnit, Json, RecordState } from '../domain/index.ts';
import type { Chain } from '../ledger/index.ts';
import { APP_ROLE } from './app-role.ts';
import { type Binding, bindInPieces } from './bind.ts';
import { CopyOut } from './exports/copy-out.ts';
import type { ExportWish } from './exports/wish.ts';
import { prepareOn } from './prepared.ts';

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
  member: {
    id: string;
    organizationId: string;
    userId: string;
    role: string;
    createdAt: Date;
    deactivatedAt: Date | null;
  };
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
  workspace: {
    id: string;
    epoch: string;
    seq: number;
    clock: string;
    frontier: Uint8Array | null;
    origin: string | null;
    created_at: Date;
  };
  device: {
    workspace_id: string;
    id: string;
    member_id: string;
    name: string;
    kind: 'browser' | 'console';
    token_hash: Uint8Array | null;
    created_at: Date;
    last_seen_at: Date | null;
    revoked_at: Date | null;
    chain: Chain | null;
    cursor: number | null;
  };
  follow: {
    workspace_id: string;
    member_id: string;
    mode: 'all' | 'chosen';
    customers: string[];
  };
  erased: { workspace_id: string; record: string; kind: string; seq: number };
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
  reminder_choice: {
    workspace_id: string;
    member_id: string;
    mail: boolean;
    words: boolean;
    zone: string;
  };
  reminder_mail: {
    workspace_id: string;
    member_id: string;
    day: string;
    named: ColumnType<{ [key: string]: string }, string, string>;
    taken_at: Date;
    sent_at: Date | null;
  };
  draw: { workspace_id: string; audit_id: string; nonce: Buffer; population: string };
  export_job: {
    workspace_id: string;
    id: string;
    member_id: string;
    role: string;
    schedule_id: string | null;
    wish: ColumnType<ExportWish, string, string>;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    tries: number;
    runner: string | null;
    lease_until: Date | null;
    size: number | null;
    row_count: number;
    row_total: number | null;
    byte_count: number;
    file_name: string | null;
    content_type: string | null;
    sha256: string | null;
    store: string | null;
    path: string | null;
    words: string | null;
    created_at: Date;
    started_at: Date | null;
    ended_at: Date | null;
    keep_until: Date | null;
  };
  export_schedule: {
    workspace_id: string;
    id: string;
    member_id: string;
    name: string;
    folder: string;
    wish: ColumnType<ExportWish, string, string>;
    every: 'day' | 'week' | 'month';
    on_day: number;
    hour: number;
    zone: string;
    keep: number;
    paused: boolean;
    last_day: string;
    last_job: string | null;
    created_at: Date;
    updated_at: Date;
  };
  export_choice: {
    workspace_id: string;
    id: string;
    member_id: string;
    name: string;
    shared: boolean;
    wish: ColumnType<ExportWish, string, string>;
    updated_at: Date;
  };
  review_draft: {
    workspace_id: string;
    id: string;
    audit_id: string;
    unit: DrawUnit;
    subject: string;
    reviewer: string;
    blind: boolean;
    standards: string[];
    content: ColumnType<DraftContent, string, string>;
    seen: number;
    started_at: Date;
    updated_at: Date;
  };
  log_leaf: {
    workspace_id: string;
    seq: number;
    id: string;
    device: string;
    n: number;
    author: string;
    kind: string;
    record: string;
    leaf: Uint8Array;
    body: Uint8Array | null;
    salt: string | null;
    folded: boolean;
    problem: string | null;
    reveals: boolean;
  };
  log_tile: {
    workspace_id: string;
    level: number;
    idx: number;
    hashes: Uint8Array;
    root: Uint8Array;
  };
  log_signature: { workspace_id: string; device: string; n: number; signature: Uint8Array };
  log_report: {
    workspace_id: string;
    id: string;
    device: string;
    member: string;
    found: string;
    pinned: string | null;
    told: string | null;
    seq: number | null;
    received: Date;
  };
  stray_change: {
    workspace_id: string;
    id: string;
    envelope_hash: string;
    device: string;
    envelope: Uint8Array;
    body: Uint8Array | null;
    salt: string | null;
    problem: string;
    received: Date;
  };
  record: {
    workspace_id: string;
    kind: string;
    id: string;
    /** null: told by fields and provenance (sync/provenance.ts) */
    state: RecordState | null;
    provenance: string | null;
    fields: { [field: string]: Json };
    visibility: 'workspace' | 'managers';
    author: string;
    deleted: boolean;
    written: string;
    updated: string;
    customer: string | null;
    project: string | null;
    interaction: string | null;
    words: string;
  };
};

type WithDefaults<T, K extends keyof T> = Omit<T, K> & { [P in K]: Generated<T[P]> };

export type Database = {
  user: Tables['user'];
  account: Tables['account'];
  session: Tables['session'];
  organization: Tables['organization'];
  member: WithDefaults<Tables['member'], 'deactivatedAt'>;
  deviceCode: Tables['deviceCode'];
  workspace: WithDefaults<
    Tables['workspace'],
    'seq' | 'clock' | 'frontier' | 'origin' | 'created_at'
  >;
  device: WithDefaults<
    Tables['device'],
    'kind' | 'created_at' | 'last_seen_at' | 'revoked_at' | 'chain' | 'cursor'
  >;
  follow: Tables['follow'];
  erased: Tables['erased'];
  link: WithDefaults<Tables['link'], 'created_at' | 'used_at'>;
  reminder_choice: Tables['reminder_choice'];
  reminder_mail: WithDefaults<Tables['reminder_mail'], 'sent_at'>;
  draw: Tables['draw'];
  export_job: WithDefaults<
    Tables['export_job'],
    | 'schedule_id'
    | 'tries'
    | 'runner'
    | 'lease_until'
    | 'size'
    | 'row_count'
    | 'row_total'
    | 'byte_count'
    | 'file_name'
    | 'content_type'
    | 'sha256'
    | 'store'
    | 'path'
    | 'words'
    | 'started_at'
    | 'ended_at'
    | 'keep_until'
  >;
  export_schedule: WithDefaults<Tables['export_schedule'], 'last_job'>;
  export_choice: Tables['export_choice'];
  review_draft: Tables['review_draft'];
  log_leaf: Tables['log_leaf'];
  log_tile: Tables['log_tile'];
  log_signature: Tables['log_signature'];
  log_report: WithDefaults<Tables['log_report'], 'received'>;
  stray_change: WithDefaults<Tables['stray_change'], 'received'>;
  record: Tables['record'];
};

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

/**
 * `onError`: a connection that broke while idle, e.g. because PostgreSQL restarted. Queries are sent
 * as they are asked, without waiting for those before (see `together`).
 */
export function openPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'unsaid',
    pipeline: true,
    types: { getTypeParser },
  });
  pool.on('error', onError);
  // One that breaks while somebody has it, between two of its queries: the next query says so, but
  // an error that nobody hears ends the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    const gathering = client as unknown as Gathering;
    gatherWrites(gathering);
    bindInPieces(gathering.connection);
    prepareOn(client);
  });
  return pool;
}

/** What the driver's types do not tell of. */
type Gathering = Pick<pg.PoolClient, 'query'> & { connection: Binding };

/**
 * What is asked in one turn of the event loop goes out in one piece: else each statement costs a call
 * of the system here, and wakes PostgreSQL.
 */
function gatherWrites(client: Gathering) {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    const { stream } = client.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    return query(...given);
  }) as typeof client.query;
}

/**
 * `oneMachine`: the database is known to be spread over no others, and takes statements that Citus
 * would not (see `hasCitus`).
 */
export function openDatabase(pool: pg.Pool, { oneMachine = false } = {}): Db {
  // Nothing is read row by row by cursors: what streams is copied out (exports/copied.ts).
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool, cursor: CopyOut as unknown as PostgresCursorConstructor }),
  });
  if (oneMachine) onOneMachine.add(db);
  return db;
}

/** Whether tables of this database may be spread over other machines. */
export async function hasCitus(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`);
  return rows.length > 0;
}

/** Databases, and transactions on them. */
const onOneMachine = new WeakSet<Db>();

export function isOneMachine(tx: Tx): boolean {
  return onOneMachine.has(tx);
}

/** A query as the builder has it, or one written by hand. */
export type Query<Row = unknown> = { compile(): CompiledQuery<Row> };

type RowsOf<Queries extends readonly Query[]> = {
  -readonly [At in keyof Queries]: Queries[At] extends Query<infer Row> ? Row[] : never;
};

/**
 * Asks these one behind the other without waiting in between: PostgreSQL answers them in this order,
 * and to the network it is one question. Rejects with the first that failed.
 */
export function together<const Queries extends readonly Query[]>(
  tx: Tx,
  queries: Queries,
): Promise<RowsOf<Queries>> {
  return tx.getExecutor().provideConnection((connection) => askAll(connection, queries));
}

async function askAll<const Queries extends readonly Query[]>(
  connection: DatabaseConnection,
  queries: Queries,
): Promise<RowsOf<Queries>> {
  const answers = queries.map((query) => connection.executeQuery(query.compile()));
  return (await Promise.all(answers)).map(({ rows }) => rows) as RowsOf<Queries>;
}

/** A statement without an answer, as a query. */
export function statement(text: string, parameters: unknown[] = []): Query<never> {
  return { compile: () => CompiledQuery.raw(text, parameters) as CompiledQuery<never> };
}

/** Asks these, and commits behind them without waiting for their answers. Nothing comes after. */
export type Commit = <const Queries extends readonly Query[]>(
  ...last: Queries
) => Promise<RowsOf<Queries>>;

export type WithinOptions = {
  /** One snapshot for all statements (repeatable read); by default each sees what is committed. */
  snapshot?: boolean;
};

/**
 * Runs `work` in a transaction that sees and writes rows of this workspace alone: it runs as a role
 * that the tables' policies hold for (0005_walls.sql). Every query on a table that has a
 * `workspace_id` (and on `workspace` itself) goes through here, and filters by the workspace as well;
 * outside, an account that is no superuser sees none of their rows. Accounts (user, session, member,
 * organization …) may be read and written here too. Not to be nested: what calls it hands its `tx`
 * down. Commits when `work` resolves, if it did not itself with `commit`; rolls back when it rejects.
 */
export async function inWorkspace<T>(
  db: Db,
  workspace: string,
  work: (tx: Tx, commit: Commit) => Promise<T>,
  options: WithinOptions = {},
): Promise<T> {
  if (db.isTransaction) throw new Error('a transaction is open already: hand it down');
  const opening = openingOf(workspace, options).map((text) => statement(text));
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
    let ended = false;
    // Sent ahead of the first question, and not waited for before it.
    const opened = askAll(connection, opening);
    opened.catch(() => undefined);
    const ask = async <R>(use: (connection: DatabaseConnection) => Promise<R>): Promise<R> => {
      // The connection serves others afterwards: a query nobody waited for must not reach them.
      if (ended) throw new Error('the transaction has ended');
      const answer = use(connection);
      answer.catch(() => undefined);
      // What failed first is the one to know.
      await opened;
      return answer;
    };
    const tx = new Transaction<Database>({
      ...NO_OTHER_CONNECTION,
      executor: executor.withConnectionProvider({ provideConnection: ask }),
    });
    if (onOneMachine.has(db)) onOneMachine.add(tx);
    const commit: Commit = async (...last) => {
      const answer = ask((own) => askAll(own, [...last, statement('COMMIT')]));
      ended = true;
      return (await answer).slice(0, -1) as RowsOf<typeof last>;
    };
    try {
      const result = await work(tx, commit);
      if (!ended) await commit();
      return result;
    } catch (error) {
      ended = true;
      // When the connection is gone, so is the transaction; the first error is the one to know.
      await askAll(connection, [statement('ROLLBACK')]).catch(() => undefined);
      throw error;
    } finally {
      ended = true;
    }
  });
}

/**
 * SET LOCAL and not set_config(), which Citus keeps from its workers; that takes no parameters, so the
 * value is checked to be an id. One by one, since Citus hands its workers the whole text that a SET
 * LOCAL came in.
 */
function openingOf(workspace: string, { snapshot = false }: WithinOptions): string[] {
  if (!UUID.test(workspace)) throw new Error('a workspace is named by its id');
  return [
    `BEGIN ISOLATION LEVEL ${snapshot ? 'REPEATABLE READ' : 'READ COMMITTED'}`,
    `SET LOCAL ROLE ${APP_ROLE}`,
    `SET LOCAL unsaid.workspace = '${workspace}'`,
  ];
}

/** A transaction works through its executor; it never opens, closes or looks at another one. */
const NO_OTHER_CONNECTION = (() => {
  const dialect = new PostgresDialect({
    pool: () => Promise.reject(new Error('a transaction has one connection')),
  });
  return { config: { dialect }, dialect, driver: new DummyDriver() };
})();

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const INT8 = 20;

/** bigint as number: counts and sequence numbers stay far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  oid === INT8 && format !== 'binary'
    ? Number
    : pg.types.getTypeParser(oid, format as 'text' | undefined);
