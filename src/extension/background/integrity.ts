// Whether the server's history is the one it was (SPEC 11). The newest proven checkpoint is pinned:
// each later one must go on from it, and each row that comes must be in it. What does not fit ends
// the pinning and is told to the person and to the server; nothing is taken in from there then,
// while what is written here is kept and sent as before.

import * as z from 'zod/mini';
import {
  type Checkpoint,
  checkTiles,
  emptyRoot,
  fromBase64,
  fromHex,
  HASH_BYTES,
  hashAt,
  type LogReport,
  type NoteKey,
  type OpenedNote,
  openNote,
  type PulledChange,
  parseCheckpoint,
  parseNoteKey,
  type SyncResponse,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tilesFor,
  toHex,
  verifyConsistency,
} from '../../ledger/index.ts';
import {
  type Connection,
  type Finding,
  FRESH_SYNC,
  lookedAt,
  type Pin,
  readConnection,
  type SyncState,
  type Taking,
  Tampered,
  type WorkspaceDb,
} from '../store/index.ts';
import { verifyEd25519 } from './ed25519.ts';
import { hasher } from './hasher.ts';
import { getBytes, post, type ServerFailure } from './server-call.ts';
import type { World } from './world.ts';

/** What the person is told, and since when (ms since 1970). `mayBeginAnew`: see beginAnew(). */
export type Integrity = {
  found: Finding['found'];
  since: number;
  words: string;
  mayBeginAnew: boolean;
};

/** null while all is well, and where nothing can be proven (see isProven). */
export async function integrityOf(db: WorkspaceDb): Promise<Integrity | null> {
  const finding = await readFinding(db);
  if (finding === null) return null;
  const { found, since } = finding;
  return { found, since, words: WORDS[found], mayBeginAnew: finding.origin !== undefined };
}

/** Whether a checkpoint of this server's is pinned: not so with servers from before there were any. */
export async function isProven(db: WorkspaceDb): Promise<boolean> {
  return (await readPin(db)) !== null && (await readFinding(db)) === null;
}

const STOPPED =
  'Nothing more is taken in from the server until this is settled; what you write is kept here and sent as before. Tell your administrator.';
const WORDS: { [found in Finding['found']]: string } = {
  fork: `The server shows another history than it showed before. ${STOPPED}`,
  rollback: `The server has gone back to an earlier state, or cannot prove its history any more. ${STOPPED}`,
  'edited-row': `A record’s history on the server was changed afterwards. ${STOPPED}`,
  'missing-body': `Texts are missing on the server that nobody has erased by the rules. ${STOPPED}`,
  'bad-signature': `The server’s signature under its history is wrong. ${STOPPED}`,
  'unknown-key': `The server’s history is signed with a key that this browser does not know. ${STOPPED}`,
  'new-origin':
    'An administrator has begun the server’s history anew, as after restoring a backup. Ask them if that is so; then confirm it in the options. Until then nothing more is taken in from the server, and what you write is kept here and sent.',
};

export type Proof =
  | { ok: true; taking: Taking }
  /** What proves it could not be fetched: to be tried again. */
  | { ok: false; failure: ServerFailure };

export type Proving = {
  db: WorkspaceDb;
  connection: Connection;
  fetch: typeof fetch;
  now(): number;
  /** The checkpoint that the request named as pinned. */
  asked: Pin | null;
};

/**
 * Proves an answer: its checkpoint by the pinned key and the pinned checkpoint, its rows by the
 * tree. What is wrong is kept as the finding, and the answer's rows are then to be left.
 */
export async function prove(proving: Proving, answer: SyncResponse): Promise<Proof> {
  const { db, connection } = proving;
  const { pin: pinned, finding } = await readStanding(db);
  try {
    const told = await opened(connection, answer.checkpoint);
    if (told === 'nothing to prove with' || (told === null && pinned === null)) {
      return { ok: true, taking: { ...NOTHING, withoutRows: finding !== null } };
    }
    if (told === null) throw new Tampered('rollback');
    checkOrigin(connection, pinned, told);
    if (finding !== null) return { ok: true, taking: { ...NOTHING, withoutRows: true } };
    if (pinned !== null) {
      const failure = await goesOn(proving, pinned, told, answer.consistency ?? []);
      if (failure !== null) return { ok: false, failure };
    }
    const pin = pinOf(connection, told);
    const proven = await proveRows(proving, told, answer.changes);
    if (!proven.ok) return proven;
    return { ok: true, taking: { ...NOTHING, pin, tiles: proven.tiles } };
  } catch (error) {
    if (!(error instanceof Tampered)) throw error;
    await stopPinning(proving, error, answer.checkpoint ?? null);
    return { ok: true, taking: { ...NOTHING, withoutRows: true } };
  }
}

const NOTHING: Taking = { pin: null, tiles: [], withoutRows: false, progress: null };

type Told = Checkpoint & { note: string };

/** The answer's checkpoint once its signature is proven; null when there is none. */
async function opened(
  { serverKey }: Connection,
  note: string | undefined,
): Promise<Told | null | 'nothing to prove with'> {
  if (note === undefined) return null;
  const key = serverKey === undefined ? null : parseNoteKey(hasher, serverKey);
  if (key === null) return 'nothing to prove with';
  let result: OpenedNote;
  try {
    result = await openNote(note, [key], verifyEd25519);
  } catch {
    // A browser without Ed25519.
    return 'nothing to prove with';
  }
  if (!result.ok) throw new Tampered(result.why === 'malformed' ? 'bad-signature' : result.why);
  const checkpoint = parseCheckpoint(result.text);
  if (checkpoint === null) throw new Tampered('bad-signature');
  return { ...checkpoint, note };
}

/** The log is this workspace's, and the one that is pinned, unless it was begun anew since. */
function checkOrigin(connection: Connection, pinned: Pin | null, told: Told): void {
  const key = parseNoteKey(hasher, connection.serverKey ?? '') as NoteKey;
  const times = timesBegun(key.name, connection.workspace.id, told.origin);
  if (times === null) throw new Tampered('fork');
  if (pinned === null || pinned.origin === told.origin) return;
  const before = timesBegun(key.name, connection.workspace.id, pinned.origin);
  // A log that was begun before the pinned one is an old state of it.
  if (before !== null && times < before) throw new Tampered('rollback');
  throw new NewOrigin(told.origin);
}

class NewOrigin extends Tampered {
  readonly origin: string;
  constructor(origin: string) {
    super('new-origin');
    this.origin = origin;
  }
}

/** 1 for the first log of a workspace, 2 for the one after a restore; null for what is neither. */
function timesBegun(keyName: string, workspace: string, origin: string): number | null {
  const first = `${keyName}/${workspace}`;
  if (origin === first) return 1;
  const times = origin.startsWith(`${first}/`) ? origin.slice(first.length + 1) : '';
  return /^[1-9]\d{0,8}$/.test(times) && Number(times) > 1 ? Number(times) : null;
}

/** Throws Tampered when `told` does not begin with what is pinned. A failure: it cannot be known. */
async function goesOn(
  { asked, fetch, connection }: Proving,
  pinned: Pin,
  told: Told,
  proof: string[],
): Promise<ServerFailure | null> {
  if (told.size < pinned.size) throw new Tampered('rollback');
  let hashes = proof;
  if (asked?.size !== pinned.size && told.size !== pinned.size && pinned.size > 0) {
    // The proof is from an older checkpoint than is pinned by now.
    const query = `from=${pinned.size}&to=${told.size}`;
    const url = `${connection.server}/v1/log/consistency?${query}`;
    const answer = await getBytes(fetch, url, connection.token);
    if (!answer.ok) return answer.failure;
    hashes = proofAnswer.parse(JSON.parse(new TextDecoder().decode(answer.value))).proof;
  } else if (told.size === pinned.size || pinned.size === 0) hashes = [];
  const bytes = hashes.map((hash) => fromBase64(hash) ?? new Uint8Array(0));
  const root = fromHex(pinned.root);
  if (!verifyConsistency(hasher, pinned.size, root, told.size, told.root, bytes)) {
    throw new Tampered('fork');
  }
  return null;
}

const proofAnswer = z.object({ proof: z.array(z.string()) });

export type ProvenRows = { ok: true; tiles: Tile[] } | { ok: false; failure: ServerFailure };

type Proven = Pick<Proving, 'db' | 'connection' | 'fetch'>;
type Tree = { size: number; root: Uint8Array };

/** The last tile of each level as it was proven, not full yet. Lost with the worker, and asked for again. */
type Filling = Map<number, Tile>;
const filling = new WeakMap<WorkspaceDb, Filling>();

/**
 * Each row's leaf is the one of its place in the tree. Tiles whose leaves all came are made of them,
 * one that grows of what it was and what came; others are kept from before, or asked for. Throws
 * Tampered.
 */
export async function proveRows(
  proving: Proven,
  tree: Tree,
  rows: readonly PulledChange[],
): Promise<ProvenRows> {
  const before: Filling = filling.get(proving.db) ?? new Map();
  try {
    return await proveBy(proving, tree, rows, before);
  } catch (error) {
    if (!(error instanceof Tampered)) throw error;
    // By the server's own tiles: then it is known which row does not fit.
    return proveBy(proving, tree, rows, null);
  }
}

async function proveBy(
  { db, connection, fetch }: Proven,
  { size, root }: Tree,
  rows: readonly PulledChange[],
  before: Filling | null,
): Promise<ProvenRows> {
  if (rows.length === 0) return { ok: true, tiles: [] };
  const hashes = new Map(rows.map((row) => [row.seq, hashOf(row)]));
  if ([...hashes.keys()].some((seq) => seq >= size)) {
    const message = 'The server’s answer goes further than what it proves.';
    return { ok: false, failure: { kind: 'not-understood', message } };
  }
  const kept = db.transaction('tiles').store;
  const needed = tilesFor(size, hashes.keys());
  const found = await Promise.all(
    needed.map(async ({ level, index, width }) => {
      const isFull = width === TILE_WIDTH;
      const made =
        isFull || before !== null ? grown(hashes, { level, index, width }, before) : null;
      if (made !== null) return made;
      return isFull ? kept.get(tilePath(level, index, width)) : undefined;
    }),
  );
  const given = await Promise.all(
    needed.map(async (tile, at) => {
      const present = found[at];
      if (present !== undefined) return { ok: true as const, value: present };
      const path = tilePath(tile.level, tile.index, tile.width);
      return getBytes(fetch, `${connection.server}/v1/log/${path}`, connection.token);
    }),
  );
  const tiles: Tile[] = [];
  for (const [at, one] of given.entries()) {
    if (!one.ok) return one;
    const tile = needed[at];
    if (tile === undefined) continue;
    // Half a tile is an answer that broke off, and no history that was changed.
    if (one.value.length !== tile.width * HASH_BYTES) return { ok: false, failure: BROKE_OFF };
    tiles.push({ ...tile, hashes: one.value });
  }
  const checked = checkTiles(hasher, { size, root }, tiles);
  if (!checked.ok) throw new Tampered('edited-row', firstIn(checked, rows));
  const leaves = new Map(
    tiles.filter(({ level }) => level === 0).map((tile) => [tile.index, tile.hashes]),
  );
  for (const [seq, hash] of hashes) {
    const tile = leaves.get(Math.floor(seq / TILE_WIDTH));
    const proven = tile === undefined ? undefined : hashAt(tile, seq % TILE_WIDTH);
    if (proven === undefined || !same(hash, proven)) throw new Tampered('edited-row', seq);
  }
  const last = tiles.filter(({ width }) => width < TILE_WIDTH);
  if (last.length > 0) filling.set(db, new Map(last.map((tile) => [tile.level, tile])));
  const known = new Set(needed.filter((_tile, at) => found[at] !== undefined));
  return { ok: true, tiles: tiles.filter((_tile, at) => !known.has(needed[at] as never)) };
}

const BROKE_OFF: ServerFailure = {
  kind: 'not-understood',
  message: 'The server’s answer broke off in the middle.',
};

/** A row that cannot be hashed is none that the log has. */
function hashOf(row: PulledChange): Uint8Array {
  return lookedAt(hasher, row).hash ?? emptyRoot(hasher);
}

/** A tile made of what it was before and of the leaves that came; null when some are missing. */
function grown(
  hashes: Map<number, Uint8Array>,
  { level, index, width }: Omit<Tile, 'hashes'>,
  before: Filling | null,
): Uint8Array | null {
  const held = before?.get(level);
  const from = held?.index === index && held.width <= width ? held : null;
  if (from?.width === width) return from.hashes;
  if (level > 0) return null;
  const bytes = new Uint8Array(width * HASH_BYTES);
  if (from !== null) bytes.set(from.hashes);
  for (let at = from?.width ?? 0; at < width; at += 1) {
    const hash = hashes.get(index * TILE_WIDTH + at);
    if (hash === undefined) return null;
    bytes.set(hash, at * HASH_BYTES);
  }
  return bytes;
}

/** A row of the tile that does not fit. */
function firstIn(
  checked: ReturnType<typeof checkTiles>,
  rows: readonly PulledChange[],
): number | undefined {
  if (checked.ok || checked.why === 'wrong-root' || checked.tile.level !== 0) return undefined;
  const { index } = checked.tile;
  return rows.find(({ seq }) => Math.floor(seq / TILE_WIDTH) === index)?.seq;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at]);
}

/** Keeps what was found and tells the server. The first finding stays; a new origin is added to it. */
export async function stopPinning(
  { db, now }: Pick<Proving, 'db' | 'now'>,
  error: Tampered,
  told: string | null,
): Promise<void> {
  const tx = db.transaction('meta', 'readwrite', { durability: 'strict' });
  const [pin, before] = await Promise.all([
    tx.store.get('pin') as Promise<Pin | undefined>,
    tx.store.get('finding') as Promise<Finding | undefined>,
  ]);
  const { seq } = error;
  const found = error.found;
  const report: LogReport | null =
    found === 'new-origin'
      ? null
      : { found, pinned: pin?.note ?? null, told, ...(seq === undefined ? {} : { seq }) };
  const finding: Finding = before ?? {
    ...{ found, since: now(), report },
    ...(seq === undefined ? {} : { seq }),
  };
  const origin = error instanceof NewOrigin ? { origin: error.origin } : {};
  await tx.store.put({ ...finding, ...origin }, 'finding');
  await tx.done;
}

/** Tells the server what was found, until it has heard it. */
export async function sendReport(
  db: WorkspaceDb,
  { server, token }: Connection,
  send: typeof fetch,
): Promise<void> {
  const finding = await readFinding(db);
  if (finding === null || finding.report === null) return;
  const url = `${server}/v1/log/report`;
  const answer = await post(send, url, finding.report, z.unknown(), token);
  if (!answer.ok && answer.failure.kind !== 'refused') return;
  const tx = db.transaction('meta', 'readwrite');
  const present = (await tx.store.get('finding')) as Finding | undefined;
  if (present !== undefined) await tx.store.put({ ...present, report: null }, 'finding');
  await tx.done;
}

/**
 * The person has confirmed that the log was begun anew: what was pinned is let go, everything is
 * fetched again and proven by the new log, and pinning begins with it.
 */
export async function beginAnew(world: World): Promise<void> {
  await world.alone(async () => {
    if ((await readConnection(await world.profile())) === null) return;
    const { db } = await world.current();
    const tx = db.transaction(['meta', 'tiles'], 'readwrite', { durability: 'strict' });
    const meta = tx.objectStore('meta');
    for (const name of ['pin', 'finding', 'unexplained'] as const) await meta.delete(name);
    const sync = (await meta.get('sync')) as SyncState | undefined;
    await meta.put({ ...FRESH_SYNC, ...sync, cursor: 0, notBefore: 0 }, 'sync');
    await tx.objectStore('tiles').clear();
    await tx.done;
  });
}

/** Where syncing stands and what is pinned, in one look. */
export async function readStanding(
  db: WorkspaceDb,
): Promise<{ state: SyncState; pin: Pin | null; finding: Finding | null }> {
  const { store } = db.transaction('meta');
  const [state, pin, finding] = await Promise.all([
    store.get('sync') as Promise<SyncState | undefined>,
    store.get('pin') as Promise<Pin | undefined>,
    store.get('finding') as Promise<Finding | undefined>,
  ]);
  return { state: { ...FRESH_SYNC, ...state }, pin: pin ?? null, finding: finding ?? null };
}

export async function readPin(db: WorkspaceDb): Promise<Pin | null> {
  return ((await db.get('meta', 'pin')) as Pin | undefined) ?? null;
}

export async function readFinding(db: WorkspaceDb): Promise<Finding | null> {
  return ((await db.get('meta', 'finding')) as Finding | undefined) ?? null;
}

function pinOf({ serverKey = '' }: Connection, { origin, size, root, note }: Told): Pin {
  return { origin, size, root: toHex(root), note, key: serverKey };
}
