import { browser } from '../browser.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { Client } from './client.ts';

// A worker that dies as soon as it starts must not be started in a tight loop.
const SHORTEST_LIFE = 1_000;

export const liveClient: Client = {
  call: callFromSidebar,
  events(hear, missed) {
    let stopped = false;
    let drop = () => {};
    const connect = () => {
      if (stopped) return;
      const since = performance.now();
      // Throws once the extension was updated or removed under this page: calls say so in words.
      const port = browser.runtime.connect({ name: 'sidebar' });
      // The background is our own code, so its events are not parsed again.
      port.onMessage.addListener((event: unknown) => hear(event as SidebarEvent));
      port.onDisconnect.addListener(() => {
        const again = () => {
          if (stopped) return;
          try {
            connect();
            missed();
          } catch {
            stopped = true;
          }
        };
        if (performance.now() - since > SHORTEST_LIFE) again();
        else setTimeout(again, SHORTEST_LIFE);
      });
      drop = () => port.disconnect();
    };
    connect();
    return () => {
      stopped = true;
      drop();
    };
  },
};
