// POST /v1/sync pushes and pulls; GET /v1/pokes says when there is something to pull.
import { Hono } from 'hono';
import * as z from 'zod/mini';
import {
  MOST_PUSHED,
  type PushResult,
  type SyncResponse,
  syncRequest,
} from '../../ledger/index.ts';
import { type AskerEnv, devicesOnly, membersOnly } from '../accounts/asker.ts';
import { answerJson, readJson } from '../bodies.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { noteCursor } from '../erasure/progress.ts';
import { logRoutes } from '../log/routes.ts';
import { createLimiter } from '../rate-limit.ts';
import { refuse } from '../refusal.ts';
import { append, Uncovered } from './append.ts';
import { type Assessment, assess } from './assess.ts';
import { createStreams, pokeStream } from './poke-stream.ts';
import { pull } from './pull.ts';
import { checkBatch, deviceKey, NOT_CHAINED } from './signed.ts';

const SYNCS_PER_MINUTE = 600;
/** In bytes, unpacked. */
const LARGEST_REQUEST = 32 * 1024 * 1024;
const REVOKED =
  'This browser was revoked. What it has not sent yet can be saved in the options, under local data.';

/** Changes are read one by one, so that a malformed one does not hold up the others. */
const request = z.extend(syncRequest, {
  push: z.array(z.unknown()).check(z.maxLength(MOST_PUSHED)),
});

export function syncRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  app.route('/log', logRoutes(server));
  const streams = createStreams();
  const limiter = createLimiter(SYNCS_PER_MINUTE, 60_000, Date.now);

  app.post('/sync', devicesOnly(server), async (c) => {
    const { workspace, member, device } = c.var.asker;
    if (device === null) throw new Error('devicesOnly lets devices pass');
    const allowed = limiter.take(device);
    if (!allowed.ok) {
      c.header('Retry-After', String(allowed.retryAfterSeconds));
      return refuse(c, 429, 'too-many', 'This browser asks too often. It tries again by itself.');
    }
    const read = await readJson(c, LARGEST_REQUEST);
    if (!read.ok) return read.response;
    const parsed = request.safeParse(read.json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue?.path.join('.') ?? '';
      return refuse(
        c,
        400,
        'not-well-formed',
        `The request does not fit: ${where} ${issue?.message}`,
      );
    }
    const { epoch, cursor, push, limit, signature, pinned } = parsed.data;

    const sender = { workspace: workspace.id, device, member };
    const assessed = push.map((raw) => assess(sender, raw));
    if (assessed.some(({ is }) => is === 'nameless')) {
      return refuse(c, 400, 'not-well-formed', 'A change in the request has no id.');
    }
    const storable = assessed.flatMap((one) => (one.is === 'storable' ? [one.change] : []));
    let stored: PushResult[] = [];
    if (push.length > 0) {
      const appended = await inWorkspace(server.db, workspace.id, async (tx) => {
        const key = await deviceKey(tx, workspace.id, device);
        if (key.revoked) return refuse(c, 403, 'revoked', REVOKED);
        const signing = checkBatch(sender, key.publicKey, push, storable, signature);
        if (!signing.ok) return refuse(c, 400, 'bad-signature', signing.words);
        return append(tx, workspace.id, storable, Date.now, signing.signature);
      }).catch((error: unknown) => {
        if (error instanceof Uncovered) return refuse(c, 400, 'bad-signature', NOT_CHAINED);
        throw error;
      });
      if (appended instanceof Response) return appended;
      stored = appended.results;
      if (stored.some(({ result }) => result !== 'duplicate')) {
        server.pokes.poke(workspace.id, appended.size);
      }
    }
    const known = epoch === null || epoch === workspace.epoch;
    if (push.length === 0) await noteCursor(server.db, workspace.id, device, known ? cursor : 0);
    const before = server.checkpoints.before(workspace.id);
    const { pulled, signed } = await inWorkspace(
      server.db,
      workspace.id,
      async (tx) => ({
        pulled: await pull(tx, workspace.id, member, known ? cursor : 0, limit, server.customers),
        signed: await server.checkpoints.sign(tx, before, pinned),
      }),
      { snapshot: true },
    );
    return answerJson(c, {
      v: 1,
      epoch: workspace.epoch,
      results: inOrder(assessed, stored),
      changes: pulled.changes,
      cursor: pulled.cursor,
      more: pulled.more,
      ...(signed.ok
        ? { checkpoint: signed.checkpoint, ...consistencyOf(signed.consistency) }
        : { unsigned: signed.words }),
    } satisfies SyncResponse);
  });

  app.get('/pokes', membersOnly(server), (c) => pokeStream(server, streams, c));

  return app;
}

function consistencyOf(consistency: string[] | null): { consistency?: string[] } {
  return consistency === null ? {} : { consistency };
}

/** Results in the order the changes came in. */
function inOrder(assessed: Assessment[], stored: PushResult[]): PushResult[] {
  let next = 0;
  return assessed.map((one) => {
    const result = one.is === 'refused' ? one.result : stored[next++];
    if (!result) throw new Error('each change has its result');
    return result;
  });
}
