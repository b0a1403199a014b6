// What is due for the person, from what is on this device.
import { type Due, type DueRecord, daysBetween, duesOf } from '../../../domain/due.ts';
import type { Evidence } from '../../../domain/index.ts';
import { shorten } from '../../../domain/text.ts';
import type { DueItem } from '../../messages/index.ts';
import { getRecord, readFields, recordsDue, type StoredRecord } from '../../store/index.ts';
import { Names } from '../cards.ts';
import type { Here } from '../world.ts';

/** What one thing due is known by. */
export function keyOf({ what, id }: Pick<Due, 'what' | 'id'>): string {
  return `${what}/${id}`;
}

type Found = { due: Due; record: StoredRecord };

/** All that is the person's with a date until `day`; the oldest first. */
export async function dueUntil(here: Here, day: string): Promise<Found[]> {
  const records = await recordsDue(here.db, here.me, day);
  return records
    .flatMap((record) => duesIn(here, record))
    .filter(({ due }) => due.on <= day)
    .sort((a, b) => compare(a.due.on, b.due.on) || compare(keyOf(a.due), keyOf(b.due)));
}

/** The same of these records alone. */
export async function dueAmong(
  here: Here,
  records: readonly { kind: string; id: string }[],
  day: string,
): Promise<Found[]> {
  const found = await Promise.all(records.map(({ kind, id }) => getRecord(here.db, kind, id)));
  return found
    .flatMap((one) => (one === null ? [] : duesIn(here, one.record)))
    .filter(({ due }) => due.on <= day);
}

function duesIn(here: Here, record: StoredRecord): Found[] {
  const { author } = record.state.origin;
  const fields = readFields<'expectation'>(record);
  return duesOf({ kind: record.kind, id: record.id, author, fields } as DueRecord)
    .filter(({ whose }) => whose === here.me)
    .map((due) => ({ due, record }));
}

export async function asItems(
  here: Here,
  found: readonly Found[],
  today: string,
  snoozed: { readonly [key: string]: string },
): Promise<DueItem[]> {
  const names = new Names(here);
  return Promise.all(
    found.map(async ({ due, record }) => ({
      ...due,
      text: textOf(record),
      customer: await names.of('customer', readFields<'expectation'>(record).customer),
      days: daysBetween(today, due.on),
      snoozed: snoozed[keyOf(due)] ?? null,
    })),
  );
}

function textOf(record: StoredRecord): string {
  const fields = readFields<'expectation'>(record) as {
    statement?: string;
    text?: string;
    question?: string;
    action?: string;
    evidence?: Record<string, Evidence | null>;
  };
  const quote = Object.values(fields.evidence ?? {}).find((one) => one?.quote)?.quote;
  const words = fields.statement || fields.action || fields.text || fields.question || quote || '';
  return shorten(words.trim(), 300);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
