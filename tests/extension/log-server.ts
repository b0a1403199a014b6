// A server with a log, in memory: it numbers, signs and proves as the real one does, as far as a
// device sees it. What an administrator could do to the log behind its back is the test's to do.
import {
  batchText,
  checkpointText,
  consistencyProof,
  envelopeHash,
  extend,
  type Following,
  type Frontier,
  followingName,
  fromBase64,
  leafBytes,
  leafHash,
  type NoteSigner,
  noteKey,
  type PulledChange,
  type PushedChange,
  type PushResult,
  parseTilePath,
  rankOf,
  rootOf,
  type SyncRequest,
  signNote,
  TILE_WIDTH,
  timestampOf,
  toBase64,
  utf8,
  writeNoteKey,
} from '../../src/ledger/index.ts';
import { connection, id, source } from './world.ts';

const { verifyEd25519 } = await import('../../src/extension/background/ed25519.ts');
const { hasher } = source;

export type Row = PulledChange;

export async function newSigner(name = 'unsaid.example/1a2b3c4d'): Promise<NoteSigner> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { publicKey, privateKey } = pair as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    ...noteKey(hasher, name, raw),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, Uint8Array.from(message))),
  };
}

export type LogServer = Awaited<ReturnType<typeof newLogServer>>;

export async function newLogServer() {
  const signer = await newSigner();
  const server = {
    signer,
    key: writeNoteKey(signer),
    epoch: id(),
    origin: `${signer.name}/${connection.workspace.id}`,
    rows: [] as Row[],
    /** Leaf hashes as they were appended: editing a row does not change what was signed. */
    hashes: [] as Uint8Array[],
    now: () => Date.now(),
    /** Device → its registered key; batches of these must be signed. */
    keys: new Map<string, string>(),
    tokens: new Map<string, string>([[connection.token, connection.device]]),
    reports: [] as { found: string; seq?: number }[],
    requests: [] as { path: string; request: SyncRequest; encoding: string | null }[],
    following: { mode: 'all', customers: [] } as Following,
    erased: new Set<string>(),
    proves: true,
    /** What is done to an answer before it leaves. */
    alter: (answer: { [field: string]: unknown }) => answer,
    /** Rows that this device gets; all of them unless the test says otherwise. */
    shows: (_row: Row) => true,
    pageOf: 1_000,

    append(change: PushedChange, problem?: string): Row {
      const { envelope } = change;
      const arrival = timestampOf({ ms: server.now(), counter: server.rows.length % 65_536 });
      const rank = rankOf(envelope.at, arrival);
      const received = new Date(server.now()).toISOString();
      const leaf = { ...envelope, received, rank };
      const row: Row = {
        seq: server.rows.length,
        leaf,
        salt: change.salt,
        body: change.body as Row['body'],
        ...(problem === undefined ? {} : { problem }),
      };
      server.rows.push(row);
      server.hashes.push(leafHash(hasher, leafBytes(leaf)));
      return row;
    },
    /** Takes out the bodies of a record, with or without telling. */
    empty(record: string): void {
      for (const row of server.rows) {
        if (row.leaf.record === record) Object.assign(row, { body: null, salt: null });
      }
    },
    backup: (): { epoch: string; rows: Row[]; hashes: Uint8Array[] } => ({
      epoch: server.epoch,
      rows: server.rows.map((row) => ({ ...row })),
      hashes: [...server.hashes],
    }),
    checkpoint: (size?: number): Promise<string> => {
      const hashes = server.hashes.slice(0, size);
      const root = rootOf(hasher, frontierOf(hashes));
      return signNote(checkpointText({ origin: server.origin, size: hashes.length, root }), signer);
    },
  };

  async function answer(asked: SyncRequest, device: string): Promise<Response> {
    const last = asked.push.at(-1);
    const own = asked.push.find(
      ({ envelope }) => envelope.kind === 'device' && envelope.record === device,
    );
    const registered = (own?.body as { publicKey?: string } | undefined)?.publicKey;
    if (registered !== undefined) server.keys.set(device, registered);
    const key = server.keys.get(device);
    if (last !== undefined && key !== undefined) {
      const text = utf8(batchText(envelopeHash(hasher, last.envelope)));
      const [publicKey, signature] = [fromBase64(key), fromBase64(asked.signature ?? '')];
      const ok = publicKey && signature && (await verifyEd25519(publicKey, text, signature));
      if (!ok) return json({ error: 'bad-signature', message: 'Not signed.' }, 400);
    }
    const results = asked.push.map((change) => accept(change, device));
    const known = asked.epoch === null || asked.epoch === server.epoch;
    const cursor = known ? asked.cursor : 0;
    const limit = Math.min(asked.limit, server.pageOf);
    const all = server.rows.slice(cursor).filter(server.shows);
    const page = all.slice(0, limit);
    const more = all.length > page.length;
    const size = server.hashes.length;
    return json(
      server.alter({
        ...{ v: 1, epoch: server.epoch, results, changes: page, more },
        cursor: more ? (page.at(-1)?.seq ?? 0) + 1 : server.rows.length,
        ...(server.proves
          ? {
              checkpoint: await server.checkpoint(),
              consistency: (await consistency(known ? (asked.pinned ?? 0) : 0, size)).map(toBase64),
            }
          : {}),
        ...(asked.follows === undefined || asked.follows === followingName(hasher, server.following)
          ? {}
          : { following: server.following }),
      }),
    );
  }

  function accept(change: PushedChange, device: string): PushResult {
    const { envelope } = change;
    const same = server.rows.find(({ leaf }) => leaf.id === envelope.id);
    if (same) return { id: envelope.id, result: 'duplicate', rank: same.leaf.rank };
    if (envelope.device !== device) {
      return { id: envelope.id, result: 'needs-attention', reason: 'Of another device.' };
    }
    const used = server.rows.some(
      ({ leaf }) => leaf.device === envelope.device && leaf.n === envelope.n,
    );
    if (used) return { id: envelope.id, result: 'number-taken' };
    const erased = server.erased.has(envelope.record);
    const row = server.append(erased ? { ...change, salt: null as never, body: null } : change);
    if (envelope.kind === 'erasure') {
      const { targets } = change.body as { targets: { id: string }[] };
      for (const target of targets) {
        server.erased.add(target.id);
        server.empty(target.id);
      }
    }
    return { id: envelope.id, result: erased ? 'erased' : 'accepted', rank: row.leaf.rank };
  }

  function backfill({
    customer,
    cursor,
    limit,
  }: {
    customer: string;
    cursor: number;
    limit: number;
  }) {
    const all = server.rows
      .slice(cursor)
      .filter(({ body }) => (body as { customer?: string } | null)?.customer === customer);
    const page = all.slice(0, Math.min(limit, server.pageOf));
    const more = all.length > page.length;
    const next = more ? (page.at(-1)?.seq ?? 0) + 1 : server.rows.length;
    return { epoch: server.epoch, changes: page, cursor: next, more };
  }

  function tile(path: string): Response {
    const parsed = parseTilePath(path);
    if (parsed === null) return json({ error: 'not-found', message: 'x' }, 404);
    const span = TILE_WIDTH ** parsed.level;
    const parts: Uint8Array[] = [];
    for (let at = 0; at < parsed.width; at += 1) {
      const start = (parsed.index * TILE_WIDTH + at) * span;
      parts.push(subtree(start, span));
    }
    return new Response(Uint8Array.from(parts.flatMap((part) => [...part])));
  }

  function subtree(start: number, leaves: number): Uint8Array {
    return rootOf(hasher, frontierOf(server.hashes.slice(start, start + leaves)));
  }

  function consistency(from: number, to: number): Promise<Uint8Array[]> {
    if (from > to) return Promise.resolve([]);
    return consistencyProof(hasher, from, to, (level, index) =>
      subtree(index * 2 ** level, 2 ** level),
    );
  }

  const fetching = (async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { pathname, searchParams } = new URL(url);
    const headers = new Headers(init.headers);
    const token = (headers.get('Authorization') ?? '').replace('Bearer ', '');
    const device = server.tokens.get(token);
    if (device === undefined) return json({ error: 'signed-out', message: 'x' }, 401);
    if (pathname.startsWith('/v1/log/tile/')) return tile(pathname.slice('/v1/log/'.length));
    if (pathname === '/v1/log/consistency') {
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
      return json({ proof: (await consistency(from, to)).map(toBase64) });
    }
    const asked = JSON.parse(await textOf(init, headers.get('Content-Encoding')));
    server.requests.push({
      path: pathname,
      request: asked,
      encoding: headers.get('Content-Encoding'),
    });
    if (pathname === '/v1/log/report') {
      server.reports.push(asked);
      return json({});
    }
    if (pathname === '/v1/device/renew') {
      const fresh = `token of ${asked.device.id}`;
      server.tokens.set(fresh, asked.device.id);
      return json({ access_token: fresh, device: { id: asked.device.id } });
    }
    if (pathname === '/v1/following') {
      server.following = asked;
      return json(asked);
    }
    if (pathname === '/v1/backfill') return json(backfill(asked));
    if (pathname === '/v1/sync') return answer(asked, device);
    return json({ error: 'not-found', message: 'x' }, 404);
  }) as typeof fetch;

  return Object.assign(server, { fetch: fetching });
}

function frontierOf(hashes: Uint8Array[]): Frontier {
  return extend(hasher, 0, [], hashes).frontier;
}

async function textOf(init: RequestInit, encoding: string | null): Promise<string> {
  if (encoding !== 'gzip') return String(init.body ?? 'null');
  const packed = new Blob([init.body as ArrayBuffer]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}
