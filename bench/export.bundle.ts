// A bundle of a whole log, made up without a server, to be verified.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { newId } from '../src/domain/index.ts';
import { writeBundle, writtenLine } from '../src/evidence/index.ts';
import {
  checkpointText,
  extend,
  type Frontier,
  fromUtf8,
  leafBytes,
  leafHash,
  newChain,
  noteKey,
  rankOf,
  rootOf,
  seal,
  signNote,
  timestampOf,
  writeNoteKey,
  ZERO_TIME,
} from '../src/ledger/index.ts';
import { createZip } from '../src/server/evidence/write-zip.ts';
import { nodeHasher, nodeHashing } from '../src/server/hasher.ts';
import { sampleNote } from './sample-note.ts';

const source = { now: () => Date.now(), random: (bytes: number) => randomBytes(bytes) };

/** Writes a bundle of `many` changes to `path`; the key of its log, as text. */
export async function makeBundleAt(path: string, many: number): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const workspace = newId(source);
  const key = {
    ...noteKey(nodeHasher, `bench.example/${workspace.slice(0, 4)}`, new Uint8Array(raw)),
    sign: async (text: Uint8Array) => new Uint8Array(sign(null, text, privateKey)),
  };
  const lines = `${path}.lines`;
  const root = await writeLines(lines, workspace, many);
  const origin = `${key.name}/${workspace}`;
  const out = createWriteStream(path);
  const zip = createZip(async (bytes) => {
    if (!out.write(bytes)) await once(out, 'drain');
  });
  const bundle = writeBundle(
    {
      ...{ made: '2027-03-04T05:06:07Z', by: { id: newId(source), name: 'Sample Member' } },
      ...{ workspace: { id: workspace, name: 'Sample Workspace' }, filter: {}, leftOut: [] },
      log: { origin, size: many, key: writeNoteKey(key) },
      checkpoint: await signNote(checkpointText({ origin, size: many, root }), key),
      seqs: null,
      changes: (async function* () {
        for await (const text of createInterface({ input: createReadStream(lines) })) {
          yield { shown: 'open' as const, text };
        }
      })(),
      tile: () => Promise.reject(new Error('a whole log needs no tiles')),
      more: [],
      sign: (text) => signNote(text, key),
    },
    { hasher: nodeHasher, hashing: nodeHashing },
  );
  for await (const file of bundle) await zip.add(file);
  await zip.end();
  out.end();
  await once(out, 'finish');
  await rm(lines);
  return writeNoteKey(key);
}

/** The changes as a bundle has them; the root of the tree over them. */
async function writeLines(path: string, workspace: string, many: number): Promise<Uint8Array> {
  const out = createWriteStream(path);
  let chain = newChain(workspace, newId(source), newId(source), ZERO_TIME);
  let [size, frontier]: [number, Frontier] = [0, []];
  for (let seq = 0; seq < many; seq += 1) {
    const draft = { id: newId(source), kind: 'note', record: newId(source), body: sampleNote(seq) };
    const sealed = seal(nodeHasher, source, chain, draft);
    chain = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const received = Date.now();
    const rank = rankOf(envelope.at, timestampOf({ ms: received, counter: 0 }));
    const leaf = leafBytes({ ...envelope, received: new Date(received).toISOString(), rank });
    ({ size, frontier } = extend(nodeHasher, size, frontier, [leafHash(nodeHasher, leaf)]));
    const { text } = writtenLine({ seq, leaf: fromUtf8(leaf), salt, body });
    if (!out.write(`${text}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rootOf(nodeHasher, frontier);
}
