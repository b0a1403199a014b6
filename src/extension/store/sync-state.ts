import type { Id } from '../../domain/index.ts';
import {
  type Chain,
  type Hasher,
  observe,
  type PulledChange,
  type PushedChange,
  type PushResult,
  type SyncResponse,
  TILE_WIDTH,
  type Tile,
  tilePath,
} from '../../ledger/index.ts';
import { clockAndChain, noteChain } from './commit.ts';
import { asStoreError, quiet } from './errors.ts';
import { changesOf, putChanges } from './folding.ts';
import {
  ERASED_WORDS,
  type Known,
  PULLED_STORES,
  stillUnexplained,
  takeRows,
  withoutBody,
} from './pulled.ts';
import { FRESH_SYNC } from './read.ts';
import { noteFound, pushAgain } from './reseal.ts';
import type {
  Finding,
  Pin,
  Progress,
  StoredChange,
  SyncState,
  Unexplained,
  WorkspaceDb,
  WorkspaceTx,
} from './schema.ts';

/**
 * The oldest sealed changes that the server does not have, in the order of the chain: at most
 * `most`, and no more than about `bytes` (always one), so that long texts cannot make a request
 * that no server takes.
 */
export async function pendingChanges(
  db: WorkspaceDb,
  most: number,
  bytes: number,
): Promise<PushedChange[]> {
  const tx = db.transaction(['outbox', 'changes', 'blocks']) as unknown as WorkspaceTx;
  const pending = await tx.objectStore('outbox').getAll(null, most);
  const changes = await Promise.all(
    pending.map(async ({ kind, record, id }) => {
      const row = await tx.objectStore('changes').get([kind, record, id]);
      if (row !== undefined) return row;
      return (await changesOf(tx, kind, record)).changes.find((change) => change.id === id);
    }),
  );
  const found: PushedChange[] = [];
  let size = 0;
  for (const change of changes) {
    if (!change?.envelope) continue;
    size += JSON.stringify(change.body).length;
    if (found.length > 0 && size > bytes) break;
    // Of an erased one the envelope goes out alone: the chain has no gaps.
    found.push({ envelope: change.envelope, salt: change.salt ?? '', body: change.body });
  }
  return found;
}

/** What is known of an answer before it is taken in (SPEC 11). */
export type Taking = {
  /** The checkpoint that proves its rows, to be pinned with them; null when nothing is pinned. */
  pin: Pin | null;
  /** Proven tiles, of which full ones are kept. */
  tiles: Tile[];
  /** Its rows are left where they are: what is wrong with the log is to be settled first. */
  withoutRows: boolean;
  progress: Progress | null;
  known?: { current: Known | null };
};

export const UNPINNED: Taking = { pin: null, tiles: [], withoutRows: false, progress: null };

/**
 * `changed`: some record may look different now. `taken`: numbers another copy has used. `ended`:
 * the log has something of this chain under another name, so nothing can follow it. `looked`:
 * all of the log has come since it was begun to look for what the server may have lost.
 */
export type Taken = {
  changed: boolean;
  taken: Id[];
  ended: boolean;
  startedOver: boolean;
  looked: boolean;
};

/**
 * Takes in a server's answer in one transaction: acknowledgements with their ranks, pulled changes,
 * the checkpoint they are proven by, and the cursor that covers them. Repeating it changes nothing.
 * Throws Tampered, and stores nothing, when a proven row is not what it was or not what was sealed.
 *
 * Not strict: what a power cut takes is asked for again, as its cursor is gone as well.
 */
export async function takeAnswer(
  db: WorkspaceDb,
  hasher: Hasher,
  answer: SyncResponse,
  now: number,
  taking: Taking = UNPINNED,
): Promise<Taken> {
  return inOne(db, async (tx) => {
    const meta = tx.objectStore('meta');
    // All at once: each question that waits for another's answer is a way to another process and back.
    const [stored, held, unexplained] = await Promise.all([
      meta.get('sync') as Promise<SyncState | undefined>,
      clockAndChain(tx),
      readUnexplained(tx),
    ]);
    const state = { ...FRESH_SYNC, ...stored };
    if (state.epoch !== null && state.epoch !== answer.epoch) {
      await startOver(tx, answer.epoch, state);
      return { changed: false, taken: [], ended: false, startedOver: true, looked: false };
    }
    let { clock } = held;
    const acknowledged = await acknowledge(tx, answer.results);
    for (const { rank } of answer.results) if (rank !== undefined) clock = observe(clock, rank);
    let changed = acknowledged;
    let cursor = state.cursor;
    if (!taking.withoutRows) {
      const page = { rows: answer.changes, atEnd: !answer.more, unexplained };
      changed = (await takePage(tx, hasher, page, now, taking)) || changed;
      for (const { leaf } of answer.changes) clock = observe(clock, leaf.rank);
      cursor = Math.max(cursor, answer.cursor);
      const ids = state.looking ? answer.changes.map(({ leaf }) => leaf.id) : [];
      if (ids.length > 0) await noteFound(tx, ids);
    }
    putClock(tx, held.chain, clock);
    const { progress } = taking;
    const next = {
      ...{ ...FRESH_SYNC, epoch: answer.epoch, cursor, lastSuccess: now, progress },
      ...(state.looking ? { looking: state.looking } : {}),
      ...(answer.unsigned === undefined ? {} : { unsigned: answer.unsigned }),
    };
    void quiet(meta.put(next, 'sync'));
    const taken = answer.results.filter(({ result }) => result === 'number-taken');
    const looked = state.looking === true && !taking.withoutRows && !answer.more;
    const ended = answer.results.some(({ elsewhere }) => elsewhere === true);
    return { changed, taken: taken.map(({ id }) => id), ended, startedOver: false, looked };
  });
}

/** Rows of a customer's earlier leaves, with how far they go (SPEC 12). Throws as takeAnswer does. */
export function takeBackfill(
  db: WorkspaceDb,
  hasher: Hasher,
  rows: PulledChange[],
  now: number,
  taking: Taking,
  after: (tx: WorkspaceTx) => Promise<void>,
): Promise<boolean> {
  return inOne(db, async (tx) => {
    const [held, unexplained] = await Promise.all([clockAndChain(tx), readUnexplained(tx)]);
    const changed = await takePage(tx, hasher, { rows, atEnd: true, unexplained }, now, taking);
    let { clock } = held;
    for (const { leaf } of rows) clock = observe(clock, leaf.rank);
    putClock(tx, held.chain, clock);
    await after(tx);
    return changed;
  });
}

async function inOne<T>(db: WorkspaceDb, work: (tx: WorkspaceTx) => Promise<T>): Promise<T> {
  try {
    const tx = db.transaction([...PULLED_STORES], 'readwrite', {
      durability: 'relaxed',
    }) as WorkspaceTx;
    try {
      const done = await work(tx);
      await tx.done;
      return done;
    } catch (error) {
      const ended = tx.done.catch(() => undefined);
      try {
        tx.abort();
      } catch {
        // A failed request has aborted it.
      }
      await ended;
      throw error;
    }
  } catch (error) {
    throw asStoreError(error);
  }
}

function readUnexplained(tx: WorkspaceTx): Promise<Unexplained[] | undefined> {
  return tx.objectStore('meta').get('unexplained') as Promise<Unexplained[] | undefined>;
}

/** Rows, whether the log has no more of them, and what was not explained before they came. */
type Page = { rows: PulledChange[]; atEnd: boolean; unexplained: Unexplained[] | undefined };

async function takePage(
  tx: WorkspaceTx,
  hasher: Hasher,
  { rows, atEnd, unexplained: held = [] }: Page,
  now: number,
  { pin, tiles, known }: Taking,
): Promise<boolean> {
  const meta = tx.objectStore('meta');
  const proven = pin !== null;
  const { changed, unexplained } = await takeRows(tx, hasher, rows, {
    proven,
    ...(known === undefined ? {} : { known }),
  });
  for (const tile of tiles) {
    if (tile.width !== TILE_WIDTH) continue;
    void quiet(tx.objectStore('tiles').put(tile.hashes, tilePath(tile.level, tile.index)));
  }
  if (pin !== null) void quiet(meta.put(pin, 'pin'));
  if (!proven || held.length + unexplained.length === 0) return changed;
  // An erasure may come later in the log than what it took; once all is here, it has to be.
  const left = [...(await stillUnexplained(tx, held)), ...unexplained];
  await meta.put(left, 'unexplained');
  const [first] = left;
  if (atEnd && first !== undefined) {
    const report = { found: 'missing-body' as const, pinned: null, told: pin.note, seq: first.seq };
    const finding: Finding = { found: 'missing-body', since: now, seq: first.seq, report };
    await meta.put(finding, 'finding');
  }
  return changed;
}

/** Not waited for: should it fail, so does the transaction. */
function putClock(tx: WorkspaceTx, chain: Chain | undefined, clock: string): void {
  const meta = tx.objectStore('meta');
  if (chain === undefined) {
    void quiet(meta.put(clock, 'clock'));
    return;
  }
  const next = { ...chain, clock };
  noteChain(tx, next);
  void quiet(meta.put(next, 'chain'));
}

/** Notes that a try failed, without touching the cursor. */
export async function noteSync(db: WorkspaceDb, patch: Partial<SyncState>): Promise<void> {
  const tx = db.transaction('meta', 'readwrite');
  const stored = (await tx.store.get('sync')) as SyncState | undefined;
  await tx.store.put({ ...FRESH_SYNC, ...stored, ...patch }, 'sync');
  await tx.done;
}

/** Answers whether any record may look different now. */
async function acknowledge(tx: WorkspaceTx, results: PushResult[]): Promise<boolean> {
  if (results.length === 0) return false;
  const outbox = tx.objectStore('outbox');
  const waiting = new Map(
    (await outbox.getAll(null, 2 * results.length)).map((row) => [row.id, row]),
  );
  let changed = false;
  const acknowledged = await Promise.all(
    results.map(async (result) => {
      const pending = waiting.get(result.id);
      // A number that a copy of this profile has used: it stays, and goes out under a new device.
      if (pending === undefined || result.result === 'number-taken') return null;
      const { kind, record, order, id } = pending;
      const own = await tx.objectStore('changes').get([kind, record, id]);
      const change =
        own ?? (await changesOf(tx, kind, record)).changes.find((one) => one.id === id);
      return { result, order, change };
    }),
  );
  const puts: Promise<unknown>[] = [];
  const refused = new Set(
    results.flatMap(({ id, result }) => (result === 'needs-attention' ? [id] : [])),
  );
  for (const one of acknowledged) {
    if (one === null) continue;
    puts.push(outbox.delete(one.order));
    if (one.change === undefined) continue;
    const { id, kind, record, body } = one.change;
    const attention = tx.objectStore('attention');
    if (one.result.result === 'needs-attention') {
      const reason = one.result.reason ?? 'The server could not read it.';
      puts.push(attention.put({ id, kind, record, reason, body }));
    }
    if (one.result.result === 'erased') {
      await tx.objectStore('erased').put({ kind, id: record });
      if (body !== null) puts.push(attention.put({ id, kind, record, reason: ERASED_WORDS, body }));
    }
    const isRefused =
      one.result.result === 'needs-attention' && (await isElsewhere(tx, one.change, refused));
    const next = acknowledgedAs(one.change, one.result, isRefused);
    if (next === null) continue;
    await putChanges(tx, next.kind, next.record, [next]);
    changed = true;
  }
  await Promise.all(puts);
  return changed;
}

/**
 * Whether this is not all that makes the record what it is here. What the server refused is read by
 * nobody else, so neither by its author (SPEC 4.5), who has it in the list of what needs attention; but
 * a record that is made of nothing else stays, to be mended.
 */
async function isElsewhere(
  tx: WorkspaceTx,
  { id, kind, record }: StoredChange,
  refused: ReadonlySet<Id>,
): Promise<boolean> {
  const { changes } = await changesOf(tx, kind, record);
  for (const other of changes) {
    if (!other.folded || other.id === id || refused.has(other.id)) continue;
    if ((await tx.objectStore('attention').getKey(other.id)) === undefined) return true;
  }
  return false;
}

/**
 * A provisional rank gives way to the server's; an erased text goes, and what was refused is not
 * folded. null: nothing to write.
 */
function acknowledgedAs(
  change: StoredChange,
  { result, rank }: PushResult,
  isRefused: boolean,
): StoredChange | null {
  const at = rank === undefined || rank === change.rank ? change : { ...change, rank };
  const ranked = isRefused && at.folded ? { ...at, folded: false } : at;
  if (result === 'erased' && change.body !== null) return withoutBody(ranked);
  return ranked === change ? null : ranked;
}

/**
 * The server was restored or replaced: pull everything again and push everything that is ours, so
 * that nothing is lost; what it still has is answered as a duplicate, so nothing is there twice.
 */
async function startOver(tx: WorkspaceTx, epoch: Id, state: SyncState): Promise<void> {
  const chain = (await tx.objectStore('meta').get('chain')) as Chain | undefined;
  const { looking: _, ...fresh } = { ...state, epoch, cursor: 0, progress: null };
  const looking = chain !== undefined && (await pushAgain(tx, chain));
  await tx.objectStore('meta').put({ ...fresh, ...(looking ? { looking } : {}) }, 'sync');
}
