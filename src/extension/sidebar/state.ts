// What the sidebar knows and shows, as plain data; model.ts changes it, the components draw it.
import type { Json } from '../../domain/json.ts';
import type { CallsView } from '../messages/call-views.ts';
import type { CuesView } from '../messages/cue-calls.ts';
import type { CueOrigin, Draft } from '../messages/draft.ts';
import type { Before } from '../messages/ladder-calls.ts';
import type { Failure } from '../messages/result.ts';
import type { MarkFate } from '../messages/shapes.ts';
import type {
  ContextMessage,
  CustomerStory,
  SavedCard,
  Status,
  TabContext,
} from '../messages/views.ts';

export type View =
  | { at: 'list' }
  | { at: 'draft'; id: string }
  | { at: 'card'; card: SavedCard }
  | { at: 'keys' }
  /** What to know before talking to the customer of the page. */
  | { at: 'brief' }
  /** All that happened with them. */
  | { at: 'story' }
  /** What waits for the person: mentions, questions, promises, tags. */
  | { at: 'inbox' }
  /** Words looked for in everything on this device. */
  | { at: 'search' }
  /** Looking back on a customer. */
  | { at: 'look-back'; customer: { id: string; name: string } };

/** The four places that a card can be opened from. */
export const PLACES = ['list', 'brief', 'story', 'inbox'] as const;
export type Place = (typeof PLACES)[number];

export function isPlace(at: View['at']): at is Place {
  return (PLACES as readonly string[]).includes(at);
}

/** One mark: words of a record, by the key of its evidence. */
export type MarkRef = { kind: MarkFate['kind']; id: string; evidence: string };

/** The parts of a saved card that say their own changes. */
export type CardPart = 'words' | 'stage' | 'rows' | 'worth' | 'outcome';

/** What can be undone for ten seconds, in the place where it happened. */
export type Undoable =
  | { did: 'saved'; card: SavedCard }
  | { did: 'took-back'; card: SavedCard }
  /** `before`: the changed fields as they were; `beside`: other values of them that were shown. */
  | {
      did: 'changed';
      card: SavedCard;
      part: CardPart;
      before: Draft['fields'];
      beside?: { [field: string]: Json[] };
    }
  /** A step of the ladder, a question or an answer; `before`: all that it wrote, as it was. */
  | { did: 'stepped'; card: SavedCard; before: Before[]; text: string }
  /** `before`: the mark's evidence as it was. `accepted`: it was said to be right where it is. */
  | { did: 'moved'; mark: MarkRef; before: Json; accepted: boolean }
  /** `at`: its place in the list. `notOne`: the place it was made for was said to be no cue. */
  | { did: 'discarded'; draft: Draft; at: number; notOne?: true }
  | { did: 'not-one'; cue: CueOrigin }
  | { did: 'cues-off' }
  | { did: 'blacked-out'; id: string; before: Pick<Draft, 'quote' | 'selectors'> }
  | { did: 'never-log'; line: string };

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
  /** record id → evidence id → how it was found in the page, in the message it was made in */
  fates: ReadonlyMap<string, ReadonlyMap<string, MarkFate['match']>>;
  /** Records whose words the page shows in a later mail's quotation of theirs. */
  quotedHere: ReadonlySet<string>;
  /** The mark whose new place is being pointed out in the page. */
  picking: MarkRef | null;
  view: View;
  /** How often records changed since the sidebar was opened: what a place shows is to be asked anew. */
  changes: number;
  /** A mail that logged itself and was taken back a moment ago. */
  takenBack: string | null;
  /** How much waits for the person. */
  waiting: number;
  /** null: not answered yet. */
  calls: CallsView | null;
  /** null: not answered yet. */
  cues: CuesView | null;
  /** The computer slept while a call ran, or its clock was set forward: by so many ms. */
  gap: number | null;
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
  takenBack: null,
  status: null,
  context: null,
  drafts: [],
  cards: [],
  story: null,
  fates: new Map(),
  quotedHere: new Set(),
  picking: null,
  view: { at: 'list' },
  changes: 0,
  waiting: 0,
  calls: null,
  cues: null,
  gap: null,
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

/** The mark that decided `fateOf`, where it is not in its own words any more. */
export function troubledMark(state: State, card: SavedCard): MarkRef | null {
  const { kind, id } = card;
  const match = fateOf(state, id);
  if (kind === 'interaction' || (match !== 'approximate' && match !== 'orphan')) return null;
  for (const [evidence, found] of state.fates.get(id) ?? []) {
    if (found === match) return { kind, id, evidence };
  }
  return null;
}

/** The message of the tab that a card was made in. */
export function messageOf({ context, cards }: State, card: SavedCard): ContextMessage | undefined {
  const messages = context?.messages ?? [];
  const ids = new Set<string | null>([card.id]);
  for (const { interaction } of card.evidence) if (interaction) ids.add(interaction);
  const own = messages.find((each) => ids.has(each.interaction));
  if (own || messages.length !== 1) return own;
  // Records of one message are read as one; this card may name another of them.
  return cards.some((each) => each.id === card.id) ? messages[0] : undefined;
}

/** Words that are nowhere in a mail of which the page shows all. */
export function isLost(state: State, card: SavedCard): boolean {
  return fateOf(state, card.id) === 'orphan' && messageOf(state, card)?.shown !== 'clipped';
}

/** What it is about: one thing has one line of undoing in a list, the newest. */
export function subjectOf(undoable: Undoable): string {
  switch (undoable.did) {
    case 'saved':
    case 'took-back':
    case 'changed':
    case 'stepped':
      return undoable.card.id;
    case 'moved':
      return undoable.mark.id;
    case 'discarded':
      return undoable.draft.id;
    case 'blacked-out':
      return undoable.id;
    case 'never-log':
      return undoable.line;
    case 'not-one':
      return undoable.cue.print;
    case 'cues-off':
      return 'cues';
  }
}

/** Where it happened: an act there takes the line of the one before. */
export function placeOf(undoable: Undoable): string {
  const { did } = undoable;
  const parts: { [did: string]: string } = { stepped: 'stage', moved: 'place' };
  const part = did === 'changed' ? undoable.part : (parts[did] ?? 'whole');
  return `${part}/${subjectOf(undoable)}`;
}
