import type { Me } from './api.ts';
import type { Client } from './client.ts';

/** What every page is given. */
export interface PageProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly now: () => Date;
  /** Counts up when something was written: read again then. */
  readonly pokes: number;
  /** What stands behind the page's name in the address. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly onSignedOut: () => void;
}
