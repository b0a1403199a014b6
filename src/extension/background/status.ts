import type { Status } from '../messages/index.ts';
import { countKept, countPending, readSync, type WorkspaceDb } from '../store/index.ts';
import { countUnread } from './attention.ts';
import { countStrangers } from './devices.ts';
import { integrityOf } from './integrity.ts';
import { knowledgeProblem } from './knowledge.ts';
import { backupDue } from './search/backup.ts';
import { isSyncing } from './sync.ts';
import type { World } from './world.ts';

const CARDS = ['expectation', 'note', 'commitment'];

export async function statusOf(world: World): Promise<Status> {
  const here = await world.current();
  const { db, connection } = here;
  const state = await readSync(db);
  return {
    connection:
      connection === null
        ? null
        : { server: connection.server, workspace: connection.workspace, member: connection.member },
    unsynced: await countPending(db, CARDS),
    attention: await countUnread(here),
    keptHere: await countCards(db),
    syncing: isSyncing(world),
    offlineSince: state.offlineSince,
    problem: state.problem,
    refusedSites: await knowledgeProblem(world),
    signedOut: state.signedOut,
    progress: state.progress ?? null,
    finding: connection === null ? null : await integrityOf(db),
    unsigned: connection === null ? null : (state.unsigned ?? null),
    strangers: await countStrangers(here),
    unsavedSince: await backupDue(world),
  };
}

async function countCards(db: WorkspaceDb): Promise<number> {
  let count = 0;
  for (const kind of CARDS) {
    count += await countKept(db, kind);
  }
  return count;
}
