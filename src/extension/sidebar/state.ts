// What the sidebar knows and shows, as plain data; model.ts changes it, the components draw it.
import type { Draft } from '../messages/draft.ts';
import type { Failure } from '../messages/result.ts';
import type { MarkFate } from '../messages/shapes.ts';
import type { CustomerStory, SavedCard, Status, TabContext } from '../messages/views.ts';

export type View =
  | { at: 'list' }
  | { at: 'draft'; id: string }
  | { at: 'card'; card: SavedCard }
  | { at: 'keys' };

/** What can be undone for ten seconds, in the place where it happened. */
export type Undoable =
  | { did: 'saved'; card: SavedCard }
  | { did: 'took-back'; card: SavedCard }
  | { did: 'discarded'; draft: Draft };

export type Trouble = {
  id: string | null;
  failure: Failure;
  /** Met while keeping the draft: over as soon as it could be kept. */
  keeping?: true;
};

export type State = {
  status: Status | null;
  /** null: not answered yet. */
  context: TabContext | null;
  drafts: Draft[];
  cards: SavedCard[];
  story: CustomerStory | null;
  /** record id → evidence id → how it was found in the page */
  fates: ReadonlyMap<string, ReadonlyMap<string, MarkFate['match']>>;
  view: View;
  undoable: Undoable[];
  /** The draft that is being saved. */
  saving: string | null;
  /** What went wrong with the open card, or (no id) with anything else. */
  trouble: Trouble | null;
  /** For the live region; `times` tells two equal sentences apart. */
  said: string;
  times: number;
  /** The record whose list item takes the focus next. */
  focus: string | null;
};

export const EMPTY: State = {
  status: null,
  context: null,
  drafts: [],
  cards: [],
  story: null,
  fates: new Map(),
  view: { at: 'list' },
  undoable: [],
  saving: null,
  trouble: null,
  said: '',
  times: 0,
  focus: null,
};

/** The best find of a record's marks: one place that is still there is enough. */
export function fateOf(state: State, record: string): MarkFate['match'] | undefined {
  const found = [...(state.fates.get(record)?.values() ?? [])];
  for (const match of ['exact', 'normalised', 'approximate', 'orphan'] as const) {
    if (found.includes(match)) return match;
  }
  return undefined;
}

export function undoKey(undoable: Undoable): string {
  return undoable.did === 'discarded' ? undoable.draft.id : undoable.card.id;
}
