// What this browser can see for itself of the log. The key comes from the server that is checked, so
// this finds mistakes and not a server that lies to everybody in the same way: for that there are
// browsers that remember what they saw, and `unsaid log verify`.
import type { Body, Leaf } from '../../domain/index.ts';
import {
  bodyHash,
  browserHasher,
  fromBase64,
  leafHash,
  openNote,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  type Verify,
  verifyInclusion,
} from '../../ledger/index.ts';
import type { LeafShown, LogState } from './calls.ts';

export type LogSeen = {
  origin: string;
  size: number;
  root: Uint8Array;
  /** Its key by name and id. */
  key: string;
  /** Who has signed besides the server's key: names as the note has them. */
  cosigners: string[];
  /** unknown: this browser knows no Ed25519. */
  signature: 'good' | 'bad' | 'unknown';
};

/** null: this is no signed checkpoint. Rejects never. */
export async function seeLog({ checkpoint, key }: LogState): Promise<LogSeen | null> {
  const note = parseNote(checkpoint);
  const known = parseNoteKey(browserHasher, key);
  const parsed = note && parseCheckpoint(note.text);
  if (!note || !parsed || !known) return null;
  const isOwn = (one: { name: string; id: string }) =>
    one.name === known.name && one.id === known.id;
  const signature = await openNote(checkpoint, [known], verifyEd25519).then(
    ({ ok }) => (ok ? 'good' : 'bad'),
    () => 'unknown' as const,
  );
  return {
    ...parsed,
    ...{ key: `${known.name}+${known.id}`, signature },
    cosigners: note.signatures.filter((one) => !isOwn(one)).map(({ name }) => name),
  };
}

/** Of one change: found in the tree; its words as they were hashed (null where they are erased). */
export type Checked = { seq: number; inLog: boolean; whole: boolean | null };

/** Whether a leaf is of this record, in the tree, and has this body. */
export function check(
  log: Pick<LogSeen, 'size' | 'root'>,
  record: { kind: string; id: string },
  { seq, leaf, body, salt }: LeafShown,
  proof: readonly string[],
): Checked {
  const bytes = fromBase64(leaf);
  const hashes = proof.map(fromBase64);
  if (!bytes || !hashes.every((hash) => hash !== null)) return { seq, inLog: false, whole: null };
  const said = read<Leaf>(bytes);
  const inLog =
    said?.kind === record.kind &&
    said.record === record.id &&
    verifyInclusion(browserHasher, leafHash(browserHasher, bytes), seq, log.size, hashes, log.root);
  if (body === null || salt === null) return { seq, inLog, whole: null };
  const words = fromBase64(body);
  const fields = words && read<Body>(words);
  return { seq, inLog, whole: fields !== null && said?.bodyHash === hashOf(salt, fields) };
}

function hashOf(salt: string, body: Body): string | null {
  try {
    return bodyHash(browserHasher, salt, body);
  } catch {
    return null;
  }
}

function read<T extends object>(bytes: Uint8Array): T | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}

/** Rejects where the browser has no Ed25519 (Chromium before 137). */
const verifyEd25519: Verify = async (publicKey, message, signature) => {
  const raw = Uint8Array.from(publicKey);
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
};

/** Kind and id in an address of the register, or "kind/id"; null when neither is in it. */
export function recordIn(text: string): { kind: string; id: string } | null {
  const [, kind = '', id = ''] =
    /(?:^|record\/)([a-z]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(text.trim()) ?? [];
  return kind && id ? { kind, id } : null;
}
