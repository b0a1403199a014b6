// Every label of the shared pieces, in one object per language: a translation is a second object of
// the type `Words`, handed down by `WordsContext`. Words of one page only stand with that page.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type * as z from 'zod/mini';
import type {
  channel,
  expectationClass,
  impliedBy,
  noteLabel,
  outcome,
  stage,
  unstatedBecause,
} from '../domain/kinds.ts';

export type ExpectationClass = z.output<typeof expectationClass>;
export type ImpliedBy = z.output<typeof impliedBy>;
export type UnstatedBecause = z.output<typeof unstatedBecause>;
export type Stage = z.output<typeof stage>;
export type Outcome = z.output<typeof outcome>;
export type NoteLabel = z.output<typeof noteLabel>;
export type Channel = z.output<typeof channel>;

/** The eight kinds of mark: what a person sees as one list (a note's label is its kind). */
export type MarkKind = 'expectation' | 'commitment' | NoteLabel;

export const MARK_KINDS = [
  'expectation',
  'note',
  'commitment',
  'grievance',
  'praise',
  'question',
  'decision',
  'risk',
] as const satisfies readonly MarkKind[];

/** The mark of a record: its note label where it is a note, else its kind; null if it has none. */
export function markKind(kind: string, label?: NoteLabel | null): MarkKind | null {
  if (kind === 'note') return label ?? 'note';
  return kind === 'expectation' || kind === 'commitment' ? kind : null;
}

export const MARK_KEYS: Readonly<Record<MarkKind, string>> = {
  expectation: 'E',
  note: 'N',
  commitment: 'P',
  grievance: 'G',
  praise: 'L',
  question: 'Q',
  decision: 'D',
  risk: 'R',
};

export interface Words {
  /** For Intl and the `lang` attribute. */
  readonly lang: string;
  readonly mark: Readonly<Record<MarkKind, string>>;
  readonly interaction: string;
  readonly channel: Readonly<Record<Channel, string>>;
  readonly class: Readonly<Record<ExpectationClass, string>>;
  readonly stage: Readonly<Record<Stage, string>>;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly ladder: {
    readonly name: string;
    readonly settled: string;
    /** The third station while neither is known. */
    readonly either: readonly [confirmed: string, or: string, refuted: string];
  };
  /** "implied" + one of these, and "because the customer" + one of these. */
  readonly impliedLead: string;
  readonly impliedBy: Readonly<Record<ImpliedBy, string>>;
  readonly unstatedLead: string;
  readonly unstatedBecause: Readonly<Record<UnstatedBecause, string>>;
  readonly quote: {
    readonly all: (characters: number) => string;
    readonly less: string;
  };
  readonly pick: {
    readonly create: (name: string) => string;
    readonly none: string;
    readonly more: (count: number) => string;
    readonly unchosen: (name: string, mayCreate: boolean) => string;
    readonly clear: (label: string) => string;
  };
  readonly foot: {
    readonly synced: string;
    readonly syncing: string;
    readonly sending: (done: number, of: number) => string;
    readonly receiving: (done: number, of: number) => string;
    readonly waiting: (count: number) => string;
    readonly offline: (since: string, count: number) => string;
    readonly local: (count: number) => string;
    readonly attention: (count: number) => string;
    readonly show: string;
  };
  /** Names for what is typed after @ or #. */
  readonly completion: Readonly<Record<'@' | '#', string>> & {
    readonly found: (count: number) => string;
  };
  /** Of a part whose code comes when it is first shown. */
  readonly later: {
    readonly loading: string;
    readonly failed: { readonly what: string; readonly todo: string };
  };
  readonly undo: string;
  readonly optional: string;
}

const grouped = (count: number) => count.toLocaleString('en-GB');

export const en: Words = {
  lang: 'en-GB',
  mark: {
    expectation: 'Expectation',
    note: 'Note',
    commitment: 'Promise',
    grievance: 'Grievance',
    praise: 'Praise',
    question: 'Question',
    decision: 'Decision',
    risk: 'Risk',
  },
  interaction: 'Conversation',
  channel: {
    email: 'Mail',
    call: 'Call',
    meeting: 'Meeting',
    chat: 'Chat',
    ticket: 'Ticket',
    visit: 'Visit',
  },
  class: { stated: 'Stated', implied: 'Implied', unstated: 'Unstated' },
  stage: { hunch: 'Hunch', asked: 'Asked', confirmed: 'Confirmed', refuted: 'Refuted' },
  outcome: { open: 'Open', missed: 'Missed', met: 'Met', exceeded: 'Exceeded' },
  ladder: { name: 'How far we know', settled: 'Settled', either: ['Confirmed', 'or', 'refuted'] },
  impliedLead: 'implied',
  impliedBy: {
    law: 'by law',
    practice: 'by custom and practice',
    'own-standard': 'by our own standard',
  },
  unstatedLead: 'because the customer',
  unstatedBecause: {
    'cannot-say': 'cannot put it into words',
    assumes: 'takes it for granted',
    'does-not-know': 'does not know it yet',
  },
  quote: {
    all: (characters) => `Show all ${characters.toLocaleString('en-GB')} characters`,
    less: 'Show less',
  },
  pick: {
    create: (name) => `Create “${name}”`,
    none: 'Nothing found.',
    more: (count) => `${count.toLocaleString('en-GB')} more. Keep typing.`,
    unchosen: (name, mayCreate) =>
      mayCreate
        ? `Nothing chosen yet. Enter creates “${name}”, Escape takes the text back.`
        : 'Nothing chosen yet. Choose one of the list, or Escape takes the text back.',
    clear: (label) => `Clear ${label}`,
  },
  foot: {
    synced: 'All saved and synced',
    syncing: 'All saved · syncing',
    sending: (done, of) => `Sending ${grouped(done)} of ${grouped(of)} · saved on this device`,
    receiving: (done, of) => `Receiving ${grouped(done)} of ${grouped(of)}`,
    waiting: (count) => `${count} not yet synced · saved on this device`,
    offline: (since, count) => `Offline since ${since} · ${count} saved on this device`,
    local: (count) => `Not connected · ${count} saved on this device`,
    attention: (count) => `${count} ${count === 1 ? 'needs' : 'need'} your attention`,
    show: 'Show',
  },
  completion: {
    '@': 'Colleagues',
    '#': 'Customers and projects',
    found: (count) =>
      `${count === 1 ? '1 name' : `${count} names`}. Arrow keys choose, Enter takes, Escape leaves it.`,
  },
  later: {
    loading: 'One moment.',
    failed: {
      what: 'This part could not be opened.',
      todo: 'Close it, or load the page anew, and open it again. What you wrote is safe.',
    },
  },
  undo: 'Undo',
  optional: 'optional',
};

export const WordsContext = createContext<Words>(en);

export function useWords(): Words {
  return useContext(WordsContext);
}
