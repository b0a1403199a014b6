import { browser } from '../browser.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import { HOLDING_PORT, SIDEBAR_PORT } from '../messages/port-names.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { Client } from './client.ts';
import { Pokes } from './pokes.ts';

// A worker that dies as soon as it starts must not be started in a tight loop.
const SHORTEST_LIFE = 1_000;

export const liveClient: Client = {
  call: callFromSidebar,
  events(hear, missed) {
    const pokes = new Pokes({ fetch: (input, init) => fetch(input, init), random: Math.random });
    let stopped = false;
    let drop = () => {};
    const connect = () => {
      if (stopped) return;
      const since = performance.now();
      // Throws once the extension was updated or removed under this page: calls say so in words.
      const port = browser.runtime.connect({ name: pokes.holding ? HOLDING_PORT : SIDEBAR_PORT });
      const poked = (poke: number | null) => {
        try {
          port.postMessage({ poke });
        } catch {
          // It ends just now, which is told by itself.
        }
      };
      // The background is our own code, so its events are not parsed again.
      port.onMessage.addListener((message: unknown) => {
        const event = message as SidebarEvent;
        if (event.event === 'pokes') pokes.follow(event.from, poked);
        else hear(event);
      });
      port.onDisconnect.addListener(() => {
        pokes.portEnded();
        const again = () => {
          if (stopped) return;
          try {
            connect();
            missed();
          } catch {
            stopped = true;
            pokes.end();
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
      pokes.end();
      drop();
    };
  },
};
