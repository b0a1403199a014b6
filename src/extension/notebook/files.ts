// A notebook as a file. Pure: text in, text out.
//
//     { "format": "unsaid-notebook", "version": 1, "exportedAt": "…",
//       "records": [{ kind, id, fields, keptHere, deleted, writtenAt, author, customer }] }
import { csvRow } from '../../export/csv.ts';
import type { NotebookRecord, SearchHit } from '../messages/search-calls.ts';

const FORMAT = 'unsaid-notebook';

export function notebookText(records: readonly NotebookRecord[], now: number): string {
  const file = { format: FORMAT, version: 1, exportedAt: new Date(now).toISOString() };
  // One record in a line: a person finds one, and a program need not read all.
  const lines = records.map((record) => JSON.stringify(record)).join(',\n');
  return `${JSON.stringify(file).slice(0, -1)},"records":[\n${lines}\n]}\n`;
}

/** A record of a file, with the fields that are needed to take it. */
export type FileRecord = {
  kind: string;
  id: string;
  fields: unknown;
  keptHere?: boolean;
  deleted?: boolean;
  writtenAt?: string;
};

export type ReadNotebook =
  | { ok: true; records: FileRecord[]; bad: { row: number; why: 'record' }[] }
  | { ok: false; why: 'json' | 'format' | 'version' };

/** `row` counts from 1. */
export function readNotebook(text: string): ReadNotebook {
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, why: 'json' };
  }
  if (!isObject(file) || file.format !== FORMAT || !Array.isArray(file.records)) {
    return { ok: false, why: 'format' };
  }
  if (file.version !== 1) return { ok: false, why: 'version' };
  const records: FileRecord[] = [];
  const bad: { row: number; why: 'record' }[] = [];
  for (const [at, record] of (file.records as unknown[]).entries()) {
    if (isObject(record) && typeof record.kind === 'string' && typeof record.id === 'string') {
      const { kind, id, fields = null, keptHere, deleted, writtenAt } = record;
      records.push({
        ...{ kind, id, fields },
        ...(typeof keptHere === 'boolean' ? { keptHere } : {}),
        ...(typeof deleted === 'boolean' ? { deleted } : {}),
        ...(typeof writtenAt === 'string' ? { writtenAt } : {}),
      });
    } else bad.push({ row: at + 1, why: 'record' });
  }
  return { ok: true, records, bad };
}

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const COLUMNS = [
  ...['kind', 'customer', 'words', 'their words', 'stage', 'outcome', 'author', 'written'],
  ...['deleted', 'on this device only', 'id'],
];
const WORDS = ['statement', 'text', 'question', 'name', 'subject', 'answer', 'remark'];

export function notebookCsv(records: readonly NotebookRecord[]): string {
  const rows = records.map(({ kind, id, fields, ...record }) => {
    const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '');
    return csvRow([
      ...[text('label') || kind, record.customer],
      ...[WORDS.map(text).filter(Boolean).join('\n'), quotesIn(fields.evidence)],
      ...[text('stage'), text('outcome') || text('state'), record.author, record.writtenAt],
      ...[record.deleted ? 'yes' : '', record.keptHere ? 'yes' : '', id],
    ]);
  });
  return csvRow(COLUMNS) + rows.join('');
}

function quotesIn(evidence: unknown): string {
  if (!isObject(evidence)) return '';
  const quotes = Object.values(evidence).map((one) => (isObject(one) ? one.quote : ''));
  return quotes.filter((quote) => typeof quote === 'string' && quote !== '').join('\n');
}

/** "kind/id": what a record is told apart by in lists. */
export function keyOf({ kind, id }: Pick<SearchHit, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}
