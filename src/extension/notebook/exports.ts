// Records of a notebook as a file of any format. Formats of tables can be read by people and are not
// brought back in; the others can.
import { BYTE_ORDER_MARK, csvHead, csvLine } from '../../export/csv.ts';
import { markdownText } from '../../export/markdown.ts';
import { type FileRecord, ndjsonText } from '../../export/records-file.ts';
import type { Table } from '../../export/table.ts';
import { annotationsText } from '../../export/web-annotation.ts';
import { xlsxBytes } from '../../export/xlsx/index.ts';
import type { NotebookRecord } from '../messages/search-calls.ts';
import { notebookText } from './files.ts';
import { type ColumnKey, ownTable } from './own-table.ts';
import { type TableLanguage, tableWords } from './table-words.ts';

export const FORMATS = ['json', 'ndjson', 'jsonld', 'csv', 'xlsx', 'markdown'] as const;
export type ExportFormat = (typeof FORMATS)[number];

export type ExportChoices = {
  format: ExportFormat;
  /** Of tables. */
  columns: readonly ColumnKey[];
  language: TableLanguage;
  /** Of CSV. */
  separator: ',' | ';' | '\t';
  bom: boolean;
  machine: boolean;
};

export type ExportedFile = {
  name: string;
  type: string;
  content: (string | Uint8Array<ArrayBuffer>)[];
};

type Around = { now: number; zone: string; newId: () => string };

const ENDINGS: Readonly<Record<ExportFormat, readonly [ending: string, type: string]>> = {
  json: ['json', 'application/json'],
  ndjson: ['ndjson', 'application/x-ndjson'],
  jsonld: ['jsonld', 'application/ld+json'],
  csv: ['csv', 'text/csv'],
  xlsx: ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  markdown: ['md', 'text/markdown'],
};

export async function exportedFile(
  records: readonly NotebookRecord[],
  choices: ExportChoices,
  around: Around,
): Promise<ExportedFile> {
  const [ending, type] = ENDINGS[choices.format];
  const day = new Date(around.now).toISOString().slice(0, 10);
  const content: ExportedFile['content'] = [];
  for await (const piece of pieces(records, choices, around)) content.push(piece);
  return { name: `unsaid-notebook-${day}.${ending}`, type, content };
}

async function* pieces(
  records: readonly NotebookRecord[],
  choices: ExportChoices,
  { now, zone, newId }: Around,
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  const { format, columns, language, separator, bom, machine } = choices;
  const exportedAt = new Date(now).toISOString();
  const members = Object.fromEntries(records.map(({ authorId, author }) => [authorId, author]));
  const words = tableWords[language];
  const table = (): Table => ownTable(records, columns, language);
  switch (format) {
    case 'json':
      return yield notebookText(records, now);
    case 'ndjson': {
      const head = { workspace: null, exportedAt, what: 'notebook', filter: {}, members };
      return yield ndjsonText(head, records.map(toRecord));
    }
    case 'jsonld': {
      const about = { id: newId(), label: tableWords.en.name, exportedAt };
      const context = { name: (id: string) => members[id] ?? null, workspace: null };
      return yield annotationsText(about, records.map(toRecord), context);
    }
    case 'csv': {
      const { headings, columns: own, rows } = table();
      const options = { separator, machine, zone };
      yield (bom ? BYTE_ORDER_MARK : '') + csvHead(headings, options);
      for await (const batch of rows) {
        yield batch.map((row) => csvLine(own, row, options)).join('');
      }
      return;
    }
    case 'xlsx': {
      const facts = [[words.exported, exportedAt]] as const;
      for await (const bytes of xlsxBytes([table()], { language, zone, facts })) {
        yield bytes as Uint8Array<ArrayBuffer>;
      }
      return;
    }
    case 'markdown': {
      const dates = new Intl.DateTimeFormat(words.lang, {
        ...{ dateStyle: 'medium', timeStyle: 'short', timeZone: zone },
      });
      const instant = (iso: string) => dates.format(new Date(iso));
      const facts = [[words.exported, `${instant(exportedAt)} (${zone})`]] as const;
      const { yes, no, nothing } = words;
      const about = { title: 'Unsaid', facts, instant, yes, no, nothing };
      yield* markdownText([table()], about);
    }
  }
}

/** As lossless files have it. */
function toRecord(record: NotebookRecord): FileRecord {
  const { kind, id, authorId, writtenAt, keptHere, deleted, fields } = record;
  const { visibility, ...said } = fields as FileRecord['fields'];
  return {
    ...{ kind, id, author: authorId, written: writtenAt },
    visibility: visibility === 'managers' ? 'managers' : 'workspace',
    ...(keptHere ? { keptHere } : {}),
    fields: { ...said, ...(deleted ? { deleted } : {}) },
  };
}
