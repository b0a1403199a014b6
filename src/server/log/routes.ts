// /v1/log: what proves the workspace's history (SPEC 9), and what devices found wrong with it.
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { id, isKind } from '../../domain/index.ts';
import {
  consistencyProof,
  type HashReader,
  inclusionProof,
  logReport,
  parseTilePath,
  TILE_WIDTH,
  tileWidth,
  toBase64,
} from '../../ledger/index.ts';
import { type AskerEnv, devicesOnly, membersOnly, roleRefusal } from '../accounts/asker.ts';
import { readJson } from '../bodies.ts';
import type { ServerContext } from '../context.ts';
import { inWorkspace } from '../database.ts';
import { nodeHasher } from '../hasher.ts';
import { createLimiter } from '../rate-limit.ts';
import { refuse } from '../refusal.ts';
import { signLog, treeOf } from './checkpoints.ts';
import { readerOfLog, readTile } from './hashes.ts';
import { leavesOfRecord } from './of-record.ts';
import { keepReport, reportsOf } from './reports.ts';

/** The first sync of a million leaves asks for some 4,000 tiles. */
const READS_PER_MINUTE = 6_000;
const REPORTS_PER_MINUTE = 20;
const LARGEST_REPORT = 64 * 1024;

const ONE_YEAR = 'private, max-age=31536000, immutable';

const size = z.coerce.number().check(z.int(), z.gte(0));
const proofQuery = z.object({ index: size, size });
const consistencyQuery = z.object({ from: size, to: size });

export function logRoutes(server: ServerContext): Hono<AskerEnv> {
  const app = new Hono<AskerEnv>();
  const reads = createLimiter(READS_PER_MINUTE, 60_000, Date.now);
  const reports = createLimiter(REPORTS_PER_MINUTE, 60_000, Date.now);

  app.use('*', membersOnly(server), async (c, next) => {
    const { member, device } = c.var.asker;
    const allowed = (c.req.method === 'POST' ? reports : reads).take(device ?? member.id);
    if (allowed.ok) return next();
    c.header('Retry-After', String(allowed.retryAfterSeconds));
    return refuse(c, 429, 'too-many', 'This browser asks too often. It tries again by itself.');
  });

  app.get('/checkpoint', async (c) => {
    const { workspace } = c.var.asker;
    const before = server.checkpoints.before(workspace.id);
    const signed = await inWorkspace(server.db, workspace.id, (tx) => signLog(tx, server, before), {
      snapshot: true,
    });
    if (!signed.ok) return refuse(c, 409, 'unsigned', signed.words);
    c.header('Cache-Control', 'no-store');
    return c.text(signed.checkpoint);
  });

  // For the console: the same, with the key that it is to be checked by.
  app.get('/', async (c) => {
    const { workspace } = c.var.asker;
    const before = server.checkpoints.before(workspace.id);
    const signed = await inWorkspace(server.db, workspace.id, (tx) => signLog(tx, server, before), {
      snapshot: true,
    });
    if (!signed.ok) return refuse(c, 409, 'unsigned', signed.words);
    return c.json({ checkpoint: signed.checkpoint, key: server.logKey.vkey });
  });

  app.get('/records/:kind/:id', async (c) => {
    const { asker } = c.var;
    const { kind, id: record } = c.req.param();
    const known = isKind(kind) && id.safeParse(record).success;
    const leaves = known
      ? await inWorkspace(server.db, asker.workspace.id, (tx) =>
          leavesOfRecord(tx, asker, kind, record),
        )
      : null;
    if (leaves === null)
      return refuse(c, 404, 'not-found', 'There is no such entry, or it is not for you.');
    return c.json({ leaves });
  });

  app.get('/tile/*', async (c) => {
    const { workspace } = c.var.asker;
    const tile = parseTilePath(c.req.path.slice(c.req.path.indexOf('/tile/') + 1));
    if (tile === null) return refuse(c, 404, 'not-found', 'There is no tile of this name.');
    const hashes = await inWorkspace(
      server.db,
      workspace.id,
      async (tx) => {
        const tree = await treeOf(tx, workspace.id, server.logKey);
        if (tile.width > tileWidth(tree.size, tile.level, tile.index)) return null;
        return readTile(tx, workspace.id, tile);
      },
      { snapshot: true },
    );
    if (hashes === null) return refuse(c, 404, 'not-found', 'The log is not that long yet.');
    c.header('Content-Type', 'application/octet-stream');
    c.header('Cache-Control', tile.width === TILE_WIDTH ? ONE_YEAR : 'no-store');
    return c.body(Buffer.from(hashes));
  });

  app.get('/proof', async (c) => {
    const query = proofQuery.safeParse(c.req.query());
    if (!query.success) return refuse(c, 400, 'not-well-formed', 'Ask with index and size.');
    const { index, size } = query.data;
    return proof(c, size, (read) => inclusionProof(nodeHasher, index, size, read));
  });

  app.get('/consistency', async (c) => {
    const query = consistencyQuery.safeParse(c.req.query());
    if (!query.success) return refuse(c, 400, 'not-well-formed', 'Ask with from and to.');
    const { from, to } = query.data;
    return proof(c, to, (read) => consistencyProof(nodeHasher, from, to, read));
  });

  async function proof(
    c: Context<AskerEnv>,
    within: number,
    prove: (read: HashReader) => Promise<Uint8Array[]>,
  ): Promise<Response> {
    const { workspace } = c.var.asker;
    const hashes = await inWorkspace(
      server.db,
      workspace.id,
      async (tx) => {
        const tree = await treeOf(tx, workspace.id, server.logKey);
        if (within > tree.size) return null;
        return prove(readerOfLog(tx, workspace.id, within));
      },
      { snapshot: true },
    ).catch((error: unknown) => {
      if (error instanceof RangeError) return null;
      throw error;
    });
    if (hashes === null) return refuse(c, 404, 'not-found', 'The log cannot prove this.');
    return c.json({ proof: hashes.map(toBase64) });
  }

  app.post('/report', devicesOnly(server), async (c) => {
    const { workspace, member, device } = c.var.asker;
    if (device === null) throw new Error('devicesOnly lets devices pass');
    const read = await readJson(c, LARGEST_REPORT);
    if (!read.ok) return read.response;
    const report = logReport.safeParse(read.json);
    if (!report.success) return refuse(c, 400, 'not-well-formed', 'This is no report.');
    const { found, pinned, told, seq } = report.data;
    server.log.warn({ workspace: workspace.id, device, found, seq }, 'the log does not fit');
    await inWorkspace(server.db, workspace.id, async (tx) => {
      await keepReport(tx, { workspace: workspace.id, device, member: member.id }, report.data);
      for (const note of [pinned, told]) {
        if (note !== null) await server.checkpoints.shown(tx, workspace.id, note);
      }
    });
    return c.json({ kept: true });
  });

  app.get('/reports', async (c) => {
    const refused = roleRefusal(c, 'admin');
    if (refused) return refused;
    const { workspace } = c.var.asker;
    return c.json({
      reports: await inWorkspace(server.db, workspace.id, (tx) => reportsOf(tx, workspace.id)),
    });
  });

  return app;
}
