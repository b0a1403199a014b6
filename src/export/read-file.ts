// Reading files of records: our own (NDJSON, JSON, a notebook's), W3C Web Annotations and the JSON of
// Hypothesis. Text in pieces, items out, so that a file of any length needs little memory. Strict about
// what a file is and whether it is whole; one bad record costs no other. The file is anybody's.
import * as z from 'zod/mini';
import { id, isJson, normaliseJson, normaliseText } from '../domain/index.ts';
import { type FileWords, fileWords } from './file-words.ts';
import { noteOfHypothesis } from './hypothesis.ts';
import { type JsonElement, JsonParts } from './json-parts.ts';
import { isAnnotation, recordOfAnnotation } from './read-annotation.ts';
import {
  type FileRecord,
  RECORDS_FORMAT,
  RECORDS_VERSION,
  type RecordsHead,
} from './records-file.ts';

export type FileFormat = 'ndjson' | 'json' | 'notebook' | 'jsonld' | 'hypothesis';

/** `row`: of NDJSON the line, else the how manieth record, from 1; null: all of the file. */
export type FileItem =
  | {
      is: 'record';
      row: number;
      record: FileRecord;
      /** The author's name, where the file says it. */ by: string | null;
    }
  | { is: 'problem'; row: number | null; words: string };

export type FileEnd = {
  /** false: it is no such file, or a part of it is missing. */
  ok: boolean;
  /** null: it is none of these. */
  format: FileFormat | null;
  head: RecordsHead | null;
  /** What came with the end. */
  items: FileItem[];
};

export type FileReader = {
  /** The next piece of the file; pieces may end anywhere. */
  take(text: string): FileItem[];
  end(): FileEnd;
};

/** UTF-16 units: longer is no record. Also how long a first line may be to be looked at by itself. */
const LONGEST_LINE = 32_000_000;
const LONGEST_HEAD = 4_000_000;
const DEEPEST = 64;

export function fileReader(words: FileWords = fileWords): FileReader {
  let reader: FileReader | null = null;
  let waiting = '';
  const decide = (isEnd: boolean): FileItem[] => {
    waiting = waiting.replace(/^\uFEFF?\s*/, '');
    const end = waiting.indexOf('\n');
    if (end < 0 && !isEnd && waiting.length < LONGEST_HEAD) return [];
    const head = parsed(end < 0 ? waiting : waiting.slice(0, end));
    const isLines = isObject(head) && head.format === RECORDS_FORMAT && !('records' in head);
    reader = isLines ? lineReader(words) : partReader(words);
    const text = waiting;
    waiting = '';
    return reader.take(text);
  };
  return {
    take(text) {
      if (reader !== null) return reader.take(text);
      waiting += text;
      return decide(false);
    },
    end() {
      const items = reader === null ? decide(true) : [];
      const last = (reader ?? partReader(words)).end();
      return { ...last, items: [...items, ...last.items] };
    },
  };
}

/** All of a file at once. */
export function readRecords(text: string, words: FileWords = fileWords): ReadRecords {
  const reader = fileReader(words);
  const items = reader.take(text);
  const { ok, format, head, items: last } = reader.end();
  const all = [...items, ...last];
  return {
    ...{ ok, format, head },
    records: all.filter((item) => item.is === 'record'),
    problems: all.flatMap((item) =>
      item.is === 'problem' ? [{ row: item.row, words: item.words }] : [],
    ),
  };
}

export type ReadRecords = {
  ok: boolean;
  format: FileFormat | null;
  head: RecordsHead | null;
  records: Extract<FileItem, { is: 'record' }>[];
  problems: { row: number | null; words: string }[];
};

function lineReader(words: FileWords): FileReader {
  let rest = '';
  let row = 0;
  let head: unknown;
  let rows = 0;
  let end: number | null = null;
  let isNewer = false;
  const line = (text: string): FileItem[] => {
    row += 1;
    const problem = (said: string): FileItem[] => [{ is: 'problem', row, words: said }];
    if (isNewer || text.trim() === '') return [];
    const value = parsed(text);
    if (head === undefined) {
      head = value;
      isNewer = isNewerThanWe(value);
      return [];
    }
    if (end !== null) return problem(words.afterEnd);
    if (isObject(value) && value.end === true && !('kind' in value)) {
      end = typeof value.records === 'number' ? value.records : rows;
      return [];
    }
    rows += 1;
    if (value === undefined) return problem(words.notJson);
    return [recordItem(value, row, membersIn(head), words)];
  };
  return {
    take(text) {
      if (isNewer) return [];
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      const items = lines.flatMap(line);
      if (rest.length > LONGEST_LINE) {
        rest = '';
        items.push({ is: 'problem', row: row + 1, words: words.tooLong });
      }
      return items;
    },
    end() {
      const items = isNewer ? [] : line(rest);
      const wrong = isNewer
        ? words.newer
        : end === null
          ? words.cut
          : end === rows
            ? null
            : words.missing(end, rows);
      if (wrong !== null) items.push({ is: 'problem', row: null, words: wrong });
      return { ok: wrong === null, format: 'ndjson', head: headIn(head), items };
    },
  };
}

/** Where records stand in each format; '' also for a list of annotations by itself. */
const FORMATS: Readonly<Record<string, FileFormat>> = {
  records: 'json',
  items: 'jsonld',
  'first.items': 'jsonld',
  '@graph': 'jsonld',
  rows: 'hypothesis',
  annotations: 'hypothesis',
};

function partReader(words: FileWords): FileReader {
  const parts = new JsonParts(['', ...Object.keys(FORMATS)]);
  let row = 0;
  let format: FileFormat | null = null;
  let members: Members = {};
  const element = ({ path, text }: JsonElement): FileItem => {
    row += 1;
    const value = parsed(text);
    if (row === 1) {
      const head = parts.before();
      members = membersIn(head);
      format = FORMATS[path] ?? (isAnnotation(value) ? 'jsonld' : 'hypothesis');
      if (isObject(head) && head.format === NOTEBOOK) format = 'notebook';
    }
    if (value === undefined) return { is: 'problem', row, words: words.notJson };
    return itemOf(format, value, row, members, words);
  };
  return {
    take: (text) => parts.take(text).map(element),
    end() {
      const whole = parts.end();
      const failed = (said: string): FileEnd => ({
        ...{ ok: false, format, head: null },
        items: [{ is: 'problem', row: null, words: said }],
      });
      if (whole === undefined) return failed(format === null ? words.notOurs : words.cut);
      if (isAnnotation(whole) && format === null) {
        return { ...END, format: 'jsonld', items: [itemOf('jsonld', whole, 1, {}, words)] };
      }
      const found = format ?? emptyFormat(whole);
      if (found === null) return failed(words.notOurs);
      if (found !== 'json' && found !== 'notebook') return { ...END, format: found };
      const name = found === 'json' ? RECORDS_FORMAT : NOTEBOOK;
      if (!isObject(whole) || whole.format !== name) return failed(words.notOurs);
      if (isNewerThanWe(whole)) return failed(words.newer);
      return { ...END, format: found, head: found === 'json' ? headIn(whole) : null };
    },
  };
}

const NOTEBOOK = 'unsaid-notebook';
const END = { ok: true, head: null, items: [] } as const satisfies Partial<FileEnd> & {
  items: readonly FileItem[];
};

/** Of a file without any record. */
function emptyFormat(whole: unknown): FileFormat | null {
  if (!isObject(whole)) return null;
  if (whole.format === RECORDS_FORMAT) return 'json';
  if (whole.format === NOTEBOOK) return 'notebook';
  if (whole.type === 'AnnotationCollection' || whole.type === 'AnnotationPage') return 'jsonld';
  if (Array.isArray(whole.rows) && typeof whole.total === 'number') return 'hypothesis';
  return Array.isArray(whole.annotations) && 'export_date' in whole ? 'hypothesis' : null;
}

function itemOf(
  format: FileFormat | null,
  value: unknown,
  row: number,
  members: Members,
  words: FileWords,
): FileItem {
  const problem = (said: string): FileItem => ({ is: 'problem', row, words: said });
  if (isDeep(value)) return problem(words.tooDeep);
  if (format === 'json' || format === 'notebook') return recordItem(value, row, members, words);
  const read = format === 'jsonld' ? recordOfAnnotation(value) : noteOfHypothesis(value);
  if (read === 'none') return problem(words.noAnnotation);
  if (read === 'empty') return problem(words.nothingSaid);
  const item = recordItem(read.record, row, members, words);
  return item.is === 'record' ? { ...item, by: item.by ?? read.by } : item;
}

const recordShape = z.object({
  kind: z.string().check(z.minLength(1), z.maxLength(64)),
  id,
  // Of a notebook a name, else an id.
  author: z.optional(z.string().check(z.maxLength(2_000))),
  authorId: z.optional(z.string()),
  written: z.optional(z.iso.datetime({ offset: true })),
  writtenAt: z.optional(z.iso.datetime({ offset: true })),
  visibility: z.optional(z.enum(['workspace', 'managers'])),
  keptHere: z.optional(z.boolean()),
  deleted: z.optional(z.boolean()),
  fields: z.record(z.string(), z.unknown()),
});

function recordItem(value: unknown, row: number, members: Members, words: FileWords): FileItem {
  if (isDeep(value)) return { is: 'problem', row, words: words.tooDeep };
  const parsed = recordShape.safeParse(value);
  const where = parsed.error?.issues[0]?.path.join('.') ?? '';
  if (!parsed.success) return { is: 'problem', row, words: words.noRecord(where) };
  const { kind, id, visibility, keptHere, deleted, fields } = parsed.data;
  if (!isJson(fields)) return { is: 'problem', row, words: words.noRecord('fields') };
  const written = parsed.data.written ?? parsed.data.writtenAt;
  const { author: called, authorId: author = called } = parsed.data;
  const isId = idShape.safeParse(author).success;
  const record: FileRecord = {
    ...{ kind, id },
    ...(author !== undefined && isId ? { author } : {}),
    ...(written === undefined ? {} : { written }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(keptHere === true ? { keptHere } : {}),
    fields: { ...normaliseJson(fields), ...(deleted === true ? { deleted } : {}) },
  };
  const name = called === author && isId ? members[author ?? ''] : called;
  return { is: 'record', row, record, by: name ? normaliseText(name) : null };
}

const idShape = id;

type Members = { readonly [id: string]: string };

const headShape = z.object({
  workspace: z.nullable(z.object({ id: z.string(), name: z.string() })),
  exportedAt: z.string(),
  what: z.string(),
  filter: z.record(z.string(), z.string()),
  members: z.optional(z.record(z.string(), z.string())),
});

/** null: it does not say all that ours say; its records may be good. */
function headIn(value: unknown): RecordsHead | null {
  const { data } = headShape.safeParse(value);
  if (data === undefined) return null;
  const { members, ...head } = normaliseJson(data);
  return members === undefined ? head : { ...head, members };
}

function membersIn(value: unknown): Members {
  const { data } = z.object({ members: z.record(z.string(), z.string()) }).safeParse(value);
  return data?.members ?? {};
}

function isNewerThanWe(value: unknown): boolean {
  return isObject(value) && typeof value.version === 'number' && value.version > RECORDS_VERSION;
}

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** With a stack of its own: what is too deep may be deeper than the call stack. */
function isDeep(value: unknown): boolean {
  const stack: [unknown, number][] = [[value, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [present, depth] = next;
    if (typeof present !== 'object' || present === null) continue;
    if (depth >= DEEPEST) return true;
    for (const inner of Object.values(present)) stack.push([inner, depth + 1]);
  }
  return false;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
