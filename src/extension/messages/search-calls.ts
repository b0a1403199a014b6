// Calls of the extension's own pages to the background. Searching all that is on this device, and the
// notebook: many records changed at once, everything into a file, and a file back in.
import * as z from 'zod/mini';
import { id, json, stage } from '../../domain/index.ts';
import type { Before } from './ladder-calls.ts';

const nothing = z.object({});
const name = z.string().check(z.maxLength(100));
const words = z.string().check(z.maxLength(1_000));
const among = z.optional(z.array(name).check(z.maxLength(50)));

export const searchFilters = z.object({
  customer: z.optional(id),
  /** Kinds, labels of notes, channels of interactions; one of these. */
  looks: among,
  stages: among,
  /** Outcomes of expectations, states of promises. */
  outcomes: among,
  /** Who wrote it, or owns it. */
  person: z.optional(id),
  /** ms since 1970: from, and before. */
  from: z.optional(z.number()),
  before: z.optional(z.number()),
  /** What was taken back, and nothing else. */
  deleted: z.optional(z.boolean()),
});
export type SearchFilters = z.infer<typeof searchFilters>;

export const savedSearch = z.object({
  id,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  words,
  filters: searchFilters,
});
export type SavedSearch = z.infer<typeof savedSearch>;

const ref = z.object({ kind: name, id });
const refs = z.array(ref).check(z.maxLength(500));
const before = z.object({ kind: name, id, patch: z.record(z.string(), json) });

/** A record in a notebook's file. Fields are checked one record at a time, so that one bad row costs no other. */
export const notebookRecord = z.object({
  kind: z.string(),
  id: z.string(),
  fields: z.unknown(),
  keptHere: z.optional(z.boolean()),
  deleted: z.optional(z.boolean()),
  writtenAt: z.optional(z.string()),
});

export const searchCalls = {
  /** Records that have all of these words (`query.ts` of the store), best or newest first. */
  search: z.object({
    words,
    filters: searchFilters,
    order: z.enum(['best', 'newest']),
    /** So many are passed over; at most 200 are told. */
    from: z.int().check(z.gte(0)),
    count: z.int().check(z.gte(1), z.lte(200)),
  }),
  /** Only which they are: at most 500. */
  searchRefs: z.object({
    words,
    filters: searchFilters,
    from: z.int().check(z.gte(0)),
  }),
  /** Searches to be asked again; kept on this device, for this workspace. */
  savedSearches: nothing,
  keepSearch: z.object({ search: savedSearch }),
  dropSearch: z.object({ id }),
  /** Changes many records; `dry`: only tells what it would change. null clears. */
  bulk: z.object({
    records: refs,
    patch: z.object({
      customer: z.optional(z.nullable(id)),
      stage: z.optional(stage),
      owner: z.optional(z.nullable(id)),
      deleted: z.optional(z.boolean()),
    }),
    dry: z.boolean(),
  }),
  /** Takes that back: fields as they were. */
  bulkBack: z.object({ before: z.array(before).check(z.maxLength(500)) }),
  /** Everything that can be in a notebook, page by page; `after`: '' at first. */
  notebookPage: z.object({ after: z.string().check(z.maxLength(200)) }),
  /** These of them; those that are not here are left out. */
  notebookRecords: z.object({ records: z.array(ref).check(z.maxLength(200)) }),
  /**
   * Records of a notebook's file: what each would do, or (not `dry`) does. Those whose id is here are
   * left as they are.
   */
  notebookTake: z.object({
    records: z.array(notebookRecord).check(z.maxLength(200)),
    dry: z.boolean(),
  }),
  /** Opens the notebook, with these words in its field. */
  openNotebook: z.object({ words }),
  /** The person was reminded that what is not synced is in one place only; not again for a while. */
  backupLater: nothing,
};

/** Words of a field; `marks` are UTF-16 offsets in `text`. */
export type HitText = {
  field: string;
  text: string;
  marks: [number, number][];
  cut: { before: boolean; behind: boolean };
};

export type SearchHit = {
  kind: string;
  id: string;
  /** A note's label, an interaction's channel, else its kind. */
  look: string;
  /** null: it has no words. */
  text: HitText | null;
  customer: { id: string; name: string } | null;
  author: { id: string; name: string; me: boolean };
  owner: { id: string; name: string; me: boolean } | null;
  /** '' where it has none */
  stage: string;
  outcome: string;
  /** ms since 1970 */
  at: number;
  keptHere: boolean;
  deleted: boolean;
  /** The card that shows it; null: it has none. */
  opens: { kind: string; id: string } | null;
};

export type BulkAnswer = {
  before: Before[];
  /** Records that are so already. */
  same: number;
  /** Records that cannot be changed so, in words, and how many. */
  skipped: { why: 'no-field' | 'kept-here' | 'not-here'; count: number }[];
};

export type NotebookRecord = {
  kind: string;
  id: string;
  fields: { [field: string]: unknown };
  keptHere: boolean;
  deleted: boolean;
  /** ISO 8601, UTC */
  writtenAt: string;
  /** A name, and the id that it is of. */
  author: string;
  authorId: string;
  customer: string;
};

export type TakeOutcome =
  | { is: 'new' }
  /** It is here, and what the file says of it is what is here, or not. */
  | { is: 'here'; same: boolean }
  | { is: 'bad'; why: string };

export type SearchAnswers = {
  /** `left`: so many records were not looked at yet, roughly. */
  search: { hits: SearchHit[]; total: number; left: number };
  searchRefs: { refs: { kind: string; id: string }[]; total: number };
  savedSearches: { searches: SavedSearch[] };
  keepSearch: { searches: SavedSearch[] };
  dropSearch: { searches: SavedSearch[] };
  bulk: BulkAnswer;
  bulkBack: null;
  /** `next`: null when this was the last page. */
  notebookPage: { records: NotebookRecord[]; next: string | null };
  notebookRecords: { records: NotebookRecord[] };
  notebookTake: { outcomes: TakeOutcome[] };
  openNotebook: null;
  backupLater: null;
};
