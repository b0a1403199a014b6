// What the register is asked for. The console's address, its list and its export use the same names.
import * as z from 'zod/mini';
import { expectationClass, id, noteLabel, outcome, stage } from '../../domain/index.ts';
import { timestampOf } from '../../ledger/index.ts';

/** What a person sees as one list: a note's label is its kind. "note" is a note without another. */
export const shown = z.enum(['expectation', 'commitment', 'interaction', ...noteLabel.options]);
export type Shown = z.infer<typeof shown>;

const day = /^\d{4}-\d{2}-\d{2}$/;
const when = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const LISTS = ['kind', 'class', 'stage', 'outcome'] as const;

const query = z.object({
  /** Marks and "interaction", comma-separated; all of them when left out. */
  kind: z.optional(z.array(shown)),
  customer: z.optional(id),
  project: z.optional(id),
  class: z.optional(z.array(expectationClass)),
  stage: z.optional(z.array(stage)),
  outcome: z.optional(z.array(outcome)),
  author: z.optional(id),
  /** Days (UTC, both inclusive) or instants. */
  from: z.optional(when),
  to: z.optional(when),
  /** All of these words, in the texts, the quotes, or the names of customer and project. */
  q: z.optional(z.string().check(z.maxLength(500))),
});

export type Filters = {
  kinds: Shown[];
  customer: string | null;
  project: string | null;
  class: string[];
  stage: string[];
  outcome: string[];
  author: string | null;
  /** Timestamps: from ≤ written < before. */
  from: string | null;
  before: string | null;
  words: string | null;
};

/** Whether a name in the address is one of a filter; others are passed over. */
export function isFilter(name: string): boolean {
  return Object.hasOwn(query.shape, name);
}

/** null when a filter means nothing; empty ones are as if left out. */
export function readFilters(given: Record<string, string>): Filters | null {
  const filled: { [name: string]: string | string[] } = {};
  for (const [name, value] of Object.entries(given)) if (value.trim() !== '') filled[name] = value;
  for (const name of LISTS) if (filled[name] !== undefined) filled[name] = listOf(filled[name]);
  const parsed = query.safeParse(filled);
  if (!parsed.success) return null;
  const { data } = parsed;
  return {
    kinds: data.kind ?? [],
    customer: data.customer ?? null,
    project: data.project ?? null,
    class: data.class ?? [],
    stage: data.stage ?? [],
    outcome: data.outcome ?? [],
    author: data.author ?? null,
    from: data.from === undefined ? null : time(Date.parse(data.from)),
    before: data.to === undefined ? null : time(endOf(data.to)),
    words: data.q ?? null,
  };
}

function listOf(text: string | string[]): string[] {
  return text
    .toString()
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

const DAY_MS = 86_400_000;

function endOf(to: string): number {
  return Date.parse(to) + (day.test(to) ? DAY_MS : 1);
}

function time(ms: number): string {
  return timestampOf({ ms: Math.min(Math.max(0, ms), 0xffff_ffff_ffff), counter: 0 });
}

/** Where a page ended: the next one starts after it. */
export type Place = { written: string; id: string };

const place = z.object({ written: z.string().check(z.regex(/^[0-9a-f]{16}$/)), id });

export function writePlace({ written, id: last }: Place): string {
  return Buffer.from(JSON.stringify({ written, id: last })).toString('base64url');
}

export function readPlace(cursor: string): Place | null {
  try {
    const parsed = place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
