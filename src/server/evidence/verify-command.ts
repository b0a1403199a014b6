// `unsaid verify BUNDLE`: needs no server, no database and no network.
import { type FileHandle, open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import {
  type BundleFinding,
  type Inflate,
  openZip,
  sayProven,
  type Verdict,
  verifyBundle,
  type ZipSource,
} from '../../evidence/index.ts';
import { parseNoteKey } from '../../ledger/index.ts';
import { nodeHasher, nodeHashing } from '../hasher.ts';
import { verifyEd25519 } from '../log/verify-ed25519.ts';
import { type LookersInThreads, startLookers } from './lookers.ts';

/** A zip of fewer bytes is done before threads have started. */
const WORTH_THREADS = 4_000_000;
/** Reading and unpacking keeps no more of them busy. */
const MOST_THREADS = 4;

/**
 * `threads`: how many look at the lines beside this one, which does it itself when there are none.
 * @throws an Error in words when there is no such zip or the key is none.
 */
export async function verifyBundleCommand(
  path: string,
  keyText: string | null,
  tell: (finding: BundleFinding) => void,
  threads?: number,
): Promise<Verdict> {
  const key = keyText === null ? null : parseNoteKey(nodeHasher, keyText);
  if (keyText !== null && key === null) {
    throw new Error('This is no key. Give it as `unsaid key` prints it: name+id+letters.');
  }
  const file = await open(path).catch(() => {
    throw new Error(`${path} cannot be opened.`);
  });
  let lookers: LookersInThreads | undefined;
  try {
    const source = await sourceOf(file);
    const files = await openZip(source, inflate);
    const many = threads ?? threadsFor(source.size);
    lookers = many === 0 ? undefined : startLookers(many);
    const using = { hasher: nodeHasher, hashing: nodeHashing, ed25519: verifyEd25519, key };
    return await verifyBundle(files, lookers === undefined ? using : { ...using, lookers }, tell);
  } finally {
    await lookers?.stop();
    await file.close();
  }
}

function threadsFor(bytes: number): number {
  const cores = availableParallelism();
  return cores === 1 || bytes < WORTH_THREADS ? 0 : Math.min(cores, MOST_THREADS);
}

/** A verdict in plain lines. */
export function verdictLines(verdict: Verdict): string[] {
  const { proven, log, sound, keyGiven, whole, wrongs } = verdict;
  const count = (number: number) => number.toLocaleString('en-GB');
  return [
    ...(log === null ? [] : [`Log ${log.origin}, ${count(log.size)} changes, root ${log.root}`]),
    ...sayProven(proven),
    whole
      ? 'It is the whole log as of the checkpoint.'
      : 'It is a part of the log: what else there was, it does not show.',
    keyGiven
      ? 'The key of the log was given by you.'
      : 'No key was given (--key): this shows that the bundle fits together, not whose log it is. Ask the server’s keeper for the key by another way (`unsaid key`).',
    sound ? 'Nothing in it was changed.' : `Something does not fit, in ${count(wrongs)} places.`,
  ];
}

async function sourceOf(file: FileHandle): Promise<ZipSource> {
  const { size } = await file.stat();
  return {
    size,
    async read(from, bytes) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, from);
      return buffer.subarray(0, bytesRead);
    },
  };
}

const inflate: Inflate = async function* (pieces) {
  // Contents are many times what is packed: in the usual pieces they would be a hundred thousand.
  const raw = createInflateRaw({ chunkSize: 512 * 1_024 });
  // What goes wrong on the way is thrown by whoever reads.
  pipeline(Readable.from(pieces), raw, () => undefined);
  yield* raw;
};
