// A notebook as a file, and any file of records as a notebook takes it. Pure: text in, text out.
//
//     { "format": "unsaid-notebook", "version": 1, "exportedAt": "…",
//       "records": [{ kind, id, fields, keptHere, deleted, writtenAt, author, authorId, customer }] }
import type { Json } from '../../domain/index.ts';
import { type FileItem, fileReader } from '../../export/read-file.ts';
import type { FileRecord } from '../../export/records-file.ts';
import type { NotebookRecord, SearchHit } from '../messages/search-calls.ts';

const FORMAT = 'unsaid-notebook';

export function notebookText(records: readonly NotebookRecord[], now: number): string {
  const file = { format: FORMAT, version: 1, exportedAt: new Date(now).toISOString() };
  // One record in a line: a person finds one, and a program need not read all.
  const lines = records.map((record) => JSON.stringify(record)).join(',\n');
  return `${JSON.stringify(file).slice(0, -1)},"records":[\n${lines}\n]}\n`;
}

/** A record of a file as it is taken. */
export type TakenRecord = {
  kind: string;
  id: string;
  fields: { [field: string]: Json };
  keptHere?: boolean;
  deleted?: boolean;
  writtenAt?: string;
};

export type ReadFile = {
  ok: boolean;
  records: { row: number; record: TakenRecord }[];
  /** `row` null: all of the file. */
  problems: { row: number | null; words: string }[];
};

/** Any file of records (export/read-file.ts), as the text comes. */
export async function readFile(pieces: AsyncIterable<string>): Promise<ReadFile> {
  const reader = fileReader();
  const items: FileItem[] = [];
  for await (const piece of pieces) items.push(...reader.take(piece));
  const { ok, format, items: last } = reader.end();
  items.push(...last);
  // Of another program: who brings it in is not who wrote it.
  const isForeign = format === 'jsonld' || format === 'hypothesis';
  const read: ReadFile = { ok, records: [], problems: [] };
  for (const item of items) {
    if (item.is === 'problem') read.problems.push({ row: item.row, words: item.words });
    else read.records.push({ row: item.row, record: takenOf(item.record, isForeign && item.by) });
  }
  return read;
}

function takenOf(given: FileRecord, by: string | null | false): TakenRecord {
  const { kind, id, author, written, visibility, keptHere } = given;
  const { deleted, ...said } = given.fields;
  const fields = {
    ...said,
    ...(visibility === 'managers' ? { visibility } : {}),
    ...(author === undefined && by ? { writtenBy: by } : {}),
  };
  return {
    ...{ kind, id, fields },
    ...(keptHere === true ? { keptHere } : {}),
    ...(deleted === true ? { deleted } : {}),
    ...(written === undefined ? {} : { writtenAt: written }),
  };
}

/** "kind/id": what a record is told apart by in lists. */
export function keyOf({ kind, id }: Pick<SearchHit, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}
