// The stream of the background's events, as a page of the extension hears it.
import { browser } from '../browser.ts';
import type { SidebarEvent } from './calls.ts';
import { SIDEBAR_PORT } from './port-names.ts';

// A worker that dies as soon as it starts must not be started in a tight loop.
const SHORTEST_LIFE = 1_000;

type Port = ReturnType<typeof browser.runtime.connect>;

export interface Listener {
  readonly hear: (event: SidebarEvent, port: Port) => void;
  /** Events may have been lost: the background was restarted. */
  readonly missed: () => void;
  /** What the port is called, asked each time one is opened. */
  readonly portName?: () => string;
  /** A port ended; another one may be opened. */
  readonly portEnded?: () => void;
  /** Nothing is heard any more. */
  readonly ended?: () => void;
}

/** Hears the background until the returned function is called, or the extension is gone. */
export function listen(to: Listener): () => void {
  let stopped = false;
  let drop = () => {};
  function end() {
    stopped = true;
    to.ended?.();
  }
  function connect() {
    if (stopped) return;
    const since = performance.now();
    // Throws once the extension was updated or removed under this page: calls say so in words.
    const port = browser.runtime.connect({ name: to.portName?.() ?? SIDEBAR_PORT });
    // The background is our own code, so its events are not parsed again.
    port.onMessage.addListener((message: unknown) => to.hear(message as SidebarEvent, port));
    port.onDisconnect.addListener(() => {
      to.portEnded?.();
      const again = () => {
        if (stopped) return;
        try {
          connect();
          to.missed();
        } catch {
          // What is shown stays.
          end();
        }
      };
      if (performance.now() - since > SHORTEST_LIFE) again();
      else setTimeout(again, SHORTEST_LIFE);
    });
    drop = () => port.disconnect();
  }
  connect();
  return () => {
    end();
    drop();
  };
}
