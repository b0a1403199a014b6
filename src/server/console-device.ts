// The console writes as everybody does: sealed changes in a chain. Each member has a device "Console"
// whose chain stands in the database, since a browser tab keeps nothing.
import { randomBytes } from 'node:crypto';
import { type Chain, type Draft, newChain, observe, seal, ZERO_TIME } from '../ledger/index.ts';
import type { Membership } from './accounts/members.ts';
import type { Tx } from './database.ts';
import { nodeHasher } from './hasher.ts';
import { freshId } from './ids.ts';
import { append } from './sync/append.ts';
import { assessedOwn } from './sync/assess.ts';

const AT_ONCE = 1_000;
const source = { now: Date.now, random: (bytes: number) => randomBytes(bytes) };

/** Writes drafts as the member and returns the workspace's new number of leaves. */
export async function writeFromConsole(
  tx: Tx,
  { workspace, member }: Membership,
  drafts: Draft[],
): Promise<number> {
  // The order in which everybody locks: the workspace first.
  const { seq } = await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  let chain = await consoleChain(tx, workspace.id, member.id);
  let size = seq;
  for (let from = 0; from < drafts.length; from += AT_ONCE) {
    const sealed = drafts.slice(from, from + AT_ONCE).map((draft) => {
      const one = seal(nodeHasher, source, chain, draft);
      chain = one.chain;
      return assessedOwn(one.change);
    });
    const appended = await append(tx, workspace.id, sealed, source.now);
    size = appended.size;
    for (const { result, rank, reason } of appended.results) {
      // Whoever drafts checks first: nobody would see a change of the console's need attention.
      if (result !== 'accepted')
        throw new Error(`a draft of the console's was not accepted: ${reason}`);
      if (rank !== undefined) chain = { ...chain, clock: observe(chain.clock, rank) };
    }
  }
  await tx
    .updateTable('device')
    .set({ chain, last_seen_at: new Date() })
    .where('workspace_id', '=', workspace.id)
    .where('id', '=', chain.device)
    .execute();
  return size;
}

async function consoleChain(tx: Tx, workspace: string, member: string): Promise<Chain> {
  const row = await tx
    .selectFrom('device')
    .select('chain')
    .where('workspace_id', '=', workspace)
    .where('member_id', '=', member)
    .where('kind', '=', 'console')
    .executeTakeFirst();
  if (row?.chain) return row.chain;
  const chain = newChain(workspace, freshId(), member, ZERO_TIME);
  await tx
    .insertInto('device')
    .values({
      workspace_id: workspace,
      id: chain.device,
      member_id: member,
      name: 'Console',
      kind: 'console',
      chain,
    })
    .execute();
  return chain;
}
