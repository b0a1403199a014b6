// What the background answers about calls: trusted, so plain types. Times are ms since 1970 by the
// call's own clock (domain/call.ts), offsets ms on it.
import type { CallClock, OwnBarKeys, Person, Tag } from '../../domain/index.ts';
import type { SavedCard } from './views.ts';

export type CallState = 'running' | 'parked' | 'ended';

export type CallView = {
  id: string;
  state: CallState;
  clock: CallClock;
  /** Added to what the computer's clock says to get the call's own time. */
  correction: number;
  /** Times at which the computer's clock was set, and by how much. */
  clockSet: { at: number; by: number }[];
  /** Ms added to every offset shown. */
  shift: number;
  channel: 'call' | 'meeting';
  subject: string;
  customer: { id: string; name: string } | null;
  project: { id: string; name: string } | null;
  participants: Person[];
  /** How we think it went, 1–5. */
  wentWell: number | null;
  /** How satisfied they seemed, 1–5. */
  seemed: number | null;
  tags: number;
  /** Of them, those nobody has dealt with. */
  unhandled: number;
  author: { id: string; name: string; me: boolean };
  synced: boolean;
  url: string;
};

export type TagView = {
  /** of its note */
  id: string;
  call: string;
  /** of the codebook */
  tag: string;
  offset: number;
  span: number | null;
  text: string;
  pressedAt: number;
  handled: boolean;
  /** `says`: it answered a question about an expectation, or was it; told when wrapping up. */
  became: { kind: string; id: string; says?: 'confirmed' | 'refuted' | 'asked' } | null;
  deleted: boolean;
  author: { id: string; name: string; me: boolean };
};

/** What a page offers to be tagged: somebody is in a meeting, or has clicked a number. */
export type CallProposal = {
  channel: 'call' | 'meeting';
  subject: string;
  /** Digits and + of a number that was clicked; '' for a meeting. */
  number: string;
  url: string;
  tab: number;
  customer: { id: string; name: string; reason: string } | null;
};

/** Of this device. */
export type CallSettings = {
  /** Ms that a tag lies before its key: how long one takes to notice. */
  lead: number;
  /** Ms that "a moment ago" goes back. */
  back: number;
  /** Keys without Ctrl or Alt work in the bar. */
  keys: boolean;
  /** Tag → key, where it is not the codebook's. */
  remapped: { [tag: string]: string };
  /** What else the bar does by one character → key, where it is not the usual one. */
  acts: OwnBarKeys;
  /** Meetings and numbers are proposed. */
  propose: boolean;
};

export type CallsView = {
  running: CallView | null;
  parked: CallView[];
  /** The newest tags of the running call, newest first. */
  latest: TagView[];
  /** Tags of ended calls that nobody has dealt with. */
  waiting: number;
  /** Ended and not wrapped up yet: the call that was hung up last. */
  wrapUp: string | null;
  codebook: Tag[];
  settings: CallSettings;
  proposal: CallProposal | null;
};

export type WrapUpView = {
  call: CallView;
  tags: TagView[];
  /** Open hunches about its customer, oldest first. */
  hunches: SavedCard[];
  /** What a tag of it may confirm, oldest first. */
  open: WrapOpen[];
};

/** An expectation of the customer that is not known yet, with the question that waits for it. */
export type WrapOpen = {
  expectation: string;
  statement: string;
  stage: string;
  probe: { id: string; question: string } | null;
};
