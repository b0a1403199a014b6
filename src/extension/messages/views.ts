// What the background answers: trusted, so plain types.
import type { Base, Evidence, Fields, Json, Person } from '../../domain/index.ts';
import type { AddressDoubt } from '../../domain/look-alike.ts';
import type { Choice } from './draft.ts';
import type { CaptureKind, FrameReading, KnownMessage } from './shapes.ts';

export type Connection = {
  server: string;
  workspace: { id: string; name: string };
  member: { id: string; name: string; role: string };
};

/** The honest line at the foot of the sidebar, and what stands behind it. */
export type Status = {
  connection: Connection | null;
  /** Changes saved here that the server does not have yet (all of them before connecting). */
  unsynced: number;
  /** Changes the server could not read. */
  attention: number;
  /** Records kept on this device on purpose. */
  keptHere: number;
  syncing: boolean;
  /** ms since 1970 of the first failed try since the last success, or null */
  offlineSince: number | null;
  /** In words, when the last try failed for another reason than being away. */
  problem: string | null;
  /** In words, when what the server says about reading sites was refused; syncing goes on. */
  refusedSites?: string | null;
  /** The device was revoked or signed out: connect again. */
  signedOut: boolean;
  /** Changes sent or received so far, while a long exchange goes on. */
  progress?: { done: number; of: number } | null;
  /** What the server's history does not agree with, since when (ms since 1970). */
  finding?: Finding | null;
  /** Why the server signs nothing at present, in its words. */
  unsigned?: string | null;
  /** Other devices of the member that none of theirs vouched for. */
  strangers?: number;
  /**
   * Since when (ms since 1970) something has been on this device only, where that is so long that
   * the person should keep a copy.
   */
  unsavedSince?: number | null;
};

/**
 * What this device found in the server's history (SPEC 11): what it is and what to do, in words.
 * `mayBeginAnew`: an administrator may have begun the history anew, which a person can confirm.
 */
export type Finding = { words: string; since: number; mayBeginAnew: boolean };

/** A change that the server stored but could not read. */
export type Unread = {
  id: string;
  kind: string;
  reason: string;
  body: unknown;
  /** Written again it becomes a new record: the old one was erased or is not here. */
  anew: boolean;
  aside: boolean;
};

/** A change as it is exported for safe keeping. */
export type PendingChange = {
  id: string;
  kind: string;
  record: string | null;
  /** ISO 8601, UTC; null where it is not known any more */
  writtenAt: string | null;
  body: unknown;
  /** Why the server did not take it; null: it was not sent yet. */
  problem: string | null;
};

/**
 * What the log says of a device's key (SPEC 10). `first`: the member's first, which nobody could
 * vouch for. `attested`: another device of theirs vouched for it. `unattested`: none did.
 * `keyless`: it signs nothing.
 */
export type Standing = 'first' | 'attested' | 'unattested' | 'keyless';

export type DeviceView = {
  id: string;
  name: string;
  standing: Standing;
  /** ms since 1970: of its registration, or of the word for it; null: not known yet */
  since: number | null;
  /** Name of the device that vouched for it. */
  by: string | null;
  revoked: boolean;
};

/** `own` is null before connecting. */
export type DevicesView = { own: DeviceView | null; others: DeviceView[] };

/** `customers` have no meaning while all are followed. */
export type FollowingView = {
  mode: 'all' | 'chosen';
  customers: { id: string; name: string }[];
  /** The server does not know of this choice yet. */
  untold: boolean;
};

/** The customer, contact and project a message is about, as far as known. */
export type Guess = { customer: Choice; contact: Choice; project: Choice };

export type AddressWarning = AddressDoubt;

export type ContextMessage = KnownMessage & {
  warnings: AddressWarning[];
  /** Canonical interaction when this message was captured or logged before. */
  interaction: string | null;
  logged: boolean;
  probably: boolean;
  /** It logged itself for this member; `words`: what it says is kept too. */
  itself?: { interaction: string; words: boolean };
};

/** What a tab shows, put together from its frames. */
export type TabContext = {
  tab: number | null;
  /** null: no page has told anything (no access, or no content script). */
  site: string | null;
  url: string;
  title: string;
  origin: string;
  /** Access by itself on this site: granted, can be asked for, or impossible here. */
  always: 'on' | 'off' | 'impossible';
  subject: string;
  messages: ContextMessage[];
  guess: Guess;
  page: FrameReading['page'];
  record: FrameReading['record'];
  /** Name of the site whose pages have changed: read as any page, until it is mended. */
  changed: string | null;
  /** Messages on the never-log list that the tab shows. Nothing of them is known. */
  never: number;
};

/** What must not be read. */
export type NeverLog = {
  /** The person's own lines. */
  mine: string[];
  /** The workspace's lines; changed in the console. */
  workspace: string[];
  /** Lines of the workspace that this version cannot obey, with words for why. */
  problems?: { line: string; problem: string }[];
};

/** A value of a card's field, with who wrote it and when (ms since 1970). */
export type Version = {
  change: string;
  value: Json;
  /** As a person reads it; '' where it was cleared. */
  said: string;
  author: { name: string; me: boolean };
  at: number;
};

/** A saved record as the sidebar shows it. */
export type SavedCard = {
  kind: 'expectation' | 'note' | 'commitment' | 'interaction';
  id: string;
  look: CaptureKind | 'mail';
  /** An interaction that is a call which was tagged. */
  call?: boolean;
  fields: Fields<'expectation'> & Fields<'note'> & Fields<'commitment'>;
  customer: { id: string; name: string } | null;
  contact: { id: string; name: string } | null;
  project: { id: string; name: string } | null;
  evidence: (Evidence & { key: string })[];
  source: { subject: string; from: Person | null; sentAt: string | null; url: string } | null;
  author: { id: string; name: string; me: boolean };
  /** ms since 1970 */
  savedAt: number;
  synced: boolean;
  keptHere: boolean;
  /**
   * The changes whose values these are, for an edit to say what its writer saw. In lists only where
   * there are `versions`.
   */
  seen?: Base;
  /** Fields that were written at the same time: all values, the one that `fields` has first. */
  versions?: { [field: string]: Version[] };
};

export type SaveOutcome = {
  card: SavedCard;
  status: Status;
};

export type CustomerStory = {
  /** `followed` is absent while all customers are. */
  customer: { id: string; name: string; identifiers: string[]; followed?: boolean };
  /** Newest first; not all there are. */
  cards: SavedCard[];
  /** How many there are. */
  total: number;
};

export type Hit = { id: string; name: string; detail: string };

export type SiteState = { origin: string; on: boolean };
