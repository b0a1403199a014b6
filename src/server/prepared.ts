// Statements that pushes ask all the time are prepared, once on each connection: planning them anew
// took PostgreSQL a quarter of what a push costs it.
import type pg from 'pg';

type Compiled = { readonly sql: string };

/** Text → the name that it goes by on every connection. */
const names = new Map<string, string>();
/** A connection keeps the plan of each. Those that come later are asked as any other. */
const MOST_NAMES = 150;

/**
 * The same query, of whose text there are few: values are its parameters. PostgreSQL soon plans it for
 * whatever they are, so it has to find its rows by a key.
 */
export function prepared<Q extends Compiled>(query: { compile(): Q }): { compile(): Q } {
  return {
    compile() {
      const compiled = query.compile();
      nameOf(compiled.sql);
      return compiled;
    },
  };
}

/** For a text that is asked without a query's builder. */
export function preparedText(text: string): string {
  nameOf(text);
  return text;
}

function nameOf(text: string): void {
  if (!names.has(text) && names.size < MOST_NAMES) names.set(text, `unsaid_${names.size}`);
}

const WHERE_IT_LEADS = `SELECT pg_backend_pid() AS pid,
  EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS citus`;

type Ask = (...given: unknown[]) => unknown;

/**
 * From now on this connection prepares what is named, if it leads to PostgreSQL itself: a pooler hands
 * transactions to other connections, which know of no such name. And not where Citus is: a plan for
 * whatever the values are does not know which of its nodes has the rows.
 */
export function prepareOn(client: pg.ClientBase): void {
  const ask = client.query.bind(client) as Ask;
  let isDirect = false;
  client.query = ((...given: unknown[]) => {
    const [text, values, ...rest] = given;
    const name = isDirect && typeof text === 'string' ? names.get(text) : undefined;
    return name === undefined ? ask(...given) : ask({ name, text, values }, ...rest);
  }) as typeof client.query;
  const told = ask(WHERE_IT_LEADS) as Promise<pg.QueryResult<{ pid: number; citus: boolean }>>;
  told.then(
    ({ rows: [there] }) => {
      isDirect = there !== undefined && there.pid === pidOf(client) && !there.citus;
    },
    // Whoever asks next hears what is wrong.
    () => undefined,
  );
}

/** The process that answers, as it named itself when the connection was made; a pooler makes one up. */
function pidOf(client: pg.ClientBase): unknown {
  return (client as pg.ClientBase & { processID?: unknown }).processID;
}
