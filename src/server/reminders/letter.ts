// The words of a reminder. Customers' names and words stand in it only where its reader wants them,
// and then as text in lines of their own.
import { type DueKind, daysBetween } from '../../domain/due.ts';
import { shorten } from '../../domain/text.ts';
import type { DueItem } from './store.ts';

export type Letter = {
  items: readonly DueItem[];
  /** Those that the last mail did not name. */
  fresh: ReadonlySet<DueItem>;
  /** ISO 8601 date where the reader is */
  day: string;
  /** Names of customers by id; null: the reader wants neither names nor words. */
  names: ReadonlyMap<string, string> | null;
  /** Public address of the server, without a slash at the end. */
  url: string;
};

const WHAT: Readonly<Record<DueKind, string>> = {
  ours: 'A promise of ours',
  theirs: 'A promise of theirs',
  question: 'A question to ask',
  expectation: 'An expectation to meet',
  decision: 'A decision to look at again',
  improvement: 'An improvement to make',
  check: 'Whether an improvement helped',
};

const SHOWN = 50;

export function letterOf({ items, fresh, day, names, url }: Letter): {
  subject: string;
  text: string;
} {
  const ordered = [...items].sort((a, b) => Number(fresh.has(b)) - Number(fresh.has(a)));
  const shown = ordered.slice(0, SHOWN);
  const count = items.length;
  const things = count === 1 ? '1 thing is' : `${count} things are`;
  const blocks = shown.map((item) => {
    const { kind, id, what, on } = item;
    const lines = [`${WHAT[what]}, ${whenOf(on, day)}`];
    if (names !== null) {
      const customer = plainLine(item.customer === null ? '' : (names.get(item.customer) ?? ''));
      const said = [customer, plainLine(item.text)].filter(Boolean).join(': ');
      if (said !== '') lines.push(`  ${said}`);
    }
    // An improvement has a page of its own.
    lines.push(`  ${url}/#/${kind === 'improvement' ? 'improvements' : `record/${kind}`}/${id}`);
    return lines.join('\n');
  });
  const rest = count - shown.length;
  return {
    subject: `Unsaid: ${things} due`,
    text: [
      `${things} due for you on ${sayDay(day)}.`,
      ...blocks,
      ...(rest > 0 ? [`And ${rest} more. The register shows them: ${url}/`] : []),
      'You get this at most once a day, because you asked for it. To end it, open Unsaid’s settings in your browser and look under Reminders.',
    ].join('\n\n'),
  };
}

function whenOf(on: string, day: string): string {
  const ago = daysBetween(on, day);
  if (ago === 0) return 'due today';
  return `due ${sayDay(on)}, ${ago === 1 ? 'yesterday' : `${ago} days ago`}`;
}

function sayDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

/** Words of others in one line: nothing in them breaks it, hides, or turns what stands beside it round. */
function plainLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(line, 200);
}
