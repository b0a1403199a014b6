import type { CallExport } from './call-export.ts';
import type { CallWords } from './call-words.ts';

export type WebVttOptions = {
  /** The recorder went on while the call's clock stood: pauses count. */
  withPauses: boolean;
};

/** `clipped`: tags that would begin before the recording does; they are at 0. */
export type WebVttFile = { text: string; clipped: number };

/** A call as chapters under a recording (W3C WebVTT). */
export function callToWebVtt(
  _call: CallExport,
  _words: CallWords,
  _options: WebVttOptions,
): WebVttFile {
  return { text: 'WEBVTT\n', clipped: 0 };
}
