// A whole file of records, part by part: a look at it, and bringing it in.

import type { FileFormat } from '../../export/read-file.ts';
import type { RecordsHead } from '../../export/records-file.ts';
import type { Answer, Client, Failure } from '../client.ts';
import { type FileProblem, FileReading, Unreadable } from './read-parts.ts';
import {
  beginImport,
  type Counts,
  checkPart,
  endImport,
  type RowProblem,
  type Take,
  takePart,
} from './record-calls.ts';

/** Problems that are kept to be shown; all are counted. */
const MOST_PROBLEMS = 500;

export const NO_COUNTS: Counts = {
  ...{ created: 0, changed: 0, same: 0, differs: 0, wrong: 0, left: 0 },
};

export interface Progress {
  /** 0 to 1, of the file. */
  readonly done: number;
  readonly records: number;
}

export interface Looked {
  readonly format: FileFormat | null;
  /** What a file of our own says of itself. */
  readonly head: RecordsHead | null;
  readonly kinds: Readonly<Record<string, Counts>>;
  readonly problems: readonly RowProblem[];
  readonly sum: Counts;
  /** Of members, for the import that follows. */
  readonly names: ReadonlyMap<string, string>;
}

/** stopped: by whoever waits for it. */
export type Outcome<T> =
  | { readonly is: 'done'; readonly value: T }
  | { readonly is: 'stopped' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'unreadable'; readonly words: string };

type OnProgress = (progress: Progress) => void;

/** Reads all of the file; nothing is written. */
export async function lookThrough(
  client: Client,
  file: File,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Outcome<Looked>> {
  const reading = new FileReading(file);
  const kinds: Record<string, Counts> = {};
  const problems: RowProblem[] = [];
  const sum = { ...NO_COUNTS };
  let records = 0;
  return attempt<Looked>(signal, async () => {
    for await (const part of reading.parts()) {
      if (signal.aborted) return { is: 'stopped' };
      sum.wrong += part.problems.length;
      keep(problems, part.problems.map(unnamed));
      if (part.rows.length > 0) {
        const answer = await checkPart(client, part.rows, signal);
        if (!answer.ok) return { is: 'failed', failure: answer.failure };
        for (const [kind, counts] of Object.entries(answer.value.kinds)) {
          kinds[kind] = added(kinds[kind] ?? NO_COUNTS, counts);
          Object.assign(sum, added(sum, counts));
        }
        keep(problems, answer.value.problems);
      }
      records += part.rows.length + part.problems.length;
      onProgress({ done: part.bytes / Math.max(1, file.size), records });
    }
    problems.sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
    const { format, head, names } = reading;
    return { is: 'done', value: { format, head, kinds, problems, sum, names } };
  });
}

export interface Brought {
  readonly id: string;
  readonly counts: Counts;
  /** The last part was taken. */
  readonly isWhole: boolean;
}

/**
 * Brings the file in. Stopping ends it between two parts; what was taken stays and is said, since it
 * can be taken back.
 */
export async function bringIn(
  client: Client,
  file: File,
  how: Pick<Looked, 'names' | 'format'> & {
    readonly take: Take;
    /** Whom notes are about that say nobody. */
    readonly customer?: string | null;
  },
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Outcome<Brought>> {
  const reading = new FileReading(file, how.names, how.customer);
  return attempt<Brought>(signal, async () => {
    const begun = await beginImport(client, file.name, how.format);
    if (!begun.ok) return { is: 'failed', failure: begun.failure };
    const { id } = begun.value;
    let counts = NO_COUNTS;
    let number = 0;
    let unsent = 0;
    for await (const { rows, problems, bytes } of reading.parts()) {
      if (signal.aborted) return { is: 'done', value: { id, counts, isWhole: false } };
      unsent += problems.length;
      if (rows.length > 0) {
        const part = { part: number, take: how.take, records: rows };
        const answer = await again(() => takePart(client, id, part));
        if (!answer.ok) return { is: 'failed', failure: answer.failure };
        const { problems: _, ...taken } = answer.value;
        counts = taken;
        number += 1;
      }
      const { created, changed, same, differs, wrong, left } = counts;
      const records = created + changed + same + differs + wrong + left + unsent;
      onProgress({ done: bytes / Math.max(1, file.size), records });
    }
    const ended = await endImport(client, id);
    if (!ended.ok) return { is: 'failed', failure: ended.failure };
    const all = { ...counts, wrong: counts.wrong + unsent };
    return { is: 'done', value: { id, counts: all, isWhole: true } };
  });
}

/** A line that is gone for a moment loses nothing: the server takes no part twice. */
async function again<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  let answer = await ask();
  for (const seconds of [1, 3]) {
    if (answer.ok || answer.failure.is !== 'offline') return answer;
    await new Promise((done) => setTimeout(done, seconds * 1_000));
    answer = await ask();
  }
  return answer;
}

async function attempt<T>(
  signal: AbortSignal,
  work: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) return { is: 'stopped' };
    if (error instanceof Unreadable) return { is: 'unreadable', words: error.message };
    throw error;
  }
}

function added(a: Counts, b: Counts): Counts {
  return {
    ...{ created: a.created + b.created, changed: a.changed + b.changed, same: a.same + b.same },
    ...{ differs: a.differs + b.differs, wrong: a.wrong + b.wrong, left: a.left + b.left },
  };
}

function keep(kept: RowProblem[], more: readonly RowProblem[]) {
  kept.push(...more.slice(0, Math.max(0, MOST_PROBLEMS - kept.length)));
}

function unnamed({ row, words }: FileProblem): RowProblem {
  return { row, words, kind: '', id: '' };
}
