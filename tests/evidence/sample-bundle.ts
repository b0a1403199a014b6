// Bundles of a made-up log, in memory, to be tampered with.
import { createHash } from 'node:crypto';
import type { Body, Json } from '../../src/domain/index.ts';
import {
  type BundleFinding,
  type BundleSource,
  type ChangeLine,
  redacted,
  type Verdict,
  verifyBundle,
  writeBundle,
  writtenLine,
} from '../../src/evidence/index.ts';
import {
  fromUtf8,
  type LogRow,
  leafHash,
  type NoteKey,
  signNote,
  tilePath,
  tileRoot,
  writeNoteKey,
} from '../../src/ledger/index.ts';
import { nodeHasher as hasher } from '../../src/server/hasher.ts';
import {
  checkpointOf,
  idOf,
  LOG_KEY,
  MEMBER,
  ORIGIN,
  RECORD,
  SampleLog,
  verifyEd25519,
  WORKSPACE,
} from '../ledger/sample-log.ts';

export type Files = Map<string, Uint8Array>;

const DEVICE = idOf(11);
export const ERASED = idOf(22);

export const hashing = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), digest: () => hash.digest() };
};

/** `count` changes of one record, one that is erased and its erasure, the nastiest texts first. */
export function sampleLog(count: number): LogRow[] {
  const log = new SampleLog();
  const texts = ['=1+1', 'مرحبا', 'a\u2028b', '"quoted"\r\n\ttext', 'ä'.repeat(500), ''];
  for (const text of texts.slice(0, count)) {
    const body = { text, label: 'note', customer: idOf(7) };
    log.write(DEVICE, MEMBER, { kind: 'note', record: RECORD, body });
  }
  const gone = { text: 'gone', label: 'note' };
  log.write(DEVICE, MEMBER, { kind: 'note', record: ERASED, body: gone });
  while (log.rows.length < count - 1) log.note(DEVICE, MEMBER);
  const body: Body = { targets: [{ kind: 'note', id: ERASED }], reason: 'asked', cause: 'request' };
  log.write(idOf(13), MEMBER, { kind: 'erasure', record: idOf(31), body });
  return log.rows;
}

export type Wanted = {
  seqs?: number[] | null;
  /** Fields that are left out. */
  hide?: string[];
  /** Changes whose contents are left out. */
  leave?: number[];
  checkpoint?: string;
  made?: string;
};

export async function bundleOf(rows: LogRow[], wanted: Wanted = {}): Promise<Files> {
  const { seqs = null, hide = [], leave = [] } = wanted;
  const erasure = rows.length - 1;
  const lines = (seqs ?? rows.map(({ seq }) => seq)).map((seq): ChangeLine => {
    const row = rows[seq];
    if (row === undefined) throw new Error('no such row');
    const leaf = fromUtf8(row.leaf);
    if (leaf.includes(ERASED)) return { seq, leaf, missing: 'erased', erasure };
    if (leave.includes(seq) || row.body === null || row.salt === null) {
      return { seq, leaf, missing: 'left-out' };
    }
    const body = JSON.parse(fromUtf8(row.body)) as { [field: string]: Json };
    return redacted(hasher, { seq, leaf, salt: row.salt, body }, (name) => hide.includes(name));
  });
  const levels = [rows.map(({ leaf }) => leafHash(hasher, leaf))];
  const source: BundleSource = {
    made: wanted.made ?? '2027-03-04T05:06:07Z',
    by: { id: MEMBER, name: 'Sample Member' },
    workspace: { id: WORKSPACE, name: 'Sample Workspace' },
    filter: { kind: 'note' },
    log: { origin: ORIGIN, size: rows.length, key: writeNoteKey(LOG_KEY) },
    leftOut: hide.map((name) => `The field ${name}`),
    checkpoint: wanted.checkpoint ?? (await checkpointOf(rows)),
    seqs,
    changes: (async function* () {
      yield* lines.map(writtenLine);
    })(),
    tile: async (level, index, width) => {
      for (let at = levels.length; at <= level; at += 1) {
        const below = levels[at - 1] ?? [];
        const full = Array.from({ length: Math.floor(below.length / 256) }, (_, tile) =>
          tileRoot(hasher, Buffer.concat(below.slice(256 * tile, 256 * (tile + 1)))),
        );
        levels.push(full);
      }
      const hashes = (levels[level] ?? []).slice(256 * index, 256 * index + width);
      if (hashes.length !== width) throw new Error(`no tile ${tilePath(level, index, width)}`);
      return Buffer.concat(hashes);
    },
    more: [{ name: 'report.html', text: () => ['<!doctype html>', '<title>Sample</title>\n'] }],
    sign: async (text) => signNote(text, LOG_KEY),
  };
  const files: Files = new Map();
  for await (const { name, pieces } of writeBundle(source, { hasher, hashing })) {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    files.set(name, Buffer.concat(all));
  }
  return files;
}

export type Outcome = Verdict & { findings: BundleFinding[] };

export async function verified(files: Files, key: NoteKey | null = LOG_KEY): Promise<Outcome> {
  const findings: BundleFinding[] = [];
  const verdict = await verifyBundle(
    {
      names: () => [...files.keys()],
      async *read(name) {
        const bytes = files.get(name) ?? new Uint8Array(0);
        // In pieces that cut lines anywhere.
        for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
      },
    },
    { hasher, hashing, ed25519: verifyEd25519, key },
    (finding) => findings.push(finding),
  );
  return { ...verdict, findings };
}
