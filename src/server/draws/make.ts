// Announcing and drawing, each a transaction of its own: for whoever asks (routes.ts) and for
// programmes whose day has come.
import { AuditError, type Member } from '../../audit/index.ts';
import type { Draw } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace, type Tx } from '../database.ts';
import { signLog } from '../log/checkpoints.ts';
import { type Announcement, announce, type Done, drawNow, readDraw } from './store.ts';

/** What drawing needs of the server. */
export type Drawing = Pick<ServerContext, 'db' | 'pokes' | 'checkpoints' | 'logKey'>;

/**
 * Announces, and tells the others. `list` gives the population and how it is drawn; it is asked
 * before anybody has to wait. `isWanted` is asked when nobody else can write any more.
 * @returns the draw's id, or null where it is not wanted any more
 * @throws AuditError in words where it asks for more than there are.
 */
export async function announceDraw(
  server: Drawing,
  asker: Asker,
  list: (tx: Tx) => Promise<{ members: readonly Member[]; wish: Announcement }>,
  isWanted: (tx: Tx) => Promise<boolean> = async () => true,
): Promise<string | null> {
  const { id: workspace } = asker.workspace;
  const announced = await inWorkspace(server.db, workspace, async (tx) => {
    const { members, wish } = await list(tx);
    const { size } = wish.method;
    if (members.length === 0) throw new AuditError('Nothing fits this filter.');
    if (size > members.length) {
      throw new AuditError(`${size} cannot be drawn from ${members.length}.`);
    }
    await lockWorkspace(tx, workspace);
    return (await isWanted(tx)) ? announce(tx, asker, members, wish) : null;
  });
  if (announced !== null) server.pokes.poke(workspace, announced.size);
  return announced?.id ?? null;
}

/** Signs the log as it stands and draws by that, in one transaction; null for an unknown draw. */
export function finishDraw(
  server: Drawing,
  asker: Asker,
  id: string,
): Promise<(Done & { draw: Draw | null }) | null> {
  const before = server.checkpoints.before(asker.workspace.id);
  return actOnDraw(server, asker, id, async (tx, found) => {
    const signed = await signLog(tx, server, before);
    if (!signed.ok) return { ok: false, words: signed.words };
    return drawNow(tx, asker, found, signed.checkpoint);
  });
}

/** Acts on one draw, whose state nobody else changes meanwhile; answers it as it is then. */
export async function actOnDraw(
  server: Drawing,
  { workspace }: Asker,
  id: string,
  act: (tx: Tx, found: Draw) => Promise<Done>,
): Promise<(Done & { draw: Draw | null }) | null> {
  const done = await inWorkspace(server.db, workspace.id, async (tx) => {
    await lockWorkspace(tx, workspace.id);
    const found = await readDraw(tx, workspace.id, id);
    if (found === null) return null;
    const result = await act(tx, found);
    return { ...result, draw: result.ok ? await readDraw(tx, workspace.id, id) : found };
  });
  if (done?.ok) server.pokes.poke(workspace.id, done.size);
  return done;
}

async function lockWorkspace(tx: Tx, workspace: string): Promise<void> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
}
