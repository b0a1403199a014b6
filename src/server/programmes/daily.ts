// The run that every server process does: a draw is made on the day it is due. Looked at every hour,
// since a day begins at another time everywhere; nearly always there is nothing to do.
import type { ServerContext } from '../context.ts';
import { workspacesOf } from '../erasure/list.ts';
import { runProgrammes } from './run.ts';

const HOUR_MS = 60 * 60 * 1000;
/** After a start: not while everything else is starting too. */
const FIRST_MS = 90_000;

/** Returns how to stop it; what is running then is waited for. */
export function startProgrammes(server: ServerContext, firstMs = FIRST_MS): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(due, firstMs);
  timer.unref();

  function due() {
    timer = setTimeout(due, HOUR_MS);
    timer.unref();
    running = runAll(server, Date.now()).catch((error: unknown) => {
      server.log.error({ error }, 'programmes failed; they are tried again in an hour');
    });
  }
  return async () => {
    clearTimeout(timer);
    await running;
  };
}

async function runAll(server: ServerContext, now: number): Promise<void> {
  for (const workspace of await workspacesOf(server.db)) {
    const { drawn, waiting, failed } = await runProgrammes(server, workspace, now);
    if (drawn.length > 0) server.log.info({ workspace, draws: drawn.length }, 'programmes');
    for (const { programme, words } of waiting) {
      server.log.info({ workspace, programme }, `a programme waits: ${words}`);
    }
    for (const one of failed) {
      server.log.error({ workspace, ...one }, 'a programme failed; it is tried again in an hour');
    }
  }
}
