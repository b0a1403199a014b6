// A file of records in parts that one request each can carry, read as it comes.

import { type FileFormat, type FileItem, fileReader } from '../../export/read-file.ts';
import type { RecordsHead } from '../../export/records-file.ts';
import { say } from './record-words.ts';

/** As the server takes it. `by`: the name of its author, where the file tells it. */
export type FileRow = { row: number; by: string | null; record: unknown };
/** `row` null: all of the file. */
export type FileProblem = { row: number | null; words: string };

export interface FilePart {
  readonly rows: readonly FileRow[];
  /** What can be told without the server. */
  readonly problems: readonly FileProblem[];
  /** How far the file was read. */
  readonly bytes: number;
}

/** The file cannot be read at all, in words. */
export class Unreadable extends Error {}

/** Records in a part, and UTF-16 units of their text: the server takes 1,000 and 16 MB. */
const MOST_ROWS = 500;
const MOST_TEXT = 2_000_000;

/** Whether it is worth trying: a table of text begins with a heading. */
export async function mayHoldRecords(file: Blob): Promise<boolean> {
  const text = await file.slice(0, 4_096).text();
  return /^\uFEFF?\s*[{[]/.test(text);
}

/** Read once for a look and once to import: each time by a fresh one. */
export class FileReading {
  readonly #file: Blob;
  /** id → name. Authors are said by name, since here their ids are nobody's. */
  readonly #names: Map<string, string>;
  readonly #customer: string | null;
  #hasRecords = false;
  /** Known at the end. */
  format: FileFormat | null = null;
  head: RecordsHead | null = null;

  /**
   * `names`: of members, as an earlier reading has found them. `customer`: whom notes are about that
   * say nobody.
   */
  constructor(
    file: Blob,
    names: ReadonlyMap<string, string> = new Map(),
    customer: string | null = null,
  ) {
    this.#file = file;
    this.#customer = customer;
    this.#names = new Map(names);
  }

  get names(): ReadonlyMap<string, string> {
    return this.#names;
  }

  /** Rejects with Unreadable where there is nothing in it that could be imported. */
  async *parts(): AsyncGenerator<FilePart> {
    let rows: FileRow[] = [];
    let problems: FileProblem[] = [];
    let text = 0;
    for await (const { items, bytes } of this.#items()) {
      for (const item of items) {
        if (item.is === 'problem') problems.push({ row: item.row, words: item.words });
        else {
          rows.push(this.#rowOf(item));
          text += JSON.stringify(item.record).length;
        }
        if (rows.length < MOST_ROWS && text < MOST_TEXT) continue;
        yield { rows, problems, bytes };
        [rows, problems, text] = [[], [], 0];
      }
    }
    yield { rows, problems, bytes: this.#file.size };
  }

  async *#items(): AsyncGenerator<{ items: readonly FileItem[]; bytes: number }> {
    const reader = fileReader();
    let bytes = 0;
    for await (const { text, size } of textsOf(this.#file)) {
      bytes += size;
      yield { items: reader.take(text), bytes };
    }
    const { format, head, items } = reader.end();
    this.format = format;
    this.head = head;
    for (const [id, name] of Object.entries(head?.members ?? {})) this.#names.set(id, name);
    const [problem] = items.filter((item) => item.is === 'problem');
    const isNothing = !this.#hasRecords && items.every((item) => item.is === 'problem');
    if (isNothing && problem?.row === null) throw new Unreadable(problem.words);
    if (format === 'notebook') throw new Unreadable(say.notebook);
    yield { items, bytes };
  }

  #rowOf({ row, record, by }: Extract<FileItem, { is: 'record' }>): FileRow {
    const { kind, id, author, fields } = record;
    this.#hasRecords = true;
    // A whole workspace brings its members as records.
    if (kind === 'member' && typeof fields.name === 'string') this.#names.set(id, fields.name);
    const isOpen = this.#customer !== null && kind === 'note' && fields.customer === undefined;
    const about = isOpen ? { ...fields, customer: this.#customer } : fields;
    const writer = by ?? (author && this.#names.get(author)) ?? null;
    return { row, by: writer, record: { ...record, fields: about } };
  }
}

/** The file's text as it is read. Rejects with Unreadable where it is no UTF-8. */
async function* textsOf(file: Blob): AsyncGenerator<{ text: string; size: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  const decode = (value: Uint8Array | undefined, isEnd: boolean) => {
    try {
      return decoder.decode(value, { stream: !isEnd });
    } catch {
      throw new Unreadable(say.noText);
    }
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield { text: decode(value, done), size: value?.length ?? 0 };
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}
