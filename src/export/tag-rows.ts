import { PLAIN_NOTE, shorten } from '../domain/index.ts';
import type { ImportedCall, ImportedTag, TagFileOptions, TagFileProblem } from './call-export.ts';
import { comparable, tagNames } from './tag-names.ts';

/** As the background's `callImport` takes them, and records of notes hold them. */
export const MOST_TAGS = 5_000;
export const LONGEST_TEXT = 200_000;
export const LONGEST_LINE = 2_000;
/** Ms from a call's start; a little over a year. Further away it is no time of a call. */
export const FARTHEST = 32_000_000_000;

/** What a reader found in a row. */
export type TagRow = {
  /** null: it has none, or one that cannot be trusted to be of this call. */
  id: string | null;
  /** The codebook's id, where the file says it; it counts if the codebook has it. */
  tag: string | null;
  name: string | null;
  offset: number;
  span: number | null;
  text: string;
  pressedAt: number | null;
};

export type TagRows = {
  take(row: number, found: TagRow): void;
  tell(row: number | null, words: string): void;
  /** By offset; those at one offset as the file has them. */
  tags(): ImportedTag[];
  /** In the order of the file. */
  problems(): TagFileProblem[];
};

/** Collects the rows of a file: good ones as tags of the codebook, what is wrong with others in words. */
export function tagRows(options: TagFileOptions): TagRows {
  const words = options.words.file;
  const lookUp = tagNames(options);
  const isInBook = new Set(options.codebook.map(({ id }) => id));
  const tags: ImportedTag[] = [];
  const problems: TagFileProblem[] = [];
  const takenIds = new Set<string>();
  const strangeNames = new Set<string>();
  let isFull = false;
  const tell = (row: number | null, said: string) => {
    problems.push({ row, words: said });
  };
  const resolve = (row: number, { tag, name, text }: TagRow): { tag: string; text: string } => {
    if (tag !== null && (name === null || isInBook.has(tag))) return { tag, text };
    const known = name === null ? PLAIN_NOTE : lookUp(name);
    if (name === null || known !== null) return { tag: known ?? PLAIN_NOTE, text };
    // Of many rows with one name the first tells.
    if (!strangeNames.has(comparable(name))) tell(row, words.unknownTag(name));
    strangeNames.add(comparable(name));
    const both = text === '' ? name : `${name}: ${text}`;
    return { tag: PLAIN_NOTE, text: shorten(both, LONGEST_TEXT) };
  };
  const problemOf = (found: TagRow): string | null => {
    if (found.tag === null && found.name === null && found.text === '') return words.noTag;
    if (Math.abs(found.offset) > FARTHEST || (found.span ?? 0) > FARTHEST) return words.farAway;
    if (found.text.length > LONGEST_TEXT) return words.longText;
    return found.id !== null && takenIds.has(found.id) ? words.twice : null;
  };
  return {
    tell,
    take(row, found) {
      if (isFull) return;
      const problem = problemOf(found);
      if (problem !== null) return tell(row, problem);
      if (tags.length === MOST_TAGS) {
        isFull = true;
        return tell(row, words.tooMany(MOST_TAGS));
      }
      const id = found.id ?? options.newId();
      takenIds.add(id);
      const { offset, span, pressedAt } = found;
      tags.push({ id, ...resolve(row, found), offset, span, pressedAt });
    },
    tags: () => tags.toSorted((a, b) => a.offset - b.offset),
    problems: () => problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
  };
}

/** The call of a file that says nothing of one: it ends with its last tag. */
export function nameless(options: TagFileOptions, tags: readonly ImportedTag[]): ImportedCall {
  const { startedAt, fileName } = options;
  return {
    id: options.newId(),
    startedAt,
    endedAt: startedAt + lastMoment(tags),
    pauses: [],
    subject: subjectOf(fileName),
    channel: 'call',
    shift: 0,
  };
}

/** Ms, whole, from the start to where nothing is tagged any more. */
export function lastMoment(tags: readonly ImportedTag[]): number {
  const last = tags.reduce((end, { offset, span }) => Math.max(end, offset + (span ?? 0)), 0);
  return Math.ceil(last);
}

/** A file's name without what it ends with. */
export function subjectOf(fileName: string): string {
  return shorten(fileName.replace(/\.[^.]*$/, ''), LONGEST_LINE);
}
