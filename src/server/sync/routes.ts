// POST /v1/sync pushes and pulls; GET /v1/pokes says when there is something to pull.
import { setImmediate } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  followingName,
  MOST_PUSHED,
  type PushResult,
  rootOf,
  type SyncResponse,
  syncRequest,
} from '../../ledger/index.ts';
import { type AskerEnv, devicesOnly, membersOnly } from '../accounts/asker.ts';
import type { Member } from '../accounts/members.ts';
import { answerJson, readJson } from '../bodies.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { noteCursor } from '../erasure/progress.ts';
import { nodeHasher } from '../hasher.ts';
import { type Before, type Signed, signLog } from '../log/checkpoints.ts';
import { originOf } from '../log/origin.ts';
import { NotRecent } from '../log/recent.ts';
import { logRoutes } from '../log/routes.ts';
import { createLimiter } from '../rate-limit.ts';
import { refuse } from '../refusal.ts';
import { type Assessed, type Assessment, assess, type Sender } from './assess.ts';
import { createStreams, pokeStream } from './poke-stream.ts';
import { type Pulled, type PulledPage, pull } from './pull.ts';
import { createPushes, type Pushed } from './pushes.ts';
import { createTurns, type Turns } from './turns.ts';

const SYNCS_PER_MINUTE = 600;
/** In bytes, unpacked. */
const LARGEST_REQUEST = 32 * 1024 * 1024;
const REVOKED =
  'This browser was revoked. What it has not sent yet can be saved in the options, under local data.';

/** Changes are read one by one, so that a malformed one does not hold up the others. */
const request = z.extend(syncRequest, {
  push: z.array(z.unknown()).check(z.maxLength(MOST_PUSHED)),
});

/** How much an answer without changes is packed, which is mostly ids. */
const RESULTS_LEVEL = 1;

/** Changes that are judged before others get their turn: some milliseconds. */
const AT_A_STRETCH = 50;

/** In bytes, packed: some twenty changes. */
const WORTH_A_TURN = 4_096;

export function syncRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.route('/log', logRoutes(server));
  const streams = createStreams();
  const pushes = createPushes(server.db, Date.now);
  const turns = createTurns(1);
  const limiter = createLimiter(SYNCS_PER_MINUTE, 60_000, Date.now);

  app.post('/sync', devicesOnly(server), async (c) => {
    const { workspace, member, device } = c.var.asker;
    if (device === null) throw new Error('devicesOnly lets devices pass');
    const allowed = limiter.take(device);
    if (!allowed.ok) {
      c.header('Retry-After', String(allowed.retryAfterSeconds));
      return refuse(c, 429, 'too-many', 'This browser asks too often. It tries again by itself.');
    }
    const sender = { workspace: workspace.id, device, member };
    const came = await readRequest(c, sender, turns);
    if (came instanceof Response) return came;
    const { assessed } = came;
    const { epoch, cursor, push, limit, signature, pinned, follows } = came.asked;
    if (assessed.some(isNameless)) {
      return refuse(c, 400, 'not-well-formed', 'A change in the request has no id.');
    }
    const storable = storableOf(assessed);
    const known = epoch === null || epoch === workspace.epoch;
    const from = known ? cursor : 0;
    const before = server.checkpoints.before(workspace.id, known);
    let stored: PushResult[] = [];
    let answer: Answer | null = null;
    if (push.length > 0) {
      const pushed = await pushes({ sender, all: push, storable, signature });
      if (pushed.is === 'revoked') return refuse(c, 403, 'revoked', REVOKED);
      if (pushed.is === 'badly-signed') return refuse(c, 400, 'bad-signature', pushed.words);
      stored = pushed.results;
      if (stored.some(isNew)) {
        server.pokes.poke(workspace.id, pushed.tree.size);
      }
      answer = await answerOf(server, pushed, member, { from, limit }, before, pinned);
    }
    const [{ pulled, signed }] = await Promise.all([
      answer ?? read(server, member, from, limit, before, pinned),
      // Nothing that is read depends on it, and it has to reach the disk.
      push.length > 0 ? null : noteCursor(server.db, workspace.id, device, from),
    ]);
    const sent: SyncResponse = {
      v: 1,
      epoch: workspace.epoch,
      results: inOrder(assessed, stored),
      changes: pulled.changes,
      cursor: pulled.cursor,
      more: pulled.more,
      ...(signed.ok
        ? { checkpoint: signed.checkpoint, ...consistencyOf(signed.consistency) }
        : { unsigned: signed.words }),
      ...followingOf(pulled, follows),
    };
    return sent.changes.length > 0 ? answerJson(c, sent) : answerJson(c, sent, RESULTS_LEVEL);
  });

  app.get('/pokes', membersOnly(server), (c) => pokeStream(server, streams, c));

  return app;
}

type Came = { asked: z.infer<typeof request>; assessed: Assessment[] };

/** What a device asks for, and what can be said of each change before the database is asked. */
async function readRequest(
  c: Context<AskerEnv>,
  sender: Sender,
  turns: Turns,
): Promise<Came | Response> {
  let end = () => {};
  try {
    const body = await readJson(c, LARGEST_REQUEST, async (sent) => {
      if (sent.length > WORTH_A_TURN) end = await turns();
    });
    if (!body.ok) return body.response;
    const parsed = request.safeParse(body.json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue?.path.join('.') ?? '';
      const words = `The request does not fit: ${where} ${issue?.message}`;
      return refuse(c, 400, 'not-well-formed', words);
    }
    const assessed: Assessment[] = [];
    for (const [at, raw] of parsed.data.push.entries()) {
      // Whoever holds a workspace's row goes first, and so do small pushes.
      if (at % AT_A_STRETCH === AT_A_STRETCH - 1) await setImmediate();
      assessed.push(assess(sender, raw));
    }
    return { asked: parsed.data, assessed };
  } finally {
    end();
  }
}

type Stored = Extract<Pushed, { is: 'stored' }>;
type Answer = { pulled: Pulled | PulledPage; signed: Signed };

/** What a device gets that wants the log from `cursor` on, all of it as of one moment. */
function read(
  server: ServerContext,
  member: Member,
  cursor: number,
  limit: number,
  before: Before,
  pinned: number | undefined,
): Promise<Answer> {
  const { workspace } = before;
  return inWorkspace(
    server.db,
    workspace,
    async (tx) => {
      const [pulled, signed] = await Promise.all([
        pull(tx, workspace, member, cursor, limit, server.customers),
        signLog(tx, server, before, pinned),
      ]);
      return { pulled, signed };
    },
    { snapshot: true },
  );
}

/**
 * The same of a device that pushed, up to the tree as its push left it: what proves that tree to it
 * need not be read, where the leaves after its pin were seen here. null: they were not.
 */
async function answerOf(
  server: ServerContext,
  { tree, recent }: Stored,
  member: Member,
  { from, limit }: { from: number; limit: number },
  before: Before,
  pinned: number | undefined,
): Promise<Answer | null> {
  const { size, frontier } = tree;
  const { db, checkpoints, customers, logKey } = server;
  const { workspace } = before;
  const origin = originOf(logKey, workspace, tree);
  const checkpoint = { origin, size, root: rootOf(nodeHasher, frontier) };
  try {
    const signed = await checkpoints.sign(checkpoint, recent.read, before, pinned);
    // Asked for from past the end, nothing is left to be read.
    if (from >= size) return { pulled: { changes: [], cursor: from, more: false }, signed };
    const pulled = await inWorkspace(
      db,
      workspace,
      (tx) => pull(tx, workspace, member, from, limit, customers, size),
      { snapshot: true },
    );
    return { pulled, signed };
  } catch (error) {
    if (error instanceof NotRecent) return null;
    throw error;
  }
}

/** Told where it is not what the device goes by (SPEC 12.7), and where it was read. */
function followingOf(pulled: Pulled | PulledPage, follows: string | undefined) {
  if (follows === undefined || !('said' in pulled)) return {};
  const { said } = pulled;
  return followingName(nodeHasher, said) === follows ? {} : { following: said };
}

function consistencyOf(consistency: string[] | null): { consistency?: string[] } {
  return consistency === null ? {} : { consistency };
}

/** Results in the order the changes came in. */
function inOrder(assessed: Assessment[], stored: PushResult[]): PushResult[] {
  const results: PushResult[] = [];
  let next = 0;
  for (const one of assessed) {
    const result = one.is === 'refused' ? one.result : stored[next++];
    if (!result) throw new Error('each change has its result');
    results.push(result);
  }
  return results;
}

function isNameless({ is }: Assessment): boolean {
  return is === 'nameless';
}

function isNew({ result }: PushResult): boolean {
  return result !== 'duplicate';
}

function storableOf(assessed: Assessment[]): Assessed[] {
  const storable: Assessed[] = [];
  for (const one of assessed) if (one.is === 'storable') storable.push(one.change);
  return storable;
}
