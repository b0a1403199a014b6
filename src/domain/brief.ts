// What to know before talking to a customer: what is still unsaid and how to ask for it, what was
// promised, what rankles, what they liked, how they see it. From their records alone. Pure.
import { daysBetween } from './due.ts';
import type { Evidence } from './evidence.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { stepOf } from './ladder.ts';
import { askable, fillPattern, type Pattern, patternsFor } from './patterns.ts';
import { shorten } from './text.ts';

export const BRIEF_KINDS = [
  ...(['expectation', 'probe', 'note', 'commitment'] as const),
  ...(['perception', 'interaction', 'review'] as const),
] as const;
type BriefKind = (typeof BRIEF_KINDS)[number];

/** `savedAt` in ms since 1970. */
export type BriefRecord = {
  [K in BriefKind]: { kind: K; id: Id; author: Id; savedAt: number; fields: Fields<K> };
}[BriefKind];

export type BriefOptions = {
  /** ms since 1970 */
  now: number;
  /** The date where the person is, ISO 8601. */
  today: string;
  /** Question patterns of the workspace, the built-in ones among them. */
  book: readonly Pattern[];
  /**
   * Ids that are read as this customer. What names another customer is left out, wherever it came
   * from.
   */
  customers: readonly Id[];
};

/** What stands in each line: our words and, where there are some, theirs. */
type Line = {
  id: Id;
  /** Ours; '' where only their words are known. */
  text: string;
  /** Theirs; '' where nobody marked any. */
  quote: string;
  owner: Id | null;
  project: Id | null;
  /** ms since 1970 */
  savedAt: number;
};

export type BriefHunch = Line & {
  kind: 'expectation';
  stage: 'hunch' | 'asked';
  reason: Fields<'expectation'>['unstatedBecause'] | null;
  dimension: Fields<'expectation'>['dimension'] | null;
  /** Asked last, and not answered. */
  asked: { probe: Id; question: string; at: string; by: Id | null } | null;
  /** What to ask next; `probe`: somebody planned it. null: no pattern fits. */
  next: { question: string; pattern: string | null; probe: Id | null; due: string | null } | null;
};

export type Timing = 'broken' | 'late' | 'today' | 'soon' | 'later' | 'undated';

export type BriefPromise = Line & {
  kind: 'commitment';
  due: string | null;
  /** Days until it is due; negative: so many days ago. */
  days: number | null;
  timing: Timing;
};

export type BriefNote = Line & { kind: 'note' };

/**
 * A score on its own scale and, where that is known, as a share of it from 0 to 1. `count`: how many
 * scores there are, of which this is the last.
 */
export type Score = {
  score: number;
  /** Its lowest and highest score; null: nobody said. */
  scale: { min: number; max: number } | null;
  share: number | null;
  /** ISO 8601 */
  at: string;
  count: number;
};

export type Brief = {
  hunches: BriefHunch[];
  ours: BriefPromise[];
  theirs: BriefPromise[];
  /** Nobody has answered them. */
  grievances: BriefNote[];
  praises: BriefNote[];
  /** The last question that anybody asked them; null: nobody ever did. */
  lastAsked: { at: string; days: number } | null;
  perception: (Score & { form: Fields<'perception'>['form'] | null; text: string }) | null;
  /** Our own: of the last review, else how we thought the last talk went. */
  own: (Score & { from: 'review' | 'talk' }) | null;
  /** Promises and planned questions that are late, due today or within a week. */
  due: number;
};

/** Due within so many days is soon. */
export const SOON_DAYS = 7;
const LONGEST = 300;
/** A review's scores are percentages of the own standard. */
const REVIEW: Scale = { min: 0, max: 100 };
const TALK: Scale = { min: 1, max: 5 };

const TIMINGS: readonly Timing[] = ['broken', 'late', 'today', 'soon', 'later', 'undated'];

export function brief(records: readonly BriefRecord[], options: BriefOptions): Brief {
  const { today, now } = options;
  const own = new Set(options.customers);
  const here = records.filter(
    ({ fields }) =>
      fields.deleted !== true && (fields.customer === undefined || own.has(fields.customer)),
  );
  const probes = of(here, 'probe');
  const hunches = of(here, 'expectation')
    .flatMap((record) => hunchOf(record, probes, options) ?? [])
    .sort(byUrgency);
  const promises = of(here, 'commitment').flatMap((record) => promiseOf(record, today) ?? []);
  const by = (who: 'us' | 'them') =>
    promises
      .filter((promise) => promise.by === who)
      .map(({ by: _, ...promise }) => promise)
      .sort(byDue);
  const notes = of(here, 'note');
  const labelled = (label: 'grievance' | 'praise') =>
    notes.filter(({ fields }) => fields.label === label).sort(newest);
  const [ours, theirs] = [by('us'), by('them')];
  const isDue = (on: string | null | undefined) =>
    on != null && daysBetween(today, on) <= SOON_DAYS;
  return {
    ...{ hunches, ours, theirs },
    grievances: labelled('grievance')
      .filter(({ fields }) => fields.answeredAt === undefined)
      .map(noteOf),
    praises: labelled('praise').filter(hasWords).map(noteOf),
    lastAsked: lastAskedOf(probes, now),
    perception: perceptionOf(of(here, 'perception')),
    own: ownScore(of(here, 'review'), of(here, 'interaction')),
    due:
      [...ours, ...theirs].filter(({ timing, due }) => timing !== 'broken' && isDue(due)).length +
      hunches.filter(({ next }) => isDue(next?.due)).length,
  };
}

type Of<K extends BriefKind> = Extract<BriefRecord, { kind: K }>;

function of<K extends BriefKind>(records: readonly BriefRecord[], kind: K): Of<K>[] {
  return records.filter((record): record is Of<K> => record.kind === kind);
}

function hunchOf(
  record: Of<'expectation'>,
  probes: readonly Of<'probe'>[],
  { book }: BriefOptions,
): BriefHunch | null {
  const { fields } = record;
  const stage = stepOf(fields);
  if (stage !== 'hunch' && stage !== 'asked') return null;
  const own = probes.filter((probe) => probe.fields.expectation === record.id);
  const asked = own
    .filter(({ fields: { askedAt, answeredAt } }) => askedAt && answeredAt === undefined)
    .sort((a, b) => instant(b.fields.askedAt) - instant(a.fields.askedAt) || byId(a, b))[0];
  const planned = own
    .filter(({ fields: { askedAt, question } }) => askedAt === undefined && question?.trim())
    .sort((a, b) => compare(a.fields.due ?? LAST, b.fields.due ?? LAST) || byId(a, b))[0];
  return {
    ...lineOf(record, fields.statement),
    ...{ kind: 'expectation', stage },
    reason: fields.unstatedBecause ?? null,
    dimension: fields.dimension ?? null,
    asked:
      asked?.fields.askedAt === undefined
        ? null
        : {
            probe: asked.id,
            question: asked.fields.question ?? '',
            at: asked.fields.askedAt,
            by: asked.fields.askedBy ?? null,
          },
    next: planned
      ? {
          question: planned.fields.question ?? '',
          pattern: planned.fields.pattern ?? null,
          probe: planned.id,
          due: planned.fields.due ?? null,
        }
      : proposed(fields, own, book),
  };
}

/**
 * The best pattern that was not asked yet; when all were, the best. Where they said nothing, none that
 * holds words of theirs up to them: ours in their mouth would be wrong.
 */
function proposed(
  fields: Fields<'expectation'>,
  probes: readonly Of<'probe'>[],
  book: readonly Pattern[],
): BriefHunch['next'] {
  const used = new Set(probes.map((probe) => probe.fields.pattern));
  const said = quoteOf(fields);
  const fitting = askable(patternsFor(book, fields), said);
  const pattern = fitting.find(({ id }) => !used.has(id)) ?? fitting[0];
  if (pattern === undefined) return null;
  return { question: fillPattern(pattern, said), pattern: pattern.id, probe: null, due: null };
}

function promiseOf(
  record: Of<'commitment'>,
  today: string,
): (BriefPromise & { by: 'us' | 'them' }) | null {
  const { due, state = 'open', by = 'us', text } = record.fields;
  if (state !== 'open' && state !== 'broken') return null;
  const days = due === undefined ? null : daysBetween(today, due);
  return {
    ...lineOf(record, text),
    ...{ kind: 'commitment', by, due: due ?? null, days },
    timing: state === 'broken' ? 'broken' : timingOf(days),
  };
}

function timingOf(days: number | null): Timing {
  if (days === null) return 'undated';
  if (days < 0) return 'late';
  if (days === 0) return 'today';
  return days <= SOON_DAYS ? 'soon' : 'later';
}

function noteOf(record: Of<'note'>): BriefNote {
  return { ...lineOf(record, record.fields.text), kind: 'note' };
}

function hasWords({ fields }: Of<'note'>): boolean {
  return Boolean(fields.text?.trim()) || quoteOf(fields) !== '';
}

function lineOf(
  { id, savedAt, fields }: Of<'expectation' | 'commitment' | 'note'>,
  text: string | undefined,
): Line {
  const ours = text?.trim() ?? '';
  const quote = quoteOf(fields);
  return {
    id,
    text: shorten(ours, LONGEST),
    quote: ours === quote ? '' : shorten(quote, LONGEST),
    owner: 'owner' in fields ? (fields.owner ?? null) : null,
    project: fields.project ?? null,
    savedAt,
  };
}

/** The first words of theirs that the record stands on; of several, those of the lowest key. */
function quoteOf({ evidence }: { evidence?: Record<string, Evidence | null> }): string {
  const quotes = Object.entries(evidence ?? {})
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, each]) => each?.quote?.trim() || []);
  return quotes[0] ?? '';
}

function lastAskedOf(probes: readonly Of<'probe'>[], now: number): Brief['lastAsked'] {
  const asked = probes
    .map(({ fields }) => instant(fields.askedAt))
    .filter(Number.isFinite)
    .sort((a, b) => b - a)[0];
  if (asked === undefined) return null;
  // Another device's clock may be ahead of this one's.
  const days = Math.max(0, Math.floor((now - asked) / 86_400_000));
  return { at: new Date(asked).toISOString(), days };
}

function perceptionOf(records: readonly Of<'perception'>[]): Brief['perception'] {
  const scored = records.flatMap(({ id, savedAt, fields }) => {
    const { score, scaleMin, scaleMax, observedAt, form = null, text = '' } = fields;
    if (score === undefined) return [];
    const scale =
      scaleMin === undefined || scaleMax === undefined ? null : { min: scaleMin, max: scaleMax };
    return [
      {
        id,
        at: timeOf(observedAt, savedAt),
        score,
        scale,
        share: shareOf(score, scale),
        form,
        text,
      },
    ];
  });
  const last = latest(scored);
  return last === null ? null : { ...withoutId(last), count: scored.length };
}

function ownScore(
  reviews: readonly Of<'review'>[],
  talks: readonly Of<'interaction'>[],
): Brief['own'] {
  const reviewed = reviews.flatMap(({ id, savedAt, fields: { ours } }) =>
    ours === undefined
      ? []
      : [{ id, at: iso(savedAt), score: ours, scale: REVIEW, share: shareOf(ours, REVIEW) }],
  );
  const talked = talks.flatMap(({ id, savedAt, fields: { wentWell, startedAt } }) =>
    wentWell === undefined
      ? []
      : [
          {
            ...{ id, at: timeOf(startedAt, savedAt) },
            ...{ score: wentWell, scale: TALK, share: shareOf(wentWell, TALK) },
          },
        ],
  );
  const [from, all] =
    reviewed.length > 0 ? (['review', reviewed] as const) : (['talk', talked] as const);
  const last = latest(all);
  return last === null ? null : { ...withoutId(last), count: all.length, from };
}

type Scale = { min: number; max: number };

/** Where a score stands between the ends of its scale; null where it has none or is not on it. */
export function shareOf(score: number, scale: Scale | null): number | null {
  if (scale === null || !(scale.max > scale.min)) return null;
  const share = (score - scale.min) / (scale.max - scale.min);
  return share >= 0 && share <= 1 ? share : null;
}

function latest<T extends { id: Id; at: string }>(all: readonly T[]): T | null {
  return [...all].sort((a, b) => instant(b.at) - instant(a.at) || byId(a, b))[0] ?? null;
}

function withoutId<T extends { id: Id }>({ id: _, ...rest }: T): Omit<T, 'id'> {
  return rest;
}

// — order: the same records give the same brief, in whatever order they come —

/** After every date. */
const LAST = '9999-12-31';

/** Planned questions by their day; then what was not asked yet; then the newest. */
function byUrgency(a: BriefHunch, b: BriefHunch): number {
  return (
    compare(a.next?.due ?? LAST, b.next?.due ?? LAST) ||
    Number(a.stage === 'asked') - Number(b.stage === 'asked') ||
    newest(a, b)
  );
}

function byDue(a: BriefPromise, b: BriefPromise): number {
  return (
    TIMINGS.indexOf(a.timing) - TIMINGS.indexOf(b.timing) ||
    compare(a.due ?? LAST, b.due ?? LAST) ||
    newest(a, b)
  );
}

function newest(a: { id: Id; savedAt: number }, b: { id: Id; savedAt: number }): number {
  return b.savedAt - a.savedAt || byId(a, b);
}

function byId(a: { id: Id }, b: { id: Id }): number {
  return compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function instant(at: string | undefined): number {
  return at === undefined ? Number.NaN : Date.parse(at);
}

function timeOf(at: string | undefined, savedAt: number): string {
  const ms = instant(at);
  return iso(Number.isFinite(ms) ? ms : savedAt);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
