import type { CallExport } from './call-export.ts';
import type { CallWords } from './call-words.ts';

/** The tags of a call as CSV, one a row. */
export function callToCsv(_call: CallExport, _words: CallWords): string {
  return '';
}
