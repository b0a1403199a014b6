// What a schedule needs of the world around its devices: the model of a server, or real ones.

import { verifyEd25519 } from '../../src/server/log/verify-ed25519.ts';
import { signerOf } from '../../src/server/log-key.ts';
import type { Chance } from './chance.ts';
import type { SimulatedDevice } from './device.ts';
import { type ModelMember, ModelServer } from './model-server.ts';

export type Backend = {
  readonly members: readonly ModelMember[];
  readonly fetch: typeof fetch;
  /** ms since 1970 */
  now(): number;
  /** Some time passes. */
  pass(ms: number): void;
  /** A device code that this member has approved for the device. */
  approved(member: ModelMember, device: SimulatedDevice): Promise<string>;
  /** The log as it is now, in the model's terms. */
  log(): Promise<ModelServer>;
  /** What happens to servers here; each answers whether a backup was restored. */
  readonly accidents: readonly (() => Promise<boolean>)[];
  /** All is up again. */
  heal(): Promise<void>;
};

const BEGUN = Date.parse('2026-01-01T00:00:00Z');

export function modelBackend(chance: Chance): Backend {
  let now = BEGUN;
  const newId = () => idFrom(chance);
  const codes = new Map<string, { member: ModelMember }>();
  const server = new ModelServer({
    workspace: newId(),
    now: () => now,
    newId,
    newToken: newId,
    signer: signerOf('unsaid.example/sample', chance.bytes(32)),
    verify: verifyEd25519,
    codes,
  });
  let backup: ReturnType<ModelServer['backup']> | null = null;
  return {
    members: [
      { id: newId(), name: 'Sample Admin', role: 'admin' },
      { id: newId(), name: 'Sample Annotator', role: 'annotator' },
    ],
    fetch: server.fetch,
    now: () => now,
    pass(ms) {
      now += ms;
    },
    async approved(member) {
      const code = newId();
      codes.set(code, { member });
      return code;
    },
    log: async () => server,
    accidents: [
      async () => {
        backup = server.backup();
        return false;
      },
      async () => {
        if (backup === null) return false;
        server.restore(backup);
        backup = null;
        return true;
      },
    ],
    heal: async () => undefined,
  };
}

export function idFrom(chance: Chance): string {
  const hex = Buffer.from(chance.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
