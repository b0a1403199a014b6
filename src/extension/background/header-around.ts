// Words in a sandboxed frame: its document is of no origin, so that its script cannot look out to
// where subject and sender stand. What the top document tells of the mail is put to them here.
import type { FrameReading, KnownMessage } from '../messages/index.ts';
import type { FrameState, TabState } from './contexts.ts';

/** The frame's reading, as one of the mail that the page around it shows; else as it was told. */
export function withHeader(
  reading: FrameReading,
  frame: number,
  top: FrameState | undefined,
): FrameReading {
  const header = headerIn(top);
  const [words, ...more] = reading.messages;
  if (top === undefined || header === null || frame === 0) return reading;
  if (words === undefined || more.length > 0 || !isBare(reading.url, words)) return reading;
  const { site, page, subject, url, title } = top;
  const { keys: _, ...facts } = header;
  const { shown, text, quoted } = words;
  const message = { ...facts, shown, text, ...(quoted === undefined ? {} : { quoted }) };
  return { ...reading, site, page, subject, url, title, messages: [message] };
}

/** Frames that told of words before there was a header around them. */
export function bareFrames(state: TabState): number[] {
  if (headerIn(state[0]) === null) return [];
  return Object.entries(state)
    .filter(([frame, { url, messages }]) => {
      const [words, ...more] = messages;
      return frame !== '0' && words !== undefined && more.length === 0 && isBare(url, words);
    })
    .map(([frame]) => Number(frame));
}

// Two mails on one page, and nobody knows whose words these are.
function headerIn(top: FrameState | undefined): KnownMessage | null {
  const [only, ...more] = top?.messages ?? [];
  return only !== undefined && only.from !== null && more.length === 0 ? only : null;
}

// about:srcdoc, blob: and data: documents came with the page; what has an address of its own did not.
function isBare(url: string, words: Nobodys): boolean {
  return isNobodys(words) && /^(about|blob|data):/.test(url);
}

type Nobodys = Pick<KnownMessage, 'from' | 'key'>;

/** Whether these are words that nothing is known of, as of a frame that cannot look out. */
export function isNobodys({ from, key }: Nobodys): boolean {
  return from === null && key === null;
}
