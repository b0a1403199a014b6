import { normaliseText } from '../domain/index.ts';
import type { TagFileOptions, TagFileResult } from './call-export.ts';
import { readCallJson } from './call-json.ts';
import { readTable } from './read-table.ts';
import { readWebVtt } from './read-webvtt.ts';

const WEBVTT = /^WEBVTT(?=[ \t\r\n]|$)/;
const SUBRIP = /^\s*\d+\s*[\r\n]+\d+:\d{2}:\d{2},\d{3} *-->/;

/**
 * Reads a file of tags: a call's JSON, WebVTT or a table, told apart by how they begin. What cannot
 * be taken is told row by row; never throws.
 */
export function readTagFile(file: string, options: TagFileOptions): TagFileResult {
  const text = normaliseText(file.replace(/^\uFEFF/, ''));
  if (text.trim() === '') {
    return { ok: false, problems: [{ row: null, words: options.words.file.empty }] };
  }
  if (WEBVTT.test(text) || SUBRIP.test(text)) return readWebVtt(text, options);
  if (/^\s*[{[]/.test(text)) return readCallJson(text, options);
  return readTable(text, options);
}
