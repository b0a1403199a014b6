// A file that a person chose, as text. Spreadsheets still write Windows-1252 in many countries.

/** The server takes 16 MB of JSON, and quotes and line ends grow in it. */
export const LARGEST_BYTES = 12_000_000;

export type FileText =
  | { readonly ok: true; readonly csv: string }
  | { readonly ok: false; readonly error: 'too-large' | 'not-text' };

export async function readFile(file: Blob): Promise<FileText> {
  if (file.size > LARGEST_BYTES) return { ok: false, error: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const csv = decode(bytes);
  // A NUL is in every spreadsheet file and in no table of text.
  return csv.includes('\0') ? { ok: false, error: 'not-text' } : { ok: true, csv };
}

/** UTF-8 (its byte order mark is taken away), UTF-16 where the mark says so, else Windows-1252. */
function decode(bytes: Uint8Array): string {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** "120 KB", "3.4 MB" */
export function saySize(bytes: number, lang: string): string {
  const mega = bytes >= 1_000_000;
  const unit = mega ? 'megabyte' : 'kilobyte';
  const options = { style: 'unit', unit, maximumFractionDigits: mega ? 1 : 0 } as const;
  const size = mega ? bytes / 1_000_000 : Math.max(1, bytes / 1_000);
  return new Intl.NumberFormat(lang, options).format(size);
}
