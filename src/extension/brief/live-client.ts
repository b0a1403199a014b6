import { listen } from '../messages/listen.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { BriefClient } from './client.ts';

export const liveClient: BriefClient = {
  call: callFromSidebar,
  changes: (changed) =>
    listen({ missed: changed, hear: ({ event }) => event === 'changed' && changed() }),
  async copy({ text, html }) {
    if (html === undefined) return navigator.clipboard.writeText(text);
    const blob = (content: string, type: string) => new Blob([content], { type });
    const both = { 'text/plain': blob(text, 'text/plain'), 'text/html': blob(html, 'text/html') };
    await navigator.clipboard.write([new ClipboardItem(both)]);
  },
  print: () => window.print(),
};
