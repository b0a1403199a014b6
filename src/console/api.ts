// The server's answers as the console reads them, and how it asks. Everything that comes in is
// parsed: an answer that does not fit (a proxy's HTML, a newer server) is said, never shown as empty.
import * as z from 'zod/mini';
import { channel, expectationClass, noteLabel, outcome, stage } from '../domain/kinds.ts';
import { SETTINGS } from '../domain/setting-lines.ts';

const named = z.object({ id: z.string(), name: z.string() });
/** A value of a newer version is left out rather than refusing the whole page of rows. */
const known = <S extends z.ZodMiniType>(schema: S) => z.catch(z.nullish(schema), null);

export const me = z.object({
  member: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
  workspace: named,
});
export type Me = z.output<typeof me>;

/** One record of the register. Times are ISO instants; `at` is when it was written down. */
export const row = z.object({
  /** expectation, note, commitment or interaction. */
  kind: z.string(),
  id: z.string(),
  at: z.string(),
  author: named,
  customer: z.nullish(named),
  project: z.nullish(named),
  class: known(expectationClass),
  stage: known(stage),
  outcome: known(outcome),
  label: known(noteLabel),
  channel: known(channel),
  /** The customer's words. */
  quote: z.nullish(z.string()),
  /** Our words: an expectation's statement, a note's text, an interaction's subject. */
  text: z.nullish(z.string()),
  source: z.nullish(
    z.object({
      url: z.nullish(z.string()),
      subject: z.nullish(z.string()),
      from: z.nullish(z.string()),
      sentAt: z.nullish(z.string()),
    }),
  ),
});
export type Row = z.output<typeof row>;

export const registerPage = z.object({
  /** Newest first. */
  rows: z.array(row),
  next: z.nullable(z.string()),
  total: z.number(),
});
export type RegisterPage = z.output<typeof registerPage>;

export const facets = z.object({
  customers: z.array(z.object({ id: z.string(), name: z.string(), count: z.optional(z.number()) })),
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      customer: z.nullish(z.union([z.string(), named])),
    }),
  ),
  members: z.array(named),
});
export type Facets = z.output<typeof facets>;

export const historyEntry = z.object({
  /** Number of its leaf in the log. */
  seq: z.number(),
  at: z.string(),
  received: z.string(),
  author: named,
  /** Why the change is not part of the record, in words. */
  problem: z.nullish(z.string()),
  device: z.nullish(z.object({ id: z.string(), name: z.nullish(z.string()) })),
  changes: z.array(
    z.object({ field: z.string(), old: z.optional(z.unknown()), new: z.optional(z.unknown()) }),
  ),
});
export type HistoryEntry = z.output<typeof historyEntry>;

export const recordDetail = z.object({
  row,
  fields: z.record(z.string(), z.unknown()),
  deleted: z.optional(z.boolean()),
  history: z.array(historyEntry),
});
export type RecordDetail = z.output<typeof recordDetail>;

export const setting = z.object({
  name: z.enum(SETTINGS),
  lines: z.array(z.string()),
  /** Names the changes the lines come from; sent back with the next writing. */
  seen: z.string(),
  /** Newest first. */
  history: z.array(historyEntry),
});
export type Setting = z.output<typeof setting>;

export const settings = z.object({ settings: z.array(setting) });

export const importKind = z.enum(['customer', 'project']);
export type ImportKind = z.output<typeof importKind>;

/** Column of the file → field of the record, null to leave it out. */
export const mapping = z.record(z.string(), z.nullable(z.string()));
export type Mapping = z.output<typeof mapping>;

const rowError = z.object({ field: z.nullish(z.string()), message: z.string() });
export const importPreview = z.object({
  columns: z.array(z.string()),
  mapping,
  /** The first rows and every row with an error; `line` as a text editor counts. */
  rows: z.array(
    z.object({
      line: z.number(),
      values: z.record(z.string(), z.nullish(z.string())),
      errors: z.array(rowError),
    }),
  ),
  counts: z.object({
    rows: z.number(),
    create: z.optional(z.number()),
    skip: z.optional(z.number()),
    errors: z.number(),
  }),
});
export type ImportPreview = z.output<typeof importPreview>;

export const importResult = z.object({
  created: z.number(),
  skipped: z.number(),
  errors: z.array(
    z.object({ line: z.number(), field: z.nullish(z.string()), message: z.string() }),
  ),
});
export type ImportResult = z.output<typeof importResult>;

export const members = z.object({
  members: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
  ),
});
export type Member = z.output<typeof members>['members'][number];

export const devices = z.object({
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      member: named,
      connectedAt: z.nullish(z.string()),
      lastSeenAt: z.nullish(z.string()),
      revokedAt: z.nullish(z.string()),
    }),
  ),
});
export type Device = z.output<typeof devices>['devices'][number];

export const invitation = z.object({ link: z.string() });
