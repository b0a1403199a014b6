import type { Client } from './client.ts';
import type { State, Undoable } from './state.ts';

/** What the parts of the sidebar share: its state, and the way to the background. */
export type Core = {
  readonly call: Client['call'];
  /** The tab this sidebar speaks of; null for the one it lies in. */
  readonly tab: number | null;
  readonly state: State;
  set(patch: Partial<State>): void;
  /** Offers to undo this for ten seconds. */
  offer(undoable: Undoable): Undoable[];
};
