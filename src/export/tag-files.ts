import type { TagFileOptions, TagFileResult } from './call-export.ts';

/** Reads a file of tags: CSV or another table, WebVTT, or a call's JSON. Never throws. */
export function readTagFile(_text: string, options: TagFileOptions): TagFileResult {
  return { ok: false, problems: [{ row: null, words: options.words.file.unknown }] };
}
