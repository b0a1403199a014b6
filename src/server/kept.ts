// What is summed up of workspaces and kept in memory, for all routes that ask for it.
import { type FactsKept, keepFacts } from './insight/facts.ts';
import type { Directories } from './register/directory.ts';

export type Kept = {
  /** What insight is summed up from. */
  facts: FactsKept;
};

export function createKept(directories: Directories): Kept {
  return { facts: keepFacts(directories) };
}
