// The records of a notebook as a table: what spreadsheets and Markdown are made of.
import type { Cell, Column, Table } from '../../export/table.ts';
import type { NotebookRecord } from '../messages/search-calls.ts';
import { type TableLanguage, tableWords } from './table-words.ts';

/** In the usual order. */
export const COLUMNS = [
  { key: 'kind', type: 'text' },
  { key: 'written', type: 'instant' },
  { key: 'author', type: 'text' },
  { key: 'customer', type: 'text' },
  { key: 'text', type: 'text' },
  { key: 'quote', type: 'text' },
  { key: 'stage', type: 'text' },
  { key: 'outcome', type: 'text' },
  { key: 'due', type: 'day' },
  { key: 'address', type: 'link' },
  { key: 'deleted', type: 'yes-no' },
  { key: 'keptHere', type: 'yes-no' },
  { key: 'id', type: 'text' },
] as const satisfies readonly Column[];

export type ColumnKey = (typeof COLUMNS)[number]['key'];

const WORDS = ['statement', 'text', 'question', 'name', 'subject', 'answer', 'remark'];
const AT_ONCE = 500;

/** `keys`: of the columns, in the order asked for. */
export function ownTable(
  records: readonly NotebookRecord[],
  keys: readonly ColumnKey[],
  language: TableLanguage,
): Table {
  const columns = keys.flatMap((key) => COLUMNS.find((column) => column.key === key) ?? []);
  const words = tableWords[language];
  return {
    name: words.name,
    columns,
    headings: columns.map(({ key }) => words.columns[key]),
    rows: (async function* () {
      for (let from = 0; from < records.length; from += AT_ONCE) {
        const batch = records.slice(from, from + AT_ONCE);
        yield batch.map((record) => columns.map(({ key }) => cellOf(record, key)));
      }
    })(),
  };
}

function cellOf(record: NotebookRecord, key: ColumnKey): Cell {
  const { fields } = record;
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : '');
  switch (key) {
    case 'kind':
      return text('label') || record.kind;
    case 'written':
      return record.writtenAt;
    case 'author':
      return text('writtenBy') || record.author;
    case 'customer':
      return record.customer || null;
    case 'text':
      return WORDS.map(text).filter(Boolean).join('\n') || null;
    case 'quote':
      return inEvidence(fields.evidence, 'quote').join('\n') || null;
    case 'stage':
      return text('stage') || null;
    case 'outcome':
      return text('outcome') || text('state') || null;
    case 'due':
      return text('due') || null;
    case 'address':
      return (
        [text('url'), ...inEvidence(fields.evidence, 'url')].find((url) =>
          /^https?:\/\//i.test(url),
        ) ?? null
      );
    case 'deleted':
      return record.deleted;
    case 'keptHere':
      return record.keptHere;
    case 'id':
      return record.id;
  }
}

function inEvidence(evidence: unknown, member: string): string[] {
  if (!isObject(evidence)) return [];
  const found = Object.values(evidence).map((one) => (isObject(one) ? one[member] : ''));
  return found.filter((one): one is string => typeof one === 'string' && one !== '');
}

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
