// A log as an honest server keeps it, of three devices: one that signs, one that it vouches for, and
// a console without a key. To be tampered with.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import {
  auditLog,
  batchText,
  type Chain,
  canonicalBytes,
  checkpointText,
  type Draft,
  envelopeHash,
  extend,
  type Finding,
  type LogRow,
  type LogToAudit,
  leafBytes,
  leafHash,
  type NoteSigner,
  newChain,
  noteKey,
  rankOf,
  rootOf,
  seal,
  signNote,
  TILE_WIDTH,
  tilePath,
  tileRoot,
  timestampOf,
  utf8,
  type Verify,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';

/** An id by number. */
export function idOf(number: number): string {
  return `01890a5d-ac96-774b-bcce-${number.toString(16).padStart(12, '0')}`;
}

export const WORKSPACE = idOf(1);
export const MEMBER = idOf(2);
export const OTHER_MEMBER = idOf(3);
export const FIRST = idOf(11);
export const SECOND = idOf(12);
export const CONSOLE = idOf(13);
export const RECORD = idOf(21);

const keys = new Map<string, KeyObject>();

export const verifyEd25519: Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const present = keys.get(x);
  const key = present ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  keys.set(x, key);
  return verify(null, message, key, signature);
};

export type Key = { publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array };

/** Seeds make the same key each time, so that a failing test fails again. */
export function newKey(seed: number): Key {
  const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([pkcs8, Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x = '' } = privateKey.export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url'),
    sign: (message) => sign(null, message, privateKey),
  };
}

export const LOG_KEY: NoteSigner = (() => {
  const { publicKey, sign } = newKey(1);
  return { ...noteKey(hasher, 'log.example/5f3a', publicKey), sign };
})();
export const ORIGIN = `${LOG_KEY.name}/${WORKSPACE}`;

const START = 1_800_000_000_000;

/** Writes a log row by row. Each device has a chain; `batch` signs what was written last. */
export class SampleLog {
  readonly rows: LogRow[] = [];
  readonly #chains = new Map<string, Chain>();
  #now = START;
  #salt = 0;

  write(device: string, author: string, draft: Omit<Draft, 'id'>, key: Key | null = null): LogRow {
    this.#now += 10;
    const source = {
      now: () => this.#now,
      random: (n: number) => new Uint8Array(n).fill(this.#salt++),
    };
    const chain = this.#chains.get(device) ?? newChain(WORKSPACE, device, author, '0'.repeat(16));
    const made = seal(hasher, source, chain, { id: idOf(1_000 + this.rows.length), ...draft });
    this.#chains.set(device, made.chain);
    const { envelope, salt, body } = made.change;
    const received = this.#now + 5;
    const leaf = leafBytes({
      ...envelope,
      received: new Date(received).toISOString(),
      rank: rankOf(envelope.at, timestampOf({ ms: received, counter: 0 })),
    });
    const text = utf8(batchText(envelopeHash(hasher, envelope)));
    const row = {
      seq: this.rows.length,
      leaf,
      salt,
      body: canonicalBytes(body),
      folded: true,
      signature: key === null ? null : key.sign(text),
    };
    this.rows.push(row);
    return row;
  }

  note(device: string, author: string, key: Key | null = null, record = RECORD): LogRow {
    const body = { text: `Note ${this.rows.length}` };
    return this.write(device, author, { kind: 'note', record, body }, key);
  }
}

/** Full tiles of these rows, by path. */
export function tilesOf(rows: readonly LogRow[]): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  let hashes = rows.map(({ leaf }) => leafHash(hasher, leaf));
  for (let level = 0; hashes.length >= TILE_WIDTH; level += 1) {
    const roots: Uint8Array[] = [];
    for (let index = 0; (index + 1) * TILE_WIDTH <= hashes.length; index += 1) {
      const tile = Buffer.concat(hashes.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));
      tiles.set(tilePath(level, index), tile);
      roots.push(tileRoot(hasher, tile));
    }
    hashes = roots;
  }
  return tiles;
}

export function rootOfRows(rows: readonly LogRow[]): Uint8Array {
  const hashes = rows.map(({ leaf }) => leafHash(hasher, leaf));
  return rootOf(hasher, extend(hasher, 0, [], hashes).frontier);
}

export function checkpointOf(
  rows: readonly LogRow[],
  origin = ORIGIN,
  signer = LOG_KEY,
): Promise<string> {
  return signNote(checkpointText({ origin, size: rows.length, root: rootOfRows(rows) }), signer);
}

export type Kept = {
  rows: LogRow[];
  tiles: Map<string, Uint8Array>;
  checkpoint: string | null;
  pinned: string[];
  kept?: { size: number; root: Uint8Array };
};

export type Outcome = { findings: Finding[]; sound: boolean; size: number };

export async function audit({ rows, tiles, checkpoint, pinned, kept }: Kept): Promise<Outcome> {
  const findings: Finding[] = [];
  const log: LogToAudit = {
    workspace: WORKSPACE,
    rows: (async function* () {
      yield* rows;
    })(),
    tile: async (level, index) => tiles.get(tilePath(level, index)) ?? null,
    checkpoint,
    pinned,
    key: LOG_KEY,
    ...(kept ? { kept } : {}),
  };
  const { sound, size } = await auditLog(hasher, verifyEd25519, log, (one) => findings.push(one));
  return { findings, sound, size };
}
