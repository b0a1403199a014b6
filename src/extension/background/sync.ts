// Pushes what the server does not have and pulls what it does, until both are even.
import {
  MOST_PULLED,
  PAST_THE_END,
  type PushedChange,
  type SyncResponse,
  TILE_WIDTH,
} from '../../ledger/index.ts';
import {
  type Connection,
  type Known,
  lookAhead,
  noteSync,
  type Pin,
  type Progress,
  pendingChanges,
  pushMissing,
  readSync,
  rejudge,
  type SyncState,
  type Taking,
  Tampered,
  takeAnswer,
} from '../store/index.ts';
import { deviceName } from './connect.ts';
import { announceDevice, type DeviceKey, heldKey, signBatch } from './device-key.ts';
import { backfill, followedName, tellFollowing } from './following.ts';
import { hasher } from './hasher.ts';
import {
  type Proof,
  type Proving,
  prove,
  readFinding,
  readStanding,
  sendReport,
  stopPinning,
} from './integrity.ts';
import { syncAnswer } from './read-answer.ts';
import { renewDevice } from './renew.ts';
import { post, type ServerAnswer, type ServerFailure } from './server-call.ts';
import { type Here, notStored, type World } from './world.ts';

/** Changes a request; small enough that a slow line gets through in 30 s. */
const BATCH = 200;
const BATCH_BYTES = 2_000_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** A server may ask for more patience than ours, but not for more than a day's. */
const LONGEST_ASKED_MS = 24 * 3_600_000;

/** `knew`: nobody was asked, since all that was told of is here. */
export type SyncOutcome = 'even' | 'knew' | 'not-connected' | 'waiting' | 'failed';

export type SyncDeps = {
  world: World;
  fetch: typeof fetch;
  /** Changes a request, where it is not BATCH. */
  batch?: number;
  /** Records of these kinds look different now; of any, where none are named. `more` come at once. */
  changed(kinds?: readonly string[], more?: boolean): void;
  /** The counts or the connection's state changed. */
  status(): void;
};

/**
 * The run that has not begun yet; `unlessAt` null: somebody wants the server asked in any case. Lost
 * with the worker, and then there is none.
 */
let waiting: { outcome: Promise<SyncOutcome>; unlessAt: number | null } | null = null;

/**
 * One run at a time. Whoever asks while one is waiting gets that one: it has not looked at the
 * outbox yet, so it takes along what was just saved.
 *
 * `unlessAt`: the server has said how many changes it has, and is not asked when they are all here.
 * A poke for what this device has just pushed comes before the answer to its push; the run that
 * pushed is over when this one looks.
 */
export function sync(
  deps: SyncDeps,
  { force = false, unlessAt = null }: { force?: boolean; unlessAt?: number | null } = {},
): Promise<SyncOutcome> {
  if (waiting !== null && !force) {
    const { unlessAt: least } = waiting;
    waiting.unlessAt = least === null || unlessAt === null ? null : Math.max(least, unlessAt);
    return waiting.outcome;
  }
  const next = { unlessAt };
  const outcome = navigator.locks.request('unsaid-sync', () => {
    if (waiting?.outcome === outcome) waiting = null;
    return run(deps, force, next.unlessAt).finally(() => exchanging.delete(deps.world));
  });
  if (!force) waiting = Object.assign(next, { outcome });
  return outcome;
}

/** Those that are talking to their servers. Gone with the worker, and so is the talk. */
const exchanging = new WeakSet<World>();

/** Whether the server is being asked; a run that finds everything here does not do that. */
export function isSyncing(world: World): boolean {
  return exchanging.has(world);
}

async function run(deps: SyncDeps, force: boolean, unless: number | null): Promise<SyncOutcome> {
  const { world, batch = BATCH } = deps;
  let unlessAt = unless;
  let here = await world.current();
  if (here.connection === null) return 'not-connected';
  let looked = ready.get(world) !== nameOf(here.connection);
  if (looked) here = await prepared(deps);
  const known: { current: Known | null } = { current: null };
  let pending: number | null = null;
  let renewed = false;
  let ahead: Ahead | null = null;
  let mayWait = true;
  for (;;) {
    const { db, connection } = here;
    if (connection === null) return 'not-connected';
    // A colleague waits for what is sent: all that is asked of the disk is asked at once.
    const [standing, push, count, key, follows] = await Promise.all([
      readStanding(db),
      pendingChanges(db, batch, BATCH_BYTES),
      db.count('outbox'),
      heldKey(world, connection),
      followedName(db),
    ]);
    if (key === null && !looked) {
      // Its key may be lost, or there is none in this browser.
      looked = true;
      here = await prepared(deps);
      continue;
    }
    const { state, finding } = standing;
    pending ??= count;
    if (unlessAt !== null && state.cursor >= unlessAt) return 'knew';
    unlessAt = null; // it is asked now, whatever that leads to
    if (!force && isEarly(state, world.source.now())) return 'waiting';
    if (state.signedOut && !force) return 'failed';
    exchanging.add(world);
    const pin = finding === null ? standing.pin : null;
    // What comes back of a long push comes faster in pages of its own.
    const isMany: boolean = mayWait && push.length > 0 && count > push.length;
    const pulls: Pulls = finding !== null ? 'never' : isMany ? 'later' : 'now';
    const isAhead: boolean = ahead !== null && push.length === 0 && ahead.cursor === state.cursor;
    const answer: ServerAnswer<SyncResponse> =
      ahead !== null && isAhead && finding === null
        ? await ahead.answer
        : await ask(deps, connection, state, { changes: push, key, follows }, pin, pulls);
    const asked: Pin | null = isAhead && ahead !== null ? ahead.pin : pin;
    ahead = null;
    const failed = async (failure: ServerFailure): Promise<SyncOutcome> => {
      await noteFailure(world, here, failure);
      deps.status();
      return 'failed';
    };
    if (!answer.ok) return failed(answer.failure);
    const proving: Proving = { db, connection, fetch: deps.fetch, now: world.source.now, asked };
    const value: SyncResponse =
      pulls === 'later' ? { ...answer.value, cursor: state.cursor, more: true } : answer.value;
    // A server that acknowledges nothing may have something to tell.
    mayWait = value.results.length > 0;
    const [proof, unsent]: [Proof, number] = await Promise.all([
      prove(proving, value),
      db.count('outbox'),
    ]);
    if (!proof.ok) return failed(proof.failure);
    const next: Pin | null = proof.taking.pin;
    if (
      next !== null &&
      value.more &&
      unsent === 0 &&
      value.epoch === (state.epoch ?? value.epoch)
    ) {
      // The next page is on its way, and looked at, while this one is stored.
      const from = { epoch: value.epoch, cursor: value.cursor };
      const answer = ask(deps, connection, from, { changes: [], key, follows }, next, 'now').then(
        async (told) => {
          if (told.ok) await lookAhead(hasher, told.value.changes);
          return told;
        },
      );
      ahead = { cursor: value.cursor, pin: next, answer };
    }
    const progress = progressOf(pending, unsent, value, next?.size);
    const taking = { ...proof.taking, progress, known };
    const stored = world.alone(async () => {
      const take = (given: Taking) =>
        takeAnswer(db, hasher, value, world.source.now(), given).catch(async (error) => {
          if (!(error instanceof Tampered)) throw error;
          await stopPinning(proving, error, value.checkpoint ?? null);
          return null;
        });
      // Its acknowledgements hold, whatever is wrong with its rows.
      return (await take(taking)) ?? (await take({ ...taking, pin: null, withoutRows: true }));
    });
    const taken = await stored.catch(notStored);
    if (taken === null) throw new Error('an answer without rows can be taken in');
    if ('kind' in taken) return failed(taken);
    if (taken.changed) deps.changed(kindsIn(push, value), value.more);
    deps.status();
    const [found] = await Promise.all([readFinding(db), sendReport(db, connection, deps.fetch)]);
    if (taken.taken.length > 0 || taken.ended) {
      // Again only when it helped: a server that takes no new device's numbers is asked later. What
      // is left is no measure, since each new name is announced by one more change.
      const settled = value.results.length > taken.taken.length;
      if (renewed && !settled) return failed(NUMBERS_TAKEN);
      renewed = true;
      const failure = await renewDevice(world, deps.fetch, here, deviceName());
      if (failure !== null) return failed(failure);
      here = await prepared(deps);
      continue;
    }
    if (taken.startedOver) continue;
    // Of this device under an earlier name, and lost by the server (SPEC 5.5).
    if (taken.looked) await world.alone(() => pushMissing(db, world.source));
    if (value.more && found === null) continue;
    // An answer that acknowledges nothing must not be asked for again at once.
    const stuck = push.length > 0 && value.results.length === 0;
    if (!stuck && (await db.count('outbox')) > 0) continue;
    const told = await tellFollowing(deps, here, value.following ?? null);
    if (told.failure !== null) return failed(told.failure);
    if (told.again) continue;
    const unfetched = await backfill(deps, here);
    if (unfetched !== null) return failed(unfetched);
    if (progress !== null) await noteSync(db, { progress: null });
    return 'even';
  }
}

/** `follows`: the choice this device goes by, by its name; null while the server is to hear a new one. */
type Sent = { changes: PushedChange[]; key: DeviceKey | null; follows: string | null };

/** The answer to a request that was made before the page before it was stored. */
type Ahead = { cursor: number; pin: Pin; answer: Promise<ServerAnswer<SyncResponse>> };

/** `later`: what is pushed is more than goes out at once. `never`: nothing could be believed. */
type Pulls = 'now' | 'later' | 'never';

async function ask(
  { fetch }: SyncDeps,
  connection: Connection,
  { epoch, cursor }: Pick<SyncState, 'epoch' | 'cursor'>,
  { changes: push, key, follows }: Sent,
  pin: Pin | null,
  pulls: Pulls,
): Promise<ServerAnswer<SyncResponse>> {
  const signature = await signBatch(key, push);
  return post(
    fetch,
    `${connection.server}/v1/sync`,
    {
      ...{ v: 1, epoch, cursor: pulls === 'later' ? PAST_THE_END : cursor, push },
      // What cannot be believed is not asked for; one row is the least that can be.
      limit: pulls === 'now' ? pageFrom(cursor) : 1,
      ...(signature === undefined ? {} : { signature }),
      ...(pin === null ? {} : { pinned: pin.size }),
      ...(follows === null ? {} : { follows }),
    },
    syncAnswer,
    connection.token,
    // Servers that prove their log take it.
    { gzip: pin !== null },
  );
}

/** The connection that each world was prepared for. Lost with the worker: the next one looks again. */
const ready = new WeakMap<World, string>();

/**
 * The database that is current, with its device's record and with all that this version understands
 * folded; a device without its key is renewed.
 */
async function prepared(deps: SyncDeps): Promise<Here> {
  const { world } = deps;
  const here = await withDevice(deps);
  if (await world.alone(() => rejudge(here.db, hasher))) deps.changed();
  if (here.connection !== null) ready.set(world, nameOf(here.connection));
  return here;
}

function nameOf({ server, workspace, member, device, token }: Connection): string {
  return [server, workspace.id, member.id, device, token].join('|');
}

async function withDevice({ world, fetch }: SyncDeps): Promise<Here> {
  const name = deviceName();
  const done = await world.write(async (here) => ({
    here,
    announced: await announceDevice(world, here, name),
  }));
  if (done.announced !== 'lost') return done.here;
  await renewDevice(world, fetch, done.here, name);
  return world.write(async (here) => here);
}

/** Of what an answer may have changed here. */
function kindsIn(push: PushedChange[], { changes }: SyncResponse): string[] {
  const told = [...push.map(({ envelope }) => envelope), ...changes.map(({ leaf }) => leaf)];
  return [...new Set(told.map(({ kind }) => kind))];
}

/** A page that ends where a tile does, when nothing is left out: its tiles are then made of it. */
export function pageFrom(cursor: number): number {
  return MOST_PULLED - ((cursor + MOST_PULLED) % TILE_WIDTH);
}

/** A clock that was set back must not keep us waiting for what was a moment when it was noted. */
function isEarly({ notBefore }: SyncState, now: number): boolean {
  return notBefore > now && notBefore - now <= LONGEST_ASKED_MS;
}

/** How far a long exchange is; null when it is short enough not to be shown. */
function progressOf(
  pending: number,
  left: number,
  { cursor, more }: SyncResponse,
  size: number | undefined,
): Progress | null {
  if (left > BATCH) return { done: Math.max(0, pending - left), of: Math.max(pending, left) };
  return more && size !== undefined ? { done: Math.min(cursor, size), of: size } : null;
}

const NUMBERS_TAKEN: ServerFailure = {
  kind: 'not-understood',
  message:
    'A copy of this browser’s profile is in use, and the server did not take this one as another device. Nothing is lost; it is tried again.',
};

async function noteFailure(world: World, here: Here, failure: ServerFailure): Promise<void> {
  const now = world.source.now();
  const state = await readSync(here.db);
  const failures = state.failures + 1;
  // Exponential, with jitter so that a team's devices do not all come back at once.
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  const jitter = (world.source.random(1)[0] ?? 0) / 256;
  const asked = failure.kind === 'refused' ? (failure.retryAfter ?? 0) * 1_000 : 0;
  await noteSync(here.db, {
    failures,
    notBefore: now + Math.min(Math.max(wait * (0.5 + jitter / 2), asked), LONGEST_ASKED_MS),
    offlineSince: failure.kind === 'away' ? (state.offlineSince ?? now) : null,
    problem: failure.kind === 'away' ? null : failure.message,
    signedOut: failure.kind === 'signed-out',
  });
}
