import { liveClient as calls } from '../calls/live-client.ts';
import type { Line } from './bar.ts';
import type { BarClient } from './client.ts';

const LINE = 'call-line';

/** Document Picture-in-Picture; the browsers' types do not have it yet. */
const pictureInPicture = (
  window as {
    documentPictureInPicture?: {
      requestWindow(size: { width: number; height: number }): Promise<Window>;
    };
  }
).documentPictureInPicture;

export const liveClient: BarClient = {
  ...calls,
  steady: () => performance.now(),
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  store: {
    keys: () => Object.keys(localStorage),
    get: (key) => localStorage.getItem(key),
    set: (key, value) => localStorage.setItem(key, value),
    remove: (key) => localStorage.removeItem(key),
  },
  keepLine(line) {
    if (line === null) localStorage.removeItem(LINE);
    else localStorage.setItem(LINE, JSON.stringify(line));
  },
  keptLine() {
    try {
      // Written by this very page.
      return JSON.parse(localStorage.getItem(LINE) ?? 'null') as Line | null;
    } catch {
      return null;
    }
  },
  onTop: pictureInPicture ? (size) => pictureInPicture.requestWindow(size) : null,
};
