// A second verification, straight from the SPEC and node:crypto, sharing nothing with ours: slow, whole
// in memory, and it says no more than whether all is well.
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto';

type Files = ReadonlyMap<string, Uint8Array>;

const sha = (...parts: (Uint8Array | string)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

// biome-ignore lint/suspicious/noExplicitAny: whatever JSON there is; anything unexpected throws
type Any = any;

/** RFC 8785 for what JSON.parse gives. */
function jcs(value: Any): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(',')}}`;
}

function root(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Buffer.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
}

/** RFC 9162, 2.1.3.2, by recursion from the top instead of from the bottom. */
function climb(leaf: Buffer, index: number, size: number, path: Buffer[]): Buffer {
  if (size === 1) {
    if (path.length > 0) throw new Error('too long');
    return leaf;
  }
  const last = path.at(-1);
  if (last === undefined) throw new Error('too short');
  let k = 1;
  while (k * 2 < size) k *= 2;
  const rest = path.slice(0, -1);
  return index < k
    ? sha(Buffer.of(1), climb(leaf, index, k, rest), last)
    : sha(Buffer.of(1), last, climb(leaf, index - k, size - k, rest));
}

function opened(note: string, keyText: string): string {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(keyText) ?? [];
  const key = Buffer.from(encoded, 'base64');
  const blank = note.lastIndexOf('\n\n');
  const text = note.slice(0, blank + 1);
  const x = key.subarray(1).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  for (const line of note.slice(blank + 2).split('\n')) {
    if (!line.startsWith(`— ${name} `)) continue;
    const encodedSignature = line.slice(name.length + 3);
    const bytes = Buffer.from(encodedSignature, 'base64');
    if (bytes.toString('base64') !== encodedSignature) continue;
    if (bytes.subarray(0, 4).toString('hex') !== id) continue;
    if (verify(null, Buffer.from(text), publicKey, bytes.subarray(4))) return text;
  }
  throw new Error('not signed');
}

/** Whether all is well with bundles that have proofs, or all leaves. */
export function naivelySound(files: Files, keyText: string): boolean {
  try {
    const file = (name: string) => {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`${name} is missing`);
      return Buffer.from(bytes);
    };
    const text = (name: string) => new TextDecoder('utf-8', { fatal: true }).decode(file(name));
    const manifest: Any = JSON.parse(text('manifest.json'));
    const signed = `unsaid evidence bundle\n${manifest.log.origin}\n${sha(file('manifest.json')).toString('hex')}\n`;
    if (opened(text('signature.txt'), keyText) !== signed) return false;
    const named = manifest.files.map(({ name }: Any) => name);
    const all = [...named, 'manifest.json', 'signature.txt'].sort();
    if (JSON.stringify(all) !== JSON.stringify([...files.keys()].sort())) return false;
    for (const { name, bytes, sha256 } of manifest.files) {
      if (file(name).length !== bytes || sha(file(name)).toString('hex') !== sha256) return false;
    }
    const [origin, size, top] = opened(text('checkpoint.txt'), keyText).split('\n');
    if (origin !== manifest.log.origin || Number(size) !== manifest.log.size) return false;
    const lines: Any[] = text('changes.ndjson')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    let last = -1;
    for (const line of lines) {
      if (line.seq <= last) return false;
      last = line.seq;
      const leaf: Any = JSON.parse(line.leaf);
      if (leaf.workspace !== manifest.workspace.id || jcs(leaf) !== line.leaf) return false;
      let parts: Buffer[] | null = null;
      if (line.body !== undefined) {
        parts = Object.keys(line.body)
          .sort()
          .map((name) => {
            const hmac = createHmac('sha256', Buffer.from(line.salt, 'hex')).update(name).digest();
            return sha(hmac, jcs(line.body[name]));
          });
      } else if (line.fields !== undefined) {
        parts = line.fields.map((field: Any) =>
          field.digest === undefined
            ? sha(Buffer.from(field.named, 'hex'), jcs(field.value))
            : Buffer.from(field.digest, 'hex'),
        );
      }
      if (parts !== null && sha(...parts).toString('hex') !== leaf.bodyHash) return false;
      const proof = files.get(`proofs/${line.seq}.tlog-proof`);
      if (proof === undefined) continue;
      const body = text(`proofs/${line.seq}.tlog-proof`);
      const [head = '', note] = [
        body.slice(0, body.indexOf('\n\n')),
        body.slice(body.indexOf('\n\n') + 2),
      ];
      const [first, second, ...hashes] = head.split('\n');
      if (first !== 'c2sp.org/tlog-proof@v1' || second !== `index ${line.seq}`) return false;
      if (note !== text('checkpoint.txt')) return false;
      const path = hashes.map((one) => Buffer.from(one, 'base64'));
      const hash = sha(Buffer.of(0), line.leaf);
      if (climb(hash, line.seq, Number(size), path).toString('base64') !== top) return false;
    }
    if (!manifest.whole) return true;
    const leaves = lines.map(({ leaf }) => sha(Buffer.of(0), leaf));
    return leaves.length === Number(size) && root(leaves).toString('base64') === top;
  } catch {
    return false;
  }
}
