import { newId } from '../../domain/new-id.ts';
import { browser } from '../browser.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import { SIDEBAR_PORT } from '../messages/port-names.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { NotebookClient } from './client.ts';

// A worker that dies as soon as it starts must not be started in a tight loop.
const SHORTEST_LIFE = 1_000;
const source = {
  now: Date.now,
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
};

export const liveClient: NotebookClient = {
  call: callFromSidebar,
  events(hear, missed) {
    let stopped = false;
    let drop = () => {};
    const connect = () => {
      if (stopped) return;
      const since = performance.now();
      const port = browser.runtime.connect({ name: SIDEBAR_PORT });
      port.onMessage.addListener((message: unknown) => {
        const event = message as SidebarEvent;
        // Only sidebars hold the stream of events.
        if (event.event !== 'pokes') hear(event);
      });
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
  save(name, type, content) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([...content], { type }));
    link.download = name;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  now: Date.now,
  newId: () => newId(source),
};
