// Checkpoints: what the server commits to, signed when asked for (SPEC 9). It never signs a tree that
// does not begin with the largest one it has signed or was shown.
import type { Logger } from 'pino';
import {
  type Checkpoint,
  checkpointText,
  consistencyProof,
  type HashReader,
  openNote,
  parseCheckpoint,
  rootOf,
  signNote,
  subtreesOf,
  toBase64,
} from '../../ledger/index.ts';
import type { Tx } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import type { LogKey } from '../log-key.ts';
import { frontierOf } from './frontier.ts';
import { readerOfLog } from './hashes.ts';
import type { Largest, Seen } from './largest.ts';
import { beginnings, originOf } from './origin.ts';
import { verifyEd25519 } from './verify-ed25519.ts';

export type Signed =
  | { ok: true; checkpoint: string; size: number; consistency: string[] | null }
  /** Why there is none, in words for people. */
  | { ok: false; words: string };

/** What was known before the database was asked: see `Checkpoints.before`. */
export type Before = {
  workspace: string;
  seen: Seen | null;
  /** Whether the device that asks knows the present epoch: else its pin may be of an earlier origin. */
  current: boolean;
};

export type Checkpoints = {
  /**
   * To be called before the transaction that `sign` is given takes its snapshot: then a smaller log
   * has been rolled back, and is not merely an older snapshot.
   */
  before(workspace: string, current?: boolean): Before;
  /**
   * `read` gives hashes of this tree. `pinned`: leaves of the device's pinned checkpoint, to prove
   * consistency with. Rejects with what `read` throws, unless that is a RangeError: a hole in the log.
   */
  sign(tree: Checkpoint, read: HashReader, before: Before, pinned?: number): Promise<Signed>;
  /** A checkpoint that a device shows as pinned or told: one of ours counts as signed. */
  shown(tx: Tx, workspace: string, note: string): Promise<void>;
};

export function createCheckpoints(key: LogKey, largest: Largest, log: Logger) {
  /** Workspaces whose log was seen to begin with what had been signed before this process. */
  const continued = new Set<string>();

  const checkpoints: Checkpoints = {
    before: (workspace, current = true) => ({ workspace, seen: largest.of(workspace), current }),

    async sign(tree, read, { workspace, seen, current }, told) {
      // Of a log that was begun anew since: the device sees that by the checkpoint's origin.
      const isEarlier = !current && (beginnings(tree.origin, workspace) ?? 1) > 1;
      const pinned = isEarlier && told !== undefined && told > tree.size ? undefined : told;
      const present = ofThisLog(seen, tree.origin, workspace);
      if (present === 'later' || present?.forked) return stopped(workspace);
      if (present) {
        if (tree.size < present.size) return stopped(workspace);
        if (!continued.has(workspace) || tree.size === present.size) {
          if (!(await beginsWith(tree, read, present))) {
            largest.raise(workspace, { ...present, forked: true });
            return stopped(workspace);
          }
        }
      }
      continued.add(workspace);
      if (pinned !== undefined && pinned > tree.size) {
        // Anybody can say so: it is believed by others once the device shows what was signed.
        log.warn({ workspace, pinned, size: tree.size }, 'a device has a larger checkpoint pinned');
        return stopped(workspace);
      }
      let consistency: string[] | null = null;
      if (pinned !== undefined) {
        try {
          const proof = await consistencyProof(nodeHasher, pinned, tree.size, read);
          consistency = proof.map(toBase64);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          return stopped(workspace); // tiles are gone
        }
      }
      largest.raise(workspace, seenOf(tree));
      return {
        ok: true,
        checkpoint: await signNote(checkpointText(tree), key),
        size: tree.size,
        consistency,
      };
    },

    async shown(tx, workspace, note) {
      const opened = await openNote(note, [key], verifyEd25519);
      const checkpoint = opened.ok ? parseCheckpoint(opened.text) : null;
      if (checkpoint === null) return;
      const tree = await treeOf(tx, workspace, key);
      const seen = seenOf(checkpoint);
      if (ofThisLog(seen, tree.origin, workspace) === null) return;
      const read = readerOfLog(tx, workspace, tree.size);
      const fits = checkpoint.size > tree.size || (await beginsWith(tree, read, seen));
      largest.raise(workspace, fits ? seen : { ...seen, forked: true });
    },
  };
  return checkpoints;

  function stopped(workspace: string): Signed {
    log.warn({ workspace }, 'no checkpoint is signed: the log does not go on from what was signed');
    return { ok: false, words: STOPPED };
  }
}

const STOPPED =
  'The server’s log does not go on from what the server signed before: it was restored from a backup, or changed. Notes are kept and sent as always. Tell an admin: after a restore they begin a new origin with “unsaid log new-origin”.';

/** Signs for the log as the transaction sees it, one snapshot. */
export async function signLog(
  tx: Tx,
  { checkpoints, logKey }: { checkpoints: Checkpoints; logKey: LogKey },
  before: Before,
  pinned?: number,
): Promise<Signed> {
  const tree = await treeOf(tx, before.workspace, logKey);
  const read = readerOfLog(tx, before.workspace, tree.size);
  return checkpoints.sign(tree, read, before, pinned);
}

/** The checkpoint of the log as it stands; not signed yet. */
export async function treeOf(
  tx: Tx,
  workspace: string,
  key: Pick<LogKey, 'name'>,
): Promise<Checkpoint> {
  const row = await tx
    .selectFrom('workspace')
    .select(['seq', 'frontier', 'origin'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  if (row.frontier === null) throw new Error('the tree is built before anything is served');
  return {
    origin: originOf(key, workspace, row),
    size: row.seq,
    root: rootOf(nodeHasher, frontierOf(row.frontier)),
  };
}

/** null: of another log, or of an earlier one of this workspace; "later": the log went back to one. */
function ofThisLog(seen: Seen | null, origin: string, workspace: string): Seen | 'later' | null {
  if (seen === null) return null;
  if (seen.origin === origin) return seen;
  const [then, present] = [seen.origin, origin].map((one) => beginnings(one, workspace));
  return then !== undefined && present !== undefined && (then ?? 0) > (present ?? 0)
    ? 'later'
    : null;
}

/** Whether the tree's first `seen.size` leaves have the root that was seen. */
async function beginsWith(tree: Checkpoint, read: HashReader, seen: Seen): Promise<boolean> {
  if (seen.size === tree.size) return seen.root === toBase64(tree.root);
  try {
    const roots: Uint8Array[] = [];
    for (const { level, index } of subtreesOf(seen.size)) roots.push(await read(level, index));
    return toBase64(rootOf(nodeHasher, roots)) === seen.root;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function seenOf({ origin, size, root }: Checkpoint): Seen {
  return { origin, size, root: toBase64(root) };
}
