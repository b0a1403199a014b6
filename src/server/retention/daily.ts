// The run that every server process does once a day. Several processes do no harm: the second finds
// nothing left.
import type { ServerContext } from '../context.ts';
import { workspacesOf } from '../erasure/list.ts';
import { runRetention } from './run.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** After a start: not while everything else is starting too. */
const FIRST_MS = 60_000;

/** Returns how to stop it; what is running then is waited for. */
export function startDailyRetention(server: ServerContext): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(due, FIRST_MS);
  timer.unref();

  function due() {
    timer = setTimeout(due, DAY_MS);
    timer.unref();
    running = retainAll(server, Date.now()).catch((error: unknown) => {
      server.log.error({ error }, 'retention failed; it is tried again tomorrow');
    });
  }
  return async () => {
    clearTimeout(timer);
    await running;
  };
}

async function retainAll(server: ServerContext, now: number): Promise<void> {
  for (const workspace of await workspacesOf(server.db)) {
    const { counts, size, refused } = await runRetention(
      server.db,
      workspace,
      server.customers,
      now,
    );
    if (refused !== null) server.log.warn({ workspace }, refused);
    if (size === null) continue;
    server.log.info({ workspace, counts }, 'retention');
    server.pokes.poke(workspace, size);
  }
  await server.erasures.keep(server.db);
}
