// What is summed up of workspaces and kept in memory, for all routes that ask for it.
import { type FactsKept, keepFacts } from './insight/facts.ts';
import type { Directories } from './register/directory.ts';
import { keepListed } from './reviews/listed.ts';

export type Kept = {
  /** What insight is summed up from. */
  facts: FactsKept;
  /** Reviews as lists show them. */
  reviews: ReturnType<typeof keepListed>;
};

export function createKept(directories: Directories): Kept {
  return { facts: keepFacts(directories), reviews: keepListed() };
}
