import { listen } from '../messages/listen.ts';
import { HOLDING_PORT, SIDEBAR_PORT } from '../messages/port-names.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { Client } from './client.ts';
import { Pokes } from './pokes.ts';

export const liveClient: Client = {
  call: callFromSidebar,
  events(hear, missed) {
    const pokes = new Pokes({ fetch: (input, init) => fetch(input, init), random: Math.random });
    return listen({
      missed,
      hear(event, port) {
        if (event.event !== 'pokes') return hear(event);
        pokes.follow(event.from, (poke) => {
          try {
            port.postMessage({ poke });
          } catch {
            // It ends just now, which is told by itself.
          }
        });
      },
      portName: () => (pokes.holding ? HOLDING_PORT : SIDEBAR_PORT),
      portEnded: () => pokes.portEnded(),
      ended: () => pokes.end(),
    });
  },
};
