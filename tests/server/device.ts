// A device as the server meets it: seals changes in its own chain and syncs.
import { randomBytes } from 'node:crypto';
import type { Body, Change } from '../../src/domain/index.ts';
import {
  type Chain,
  newChain,
  type PulledChange,
  type PushResult,
  type SyncResponse,
  seal,
  ZERO_TIME,
} from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';
import { freshId } from '../../src/server/ids.ts';
import { type Connected, type JsonAnswer, post } from './server.ts';

/** What people wrote: without the records by which the server introduces those who joined. */
export const besidesMembers = (changes: PulledChange[]) =>
  changes.filter(({ leaf }) => leaf.kind !== 'member');

export class Device {
  url: string;
  readonly who: Connected;
  chain: Chain;
  cursor = 0;
  epoch: string | null = null;

  constructor(url: string, who: Connected) {
    this.url = url;
    this.who = who;
    this.chain = newChain(who.workspace, who.device, who.member, ZERO_TIME);
  }

  /** A sealed change of this device; `now` in ms since 1970. */
  change(
    kind: string,
    body: Body,
    record: string = freshId(),
    now: number = Date.now(),
    id: string = freshId(),
  ): Change {
    const source = { now: () => now, random: (bytes: number) => randomBytes(bytes) };
    const sealed = seal(nodeHasher, source, this.chain, { id, kind, record, body });
    this.chain = sealed.chain;
    return sealed.change;
  }

  request(push: unknown[], limit = 1_000): Promise<JsonAnswer> {
    const body = { v: 1, epoch: this.epoch, cursor: this.cursor, push, limit };
    return post(this.url, '/v1/sync', body, this.who.token);
  }

  async sync(push: unknown[] = [], limit?: number): Promise<SyncResponse> {
    const answer = await this.request(push, limit);
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
    const response = answer.json as SyncResponse;
    this.cursor = response.cursor;
    this.epoch = response.epoch;
    return response;
  }

  async push(...changes: unknown[]): Promise<PushResult[]> {
    return (await this.sync(changes)).results;
  }

  /** Everything from the cursor on. */
  async pullAll(limit?: number): Promise<PulledChange[]> {
    const all: PulledChange[] = [];
    for (;;) {
      const { changes, more } = await this.sync([], limit);
      all.push(...changes);
      if (!more) return all;
    }
  }
}
