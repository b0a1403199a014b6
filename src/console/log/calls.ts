// What this page asks the server.
import * as z from 'zod/mini';
import type { Answer, Client } from '../client.ts';

const logState = z.object({
  /** A signed note (https://c2sp.org/signed-note). */
  checkpoint: z.string(),
  /** name+id+key, of the server. */
  key: z.string(),
});
export type LogState = z.output<typeof logState>;

/** Bytes in base64. */
const leaves = z.object({
  leaves: z.array(
    z.object({
      seq: z.number(),
      leaf: z.string(),
      body: z.nullable(z.string()),
      salt: z.nullable(z.string()),
    }),
  ),
});
export type LeafShown = z.output<typeof leaves>['leaves'][number];

const proof = z.object({ proof: z.array(z.string()) });

export const readLog = (client: Client): Promise<Answer<LogState>> =>
  client.call(logState, '/v1/log');

export const readLeaves = (client: Client, kind: string, id: string) =>
  client.call(leaves, `/v1/log/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`);

/** That the leaf at `index` is among the first `size`. */
export const readProof = (client: Client, index: number, size: number) =>
  client.call(proof, `/v1/log/proof?index=${index}&size=${size}`);
