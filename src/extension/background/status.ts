import type { Status } from '../messages/index.ts';
import { countKept, readSync, type WorkspaceDb } from '../store/index.ts';
import { knowledgeProblem } from './knowledge.ts';
import type { World } from './world.ts';

const CARDS = ['expectation', 'note', 'commitment'];

export async function statusOf(world: World): Promise<Status> {
  const { db, connection } = await world.current();
  const state = await readSync(db);
  const locks = await navigator.locks.query();
  return {
    connection:
      connection === null
        ? null
        : { server: connection.server, workspace: connection.workspace, member: connection.member },
    unsynced: await countUnsynced(db),
    attention: await db.count('attention'),
    keptHere: await countCards(db),
    syncing: (locks.held ?? []).some(({ name }) => name === 'unsaid-sync'),
    offlineSince: state.offlineSince,
    problem: state.problem,
    refusedSites: await knowledgeProblem(world),
    signedOut: state.signedOut,
  };
}

/**
 * What a person would count: cards with changes the server does not have. The customer, contact or
 * interaction that a capture creates beside it counts only when no card does, so a mail logged by
 * itself counts as every record it wrote.
 */
async function countUnsynced(db: WorkspaceDb): Promise<number> {
  const pending = new Map<string, string>();
  for (const { kind, record } of await db.getAll('outbox')) pending.set(`${kind}/${record}`, kind);
  const kinds = [...pending.values()];
  const cards = kinds.filter((kind) => CARDS.includes(kind)).length;
  return cards > 0 ? cards : kinds.length;
}

async function countCards(db: WorkspaceDb): Promise<number> {
  let count = 0;
  for (const kind of CARDS) {
    count += await countKept(db, kind);
  }
  return count;
}
