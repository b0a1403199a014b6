import type { Status } from '../messages/index.ts';
import { readSync } from '../store/index.ts';
import type { World } from './world.ts';

export async function statusOf(world: World): Promise<Status> {
  const { db, connection } = await world.current();
  const state = await readSync(db);
  const locks = await navigator.locks.query();
  return {
    connection:
      connection === null
        ? null
        : { server: connection.server, workspace: connection.workspace, member: connection.member },
    unsynced: await db.count('outbox'),
    attention: await db.count('attention'),
    keptHere: await countCards(db),
    syncing: (locks.held ?? []).some(({ name }) => name === 'unsaid-sync'),
    offlineSince: state.offlineSince,
    problem: state.problem,
    signedOut: state.signedOut,
  };
}

async function countCards(db: Awaited<ReturnType<World['current']>>['db']): Promise<number> {
  let count = 0;
  for (const kind of ['expectation', 'note', 'commitment']) {
    count += await db.countFromIndex('kept', 'kind', kind);
  }
  return count;
}
