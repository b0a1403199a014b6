// What of a story is shown: filtered, in its order, with the silences where they lie and the comments
// at their moments.
import { momentNear, type Silence } from '../../domain/story.ts';
import type { MomentKind } from '../../domain/story-kinds.ts';
import type { StoryMoment } from '../../domain/story-told.ts';
import type { StoryAnswer, StoryComment } from './calls.ts';

export interface StoryFilters {
  readonly kinds: readonly MomentKind[];
  readonly words: string;
  /** Records that the server found the words in; null: it was not asked. */
  readonly found: ReadonlySet<string> | null;
  readonly commented: boolean;
  /** Only what findings are pinned to. */
  readonly pinned: boolean;
}
export const NO_FILTERS: StoryFilters = {
  ...{ kinds: [], words: '', found: null, commented: false, pinned: false },
};

export interface StoryRow {
  readonly key: string;
  readonly moment: StoryMoment;
  readonly comments: readonly StoryComment[];
  /** Silences that are drawn above it. */
  readonly above: readonly Silence[];
}

export interface Rows {
  readonly rows: readonly StoryRow[];
  /** Silences below the last row. */
  readonly below: readonly Silence[];
  /** Comments on what is not in the story any more. */
  readonly elsewhere: readonly StoryComment[];
}

export function isFiltered({ kinds, words, commented, pinned }: StoryFilters): boolean {
  return kinds.length > 0 || words.trim() !== '' || commented || pinned;
}

/** `pinned`: keys of moments with findings. */
export function rowsOf(
  { moments, gaps, comments }: StoryAnswer,
  filters: StoryFilters,
  newest: boolean,
  pinned: ReadonlyMap<string, number> | undefined,
): Rows {
  const { byKey, elsewhere } = pinnedComments(moments, comments);
  const wanted = folded(filters.words).split(/\s+/).filter(Boolean);
  const fits = (moment: StoryMoment) =>
    (filters.kinds.length === 0 || filters.kinds.includes(moment.kind)) &&
    (!filters.commented || (byKey.get(moment.key) ?? []).some(({ settled }) => !settled)) &&
    (!filters.pinned || (pinned?.get(moment.key) ?? 0) > 0) &&
    (wanted.length === 0 ||
      filters.found?.has(moment.record.id) === true ||
      hasWords(moment, byKey.get(moment.key), wanted));
  const shown = isFiltered(filters) ? moments.filter(fits) : moments;
  // Between what is left of it no silence is one.
  const silences = isFiltered(filters) ? [] : gaps;

  const above = new Map<number, Silence[]>();
  const below: Silence[] = [];
  for (const gap of newest ? silences.toReversed() : silences) {
    const after = firstFrom(shown, gap.to);
    const at = newest ? after - 1 : after;
    if (at < 0 || at >= shown.length) below.push(gap);
    else above.set(at, [...(above.get(at) ?? []), gap]);
  }
  const rows = shown.map((moment, at): StoryRow => {
    const { key } = moment;
    return { key, moment, comments: byKey.get(key) ?? [], above: above.get(at) ?? [] };
  });
  return { rows: newest ? rows.reverse() : rows, below, elsewhere };
}

/** Index of the first of these (oldest first) that is not before `at`. */
function firstFrom(moments: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pinnedComments(moments: readonly StoryMoment[], comments: readonly StoryComment[]) {
  const byKey = new Map<string, StoryComment[]>();
  const elsewhere: StoryComment[] = [];
  for (const comment of comments.toSorted((a, b) => a.written - b.written)) {
    const moment = momentNear(moments, comment.record, comment.at);
    if (moment === null) elsewhere.push(comment);
    else byKey.set(moment.key, [...(byKey.get(moment.key) ?? []), comment]);
  }
  return { byKey, elsewhere };
}

/** A moment's key, or "kind/id" or "kind/id/instant": see `atOf`. */
export function momentAt(moments: readonly StoryMoment[], at: string): StoryMoment | null {
  const exact = moments.find(({ key }) => key === at);
  if (exact) return exact;
  const [kind = '', id = '', ...instant] = at.split('/');
  const time = Date.parse(instant.join('/'));
  return momentNear(moments, { kind, id }, Number.isNaN(time) ? null : time);
}

/** Kinds that are there, as often as they are. */
export function kindsIn(moments: readonly StoryMoment[]): [MomentKind, number][] {
  const counts = new Map<MomentKind, number>();
  for (const { kind } of moments) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Lower case without accents, so that "zurich" finds "Zürich". */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What a moment's words are, folded: asked at every key. */
const known = new WeakMap<StoryMoment, string>();

function hasWords(
  moment: StoryMoment,
  comments: readonly StoryComment[] | undefined,
  wanted: readonly string[],
): boolean {
  let text = known.get(moment);
  if (text === undefined) {
    const { title, theirs, ours, from, by, standard } = moment;
    text = folded([title, theirs, ours, from, by?.name, standard].filter(Boolean).join('\n'));
    known.set(moment, text);
  }
  const all = [text, ...(comments ?? []).map((comment) => folded(comment.text))].join('\n');
  return wanted.every((word) => all.includes(word));
}
