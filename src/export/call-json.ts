import type { CallExport } from './call-export.ts';
import type { CallWords } from './call-words.ts';

/** A call as JSON text. */
export function callToJson(_call: CallExport, _words: CallWords): string {
  return '';
}
