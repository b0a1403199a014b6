// Pushes to one workspace get in line for its row. Those that wait in this process while others are
// written go together: one lock, one flush to the disk, however many devices push at once. Each is
// judged for itself and gets its own results; other processes wait for the row as ever.
import type { PushResult } from '../../ledger/index.ts';
import { type Db, inWorkspace } from '../database.ts';
import { RecentTree } from '../log/recent.ts';
import { Appending, type Grown, Uncovered } from './append.ts';
import type { Assessed, Sender } from './assess.ts';
import { isIdTaken } from './known.ts';
import { checkBatch, NOT_CHAINED } from './signed.ts';
import { countRows, WORTH_COUNTING } from './statistics.ts';

export type Push = {
  sender: Sender;
  /** As it came, refused changes too: its signature is over all of it. */
  all: unknown[];
  storable: Assessed[];
  signature: string | undefined;
};

export type Pushed =
  /** Committed. `tree` has these changes, and may have some of others that came with them. */
  | { is: 'stored'; results: PushResult[]; tree: Grown; recent: RecentTree }
  | { is: 'revoked' }
  /** In words, for the member whose device it is. */
  | { is: 'badly-signed'; words: string };

/** Resolves once it is committed or refused; nothing of what is refused is stored. */
export type Pushes = (push: Push) => Promise<Pushed>;

type Waiting = Push & { done(pushed: Pushed): void; failed(error: unknown): void };
/** `size`: of the tree after the last push, as far as one came this way. */
type Line = { waiting: Waiting[]; recent: RecentTree; size: number | null };

/** What goes together: as much as one large push, so that a small one does not wait for much more. */
const MOST_CHANGES = 1_000;
const MOST_CHARACTERS = 8_000_000;
const MOST_PUSHES = 64;
/** Workspaces whose newest leaves are remembered. */
const MOST_LINES = 256;

export function createPushes(
  db: Db,
  now: () => number,
  worthCounting: number = WORTH_COUNTING,
): Pushes {
  const lines = new Map<string, Line>();
  /** Workspaces that are written to. */
  const busy = new Set<string>();

  return (push) =>
    new Promise((done, failed) => {
      const { workspace } = push.sender;
      const line = lines.get(workspace) ?? { waiting: [], recent: new RecentTree(), size: null };
      // The one used last comes last.
      lines.delete(workspace);
      lines.set(workspace, line);
      line.waiting.push({ ...push, done, failed });
      if (!busy.has(workspace)) void writeAll(workspace, line);
    });

  async function writeAll(workspace: string, line: Line) {
    busy.add(workspace);
    while (line.waiting.length > 0) await writeSome(workspace, line, nextOf(line));
    busy.delete(workspace);
    const oldest = lines.keys().next().value;
    if (lines.size > MOST_LINES && oldest !== undefined && !busy.has(oldest)) lines.delete(oldest);
  }

  async function writeSome(workspace: string, line: Line, some: Waiting[]) {
    try {
      const pushed = await store(db, workspace, some, line.recent, now);
      for (const [at, one] of some.entries()) one.done(pushed[at] as Pushed);
      const before = line.size ?? 0;
      for (const one of pushed) if (one.is === 'stored') line.size = one.tree.size;
      if (before > 0 && before < worthCounting && (line.size ?? 0) >= worthCounting) {
        // PostgreSQL does it by itself, only later.
        countRows(db).catch(() => undefined);
      }
    } catch (error) {
      const [one] = some;
      // One of them fails, and nothing is stored: each for itself, so that the others do not.
      if (some.length > 1) for (const each of some) await writeSome(workspace, line, [each]);
      else if (error instanceof Uncovered) one?.done({ is: 'badly-signed', words: NOT_CHAINED });
      else one?.failed(error);
    }
  }
}

/** Those that have waited longest; one at least. */
function nextOf({ waiting }: Line): Waiting[] {
  let changes = 0;
  let characters = 0;
  const end = waiting.findIndex(({ storable }, at) => {
    changes += storable.length;
    for (const { bodyText } of storable) characters += bodyText.length;
    const isMuch = at >= MOST_PUSHES || changes > MOST_CHANGES || characters > MOST_CHARACTERS;
    return at > 0 && isMuch;
  });
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

/** Stores them in their order, in one transaction. */
async function store(
  db: Db,
  workspace: string,
  pushes: readonly Push[],
  recent: RecentTree,
  now: () => number,
): Promise<Pushed[]> {
  try {
    return await storeAll(db, workspace, pushes, recent, now, false);
  } catch (error) {
    if (!isIdTaken(error)) throw error;
    return await storeAll(db, workspace, pushes, recent, now, true);
  }
}

function storeAll(
  db: Db,
  workspace: string,
  pushes: readonly Push[],
  recent: RecentTree,
  now: () => number,
  byId: boolean,
): Promise<Pushed[]> {
  return inWorkspace(db, workspace, async (tx, commit) => {
    const devices = [...new Set(pushes.map(({ sender }) => sender.device))];
    const changes = pushes.flatMap(({ storable }) => storable);
    const appending = await Appending.begin(tx, workspace, changes, devices, now, byId);
    const judge = async ({ sender, all, storable, signature }: Push) => {
      const key = appending.keyOf(sender.device);
      if (key.revoked) return { is: 'revoked' } as const;
      const signing = checkBatch(sender, key.publicKey, all, storable, signature);
      if (!signing.ok) return { is: 'badly-signed', words: signing.words } as const;
      return { is: 'stored', results: await appending.add(storable, signing.signature) } as const;
    };
    // One after the other: a device's key may be in the push before.
    const judged: Awaited<ReturnType<typeof judge>>[] = [];
    for (const push of pushes) judged.push(await judge(push));
    const tree = await appending.write(recent, commit);
    return judged.map((one) => (one.is === 'stored' ? { ...one, tree, recent } : one));
  });
}
