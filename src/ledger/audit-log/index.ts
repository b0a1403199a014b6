// Verifies a whole log without asking the server that keeps it (SPEC 9.10): every leaf, the tiles, the
// checkpoints, the contents, the devices' chains and signatures. Memory grows with the number of
// devices, of erased records and of missing bodies, and with nothing else.
import { type Id, type Leaf, leaf as leafSchema } from '../../domain/index.ts';
import { canonicalBytes, fromUtf8 } from '../canonical.ts';
import { msOf } from '../clock.ts';
import type { Hasher } from '../hasher.ts';
import type { NoteKey, Verify } from '../note.ts';
import { leafHash, sameHash } from '../tree.ts';
import { BodyAudit, type Contents } from './bodies.ts';
import { expectedOf, type Notes } from './checkpoints.ts';
import { DeviceAudit } from './devices.ts';
import { type Report, wrong } from './finding.ts';
import { type KeptTile, TreeAudit } from './tree.ts';

export type { Finding, Report, What } from './finding.ts';

export type LogRow = Contents & {
  seq: number;
  /** As stored; hashed as they are. */
  leaf: Uint8Array;
  /** Its device's signature over the batch that ends with it; null when there is none. */
  signature: Uint8Array | null;
};

export type LogToAudit = Notes & {
  workspace: Id;
  /** In the order of their numbers. */
  rows: AsyncIterable<LogRow>;
  tile: KeptTile;
  /** What the server takes the tree to be, from the workspace's row; absent in an export. */
  kept?: { size: number; root: Uint8Array };
  key: NoteKey;
};

/** `sound`: nothing was `wrong`; there may be notices. */
export type Audited = { size: number; root: Uint8Array; wrongs: number; sound: boolean };

/** Missing numbers that are told and passed over; with more, the audit ends there. */
const LARGEST_GAP = 1_000_000;
const NOTHING = new Uint8Array(32);

/** Reads the log once and reports what it finds on the way. Rejects only when the rows do. */
export async function auditLog(
  hasher: Hasher,
  verify: Verify,
  log: LogToAudit,
  tell: Report,
): Promise<Audited> {
  let wrongs = 0;
  const report: Report = (finding) => {
    if (finding.is === 'wrong') wrongs += 1;
    tell(finding);
  };
  const expected = await expectedOf(log.workspace, log, log.key, verify, report);
  const tree = new TreeAudit(hasher, log.tile, expected, report);
  const bodies = new BodyAudit(hasher, report);
  const devices = new DeviceAudit(hasher, verify, report);
  let latest = 0;

  for await (const row of log.rows) {
    const { seq } = row;
    if (seq < tree.size) {
      report(wrong('repeat', `Number ${seq} is there again.`, { seq }));
      continue;
    }
    if (seq > tree.size) {
      const words = `Leaves are missing: ${tree.size} to ${seq - 1}.`;
      report(wrong('gap', words, { seq: tree.size }));
      if (seq - tree.size > LARGEST_GAP) break;
      while (tree.size < seq) await tree.add(NOTHING);
    }
    await tree.add(leafHash(hasher, row.leaf));
    const leaf = readLeaf(row, log.workspace, report);
    if (leaf === null) continue;
    latest = Math.max(latest, Date.parse(leaf.received));
    checkRank(seq, leaf, latest, report);
    const body = bodies.check(seq, leaf, row);
    const folded = row.folded ? body : null;
    if (folded !== null && leaf.kind === 'erasure') bodies.erase(seq, leaf.author, folded);
    await devices.check(seq, leaf, folded, row.signature);
  }

  bodies.end();
  devices.end();
  for (const { size, what } of tree.beyond()) {
    const words = `The log has ${tree.size} leaves, and the server signed ${size} ${what === 'fork' ? 'before' : 'now'}: it was rolled back or cut off.`;
    report(wrong('rollback', words));
  }
  const root = tree.root();
  if (log.kept && log.kept.size !== tree.size) {
    const words = `The log has ${tree.size} leaves; its workspace says ${log.kept.size}.`;
    report(wrong('size-differs', words));
  } else if (log.kept && !sameHash(log.kept.root, root)) {
    report(wrong('root-differs', 'The leaves do not give the root that the workspace keeps.'));
  }
  return { size: tree.size, root, wrongs, sound: wrongs === 0 };
}

function readLeaf({ seq, leaf: bytes }: LogRow, workspace: Id, report: Report): Leaf | null {
  const parsed = leafSchema.safeParse(readJson(bytes));
  if (!parsed.success) {
    report(wrong('leaf-malformed', `Leaf ${seq} is none.`, { seq }));
    return null;
  }
  const leaf = parsed.data;
  if (!sameHash(canonicalBytes(leaf), bytes)) {
    const words = `Leaf ${seq} is not written as leaves are (canonical JSON).`;
    report(wrong('leaf-not-canonical', words, { seq }));
  }
  if (leaf.workspace !== workspace) {
    const words = `Leaf ${seq} is of another workspace: ${leaf.workspace}.`;
    report(wrong('other-workspace', words, { seq }));
  }
  return leaf;
}

/** undefined when it is no JSON in UTF-8. */
function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    return undefined;
  }
}

/**
 * A rank is the earlier of `at` and the arrival (SPEC 2.4). `latest` is the latest arrival so far: a
 * server whose clock was set back goes on from there.
 */
function checkRank(seq: number, { at, rank }: Leaf, latest: number, report: Report) {
  if (rank > at) {
    const words = `Leaf ${seq} ranks above the time its device gave it.`;
    report(wrong('rank-above-at', words, { seq }));
  } else if (msOf(rank) > latest) {
    const words = `Leaf ${seq} ranks above the time it arrived.`;
    report(wrong('rank-above-received', words, { seq }));
  }
}
