import { browser } from '../browser.ts';
import { callFromSidebar } from '../messages/send.ts';
import type { OptionsClient } from './client.ts';

export const liveClient: OptionsClient = {
  call: callFromSidebar,
  allow: (origin) => browser.permissions.request({ origins: [patternOf(origin)] }),
  allowNotifications: () => browser.permissions.request({ permissions: ['notifications'] }),
  revoke: (origin) => browser.permissions.remove({ origins: [patternOf(origin)] }),
  async shortcuts() {
    // Not there in Firefox for Android.
    if (browser.commands?.getAll === undefined) return [];
    const commands = await browser.commands.getAll();
    return commands.map(({ name = '', description = '', shortcut = '' }) => ({
      name,
      description: description || (name.startsWith('_execute_') ? 'Open Unsaid' : name),
      keys: shortcut,
    }));
  },
  openTab: (url) => void browser.tabs.create({ url }),
  copy: (text) => navigator.clipboard.writeText(text),
  save(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
};

/** Match patterns have no port; the ports of a host share one grant. */
function patternOf(origin: string): string {
  // A granted pattern ("https://*.mail.example") is no address to the URL parser in every browser.
  if (origin.includes('*')) return `${origin}/*`;
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}/*`;
}
