// The text of a checkpoint, as https://c2sp.org/tlog-checkpoint has it, without extension lines
// (SPEC 9). Signing and proving who signed it is note.ts's.
import { fromBase64, toBase64 } from './base64.ts';
import { HASH_BYTES, requireSize } from './tree.ts';

/** What a log commits to: `origin` says which log, `root` is the tree's of `size` leaves. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

/** Throws on an origin that is no name, a size that is none and a root that is no hash. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  requireSize(size);
  if (!isOrigin(origin) || root.length !== HASH_BYTES) throw new TypeError('no checkpoint');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** null unless `text` is exactly what checkpointText writes. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin = '', digits = '', encoded = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const size = Number(digits);
  const root = fromBase64(encoded);
  if (!isOrigin(origin) || !Number.isSafeInteger(size) || root?.length !== HASH_BYTES) return null;
  return { origin, size, root };
}

/** As names of keys are: not empty, no space of any kind, no plus. */
function isOrigin(origin: string): boolean {
  return /^[^\s\u0085+\p{Cc}]+$/u.test(origin) && origin.isWellFormed();
}
