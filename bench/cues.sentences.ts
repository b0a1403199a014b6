// Labelled sentences of real mail, one JSON object a line. They hold real people's words: they are
// measured where they lie and copied nowhere.
import { readFileSync } from 'node:fs';
import type { CueKind } from '../src/cues/index.ts';

export const HINTS = [
  'assumption',
  'expectation',
  'soft-grievance',
  'comparison',
  'constraint',
  'uncertainty',
] as const satisfies readonly CueKind[];

export type Labelled = {
  text: string;
  /** Sentences before and after it in the mail. */
  before: string[];
  after: string[];
  thread: string;
  stratum: string;
  labels: string[];
  direction: 'inbound' | 'outbound';
};

/** Throws an Error in plain words for a file that cannot be read or is something else. */
export function labelledSentences(file: string): Labelled[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const found = lines.flatMap((line, at) => (line.trim() === '' ? [] : [labelled(line, at + 1)]));
  if (found.length === 0) throw new Error('no sentence is in it');
  return found;
}

function labelled(line: string, number: number): Labelled {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new Error(`line ${number} is not JSON`);
  }
  const fields = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  const { text, before, after, thread, stratum, labels, direction } = fields as {
    [field: string]: unknown;
  };
  if (typeof text !== 'string' || !areTexts(labels)) {
    throw new Error(`line ${number} has no text or no labels`);
  }
  return {
    text,
    labels,
    before: areTexts(before) ? before : [],
    after: areTexts(after) ? after : [],
    // What names no thread is one of its own.
    thread: typeof thread === 'string' ? thread : `line ${number}`,
    stratum: typeof stratum === 'string' ? stratum : '',
    direction: direction === 'ext-out' ? 'outbound' : 'inbound',
  };
}

function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

export function hasCue({ labels }: Labelled): boolean {
  return HINTS.some((kind) => labels.includes(kind));
}
