// Verifies a bundle without the server that made it (SPEC 16). Reads each file once, a piece at a
// time; memory grows with the number of devices, of erased changes and of tiles, and with nothing else.
import {
  type Hasher,
  type NoteKey,
  openNote,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  toBase64,
  toHex,
  type Verify,
} from '../ledger/index.ts';
import { jsonOf, textOf } from './bytes.ts';
import { inLogOf, type SignedCheckpoint } from './in-log.ts';
import { InOrder } from './in-order.ts';
import {
  CHANGES,
  CHECKPOINT,
  MANIFEST,
  type Manifest,
  manifestSchema,
  SIGNATURE,
  signatureText,
} from './manifest.ts';
import { lookAtLines, type OneChange } from './one-change.ts';
import { type BundleFiles, BundleReading, type ReadWith } from './reading.ts';
import { type TellFinding, Told, type Verdict } from './report.ts';

export type VerifyWith = ReadWith & {
  hasher: Hasher;
  ed25519: Verify;
  /** The log's public key as whoever verifies knows it; null: what the bundle says is believed. */
  key: NoteKey | null;
  /** Without them lines are looked at here, a piece at a time. */
  lookers?: Lookers;
};

/** Who looks at lines elsewhere, several pieces at once. */
export type Lookers = {
  /** Pieces that may be under way. */
  atOnce: number;
  /** As lookAtLines does; the memory of `lines` is theirs from then on. */
  look(lines: Uint8Array<ArrayBuffer>, workspace: string): Promise<(OneChange | null)[]>;
};

const NOTHING = { open: 0, partly: 0, leftOut: 0, erased: 0 };

export async function verifyBundle(
  files: BundleFiles,
  using: VerifyWith,
  tell: TellFinding,
): Promise<Verdict> {
  const told = new Told(tell);
  const found = await verify(new BundleReading(files, using, told), using);
  const { wrongs } = told;
  return { sound: wrongs === 0, keyGiven: using.key !== null, wrongs, ...found };
}

type Found = Pick<Verdict, 'proven' | 'log' | 'whole'>;

async function verify(reading: BundleReading, using: VerifyWith): Promise<Found> {
  const { told } = reading;
  const read = await manifestIn(reading);
  if (read === null) return { proven: NOTHING, log: null, whole: false };
  const { manifest, bytes } = read;
  const { whole } = manifest;
  const key = using.key ?? parseNoteKey(using.hasher, manifest.log.key);
  if (key === null) {
    told.wrong({ file: MANIFEST, words: 'The key of the log in it is none.' });
    return { proven: NOTHING, log: null, whole };
  }
  await checkSignature(reading, manifest.log.origin, using.hasher.sha256(bytes), key, using);
  reading.hold(manifest);
  checkNames(reading, manifest);
  const checkpoint = await checkpointIn(reading, manifest, key, using);
  const proven =
    checkpoint === null ? NOTHING : await checkChanges(reading, manifest, checkpoint, using);
  // What was not read on the way is at least the file it was.
  for (const { name } of manifest.files) {
    if (!reading.wasRead(name) && reading.has(name)) await reading.skim(name);
  }
  if (checkpoint === null) return { proven, log: null, whole };
  const { origin } = manifest.log;
  return { proven, log: { origin, size: checkpoint.size, root: toBase64(checkpoint.root) }, whole };
}

async function manifestIn(
  reading: BundleReading,
): Promise<{ manifest: Manifest; bytes: Uint8Array } | null> {
  const { told } = reading;
  if (!reading.has(MANIFEST)) {
    const words = 'It is missing: this is no bundle, or half of one.';
    told.wrong({ file: MANIFEST, words });
    return null;
  }
  const bytes = await reading.whole(MANIFEST);
  if (bytes === null) return null;
  const parsed = manifestSchema.safeParse(jsonOf(textOf(bytes)));
  if (parsed.success) return { manifest: parsed.data, bytes };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  const words = `It is not what a manifest of this version is${where && ` (at ${where})`}.`;
  told.wrong({ file: MANIFEST, words });
  return null;
}

/** `sha256`: of the manifest. */
async function checkSignature(
  reading: BundleReading,
  origin: string,
  sha256: Uint8Array,
  key: NoteKey,
  { ed25519 }: VerifyWith,
) {
  const { told } = reading;
  if (!reading.has(SIGNATURE)) {
    const words = 'It is missing: nobody vouches for the manifest.';
    told.wrong({ file: SIGNATURE, words });
    return;
  }
  const bytes = await reading.whole(SIGNATURE);
  if (bytes === null) return;
  const opened = await openNote(textOf(bytes) ?? '', [key], ed25519);
  if (!opened.ok) told.wrong({ file: SIGNATURE, words: notOpened(opened.why, key) });
  else if (opened.text !== signatureText(origin, toHex(sha256))) {
    const words = 'It was changed after it was signed, or the signature is another bundle’s.';
    told.wrong({ file: MANIFEST, words });
  }
}

/** Every file that is named is there, and no other. */
function checkNames(reading: BundleReading, { files }: Manifest) {
  const { told } = reading;
  const named = new Set<string>([MANIFEST, SIGNATURE]);
  for (const { name } of files) {
    if (named.has(name)) told.wrong({ file: MANIFEST, words: `It names ${name} twice.` });
    named.add(name);
    if (!reading.has(name)) {
      told.wrong({ file: name, words: 'The manifest names it; it is missing.' });
    }
  }
  const seen = new Set<string>();
  for (const name of reading.names()) {
    if (!named.has(name)) told.wrong({ file: name, words: 'The manifest does not name it.' });
    if (seen.has(name)) told.wrong({ file: name, words: 'It is there twice.' });
    seen.add(name);
  }
}

async function checkpointIn(
  reading: BundleReading,
  manifest: Manifest,
  key: NoteKey,
  { ed25519 }: VerifyWith,
): Promise<SignedCheckpoint | null> {
  const { told } = reading;
  if (!reading.has(CHECKPOINT)) return null;
  const wrong = (words: string) => told.wrong({ file: CHECKPOINT, words });
  const note = textOf((await reading.whole(CHECKPOINT)) ?? new Uint8Array(0));
  if (note === null) {
    wrong('It is no text in UTF-8.');
    return null;
  }
  const opened = await openNote(note, [key], ed25519);
  if (!opened.ok) {
    wrong(notOpened(opened.why, key));
    return null;
  }
  const checkpoint = parseCheckpoint(opened.text);
  if (checkpoint === null) {
    wrong('It is signed, and no checkpoint.');
    return null;
  }
  const { origin, size } = manifest.log;
  if (checkpoint.origin !== origin || checkpoint.size !== size) {
    wrong(
      `It is of ${checkpoint.origin} with ${checkpoint.size} changes; the manifest says ${origin} with ${size}.`,
    );
  }
  for (const { name, id } of parseNote(note)?.signatures ?? []) {
    if (name === key.name && id === key.id) continue;
    const words = `${name} has signed it as well. Whether that signature is good was not checked.`;
    told.notice({ file: CHECKPOINT, words });
  }
  return { ...checkpoint, note };
}

/** How many changes are proven. */
async function checkChanges(
  reading: BundleReading,
  manifest: Manifest,
  checkpoint: SignedCheckpoint,
  using: VerifyWith,
): Promise<Verdict['proven']> {
  const { hasher } = using;
  const inLog = await inLogOf(hasher, manifest, checkpoint, reading);
  const order = new InOrder(hasher, manifest, inLog, reading.told);
  if (reading.has(CHANGES)) {
    for await (const changes of looked(reading, using, manifest.workspace.id)) {
      await order.take(changes);
    }
  }
  order.end(checkpoint.root);
  return order.proven;
}

/** The changes of all lines in their order, by pieces. */
async function* looked(
  reading: BundleReading,
  { hasher, lookers }: VerifyWith,
  workspace: string,
): AsyncGenerator<(OneChange | null)[]> {
  const underWay: Promise<(OneChange | null)[]>[] = [];
  for await (const lines of reading.lines(CHANGES)) {
    if (lookers === undefined) {
      yield lines === null ? [null] : lookAtLines(hasher, lines, workspace);
      continue;
    }
    const looking = lines === null ? Promise.resolve([null]) : lookers.look(lines, workspace);
    // Told when its turn comes.
    looking.catch(() => undefined);
    underWay.push(looking);
    const first = underWay.length > lookers.atOnce ? underWay.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const looking of underWay) yield await looking;
}

function notOpened(why: 'malformed' | 'unknown-key' | 'bad-signature', key: NoteKey): string {
  return {
    malformed: 'It is no signed note.',
    'unknown-key': `The log’s key (${key.name}+${key.id}) has not signed it.`,
    'bad-signature': 'The signature fails: this text is not what the log’s key signed.',
  }[why];
}
