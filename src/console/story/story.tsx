import type { StoryMoment } from '../../domain/story.ts';
import type { Client } from '../client.ts';
import type { StoryUnit } from './calls.ts';

export interface StoryProps {
  readonly client: Client;
  readonly place: Window;
  readonly now: () => Date;
  readonly unit: StoryUnit;
  readonly subject: string;
  /** Asks for it without names and satisfaction; the server may insist on it. */
  readonly blind?: boolean;
  /** Counts up when something was written: read again then. */
  readonly pokes?: number;
  /** How many findings are pinned to each moment, by its key. */
  readonly pinned?: ReadonlyMap<string, number>;
  /** Offers to pin to a moment; see `momentRef` for what to keep of it. */
  readonly onPin?: (moment: StoryMoment) => void;
  /** What pinning is called, e.g. "Pin a finding". */
  readonly pinLabel?: string;
  /** The moment to go to: its key, or as `atOf` says; goes there whenever it changes. */
  readonly at?: string | null;
  /** The level of its heading; none: whoever shows it has one. */
  readonly heading?: 1 | 2 | null;
  readonly onSignedOut: () => void;
}

/** One timeline of all that happened; fills the height it is given and scrolls in it. */
export function Story(_props: StoryProps) {
  return <div class="c-story" />;
}
