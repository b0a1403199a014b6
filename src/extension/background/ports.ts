// Open sidebars. A port lives as long as its page and this worker: when the worker dies the
// sidebar connects again, so this list is never more than who is there now.
import { browser, type Runtime } from '../browser.ts';
import { isOwnPage, type SidebarEvent } from '../messages/index.ts';

export type Ports = { post(event: SidebarEvent): void; count(): number };

export function listenForSidebars(onOpen: () => void): Ports {
  const ports = new Set<Runtime.Port>();
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== 'sidebar' || !port.sender || !isOwnPage(port.sender)) {
      port.disconnect();
      return;
    }
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    onOpen();
  });
  return {
    post(event) {
      for (const port of ports) {
        try {
          port.postMessage(event);
        } catch {
          ports.delete(port);
        }
      }
    },
    count: () => ports.size,
  };
}
