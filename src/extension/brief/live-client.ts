import { browser } from '../browser.ts';
import type { SidebarEvent } from '../messages/calls.ts';
import { SIDEBAR_PORT } from '../messages/port-names.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { BriefClient } from './client.ts';

// A worker that dies as soon as it starts must not be started in a tight loop.
const SHORTEST_LIFE = 1_000;

export const liveClient: BriefClient = {
  call: callFromSidebar,
  changes(changed) {
    let stopped = false;
    let drop = () => {};
    const connect = () => {
      if (stopped) return;
      const since = performance.now();
      const port = browser.runtime.connect({ name: SIDEBAR_PORT });
      port.onMessage.addListener((message: unknown) => {
        if ((message as SidebarEvent).event === 'changed') changed();
      });
      port.onDisconnect.addListener(() => {
        const again = () => {
          try {
            connect();
            changed();
          } catch {
            // The extension was updated or removed: what is shown stays.
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
  async copy({ text, html }) {
    if (html === undefined) return navigator.clipboard.writeText(text);
    const blob = (content: string, type: string) => new Blob([content], { type });
    const both = { 'text/plain': blob(text, 'text/plain'), 'text/html': blob(html, 'text/html') };
    await navigator.clipboard.write([new ClipboardItem(both)]);
  },
  print: () => window.print(),
};
