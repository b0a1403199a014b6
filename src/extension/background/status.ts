import type { Status } from '../messages/index.ts';
import { countKept, type Finding, readSync, type WorkspaceDb } from '../store/index.ts';
import { countUnread } from './attention.ts';
import { countStrangers } from './devices.ts';
import { knowledgeProblem } from './knowledge.ts';
import type { World } from './world.ts';

const CARDS = ['expectation', 'note', 'commitment'];

export async function statusOf(world: World): Promise<Status> {
  const here = await world.current();
  const { db, connection } = here;
  const state = await readSync(db);
  const locks = await navigator.locks.query();
  return {
    connection:
      connection === null
        ? null
        : { server: connection.server, workspace: connection.workspace, member: connection.member },
    unsynced: await countUnsynced(db),
    attention: await countUnread(here),
    keptHere: await countCards(db),
    syncing: (locks.held ?? []).some(({ name }) => name === 'unsaid-sync'),
    offlineSince: state.offlineSince,
    problem: state.problem,
    refusedSites: await knowledgeProblem(world),
    signedOut: state.signedOut,
    progress: state.progress ?? null,
    finding: await findingIn(db),
    strangers: await countStrangers(here),
  };
}

async function findingIn(db: WorkspaceDb): Promise<Pick<Finding, 'found' | 'since'> | null> {
  const finding = (await db.get('meta', 'finding')) as Finding | null | undefined;
  return finding ? { found: finding.found, since: finding.since } : null;
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
