import { newId } from '../../domain/new-id.ts';
import { listen } from '../messages/listen.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { CallsClient } from './client.ts';

const source = {
  now: Date.now,
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
};

export const liveClient: CallsClient = {
  call: callFromSidebar,
  events: (hear, missed) =>
    listen({
      missed,
      // Only sidebars hold the stream of events.
      hear: (event) => event.event !== 'pokes' && hear(event),
    }),
  async copy({ text, html }) {
    const part = (type: string, data: string) => ({ [type]: new Blob([data], { type }) });
    const both = { ...part('text/plain', text), ...part('text/html', html) };
    await navigator.clipboard.write([new ClipboardItem(both)]);
  },
  save(name, type, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
  now: Date.now,
  newId: () => newId(source),
};
