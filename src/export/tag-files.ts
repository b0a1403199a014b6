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

/**
 * The text of a file: UTF-8; UTF-16 where it begins with a byte order mark, as spreadsheets save
 * "Unicode text"; else Windows-1252, in which they save CSV in much of Europe. Never throws.
 */
export function fileText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
