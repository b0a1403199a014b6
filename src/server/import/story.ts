// Surveys and past interactions, row by row. A row is known again by its key: what its column says,
// or all of its cells, so that a file can be imported twice.
import {
  type Body,
  isWeakKey,
  type MessageFacts,
  messageKeys,
  type NeverRules,
  type Person,
} from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import { nodeHasher } from '../hasher.ts';
import { freshId } from '../ids.ts';
import { type Mapping, type Values, valuesOf } from './fields.ts';
import type { PlannedRow } from './plan.ts';
import type { Csv } from './read-csv.ts';
import { Cells, type StoryKind, type StoryOptions } from './story-fields.ts';
import type { Customers } from './whose.ts';

export type StoryAround = {
  customers: Customers;
  never: NeverRules;
  options: StoryOptions;
  /** ms since 1970 */
  now: number;
};

export type StoryRow = PlannedRow & {
  /** By any of these it is there already. */
  keys: string[];
};

const LONGEST_KEY = 500;
const LONGEST_LINE = 2_000;
const LONGEST_TEXT = 200_000;

export function planStory(
  kind: StoryKind,
  csv: Csv,
  mapping: Mapping,
  around: StoryAround,
): StoryRow[] {
  const seen = new Map<string, number>();
  const lines = new Map<string, number>();
  return csv.rows.map(({ line, cells }) => {
    const values = valuesOf(csv.columns, cells, mapping);
    const read = new Cells(values);
    if (cells.length > csv.columns.length) {
      read.wrong(null, 'This row has more cells than there are headings.');
    }
    if (values.key !== undefined) {
      const before = lines.get(values.key);
      if (before !== undefined) {
        read.wrong('key', `“${values.key.slice(0, 80)}” stands in line ${before} already.`);
      }
      if (before === undefined) lines.set(values.key, line);
      read.text('key', LONGEST_KEY);
    }
    const key = rowKey(kind, values, cells, seen);
    const body =
      kind === 'survey'
        ? survey(read, values, around, key)
        : interaction(read, values, around, key);
    if (read.errors.length > 0 || body === null) {
      return { line, values, errors: read.errors, draft: null, keys: [] };
    }
    const record = kind === 'survey' ? 'perception' : 'interaction';
    const draft: Draft = { id: freshId(), kind: record, record: freshId(), body };
    return { line, values, errors: [], draft, keys: keysOf(body) };
  });
}

/** Rows that are alike to the last cell are told apart by which of them it is. */
function rowKey(
  kind: StoryKind,
  values: Values,
  cells: readonly string[],
  seen: Map<string, number>,
): string {
  if (values.key !== undefined) return sha256Hex(`${kind} key\n${values.key}`);
  const whole = JSON.stringify(cells.map((cell) => cell.trim()));
  const times = (seen.get(whole) ?? 0) + 1;
  seen.set(whole, times);
  return sha256Hex(`${kind} row ${times}\n${whole}`);
}

function survey(read: Cells, values: Values, around: StoryAround, key: string): Body | null {
  const whose = around.customers.of(values);
  if (!whose.ok) read.errors.push(...whose.errors);
  const date = read.date(around.options, around.now);
  const score = read.number('score');
  const text = read.text('text', LONGEST_TEXT);
  const form = read.word('form') ?? 'survey';
  const { scale } = around.options;
  const min = read.number('scaleMin') ?? scale?.min ?? null;
  const max = read.number('scaleMax') ?? scale?.max ?? null;
  if (values.score === undefined && text === null) {
    read.wrong('score', 'There is neither a score nor a text.');
  }
  if (score !== null) scaleProblem(read, score, min, max);
  if (!whose.ok || date === null) return null;
  return {
    ...{ customer: whose.customer, form, observedAt: date.at, imported: key },
    ...(score === null || min === null || max === null
      ? {}
      : { score, scaleMin: min, scaleMax: max }),
    ...(text === null ? {} : { text }),
  };
}

function scaleProblem(read: Cells, score: number, min: number | null, max: number | null): void {
  if (min === null || max === null) {
    read.wrong('score', 'On which scale is this? Say above from where to where it goes.');
  } else if (min >= max) {
    read.wrong('scaleMax', `A scale does not go from ${min} to ${max}.`);
  } else if (score < min || score > max) {
    read.wrong('score', `${score} is not on the scale of ${min} to ${max}.`);
  }
}

function interaction(read: Cells, values: Values, around: StoryAround, key: string): Body | null {
  const [sender = null, ...others] = read.people('from');
  if (others.length > 0) read.wrong('from', 'A sender is one person.');
  const recipients = read.people('to');
  const people = [...(sender === null ? [] : [sender]), ...recipients];
  const whose = around.customers.of(
    values,
    people.map(({ address }) => address),
  );
  if (!whose.ok) read.errors.push(...whose.errors);
  const date = read.date(around.options, around.now);
  const channel = read.word('channel');
  if (values.channel === undefined) read.wrong('channel', 'There is no channel.');
  const subject = read.text('subject', LONGEST_LINE);
  const text = read.text('text', LONGEST_TEXT);
  const direction = read.word('direction');
  const messageId = read.text('messageId', LONGEST_KEY);
  read.never(around.never, people, subject ?? '');
  if (!whose.ok || date === null || channel === null) return null;
  const facts: MessageFacts = {
    ...{ site: 'import', key: null, shown: 'collapsed', messageId, text: '' },
    from: sender?.address || null,
    // A day alone is no minute.
    sentAt: date.hasTime ? date.at : null,
    subject: subject ?? '',
  };
  const mail = channel === 'email' ? messageKeys(facts, sha256Hex) : [];
  const keys = [`import:${key}`, ...mail.filter((one) => !isWeakKey(one))];
  return {
    ...{ channel, customer: whose.customer, startedAt: date.at, logged: true },
    ...(subject === null ? {} : { subject }),
    ...(sender === null ? {} : { sender: plain(sender) }),
    ...(recipients.length === 0 ? {} : { recipients: recipients.map(plain) }),
    ...(direction === null ? {} : { direction }),
    ...(text === null ? {} : { text }),
    identifiers: Object.fromEntries(keys.map((one) => [one, true])),
  };
}

function plain({ name, address }: Person): { name: string; address: string } {
  return { name, address };
}

function sha256Hex(text: string): string {
  return Buffer.from(nodeHasher.sha256(Buffer.from(text))).toString('hex');
}

function keysOf({ imported, identifiers }: Body): string[] {
  if (typeof imported === 'string') return [imported];
  return Object.keys((identifiers ?? {}) as object);
}
