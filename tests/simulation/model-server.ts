// The server's rules once more, naively: everything in memory, views found by folding from the
// beginning. Devices are simulated against it; it is also what the real server is held against.
import {
  type Body,
  fold,
  type Leaf,
  mayWrite,
  type RecordState,
  type Role,
  recordKey,
} from '../../src/domain/index.ts';
import {
  batchText,
  checkpointText,
  consistencyProof,
  envelopeHash,
  extend,
  type Frontier,
  fromBase64,
  judge,
  leafBytes,
  leafHash,
  type NoteSigner,
  nodeHash,
  type PulledChange,
  type PushedChange,
  type PushResult,
  parseTilePath,
  pushedChange,
  rankOf,
  rootOf,
  signNote,
  syncRequest,
  TILE_WIDTH,
  tick,
  toBase64,
  utf8,
  type Verify,
  writeNoteKey,
  ZERO_TIME,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';

export type ModelMember = { id: string; name: string; role: Role };
type Session = { member: ModelMember; device: string };
export type Row = {
  leaf: Leaf;
  salt: string | null;
  body: unknown;
  problem: string | null;
};
type Log = {
  epoch: string;
  origin: string;
  rows: Row[];
  clock: string;
  size: number;
  frontier: Frontier;
};

export type ModelOptions = {
  workspace: string;
  now(): number;
  newId(): string;
  newToken(): string;
  signer: NoteSigner;
  verify: Verify;
  /** Device codes that are approved, by whom. */
  codes: Map<string, { member: ModelMember }>;
};

export class ModelServer {
  readonly options: ModelOptions;
  readonly sessions = new Map<string, Session>();
  log: Log;
  /** What devices told of the log. */
  readonly reports: unknown[] = [];
  /** The largest size a device said it had pinned; nothing smaller is signed. */
  #pinned = 0;

  constructor(options: ModelOptions) {
    this.options = options;
    this.log = {
      epoch: options.newId(),
      origin: `${options.signer.name}/${options.workspace}`,
      rows: [],
      clock: ZERO_TIME,
      size: 0,
      frontier: [],
    };
  }

  connect(member: ModelMember, device: string): string {
    const token = this.options.newToken();
    this.sessions.set(token, { member, device });
    return token;
  }

  backup(): Log {
    const { rows, ...log } = this.log;
    return { ...log, rows: rows.map((row) => ({ ...row })) };
  }

  /** What an administrator does after a loss: an older state, a new epoch, a new origin. */
  restore(older: Log): void {
    const times = Number(this.log.origin.split('/')[3] ?? 1) + 1;
    const [name, host, workspace] = this.log.origin.split('/');
    this.log = {
      ...older,
      rows: older.rows.map((row) => ({ ...row })),
      epoch: this.options.newId(),
      origin: `${name}/${host}/${workspace}/${times}`,
    };
    this.#pinned = 0;
  }

  readonly fetch = (async (url: string, init?: RequestInit) => {
    const { pathname } = new URL(url);
    const asked = new Headers(init?.headers);
    if (pathname === '/v1/device/token') return this.#grant(await bodyOf(init));
    const session = this.sessions.get(
      /^Bearer (.+)$/.exec(asked.get('Authorization') ?? '')?.[1] ?? '',
    );
    if (session === undefined) return json({ error: 'not-connected', message: 'No.' }, 401);
    if (pathname === '/v1/sync') return this.#sync(session, await bodyOf(init));
    if (pathname === '/v1/key') return json({ key: writeNoteKey(this.options.signer) });
    if (pathname === '/v1/log/checkpoint') return new Response(await this.#checkpoint());
    if (pathname.startsWith('/v1/log/tile/')) return this.#tile(pathname.slice('/v1/log/'.length));
    if (pathname === '/v1/log/report') {
      this.reports.push(await bodyOf(init));
      return json({});
    }
    if (pathname === '/v1/device/renew') {
      const { device } = (await bodyOf(init)) as { device: { id: string } };
      return json({ access_token: this.connect(session.member, device.id), device });
    }
    return json({ error: 'not-found', message: 'No such address.' }, 404);
  }) as typeof fetch;

  #grant(raw: unknown): Response {
    const { device_code: code, device } = raw as { device_code: string; device: { id: string } };
    const granted = this.options.codes.get(code);
    if (granted === undefined) return json({ error: 'invalid_grant', message: 'No.' }, 400);
    const { member } = granted;
    return json({
      access_token: this.connect(member, device.id),
      token_type: 'Bearer',
      workspace: { id: this.options.workspace, name: 'Sample Workspace' },
      member: { ...member, email: 'you@practice.example' },
      device: { id: device.id },
      server: { key: writeNoteKey(this.options.signer) },
    });
  }

  async #sync(session: Session, raw: unknown): Promise<Response> {
    const parsed = syncRequest.safeParse(raw);
    if (!parsed.success) return json({ error: 'not-well-formed', message: 'No.' }, 400);
    const { epoch, cursor, push, limit, signature, pinned } = parsed.data;
    if (!(await this.#isSigned(session, push, signature))) {
      return json({ error: 'bad-signature', message: 'The batch is not signed rightly.' }, 400);
    }
    this.#pinned = Math.max(this.#pinned, pinned ?? 0);
    const received = this.options.now();
    const results = new Map<string, PushResult>();
    const batch = { forked: false };
    for (const change of [...push].sort((a, b) => a.envelope.n - b.envelope.n)) {
      results.set(change.envelope.id, this.#accept(session, change, received, batch));
    }
    const known = epoch === null || epoch === this.log.epoch;
    const pulled = this.#pull(session.member, known ? cursor : 0, limit);
    const signs = this.#pinned <= this.log.size;
    return json({
      v: 1,
      epoch: this.log.epoch,
      results: push.map(({ envelope }) => results.get(envelope.id)),
      ...pulled,
      ...(signs
        ? {
            checkpoint: await this.#checkpoint(),
            consistency: await this.#consistency(known ? (pinned ?? 0) : 0),
          }
        : {}),
    });
  }

  async #isSigned(
    { device }: Session,
    push: PushedChange[],
    signature: string | undefined,
  ): Promise<boolean> {
    const last = push.at(-1);
    if (last === undefined) return true;
    const registered = [
      ...this.log.rows.filter(({ problem }) => problem === null),
      ...push.map(({ envelope, body }) => ({ leaf: envelope, body })),
    ].find(
      ({ leaf }) => leaf.kind === 'device' && leaf.record === device && leaf.device === device,
    );
    const key = (registered?.body as { publicKey?: unknown } | undefined)?.publicKey;
    if (typeof key !== 'string') return true;
    const publicKey = fromBase64(key);
    const bytes = fromBase64(signature ?? '');
    if (publicKey === null || bytes === null) return false;
    const message = utf8(batchText(envelopeHash(hasher, last.envelope)));
    return this.options.verify(publicKey, message, bytes);
  }

  /** `batch.forked`: something before it in the batch was not stored, so neither is this. */
  #accept(
    { member, device }: Session,
    change: PushedChange,
    received: number,
    batch: { forked: boolean },
  ): PushResult {
    const { envelope, salt } = pushedChange.parse(change);
    const { id, n } = envelope;
    const no = (reason: string): PushResult => ({ id, result: 'needs-attention', reason });
    if (envelope.workspace !== this.options.workspace) return no('another workspace');
    if (envelope.device !== device || envelope.author !== member.id) return no('not its own');
    const hash = envelopeHash(hasher, envelope);
    const present = this.log.rows.find(({ leaf }) => leaf.id === id);
    if (present !== undefined && sealedHash(present.leaf) === hash) {
      const { kind, record, rank } = present.leaf;
      const { problem } = present;
      if (problem !== null) return { id, result: 'needs-attention', rank, reason: problem };
      return { id, result: this.#isErased(kind, record) ? 'erased' : 'duplicate', rank };
    }
    const at = (number: number) =>
      this.log.rows.find(({ leaf }) => leaf.device === device && leaf.n === number);
    const before = at(n - 1);
    const isAnew =
      present !== undefined &&
      present.leaf.device !== device &&
      present.leaf.author === member.id &&
      present.leaf.kind === envelope.kind &&
      present.leaf.record === envelope.record;
    if (isAnew) {
      batch.forked = true;
      return { id, result: 'duplicate', rank: present.leaf.rank, elsewhere: true };
    }
    if (batch.forked || at(n) || (before && sealedHash(before.leaf) !== envelope.prevHash)) {
      batch.forked = true;
      return { id, result: 'number-taken' };
    }
    if (present !== undefined) return no('id taken');
    this.log.clock = tick(this.log.clock, received);
    const rank = rankOf(envelope.at, this.log.clock);
    const leaf: Leaf = { ...envelope, received: new Date(received).toISOString(), rank };
    const verdict = mayWrite(member.role, envelope.kind)
      ? judge(hasher, change)
      : { fold: false as const, reason: 'not allowed' };
    const problem = verdict.fold ? null : verdict.reason;
    const erased = this.#isErased(envelope.kind, envelope.record);
    const row: Row = erased
      ? { leaf, salt: null, body: null, problem }
      : { leaf, salt, body: change.body, problem };
    this.log.rows.push(row);
    const grown = extend(hasher, this.log.size, this.log.frontier, [
      leafHash(hasher, leafBytes(leaf)),
    ]);
    this.log.size = grown.size;
    this.log.frontier = grown.frontier;
    if (envelope.kind === 'erasure' && problem === null) this.#erase(change.body as Body);
    if (erased) return { id, result: 'erased', rank };
    return problem === null
      ? { id, result: 'accepted', rank }
      : { id, result: 'needs-attention', rank, reason: problem };
  }

  #erase({ targets }: Body): void {
    const keys = new Set(
      (targets as { kind: string; id: string }[]).map((t) => `${t.kind}/${t.id}`),
    );
    for (const row of this.log.rows) {
      if (!keys.has(recordKey(row.leaf.kind, row.leaf.record))) continue;
      row.body = null;
      row.salt = null;
    }
  }

  #isErased(kind: string, record: string): boolean {
    return this.log.rows.some(
      ({ leaf, body, problem }) =>
        leaf.kind === 'erasure' &&
        problem === null &&
        ((body as Body | null)?.targets as { kind: string; id: string }[] | undefined)?.some(
          (target) => target.kind === kind && target.id === record,
        ),
    );
  }

  /** The records as they were after the first `size` leaves, of those that `counts`. */
  records(size = this.log.rows.length, counts = (_: Row) => true): Map<string, RecordState> {
    return fold(
      this.log.rows.slice(0, size).flatMap((row) => {
        const { leaf, body, problem } = row;
        return problem === null && body !== null && counts(row)
          ? [{ ...pickRanked(leaf), body: body as Body, ...(leaf.base ? { base: leaf.base } : {}) }]
          : [];
      }),
    );
  }

  /** Ids of the changes that a member may read now. */
  readableBy(member: ModelMember): string[] {
    const now = this.records();
    return this.log.rows.filter((row) => this.#sees(member, now, row)).map(({ leaf }) => leaf.id);
  }

  #sees(member: ModelMember, states: Map<string, RecordState>, { leaf }: Row): boolean {
    if (member.role !== 'annotator' || leaf.author === member.id) return true;
    const state = states.get(recordKey(leaf.kind, leaf.record));
    // What was erased is nothing that anybody has to have.
    if (state === undefined) return false;
    return isShown(state) || state.origin.author === member.id;
  }

  #pull(member: ModelMember, cursor: number, limit: number) {
    const size = this.log.rows.length;
    const end = Math.min(size, cursor + limit);
    const now = this.records();
    const changes: PulledChange[] = [];
    const revealed = new Set<string>();
    for (let seq = cursor; seq < end; seq += 1) {
      const row = this.log.rows[seq];
      if (row === undefined) continue;
      const key = recordKey(row.leaf.kind, row.leaf.record);
      const before = this.records(seq).get(key);
      const after = this.records(seq + 1).get(key);
      if (!before || !after || isShown(before)) continue;
      if (isShown(after) || before.origin.author !== after.origin.author) revealed.add(key);
    }
    for (const [seq, row] of this.log.rows.entries()) {
      const inPage = seq >= cursor && seq < end;
      const key = recordKey(row.leaf.kind, row.leaf.record);
      if (!inPage && !(seq < cursor && revealed.has(key))) continue;
      if (!this.#sees(member, now, row)) continue;
      const { leaf, salt, body, problem } = row;
      changes.push({
        ...{ seq, leaf, salt, body: body as PulledChange['body'] },
        ...(problem === null ? {} : { problem }),
      });
    }
    return { changes, cursor: end, more: end < size };
  }

  async #checkpoint(): Promise<string> {
    const { origin, size, frontier } = this.log;
    const text = checkpointText({ origin, size, root: rootOf(hasher, frontier) });
    return signNote(text, this.options.signer);
  }

  async #consistency(from: number): Promise<string[]> {
    if (from === 0 || from > this.log.size) return [];
    const proof = await consistencyProof(hasher, from, this.log.size, this.#reader);
    return proof.map(toBase64);
  }

  readonly #reader = (level: number, index: number): Uint8Array => {
    if (level === 0) {
      const row = this.log.rows[index];
      if (row === undefined) throw new RangeError('no such leaf');
      return leafHash(hasher, leafBytes(row.leaf));
    }
    return nodeHash(
      hasher,
      this.#reader(level - 1, 2 * index),
      this.#reader(level - 1, 2 * index + 1),
    );
  };

  #tile(path: string): Response {
    const tile = parseTilePath(path);
    if (tile === null) return json({ error: 'not-found', message: 'No such tile.' }, 404);
    const { level, index, width } = tile;
    const bytes = new Uint8Array(width * 32);
    for (let at = 0; at < width; at += 1) {
      const leaves = TILE_WIDTH ** level;
      if ((index * TILE_WIDTH + at + 1) * leaves > this.log.size) {
        return json({ error: 'not-found', message: 'No such tile.' }, 404);
      }
      bytes.set(this.#reader(8 * level, index * TILE_WIDTH + at), at * 32);
    }
    return new Response(bytes);
  }
}

function sealedHash({ received: _, rank: __, ...envelope }: Leaf): string {
  return envelopeHash(hasher, envelope);
}

function pickRanked({ id, kind, record, author, rank }: Leaf) {
  return { id, kind, record, author, rank };
}

function isShown(state: RecordState): boolean {
  return (state.registers.visibility?.value ?? 'workspace') === 'workspace';
}

async function bodyOf(init: RequestInit | undefined): Promise<unknown> {
  const text = await new Response(
    new Headers(init?.headers).get('Content-Encoding') === 'gzip'
      ? new Response(init?.body).body?.pipeThrough(new DecompressionStream('gzip'))
      : init?.body,
  ).text();
  return JSON.parse(text);
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
}
