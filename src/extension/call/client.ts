import type { CallsClient } from '../calls/client.ts';
import type { ActsStore } from './acts.ts';
import type { Line } from './bar.ts';

/** All that the bar knows of the world. */
export type BarClient = CallsClient & {
  /** ms by the clock that events are stamped with */
  steady(): number;
  wait(ms: number): Promise<void>;
  store: ActsStore;
  keepLine(line: Line | null): void;
  keptLine(): Line | null;
  /** A window that stays above all others, for the bar; null where the browser has none. */
  onTop: ((size: { width: number; height: number }) => Promise<Window>) | null;
};
