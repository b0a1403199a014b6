// Verifies a bundle without the server that made it (SPEC 16). Reads each file once, a piece at a
// time; memory grows with the number of devices, of erased changes and of tiles, and with nothing else.
import { type Leaf, leaf as leafSchema } from '../domain/index.ts';
import {
  envelopeTextIn,
  extend,
  type Frontier,
  fromUtf8,
  type Hasher,
  hashAt,
  leafHash,
  leafText,
  type NoteKey,
  openNote,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  rootOf,
  sameHash,
  TILE_WIDTH,
  textHash,
  tilePath,
  tileWidth,
  toBase64,
  toHex,
  utf8,
  type Verify,
  verifyInclusion,
} from '../ledger/index.ts';
import { type ChangeLine, changeLine, contentsHash, shownFields, shownOf } from './change-line.ts';
import {
  CHANGES,
  CHECKPOINT,
  MANIFEST,
  type Manifest,
  MOST_PROOFS,
  manifestSchema,
  SIGNATURE,
  signatureText,
} from './manifest.ts';
import { parseProof, proofName } from './proof-file.ts';
import type { BundleFinding, TellFinding, Verdict } from './report.ts';
import { provenTiles } from './tiles.ts';

/** The files of a bundle. */
export type BundleFiles = {
  names(): string[];
  /** Rejects with an Error in words when it cannot be read. */
  read(name: string): AsyncIterable<Uint8Array>;
};

export type VerifyWith = {
  hasher: Hasher;
  /** SHA-256 of what comes in pieces. */
  hashing: () => { update(bytes: Uint8Array): void; digest(): Uint8Array };
  ed25519: Verify;
  /** The log's public key as whoever verifies knows it; null: what the bundle says is believed. */
  key: NoteKey | null;
  /** Bytes read so far. */
  progress?: (bytes: number) => void;
};

/** Small files are read whole. */
const LARGEST_SMALL = 20_000_000;
const LARGEST_LINE = 4_000_000;
/** So many are told one by one; the verdict counts all. */
const MOST_TOLD = 200;

export async function verifyBundle(
  files: BundleFiles,
  using: VerifyWith,
  tell: TellFinding,
): Promise<Verdict> {
  return new Verification(files, using, tell).run();
}

class Verification {
  readonly #files: BundleFiles;
  readonly #using: VerifyWith;
  readonly #tell: TellFinding;
  readonly #proven = { open: 0, partly: 0, leftOut: 0, erased: 0 };
  #wrongs = 0;
  #bytes = 0;

  constructor(files: BundleFiles, using: VerifyWith, tell: TellFinding) {
    this.#files = files;
    this.#using = using;
    this.#tell = tell;
  }

  async run(): Promise<Verdict> {
    const verdict = (log: Verdict['log'], whole: boolean): Verdict => ({
      ...{ sound: this.#wrongs === 0, keyGiven: this.#using.key !== null, wrongs: this.#wrongs },
      ...{ proven: this.#proven, log, whole },
    });
    const manifest = await this.#manifest();
    if (manifest === null) return verdict(null, false);
    const key = this.#using.key ?? parseNoteKey(this.#using.hasher, manifest.log.key);
    if (key === null) {
      this.#wrong({ file: MANIFEST, words: 'The key of the log in it is none.' });
      return verdict(null, manifest.whole);
    }
    await this.#signature(manifest, key);
    this.#listed(manifest);
    const checkpoint = await this.#checkpoint(manifest, key);
    const checked = new Set([CHANGES, ...(checkpoint === null ? [] : [CHECKPOINT])]);
    if (checkpoint !== null) await this.#changes(manifest, checkpoint, checked);
    // What was not read on the way is at least the file it was.
    for (const { name } of manifest.files) {
      if (!checked.has(name) && this.#has(name)) await this.#skim(manifest, name);
    }
    const log =
      checkpoint === null
        ? null
        : { ...manifest.log, size: checkpoint.size, root: toBase64(checkpoint.root) };
    return verdict(log, manifest.whole);
  }

  #wrong(finding: Omit<BundleFinding, 'is'>) {
    this.#wrongs += 1;
    if (this.#wrongs <= MOST_TOLD) this.#tell({ is: 'wrong', ...finding });
  }

  #has(name: string): boolean {
    return this.#files.names().includes(name);
  }

  /** The manifest as it is signed, with its hash. */
  async #manifest(): Promise<(Manifest & { sha256: string }) | null> {
    if (!this.#has(MANIFEST)) {
      this.#wrong({ file: MANIFEST, words: 'It is missing: this is no bundle, or half of one.' });
      return null;
    }
    const bytes = await this.#small(MANIFEST);
    if (bytes === null) return null;
    const parsed = manifestSchema.safeParse(jsonOf(textOf(bytes)));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.join('.') ?? '';
      const words = `It is not what a manifest of this version is${where && ` (at ${where})`}.`;
      this.#wrong({ file: MANIFEST, words });
      return null;
    }
    return { ...parsed.data, sha256: toHex(this.#using.hasher.sha256(bytes)) };
  }

  async #signature({ log, sha256 }: Manifest & { sha256: string }, key: NoteKey) {
    if (!this.#has(SIGNATURE)) {
      this.#wrong({ file: SIGNATURE, words: 'It is missing: nobody vouches for the manifest.' });
      return;
    }
    const bytes = await this.#small(SIGNATURE);
    if (bytes === null) return;
    const opened = await openNote(textOf(bytes) ?? '', [key], this.#using.ed25519);
    if (!opened.ok) {
      const words = {
        malformed: 'It is no signed note.',
        'unknown-key': `The log’s key (${key.name}+${key.id}) has not signed it.`,
        'bad-signature': 'The signature fails: this text is not what the log’s key signed.',
      }[opened.why];
      this.#wrong({ file: SIGNATURE, words });
    } else if (opened.text !== signatureText(log.origin, sha256)) {
      const words = 'It was changed after it was signed, or the signature is another bundle’s.';
      this.#wrong({ file: MANIFEST, words });
    }
  }

  /** Every file that is named is there, and no other. */
  #listed({ files }: Manifest) {
    const named = new Set<string>([MANIFEST, SIGNATURE]);
    for (const { name } of files) {
      if (named.has(name)) this.#wrong({ file: MANIFEST, words: `It names ${name} twice.` });
      named.add(name);
      if (!this.#has(name))
        this.#wrong({ file: name, words: 'The manifest names it; it is missing.' });
    }
    const seen = new Set<string>();
    for (const name of this.#files.names()) {
      if (!named.has(name)) this.#wrong({ file: name, words: 'The manifest does not name it.' });
      if (seen.has(name)) this.#wrong({ file: name, words: 'It is there twice.' });
      seen.add(name);
    }
  }

  async #checkpoint(manifest: Manifest, key: NoteKey) {
    if (!this.#has(CHECKPOINT)) return null;
    const note = textOf((await this.#checked(manifest, CHECKPOINT)) ?? new Uint8Array(0));
    if (note === null) {
      this.#wrong({ file: CHECKPOINT, words: 'It is no text in UTF-8.' });
      return null;
    }
    const opened = await openNote(note, [key], this.#using.ed25519);
    if (!opened.ok) {
      const words = {
        malformed: 'It is no signed note.',
        'unknown-key': `The log’s key (${key.name}+${key.id}) has not signed it.`,
        'bad-signature': 'The signature fails: this is not what the log’s key signed.',
      }[opened.why];
      this.#wrong({ file: CHECKPOINT, words });
      return null;
    }
    const checkpoint = parseCheckpoint(opened.text);
    if (checkpoint === null) {
      this.#wrong({ file: CHECKPOINT, words: 'It is signed, and no checkpoint.' });
      return null;
    }
    const { origin, size } = manifest.log;
    if (checkpoint.origin !== origin || checkpoint.size !== size) {
      const words = `It is of ${checkpoint.origin} with ${checkpoint.size} changes; the manifest says ${origin} with ${size}.`;
      this.#wrong({ file: CHECKPOINT, words });
    }
    const others = (parseNote(note)?.signatures ?? []).filter(
      ({ name, id }) => name !== key.name || id !== key.id,
    );
    for (const { name } of others) {
      const words = `${name} has signed it as well. Whether that signature is good was not checked.`;
      this.#tell({ is: 'notice', file: CHECKPOINT, words });
    }
    return { ...checkpoint, note };
  }

  async #changes(
    manifest: Manifest,
    checkpoint: { origin: string; size: number; root: Uint8Array; note: string },
    checked: Set<string>,
  ) {
    const { hasher } = this.#using;
    const inLog = await this.#proofs(manifest, checkpoint, checked);
    const devices = new Map<string, { n: number; hash: string }>();
    const erased = new Map<number, { seq: number; line: number; subject: string }[]>();
    const erasures = new Map<number, ReadonlySet<string> | null>();
    const counts = { all: 0, open: 0, partly: 0, leftOut: 0, erased: 0 };
    let tree: { size: number; frontier: Frontier } = { size: 0, frontier: [] };
    let last = -1;
    let at = 0;
    for await (const text of this.#lines(manifest, CHANGES)) {
      at += 1;
      const place = { file: CHANGES, line: at };
      const parsed = changeLine.safeParse(jsonOf(text));
      if (!parsed.success) {
        this.#wrong({ ...place, words: 'This line is no change as bundles have them.' });
        continue;
      }
      const line = parsed.data;
      const { seq } = line;
      const here = { ...place, seq };
      counts.all += 1;
      counts[shownOf(line)] += 1;
      if (seq <= last) {
        this.#wrong({
          ...here,
          words: `Change ${seq} stands after change ${last}: out of order, or there twice.`,
        });
        continue;
      }
      last = seq;
      const bytes = utf8(line.leaf);
      const hash = leafHash(hasher, bytes);
      if (manifest.whole) {
        if (seq !== tree.size) {
          this.#wrong({
            ...here,
            words: `Changes ${tree.size} to ${seq - 1} are missing from a bundle that says it is whole.`,
          });
        }
        tree = extend(hasher, tree.size, tree.frontier, [hash]);
      }
      const problem = await inLog(seq, hash);
      if (problem !== null) {
        this.#wrong({ ...here, ...problem });
        continue;
      }
      const leaf = this.#leaf(line, manifest, here);
      if (leaf === null) continue;
      this.#chain(line, leaf, devices, here);
      if (!this.#contents(line, leaf, here)) continue;
      if ('missing' in line && line.missing === 'erased') {
        const named = { seq, line: at, subject: `${leaf.kind}/${leaf.record}` };
        erased.set(line.erasure, [...(erased.get(line.erasure) ?? []), named]);
      } else this.#proven[shownOf(line)] += 1;
      if (leaf.kind === 'erasure') erasures.set(seq, targetsOf(line));
    }
    this.#erased(erased, erasures);
    this.#counted(manifest, counts);
    if (manifest.whole && !sameHash(rootOf(hasher, tree.frontier), checkpoint.root)) {
      const words = `These ${tree.size} changes do not give the root that the checkpoint has: one was changed, left out or put in.`;
      this.#wrong({ file: CHANGES, words });
    }
  }

  /** How a change is shown to be in the log; what is wrong, or null. */
  async #proofs(
    manifest: Manifest,
    { size, root, note }: { size: number; root: Uint8Array; note: string },
    checked: Set<string>,
  ): Promise<(seq: number, hash: Uint8Array) => Promise<{ words: string; file?: string } | null>> {
    const { hasher } = this.#using;
    const beyond = (seq: number) => ({
      words: `Change ${seq} is not among the ${size} that the checkpoint is of.`,
    });
    if (manifest.files.some(({ name }) => name.startsWith('tile/'))) {
      const tiles = await provenTiles(hasher, { size, root }, manifest, {
        read: async (name) => {
          checked.add(name);
          return this.#has(name) ? this.#checked(manifest, name) : null;
        },
        wrong: (finding) => this.#wrong(finding),
      });
      return async (seq, hash) => {
        if (seq >= size) return beyond(seq);
        const index = Math.floor(seq / TILE_WIDTH);
        const tile = tiles.get(tilePath(0, index, tileWidth(size, 0, index)));
        if (tile === undefined) return { words: `No proven tile has the hash of change ${seq}.` };
        if (sameHash(hashAt(tile, seq % TILE_WIDTH), hash)) return null;
        return { words: `The leaf of change ${seq} is not the one in the log.` };
      };
    }
    if (manifest.whole && manifest.changes.all > MOST_PROOFS) {
      return async (seq) => (seq >= size ? beyond(seq) : null);
    }
    return async (seq, hash) => {
      if (seq >= size) return beyond(seq);
      const file = proofName(seq);
      if (!this.#has(file)) return { words: `The proof of change ${seq} is missing.`, file };
      checked.add(file);
      const bytes = await this.#checked(manifest, file);
      const proof = parseProof(textOf(bytes ?? new Uint8Array(0)) ?? '');
      if (proof === null) return { words: 'It is no proof as c2sp.org/tlog-proof has them.', file };
      if (proof.index !== seq) {
        return { words: `It is the proof of change ${proof.index}, not of ${seq}.`, file };
      }
      if (proof.checkpoint !== note) {
        return { words: 'It is of another checkpoint than checkpoint.txt.', file };
      }
      if (verifyInclusion(hasher, hash, seq, size, proof.hashes, root)) return null;
      return {
        words: `The leaf of change ${seq} is not the one in the log, or its proof is wrong.`,
      };
    };
  }

  #leaf(
    line: ChangeLine,
    manifest: Manifest,
    here: { file: string; line: number; seq: number },
  ): Leaf | null {
    const parsed = leafSchema.safeParse(jsonOf(line.leaf));
    if (!parsed.success) {
      this.#wrong({ ...here, words: `The leaf of change ${line.seq} is none.` });
      return null;
    }
    if (leafText(parsed.data) !== line.leaf) {
      this.#wrong({
        ...here,
        words: `The leaf of change ${line.seq} is not written as leaves are.`,
      });
    }
    if (parsed.data.workspace !== manifest.workspace.id) {
      this.#wrong({ ...here, words: `Change ${line.seq} is of another workspace.` });
    }
    return parsed.data;
  }

  /** A device's changes follow each other, as far as they are here. */
  #chain(
    line: ChangeLine,
    leaf: Leaf,
    devices: Map<string, { n: number; hash: string }>,
    here: { file: string; line: number; seq: number },
  ) {
    const before = devices.get(leaf.device);
    const envelope = envelopeTextIn(line.leaf, leaf);
    // A leaf that is not written as leaves are has been told of.
    if (envelope === null) return;
    const hash = textHash(this.#using.hasher, envelope);
    devices.set(leaf.device, { n: leaf.n, hash });
    if (before !== undefined && leaf.n === before.n + 1 && leaf.prevHash !== before.hash) {
      this.#wrong({
        ...here,
        words: `Change ${here.seq} does not follow its device’s change before.`,
      });
    }
  }

  #contents(
    line: ChangeLine,
    leaf: Leaf,
    here: { file: string; line: number; seq: number },
  ): boolean {
    if ('missing' in line) {
      if (line.missing === 'not-kept') {
        const words = `The server does not have the contents of change ${here.seq}, which never fitted, or are not stored any more.`;
        this.#tell({ is: 'notice', ...here, words });
      }
      return true;
    }
    let hash: string | null = null;
    try {
      hash = contentsHash(this.#using.hasher, line);
    } catch {
      // What has no canonical form has no hash either.
    }
    if (hash === leaf.bodyHash) return true;
    this.#wrong({
      ...here,
      words: `The contents of change ${here.seq} are not those that were written.`,
    });
    return false;
  }

  /** Contents that are gone, with the erasure that took them. */
  #erased(
    erased: ReadonlyMap<number, { seq: number; line: number; subject: string }[]>,
    erasures: ReadonlyMap<number, ReadonlySet<string> | null>,
  ) {
    for (const [erasure, all] of erased) {
      const targets = erasures.get(erasure);
      for (const { seq, line, subject } of all) {
        const here = { file: CHANGES, line, seq };
        if (targets === undefined) {
          this.#wrong({
            ...here,
            words: `Change ${seq} is said to be erased by change ${erasure}, which is no erasure in this bundle.`,
          });
        } else if (targets !== null && !targets.has(subject)) {
          this.#wrong({
            ...here,
            words: `Change ${seq} is said to be erased by change ${erasure}, which does not name its record.`,
          });
        } else this.#proven.erased += 1;
      }
    }
  }

  #counted(manifest: Manifest, counts: Manifest['changes']) {
    for (const [name, count] of Object.entries(manifest.changes)) {
      const here = counts[name as keyof typeof counts];
      if (here === count) continue;
      const words = `The manifest says ${count} changes (${name}); there are ${here}.`;
      this.#wrong({ file: CHANGES, words });
    }
  }

  // — reading —

  /** A file whole; null, and said, when it cannot be read. */
  async #small(name: string): Promise<Uint8Array | null> {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const piece of this.#files.read(name)) {
        bytes += piece.length;
        this.#read(piece.length);
        if (bytes > LARGEST_SMALL) throw new Error('It is larger than such a file ever is.');
        pieces.push(piece);
      }
    } catch (error) {
      this.#wrong({ file: name, words: inWords(error) });
      return null;
    }
    const all = new Uint8Array(bytes);
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  /** A file whole, held against the manifest. */
  async #checked(manifest: Manifest, name: string): Promise<Uint8Array | null> {
    const bytes = await this.#small(name);
    if (bytes !== null) this.#same(manifest, name, bytes.length, this.#using.hasher.sha256(bytes));
    return bytes;
  }

  async #skim(manifest: Manifest, name: string) {
    for await (const _line of this.#lines(manifest, name)) {
      // Only its hash is wanted.
    }
  }

  #same(manifest: Manifest, name: string, bytes: number, sha256: Uint8Array) {
    const named = manifest.files.find((file) => file.name === name);
    if (named === undefined) return;
    if (named.bytes !== bytes) {
      this.#wrong({
        file: name,
        words: `It has ${bytes} bytes; the manifest says ${named.bytes}.`,
      });
    } else if (named.sha256 !== toHex(sha256)) {
      this.#wrong({
        file: name,
        words: 'It is not the file that the manifest names: its SHA-256 is another.',
      });
    }
  }

  /** A file line by line, held against the manifest; null for a line that cannot be read. */
  async *#lines(manifest: Manifest, name: string): AsyncGenerator<string | null> {
    if (!this.#has(name)) return;
    const hashing = this.#using.hashing();
    let bytes = 0;
    let rest: Uint8Array[] = [];
    let waiting = 0;
    const whole = (end: Uint8Array): string | null => {
      if (waiting + end.length > LARGEST_LINE) return null;
      const line = new Uint8Array(waiting + end.length);
      let at = 0;
      for (const piece of [...rest, end]) {
        line.set(piece, at);
        at += piece.length;
      }
      return textOf(line);
    };
    try {
      for await (const piece of this.#files.read(name)) {
        hashing.update(piece);
        bytes += piece.length;
        this.#read(piece.length);
        let from = 0;
        for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
          yield whole(piece.subarray(from, end));
          rest = [];
          waiting = 0;
          from = end + 1;
        }
        const left = piece.slice(from);
        waiting += left.length;
        // A line that is too long is not kept either.
        if (waiting <= LARGEST_LINE) rest.push(left);
      }
      if (waiting > 0) yield whole(new Uint8Array(0));
    } catch (error) {
      this.#wrong({ file: name, words: inWords(error) });
      return;
    }
    this.#same(manifest, name, bytes, hashing.digest());
  }

  #read(bytes: number) {
    this.#bytes += bytes;
    this.#using.progress?.(this.#bytes);
  }
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}

/** "kind/id" of what an erasure names; null when that is not shown. */
function targetsOf(line: ChangeLine): ReadonlySet<string> | null {
  const { targets } = shownFields(line);
  if (!Array.isArray(targets)) return null;
  return new Set(
    targets.flatMap((target) => {
      if (typeof target !== 'object' || target === null || Array.isArray(target)) return [];
      return [`${String(target.kind)}/${String(target.id)}`];
    }),
  );
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : 'It cannot be read.';
}
