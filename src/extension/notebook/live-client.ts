import { newId } from '../../domain/new-id.ts';
import { listen } from '../messages/listen.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { NotebookClient } from './client.ts';

const source = {
  now: Date.now,
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
};

export const liveClient: NotebookClient = {
  call: callFromSidebar,
  events: (hear, missed) =>
    listen({
      missed,
      // Only sidebars hold the stream of events.
      hear: (event) => event.event !== 'pokes' && hear(event),
    }),
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
