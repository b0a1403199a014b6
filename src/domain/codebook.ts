// The tags of calls. A workspace changes the built-in ones and adds its own by `label` records.
import { bookOf } from './book.ts';
import type { Fields } from './fields.ts';

/** What a tag is about, and so what it may become when the call is over. */
export const MEANINGS = [
  'expectation',
  'note',
  'grievance',
  'praise',
  'promise-ours',
  'promise-theirs',
  'question',
  'decision',
  'risk',
  'ask-later',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Colours and icons are those of the kinds of captures, so that a tag looks like its mark. */
export const TAG_LOOKS = [
  'expectation',
  'note',
  'commitment',
  'grievance',
  'praise',
  'question',
  'decision',
  'risk',
] as const;
export type TagLook = (typeof TAG_LOOKS)[number];

export type Tag = {
  /** A built-in tag's name, or the id of its label. What notes hold in `tag`, for good. */
  id: string;
  /** null: the built-in words, in the reader's language. */
  name: string | null;
  /** One character, or '' for none. */
  key: string;
  colour: TagLook;
  icon: TagLook;
  means: Meaning;
  retired: boolean;
};

/** What the call bar does besides tags by one character, with its usual key; people may choose others. */
export const BAR_ACTS = {
  momentAgo: '0',
  keepMoment: '.',
  note: 'n',
  hangUp: 'h',
  keys: '?',
} as const;
export type BarAct = keyof typeof BAR_ACTS;

/** The keys as somebody has chosen them; '': none. */
export type OwnBarKeys = { readonly [act in BarAct]?: string | undefined };

export function barKeys(own: OwnBarKeys): { readonly [act in BarAct]: string } {
  const chosen = Object.entries(own).filter(([, key]) => key !== undefined);
  return { ...BAR_ACTS, ...Object.fromEntries(chosen) };
}

/** Keys without Ctrl or Alt that the call bar keeps: a workspace gives them to no tag. */
export const BAR_KEYS: readonly string[] = ['0', '.', ' ', 'h', '?'];

/** What notes hold in `tag` that are no tag of the codebook, e.g. from a file. */
export const PLAIN_NOTE = 'note';

export const BUILT_IN_TAGS: readonly Tag[] = [
  builtIn('expectation', '1', 'expectation'),
  builtIn('grievance', '2', 'grievance'),
  builtIn('praise', '3', 'praise'),
  builtIn('promise-ours', '4', 'commitment'),
  builtIn('promise-theirs', '5', 'commitment'),
  builtIn('question', '6', 'question'),
  builtIn('decision', '7', 'decision'),
  builtIn('risk', '8', 'risk'),
  builtIn('ask-later', '9', 'note'),
];

function builtIn(id: Meaning, key: string, look: TagLook): Tag {
  return { id, name: null, key, colour: look, icon: look, means: id, retired: false };
}

export type LabelRecord = { id: string; fields: Fields<'label'> };

/**
 * The workspace's tags in their order: the built-in ones, as labels change them, then its own.
 * Retired ones are among them, since notes name them. Of two tags with one key the first has it; what
 * a label says that this version does not know is read as a note.
 */
export function codebook(labels: readonly LabelRecord[]): Tag[] {
  const keys = new Set<string>();
  return bookOf(BUILT_IN_TAGS, labels, (tag, id, fields: Fields<'label'>) =>
    changed(tag ?? { ...UNKNOWN, id }, fields),
  ).map((tag) => {
    const isTaken = tag.retired || keys.has(tag.key);
    if (tag.key !== '' && !tag.retired) keys.add(tag.key);
    return isTaken ? { ...tag, key: '' } : tag;
  });
}

const UNKNOWN: Tag = {
  ...{ id: PLAIN_NOTE, name: null, key: '', means: 'note', retired: false },
  ...{ colour: 'note', icon: 'note' },
};

/** The tag that a note names; a plain note where the codebook has no such tag. */
export function tagOf(codebook: readonly Tag[], id: string): Tag {
  return codebook.find((tag) => tag.id === id) ?? { ...UNKNOWN, id };
}

/** What people read; `names` are the words for what tags mean, in the reader's language. */
export function tagName(tag: Tag, names: Readonly<Record<Meaning, string>>): string {
  return tag.name?.trim() || names[tag.means];
}

const LABELS: Readonly<Record<Meaning, NonNullable<Fields<'note'>['label']>>> = {
  expectation: 'note',
  note: 'note',
  grievance: 'grievance',
  praise: 'praise',
  'promise-ours': 'note',
  'promise-theirs': 'note',
  question: 'question',
  decision: 'decision',
  risk: 'risk',
  'ask-later': 'question',
};

/** The label of a note that is tagged so: what versions see that know nothing of tags. */
export function noteLabelOf(means: Meaning): NonNullable<Fields<'note'>['label']> {
  return LABELS[means];
}

function changed(tag: Tag, fields: Fields<'label'>): Tag {
  return {
    id: tag.id,
    name: fields.name ?? tag.name,
    key: keyOf(fields.key ?? tag.key),
    colour: oneOf(TAG_LOOKS, fields.colour) ?? tag.colour,
    icon: oneOf(TAG_LOOKS, fields.icon) ?? tag.icon,
    means: oneOf(MEANINGS, fields.means) ?? tag.means,
    retired: fields.retired === true,
  };
}

/** One character in lower case; '' for what is none, cannot be seen or is the bar's own. */
function keyOf(text: string): string {
  const key = [...text.toLowerCase()][0] ?? '';
  return BAR_KEYS.includes(key) || /[\s\p{C}]/u.test(key) ? '' : key;
}

function oneOf<T extends string>(known: readonly T[], name: string | undefined): T | undefined {
  return known.find((one) => one === name);
}
