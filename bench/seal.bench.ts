// Sealing a note: what a capture costs before the database sees it, with the extension's own
// hashing beside node:crypto's. The hashing is synchronous on purpose; docs/decisions.md
import { createHmac, hash, randomBytes } from 'node:crypto';
import { newId } from '../src/domain/index.ts';
import { hasher as ours } from '../src/extension/background/hasher.ts';
import { bodyHash, type Hasher, newChain, seal, toHex } from '../src/ledger/index.ts';
import { type Figure, figure } from './figure.ts';
import { inRounds, perSecond } from './rounds.ts';
import { sampleNote } from './sample-note.ts';

const node: Hasher = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  sha256Hex: (bytes) => hash('sha256', bytes, 'hex'),
  sha256Into: (bytes, into, at) => into.set(node.sha256(bytes), at),
  hmac: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  hmacInto: (key, bytes, into, at) => into.set(node.hmac(key, bytes), at),
};
const source = { now: () => Date.now(), random: (bytes: number) => randomBytes(bytes) };

export async function run({ quick }: { quick: boolean }): Promise<Figure[]> {
  const times = quick ? 500 : 4_000;
  const rounds = quick ? 9 : 15;
  const note = sampleNote();
  const salt = toHex(randomBytes(16));
  const hashing = (hasher: Hasher) => () =>
    perSecond(times, () => void bodyHash(hasher, salt, note));
  const sealing = (hasher: Hasher) => () => {
    let chain = newChain(newId(source), newId(source), newId(source), '0000000000000000');
    return perSecond(times, () => {
      const draft = { id: newId(source), kind: 'note', record: newId(source), body: note };
      chain = seal(hasher, source, chain, draft).chain;
    });
  };
  if (bodyHash(ours, salt, note) !== bodyHash(node, salt, note)) throw new Error('hashes differ');
  const took = await inRounds(rounds, {
    hashOurs: hashing(ours),
    hashNode: hashing(node),
    sealOurs: sealing(ours),
    sealNode: sealing(node),
  });
  const peer = (value: number) => ({ name: 'node:crypto', value });
  return [
    figure(
      { name: 'body hash of a 600 B note', value: took.hashOurs, unit: '/s' },
      peer(took.hashNode),
      { of: 'ratio', at: 'least', bound: 0.25 },
    ),
    // One note is sealed per key press; a backlog of a thousand must not be felt either.
    figure(
      { name: 'sealing a 600 B note', value: took.sealOurs, unit: '/s' },
      peer(took.sealNode),
      {
        of: 'value',
        at: 'least',
        bound: 1_000,
      },
    ),
  ];
}
