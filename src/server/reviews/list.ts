// The list of finished reviews, as much of it as is looked at.
import type { Id } from '../../domain/index.ts';
import type { Kept } from '../kept.ts';
import type { Listed, Standing } from './listed.ts';
import { readableOf } from './seen.ts';
import type { Asked } from './sheet.ts';
import { type Titled, titlesOf } from './titles.ts';

export const WHICH = ['all', 'unread', 'disputed', 'waiting', 'withdrawn'] as const;
export type Which = (typeof WHICH)[number];

/** A draw may have some thousands. */
export const MOST_LISTED = 10_000;

export type Wish = {
  audit: Id | undefined;
  subject: Id | undefined;
  project: Id | undefined;
  customer: Id | undefined;
  which: Which;
  /** All of them in the names of subject, customer or reviewer. */
  words: string;
  most: number;
};

export type ReviewList = {
  reviews: (Listed & Titled & { standing: Standing })[];
  /** How many fit. */
  total: number;
  /** Before `which` and the words. */
  counts: Record<Which, number>;
};

type Row = { review: Listed; standing: Standing };

export async function listOf(
  asked: Asked,
  kept: Kept['reviews'],
  { audit, subject, project, customer, which, words, most }: Wish,
): Promise<ReviewList> {
  const { tx, asker, directory } = asked;
  const listed = await kept.of(tx, asker.workspace.id);
  const projects = project === undefined ? null : new Set(directory.projects.setOf(project));
  const customers = customer === undefined ? null : new Set(directory.customers.setOf(customer));
  const about = listed.newest.filter(
    (one) =>
      (audit === undefined || one.audit === audit) &&
      (subject === undefined || one.subject === subject) &&
      (projects === null || (one.project !== null && projects.has(one.project))) &&
      (customers === null || (one.customer !== null && customers.has(one.customer))),
  );
  const rows = (await readableOf(asked, about)).map(
    (review): Row => ({ review, standing: listed.standingOf(review.id) }),
  );
  const counts = { all: 0, unread: 0, disputed: 0, waiting: 0, withdrawn: 0 };
  for (const row of rows) for (const one of WHICH) if (fits(row, one)) counts[one] += 1;
  const found = await withWords(
    asked,
    rows.filter((row) => fits(row, which)),
    words,
  );
  const shown = found.slice(0, most);
  const titled = await titlesOf(
    asked,
    shown.map(({ review }) => review),
  );
  return {
    reviews: titled.map((one) => ({ ...one, standing: listed.standingOf(one.id) })),
    ...{ total: found.length, counts },
  };
}

function fits({ review: { withdrawn }, standing }: Row, which: Which): boolean {
  switch (which) {
    case 'all':
      return true;
    case 'withdrawn':
      return withdrawn;
    case 'unread':
      return !withdrawn && standing.read === 'waits';
    case 'disputed':
      return !withdrawn && standing.disputed > 0;
    case 'waiting':
      return !withdrawn && standing.waiting > 0;
  }
}

async function withWords(asked: Asked, rows: Row[], words: string): Promise<Row[]> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  const titled = await titlesOf(
    asked,
    rows.map(({ review }) => review),
  );
  return rows.filter((_, at) => {
    const { title = '', customerName, reviewerName = '' } = titled[at] ?? {};
    const text = `${title} ${customerName ?? ''} ${reviewerName}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
