// A call with its tags as files hold it. What pages know of a call fits these types as it is.
import type { CallClock, Meaning, Person, Tag } from '../domain/index.ts';
import type { CallWords } from './call-words.ts';

export type ExportedCall = {
  id: string;
  clock: CallClock;
  /** Ms added to every offset shown, to line up with a recording. */
  shift: number;
  channel: 'call' | 'meeting';
  subject: string;
  customer: { id: string; name: string } | null;
  project: { id: string; name: string } | null;
  participants: Person[];
  /** 1–5 */
  wentWell: number | null;
  /** 1–5 */
  seemed: number | null;
};

export type ExportedTag = {
  /** of its note */
  id: string;
  /** of the codebook */
  tag: string;
  /** Ms on the call's clock, pauses left out, the shift not yet added. */
  offset: number;
  /** Ms; null: a moment. */
  span: number | null;
  text: string;
  /** Ms since 1970. */
  pressedAt: number | null;
  /** It was taken back: no file holds it. */
  deleted: boolean;
};

export type CallExport = {
  call: ExportedCall;
  tags: readonly ExportedTag[];
  codebook: readonly Tag[];
};

/** What of a file is imported: the payload of the background's `callImport`. */
export type ImportedCall = {
  id: string;
  startedAt: number;
  endedAt: number | null;
  pauses: { from: number; to: number | null }[];
  subject: string;
  channel: 'call' | 'meeting';
  shift: number;
};
export type ImportedTag = Omit<ExportedTag, 'deleted'>;

export type TagFilePreview = {
  call: ImportedCall;
  /** false: the file does not say when the call began; `startedAt` is what the reader was given. */
  isStartKnown: boolean;
  /** Of good rows, by offset. */
  tags: ImportedTag[];
  /** What was not taken, or not as it stands, in the order of the file. */
  problems: TagFileProblem[];
};

/** `row`: the line of the file as a text editor counts (of JSON: the how manieth tag); null: all of it. */
export type TagFileProblem = { row: number | null; words: string };

export type TagFileResult =
  | { ok: true; preview: TagFilePreview }
  /** Nothing of it can be taken. */
  | { ok: false; problems: TagFileProblem[] };

export type TagFileOptions = {
  /** Without its folder; becomes the subject where the file has none. */
  fileName: string;
  /** What names of tags are looked up in. */
  codebook: readonly Tag[];
  /** Words for what tags mean, of every language that files may be in. */
  names: readonly Readonly<Record<Meaning, string>>[];
  words: CallWords;
  /** Makes ids (UUID version 7). */
  newId(): string;
  /** Used where the file says nothing of when the call began; ms since 1970. */
  startedAt: number;
};

/** Tags that stand, by their time. */
export function standingTags(tags: readonly ExportedTag[]): ExportedTag[] {
  return tags.filter(({ deleted }) => !deleted).sort((a, b) => a.offset - b.offset);
}
