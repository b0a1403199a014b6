// The tags of calls. A workspace changes the built-in ones and adds its own by `label` records.
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
  const live = labels.filter(({ fields }) => fields.deleted !== true);
  const replaced = new Map<string, LabelRecord>();
  // The latest of several is not known here: the one with the greatest id was made last.
  for (const label of [...live].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (label.fields.replaces !== undefined) replaced.set(label.fields.replaces, label);
  }
  const builtIns = BUILT_IN_TAGS.map((tag, at) => {
    const label = replaced.get(tag.id);
    return { tag: label ? changed(tag, label.fields) : tag, order: label?.fields.order ?? at };
  });
  const own = live
    .filter(({ fields }) => fields.replaces === undefined)
    .map(({ id, fields }) => {
      const bare: Tag = {
        ...{ id, name: '', key: '', colour: 'note', icon: 'note', means: 'note', retired: false },
      };
      return { tag: changed(bare, fields), order: fields.order ?? BUILT_IN_TAGS.length };
    });
  const keys = new Set<string>();
  return [...builtIns, ...own]
    .sort((a, b) => a.order - b.order)
    .map(({ tag }) => {
      const isTaken = tag.retired || keys.has(tag.key);
      if (tag.key !== '' && !tag.retired) keys.add(tag.key);
      return isTaken ? { ...tag, key: '' } : tag;
    });
}

function changed(tag: Tag, fields: Fields<'label'>): Tag {
  return {
    id: tag.id,
    name: fields.name ?? tag.name,
    key: [...(fields.key ?? tag.key)][0]?.toLowerCase() ?? '',
    colour: oneOf(TAG_LOOKS, fields.colour) ?? tag.colour,
    icon: oneOf(TAG_LOOKS, fields.icon) ?? tag.icon,
    means: oneOf(MEANINGS, fields.means) ?? tag.means,
    retired: fields.retired === true,
  };
}

function oneOf<T extends string>(known: readonly T[], name: string | undefined): T | undefined {
  return known.find((one) => one === name);
}
