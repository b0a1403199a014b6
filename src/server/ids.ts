import { randomBytes } from 'node:crypto';
import { type Id, type IdSource, newId } from '../domain/index.ts';

/** Clock and randomness of this machine; tests bring their own. */
export const machine: IdSource = { now: Date.now, random: (bytes) => randomBytes(bytes) };

export function freshId(): Id {
  return newId(machine);
}
