// Tells listeners of a workspace its new number of leaves, after the commit: at once in this process,
// and by way of PostgreSQL's NOTIFY in the others that share the database.
import pg from 'pg';
import type { Logger } from 'pino';
import { preparedText } from '../prepared.ts';

export type PokeHub = {
  poke(workspace: string, size: number): void;
  /** `listener` is called at most once per turn with the newest size; returns how to stop. */
  listen(workspace: string, listener: (size: number) => void): () => void;
  /** Ends every stream: the server is stopping. */
  close(): void;
  readonly closed: AbortSignal;
};

/** How processes that share a database hear of each other. */
export type Relay = {
  /** Tells the other processes; what fails is lost, and devices ask every few minutes anyway. */
  send(sizes: readonly (readonly [workspace: string, size: number])[]): void;
  /** `heard` is told what others sent, and that something may have been missed (null). */
  start(heard: (workspace: string, size: number | null) => void): void;
  close(): Promise<void>;
};

/** A hub within one process, and its relay to the others. */
export function createPokeHub(relay: Relay | null = null): PokeHub {
  const rooms = new Map<string, Set<(size: number) => void>>();
  /** workspace → newest size, not told yet */
  const waiting = new Map<string, number>();
  /** The same, of what this process wrote itself. */
  const own = new Map<string, number>();
  const closing = new AbortController();

  const flush = () => {
    const sizes = [...waiting];
    waiting.clear();
    for (const [workspace, size] of sizes) {
      for (const listener of [...(rooms.get(workspace) ?? [])]) listener(size);
    }
    if (relay && own.size > 0) relay.send([...own]);
    own.clear();
  };
  const tell = (workspace: string, size: number) => {
    if (waiting.size === 0) setImmediate(flush);
    waiting.set(workspace, Math.max(size, waiting.get(workspace) ?? 0));
  };

  relay?.start((workspace, size) => {
    if (size !== null) return tell(workspace, size);
    // The size is not known: whoever listens asks, and finds out.
    for (const room of rooms.keys()) tell(room, 0);
  });
  return {
    poke(workspace, size) {
      tell(workspace, size);
      own.set(workspace, Math.max(size, own.get(workspace) ?? 0));
    },
    listen(workspace, listener) {
      const room = rooms.get(workspace) ?? new Set();
      rooms.set(workspace, room.add(listener));
      return () => {
        room.delete(listener);
        if (room.size === 0) rooms.delete(workspace);
      };
    },
    close() {
      closing.abort();
      void relay?.close();
    },
    closed: closing.signal,
  };
}

const CHANNEL = 'unsaid_pokes';
const TELL = preparedText('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload');
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Relays by LISTEN on a connection of its own, and NOTIFY on `pool`, outside the transactions that
 * write: inside, NOTIFY would make them commit one after the other. `url` must reach PostgreSQL
 * itself, not a pooler that shares connections.
 */
export function postgresRelay(pool: Pick<pg.Pool, 'query'>, url: string, log: Logger): Relay {
  /** Tells one's own messages apart, which were heard before they were sent. */
  const self = crypto.randomUUID();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let sending: Promise<unknown> | null = null;
  const unsent = new Map<string, number>();

  const sendNow = () => {
    const sizes = [...unsent];
    unsent.clear();
    const payload = sizes.map(([workspace, size]) => `${self} ${workspace} ${size}`);
    sending = pool
      .query(TELL, [CHANNEL, payload])
      .catch((error: unknown) => log.warn({ error }, 'other servers were not told'))
      .finally(() => {
        sending = null;
        if (unsent.size > 0 && !closed) sendNow();
      });
  };

  const connect = (wait: number, heard: Parameters<Relay['start']>[0]) => {
    if (closed) return;
    const one = new pg.Client({ connectionString: url, application_name: 'unsaid pokes' });
    client = one;
    let over = false;
    const again = (error?: unknown) => {
      if (over || closed) return;
      over = true;
      log.warn({ error }, 'not hearing other servers');
      void one.end().catch(() => undefined);
      timer = setTimeout(() => connect(Math.min(2 * wait, LONGEST_WAIT_MS), heard), wait);
    };
    one.on('error', again);
    one.on('end', () => again());
    one.on('notification', ({ payload = '' }) => {
      const [from, workspace = '', size = ''] = payload.split(' ');
      if (from !== self && /^\d{1,15}$/.test(size)) heard(workspace, Number(size));
    });
    one
      .connect()
      .then(() => one.query(`LISTEN ${CHANNEL}`))
      .then(() => {
        wait = FIRST_WAIT_MS;
        heard('', null);
      })
      .catch(again);
  };

  return {
    send(sizes) {
      for (const [workspace, size] of sizes) unsent.set(workspace, size);
      // One at a time: what comes meanwhile goes together.
      if (sending === null && !closed) sendNow();
    },
    start: (heard) => connect(FIRST_WAIT_MS, heard),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
