// A device of a sample member: connected as any browser is, it seals its changes, signs each batch
// and sends it.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { newId } from '../../src/domain/index.ts';
import {
  batchText,
  type Chain,
  newChain,
  type SyncResponse,
  seal,
  toBase64,
  utf8,
  ZERO_TIME,
} from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { SeedChange } from './records.ts';

type Granted = {
  access_token: string;
  workspace: { id: string };
  member: { id: string };
  server: { epoch: string };
};

/** Past the end of every log: nothing is wanted back but results. */
const NOTHING_WANTED = Number.MAX_SAFE_INTEGER;

export class Device {
  readonly member: string;
  readonly #url: string;
  readonly #granted: Granted;
  readonly #id: string;
  readonly #key: KeyObject;
  readonly #random: Random;
  #chain: Chain;

  private constructor(url: string, granted: Granted, id: string, random: Random) {
    this.#url = url;
    this.#granted = granted;
    this.#id = id;
    this.#random = random;
    this.member = granted.member.id;
    this.#key = generateKeyPairSync('ed25519').privateKey;
    this.#chain = newChain(granted.workspace.id, id, granted.member.id, ZERO_TIME);
  }

  /** Connects one, whose key the log has from `at` on. */
  static async connect(url: string, person: Person, at: number, random: Random): Promise<Device> {
    const id = newId({ now: () => at, random: (count) => random.bytes(count) });
    const info = { id, name: 'Sample browser' };
    const asked = await post(url, '/v1/device/code', {
      ...{ client_id: 'unsaid-extension', device: info },
    });
    const { device_code, user_code } = asked as { device_code: string; user_code: string };
    // Looking at the page makes the code this person's to decide.
    await person.open(`/connect?user_code=${encodeURIComponent(user_code)}`);
    await person.submit('/connect', { user_code, decision: 'allow' });
    const granted = (await post(url, '/v1/device/token', {
      ...{ client_id: 'unsaid-extension', device_code, device: info },
    })) as Granted;
    const device = new Device(url, granted, id, random);
    const { x = '' } = device.#key.export({ format: 'jwk' });
    const publicKey = toBase64(Buffer.from(x, 'base64url'));
    const body = { name: info.name, member: device.member, publicKey };
    const change = newId({ now: () => at, random: (count) => random.bytes(count) });
    await device.push([{ by: 0, at, kind: 'device', record: id, id: change, body }]);
    return device;
  }

  /** Rejects unless the server took all of them. */
  async push(changes: readonly SeedChange[]): Promise<void> {
    const sealed = changes.map(({ at, id, kind, record, body }) => {
      const source = { now: () => at, random: (count: number) => this.#random.bytes(count) };
      const next = seal(nodeHasher, source, this.#chain, { id, kind, record, body });
      this.#chain = next.chain;
      return next.change;
    });
    const signature = toBase64(sign(null, utf8(batchText(this.#chain.prevHash)), this.#key));
    const answer = (await post(
      this.#url,
      '/v1/sync',
      {
        ...{ v: 1, epoch: this.#granted.server.epoch, cursor: NOTHING_WANTED, limit: 1 },
        ...{ push: sealed, signature },
      },
      this.#granted.access_token,
    )) as SyncResponse;
    const odd = answer.results.find(({ result }) => result !== 'accepted');
    if (odd !== undefined) throw new Error(`not accepted: ${JSON.stringify(odd)}`);
  }
}

async function post(url: string, path: string, body: unknown, token?: string): Promise<unknown> {
  const text = JSON.stringify(body);
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === undefined
        ? {}
        : { Authorization: `Bearer ${token}`, 'Content-Encoding': 'gzip' }),
    },
    body: token === undefined ? text : gzipSync(text),
  });
  if (response.status === 200) return response.json();
  throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
}
