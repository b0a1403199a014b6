import type { CallExport } from './call-export.ts';
import type { CallWords } from './call-words.ts';

/** For the clipboard: the same as text and as HTML. */
export type CallSummary = { text: string; html: string };

/** A call to paste into a CRM. `timeZone`: IANA name; the reader's own if not given. */
export function callSummary(_call: CallExport, _words: CallWords, _timeZone?: string): CallSummary {
  return { text: '', html: '' };
}
