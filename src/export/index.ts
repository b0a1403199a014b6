// Files: rows as CSV, a call with its tags as WebVTT, JSON, CSV and a summary, and reading such files
// back. Text in, text out; pure. Imports domain, ledger and audit; the extension's pages and the
// server may import it.
export * from './call-csv.ts';
export * from './call-export.ts';
export * from './call-json.ts';
export * from './call-summary.ts';
export * from './call-webvtt.ts';
export * from './call-words.ts';
export * from './csv.ts';
export * from './tag-files.ts';
