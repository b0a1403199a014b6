// The role that requests run as: neither owner of the tables nor exempt from their policies. Roles
// belong to the whole PostgreSQL cluster, so migrations of one database can only make it if missing.
import type pg from 'pg';

export const APP_ROLE = 'unsaid_app';

/**
 * Sees to it that the role is there and that this connection's account may take it. Needs a
 * transaction. Rejects in words, with what an administrator has to run, when it may do neither.
 */
export async function ensureAppRole(client: pg.ClientBase): Promise<void> {
  const found = await roleOf(client);
  if (!found) await attempt(client, `CREATE ROLE ${APP_ROLE} NOLOGIN`);
  const role = await roleOf(client);
  if (!role) throw new Error(await whatToRun(client));
  if (role.rolsuper || role.rolbypassrls) {
    throw new Error(
      `The role ${APP_ROLE} would see every workspace. Ask an administrator of PostgreSQL to run once:
  ALTER ROLE ${APP_ROLE} NOSUPERUSER NOBYPASSRLS;`,
    );
  }
  if (await attempt(client, `SET LOCAL ROLE ${APP_ROLE}`)) return;
  await attempt(client, `GRANT ${APP_ROLE} TO CURRENT_USER`);
  if (!(await attempt(client, `SET LOCAL ROLE ${APP_ROLE}`))) {
    throw new Error(await whatToRun(client));
  }
}

type Role = { rolsuper: boolean; rolbypassrls: boolean };

async function roleOf(client: pg.ClientBase): Promise<Role | undefined> {
  const { rows } = await client.query<Role>(
    'SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = $1',
    [APP_ROLE],
  );
  return rows[0];
}

/** Not allowed, or somebody else was quicker: another database's migrations run beside these. */
const EXPECTED = new Set(['42501', '42710', '23505', 'XX000']);

/** Runs it by itself; false when it is not allowed. `SET LOCAL ROLE` is only tried. */
async function attempt(client: pg.ClientBase, statement: string): Promise<boolean> {
  await client.query('SAVEPOINT attempt');
  try {
    await client.query(statement);
    if (statement.startsWith('SET')) await client.query('ROLLBACK TO attempt');
    return true;
  } catch (error) {
    await client.query('ROLLBACK TO attempt');
    if (EXPECTED.has(String((error as { code?: unknown }).code))) return false;
    throw error;
  }
}

async function whatToRun(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ account: string }>(
    `SELECT format('%I', current_user) AS account`,
  );
  return `This account of PostgreSQL may not make the role ${APP_ROLE}, which keeps workspaces apart. \
Ask an administrator of PostgreSQL to run once, then start again:
  CREATE ROLE ${APP_ROLE} NOLOGIN;   -- unless it is there
  GRANT ${APP_ROLE} TO ${rows[0]?.account};`;
}
