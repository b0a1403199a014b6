// A device as the server meets it: seals changes in its own chain, signs each batch, and sends it
// packed, as the extension does. Sealing and sending are apart, so that only one of them is measured.
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Body } from '../src/domain/index.ts';
import {
  batchText,
  type Chain,
  newChain,
  PAST_THE_END,
  type SyncResponse,
  seal,
  toBase64,
  utf8,
  ZERO_TIME,
} from '../src/ledger/index.ts';
import { nodeHasher } from '../src/server/hasher.ts';
import { freshId } from '../src/server/ids.ts';
import { words } from './anchor.mail.ts';
import type { Known } from './sync.host.ts';

const agent = new Agent({ keepAlive: true });

const source = { now: () => Date.now(), random: (bytes: number) => randomBytes(bytes) };

/** A batch ready to be sent: JSON of its changes, and the signature over the last one. */
export type Sealed = { count: number; push: string; signature: string };

export type Wanted = { cursor: number; limit: number };

export class Sender {
  readonly who: Known;
  /** Leaves of the log at the last answer: what a device would have pinned. */
  size = 0;
  readonly #url: string;
  readonly #key: KeyObject;
  #chain: Chain;

  private constructor(url: string, who: Known, key: KeyObject) {
    this.#url = `${url}/v1/sync`;
    this.who = who;
    this.#key = key;
    this.#chain = newChain(who.workspace, who.device, who.member, ZERO_TIME);
  }

  /** One whose key the server has registered. */
  static async of(url: string, who: Known): Promise<Sender> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const sender = new Sender(url, who, privateKey);
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const raw = toBase64(Buffer.from(x, 'base64url'));
    const body = { name: 'Sample browser', member: who.member, publicKey: raw };
    await sender.send(sender.seal([{ kind: 'device', record: who.device, body }]));
    return sender;
  }

  seal(drafts: { kind: string; record: string; body: Body }[]): Sealed {
    const changes = drafts.map((draft) => {
      const sealed = seal(nodeHasher, source, this.#chain, { id: freshId(), ...draft });
      this.#chain = sealed.chain;
      return sealed.change;
    });
    const text = utf8(batchText(this.#chain.prevHash));
    return {
      count: changes.length,
      push: JSON.stringify(changes),
      signature: toBase64(sign(null, text, this.#key)),
    };
  }

  sealNotes(count: number, note: () => Body): Sealed {
    return this.seal(
      Array.from({ length: count }, () => ({ kind: 'note', record: freshId(), body: note() })),
    );
  }

  /**
   * The request as it goes over the wire, but for its first member: what the device has pinned is known
   * when it is sent. What gzip packed in two pieces may be unpacked as one (RFC 1952, 2.2).
   */
  pack(sealed: Sealed | null, wanted: Wanted | null = null): Uint8Array {
    const { cursor, limit } = wanted ?? { cursor: PAST_THE_END, limit: 1 };
    const signed = sealed === null ? '' : `,"signature":"${sealed.signature}"`;
    return gzipSync(
      `"v":1,"epoch":"${this.who.epoch}","cursor":${cursor},"push":${sealed?.push ?? '[]'},` +
        `"limit":${limit}${signed}}`,
    );
  }

  /** Rejects unless the server stored all of `count` changes and signed for the log with them. */
  async sendPacked(packed: Uint8Array, count: number): Promise<SyncResponse> {
    const body = Buffer.concat([gzipSync(`{"pinned":${this.size},`), packed]);
    const { status, text } = await this.#post(body);
    if (status !== 200) throw new Error(`${status}: ${text}`);
    const answer = JSON.parse(text) as SyncResponse;
    const stored = answer.results.filter(({ result }) => result === 'accepted').length;
    if (stored !== count) {
      throw new Error(`${stored} of ${count} were stored: ${JSON.stringify(answer.results[0])}`);
    }
    this.size = sizeOf(answer);
    return answer;
  }

  /** By node:http, which takes a third of what fetch does of the cores that all of this shares. */
  #post(body: Uint8Array): Promise<{ status: number | undefined; text: string }> {
    return new Promise((done, failed) => {
      const headers = {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
        'Accept-Encoding': 'gzip',
        Authorization: `Bearer ${this.who.token}`,
      };
      const sent = request(this.#url, { method: 'POST', agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', failed);
        response.on('end', () => {
          const whole = Buffer.concat(parts);
          const isPacked = response.headers['content-encoding'] === 'gzip';
          const text = (isPacked ? gunzipSync(whole) : whole).toString('utf8');
          done({ status: response.statusCode, text });
        });
      });
      sent.on('error', failed);
      sent.end(body);
    });
  }

  send(sealed: Sealed, wanted: Wanted | null = null): Promise<SyncResponse> {
    return this.sendPacked(this.pack(sealed, wanted), sealed.count);
  }

  pull(wanted: Wanted): Promise<SyncResponse> {
    return this.sendPacked(this.pack(null, wanted), 0);
  }
}

/** Leaves that the answer's checkpoint covers; its second line. Throws when there is none. */
export function sizeOf({ checkpoint, unsigned }: SyncResponse): number {
  const size = Number(checkpoint?.split('\n')[1]);
  if (!Number.isSafeInteger(size)) throw new Error(`no checkpoint: ${unsigned ?? 'not asked for'}`);
  return size;
}

/** Makes notes with a text of a hundred characters about one of twenty customers. */
export function noteMaker(random: () => number): () => Body {
  const customers = Array.from({ length: 20 }, () => freshId());
  return () => ({
    label: 'note',
    customer: customers[Math.floor(random() * customers.length)] ?? freshId(),
    interaction: freshId(),
    text: words(40, random).slice(0, 100),
  });
}

/** The bodies of a packed request's changes. */
export function bodiesOf(packed: Uint8Array): { id: string; body: Body }[] {
  const { push } = JSON.parse(`{${gunzipSync(packed).toString('utf8')}`) as {
    push: { envelope: { record: string }; body: Body }[];
  };
  return push.map(({ envelope, body }) => ({ id: envelope.record, body }));
}
