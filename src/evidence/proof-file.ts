// A proof that a leaf is in the log, as https://c2sp.org/tlog-proof has it: other programs read it too.
import { fromBase64, HASH_BYTES, toBase64 } from '../ledger/index.ts';

export type ProofFile = { index: number; hashes: Uint8Array[]; checkpoint: string };

const HEADER = 'c2sp.org/tlog-proof@v1';

export function proofName(seq: number): string {
  return `proofs/${seq}.tlog-proof`;
}

export function writeProof({ index, hashes, checkpoint }: ProofFile): string {
  return [HEADER, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** null unless it is exactly what writeProof writes: extra data is none of ours. */
export function parseProof(text: string): ProofFile | null {
  const blank = text.indexOf('\n\n');
  if (blank < 0) return null;
  const [header, second = '', ...encoded] = text.slice(0, blank).split('\n');
  const [, digits = ''] = /^index (0|[1-9]\d{0,15})$/.exec(second) ?? [];
  const index = Number(digits);
  if (header !== HEADER || digits === '' || !Number.isSafeInteger(index)) return null;
  const hashes: Uint8Array[] = [];
  for (const one of encoded) {
    const bytes = fromBase64(one);
    if (bytes?.length !== HASH_BYTES) return null;
    hashes.push(bytes);
  }
  return { index, hashes, checkpoint: text.slice(blank + 2) };
}
