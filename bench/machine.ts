import { cpus, release, totalmem, type } from 'node:os';

export type Machine = { cpu: string; cores: number; memory: string; system: string; node: string };

/** What the figures were measured on, without the machine's name. */
export function machine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}
