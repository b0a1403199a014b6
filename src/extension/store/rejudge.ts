// After an update: what an earlier version could not read may be understood now (SPEC 4.3).
import { type Envelope, envelope, KINDS } from '../../domain/index.ts';
import { type Hasher, utf8 } from '../../ledger/index.ts';
import { entriesOf, keyOf } from './blocks.ts';
import { asStoreError } from './errors.ts';
import { bodyFits, isUnderstood } from './fits.ts';
import { putChanges } from './folding.ts';
import { takeErasures } from './pulled.ts';
import type { StoredChange, WorkspaceDb, WorkspaceTx } from './schema.ts';

/** Raised when a field takes more than before; new kinds and fields are noticed by themselves. */
const WIDENED = 1;

/** What this version understands, in a word. */
export function kindsVersion(hasher: Hasher): string {
  const names = Object.entries(KINDS).map(([kind, fields]) => [kind, ...Object.keys(fields)]);
  return hasher.sha256Hex(utf8(JSON.stringify([WIDENED, names]))).slice(0, 16);
}

/** Folds what is understood now. Once for each version; answers whether any record looks different. */
export async function rejudge(db: WorkspaceDb, hasher: Hasher): Promise<boolean> {
  const version = kindsVersion(hasher);
  if ((await db.get('meta', 'kinds')) === version) return false;
  try {
    const stores = [
      ...(['changes', 'records', 'blocks', 'outbox', 'attention'] as const),
      ...(['meta', 'erased', 'unindexed'] as const),
    ] as const;
    const tx = db.transaction([...stores], 'readwrite') as unknown as WorkspaceTx;
    const rows = await tx.objectStore('changes').index('unfolded').getAll(1);
    const blocks = await tx.objectStore('blocks').index('keys').getAll(keyOf.unfolded);
    const packed = blocks.flatMap((block) => entriesOf(block).flatMap(({ changes }) => changes));
    const understood: StoredChange[] = [];
    for (const change of [...rows, ...packed]) {
      const judged = judgedAgain(hasher, change);
      if (judged === null) continue;
      await putChanges(tx, judged.kind, judged.record, [judged]);
      understood.push(judged);
    }
    // Last, since what they name may be among these.
    await takeErasures(tx, understood);
    await tx.objectStore('meta').put(version, 'kinds');
    await tx.done;
    return understood.length > 0;
  } catch (error) {
    throw asStoreError(error);
  }
}

/** The change as it is folded now, or null when nothing has changed for it. */
function judgedAgain(hasher: Hasher, change: StoredChange): StoredChange | null {
  if (change.unfolded !== 1) return null;
  const sealed = change.envelope ?? envelopeIn(change.leaf);
  const { unfolded: _again, leaf: _known, ...rest } = change;
  const judged: StoredChange = { ...rest, envelope: sealed, base: sealed?.base ?? change.base };
  if (sealed === null || !bodyFits(hasher, judged) || !isUnderstood(judged)) return null;
  return { ...judged, folded: true };
}

/** The envelope in a leaf of a version that was unknown when it came. */
function envelopeIn(leaf: unknown): Envelope | null {
  if (typeof leaf !== 'object' || leaf === null) return null;
  const { received: _received, rank: _rank, ...sealed } = leaf as { [member: string]: unknown };
  const parsed = envelope.safeParse(sealed);
  return parsed.success ? parsed.data : null;
}
