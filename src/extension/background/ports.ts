// Open sidebars and pages of calls. A port lives as long as its page and this worker: when the worker dies the
// sidebar connects again, so this list is never more than who is there now. One of the sidebars
// holds the server's event stream for all of them.
import { browser, type Runtime } from '../browser.ts';
import {
  HOLDING_PORT,
  isOwnPage,
  type PokeSource,
  SIDEBAR_PORT,
  type SidebarEvent,
} from '../messages/index.ts';

export type Ports = {
  post(event: SidebarEvent): void;
  count(): number;
  /** The connection may be another one now: the holder hears of it. */
  choose(): void;
};

export type PortDeps = {
  opened(): void;
  /** The stream that is to be held; null when there is no server to hear. */
  source(): Promise<PokeSource | null>;
  /** The server has this many changes; null: the stream cannot be heard. */
  poked(size: number | null): void;
};

/** Pages that hear everything but hold no stream: they have no use for a token. */
const CALL_PAGES = /^[^:]+:\/\/[^/]+\/src\/extension\/(?:calls?|brief)\//;

/** After a worker's death all sidebars come back at once: who holds the stream goes on holding it. */
const GATHER_MS = 200;

export function listenForSidebars({ opened, source, poked }: PortDeps): Ports {
  const ports = new Map<Runtime.Port, { holding: boolean; mayHold: boolean }>();
  let gathering = false;

  const send = (port: Runtime.Port, event: SidebarEvent) => {
    try {
      port.postMessage(event);
    } catch {
      ports.delete(port);
    }
  };
  const choose = async () => {
    const from = await source();
    const able = [...ports].filter(([, { mayHold }]) => mayHold);
    const [first] = able.map(([port]) => port);
    const [holder = first] = able.flatMap(([port, { holding }]) => (holding ? [port] : []));
    for (const [port, state] of ports) {
      const wanted = port === holder && from !== null;
      // The token goes to the one page that needs it, and to no other.
      if (wanted || state.holding) send(port, { event: 'pokes', from: wanted ? from : null });
      state.holding = wanted;
    }
  };
  const chooseSoon = () => {
    if (gathering) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      void choose();
    }, GATHER_MS);
  };

  browser.runtime.onConnect.addListener((port) => {
    const known = port.name === SIDEBAR_PORT || port.name === HOLDING_PORT;
    if (!known || !port.sender || !isOwnPage(port.sender)) {
      port.disconnect();
      return;
    }
    const mayHold = !CALL_PAGES.test(port.sender.url ?? '');
    ports.set(port, { holding: mayHold && port.name === HOLDING_PORT, mayHold });
    port.onDisconnect.addListener(() => {
      const ended = ports.get(port);
      ports.delete(port);
      if (ended?.holding) chooseSoon();
    });
    port.onMessage.addListener((message: unknown) => {
      const { poke } = message as { poke?: unknown };
      if (poke === null || Number.isSafeInteger(poke)) poked(poke as number | null);
    });
    chooseSoon();
    opened();
  });
  return {
    post(event) {
      for (const port of ports.keys()) send(port, event);
    },
    count: () => ports.size,
    choose: () => void choose(),
  };
}
