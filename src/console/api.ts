// The server's answers as the console reads them, and how it asks. Everything that comes in is
// parsed: an answer that does not fit (a proxy's HTML, a newer server) is said, never shown as empty.
import * as z from 'zod/mini';
import { MEANINGS, TAG_LOOKS } from '../domain/codebook.ts';
import {
  channel,
  dimension,
  expectationClass,
  noteLabel,
  outcome,
  stage,
  unstatedBecause,
} from '../domain/kinds.ts';
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
  /** Who wrote it, where the author brought it in from a file. */
  writtenBy: z.nullish(z.string()),
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
  /** Of a call's tag: its own name, if any, what it means, and ms on the call's clock. */
  moment: z.nullish(
    z.object({ name: z.nullable(z.string()), means: z.enum(MEANINGS), offset: z.number() }),
  ),
});
export type Row = z.output<typeof row>;

export const registerPage = z.object({
  /** Newest first. */
  rows: z.array(row),
  next: z.nullable(z.string()),
  total: z.number(),
  /** There are more than were counted. */
  more: z.optional(z.boolean()),
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

const moment = z.object({ interaction: z.optional(z.string()), offset: z.optional(z.number()) });
const probeShown = z.object({
  id: z.string(),
  author: named,
  askedBy: z.nullable(named),
  owner: z.nullable(named),
  fields: z.object({
    question: z.optional(z.string()),
    askedAt: z.optional(z.string()),
    due: z.optional(z.string()),
    answer: z.optional(z.string()),
    answeredAt: z.optional(z.string()),
    says: z.catch(z.optional(z.enum(['confirmed', 'refuted', 'unclear'])), undefined),
    evidence: z.optional(z.record(z.string(), z.nullable(moment))),
  }),
  history: z.array(historyEntry),
});
export type ProbeShown = z.output<typeof probeShown>;

export const recordDetail = z.object({
  row,
  fields: z.record(z.string(), z.unknown()),
  deleted: z.optional(z.boolean()),
  history: z.array(historyEntry),
  /** Of an expectation: what was asked about it. */
  probes: z.optional(z.array(probeShown)),
  /** Fields that were written at the same time: the value shown first, then the others. */
  conflicts: z.array(
    z.object({
      field: z.string(),
      values: z.array(z.object({ value: z.unknown(), at: z.string(), author: named })),
    }),
  ),
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

/** The tags of calls in their order, retired ones too (domain/codebook.ts). */
export const labels = z.object({
  tags: z.array(
    z.object({
      id: z.string(),
      name: z.nullable(z.string()),
      key: z.string(),
      colour: z.enum(TAG_LOOKS),
      icon: z.enum(TAG_LOOKS),
      means: z.enum(MEANINGS),
      retired: z.boolean(),
    }),
  ),
  /** Names the changes they come from; sent back with the next writing. */
  seen: z.string(),
});
export type Labels = z.output<typeof labels>;

/** The questions to ask in their order, retired ones too (domain/patterns.ts). */
export const patterns = z.object({
  patterns: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      reason: z.nullable(unstatedBecause),
      dimension: z.nullable(dimension),
      builtIn: z.boolean(),
      retired: z.boolean(),
    }),
  ),
  /** Names the changes they come from; sent back with the next writing. */
  seen: z.string(),
});
export type Patterns = z.output<typeof patterns>;

export const standardVersion = z.object({
  id: z.string(),
  version: z.number(),
  ...{ name: z.string(), text: z.string(), unit: z.string(), clause: z.string() },
  judgement: z.enum(['yes-no', 'scale', 'number']),
  anchors: z.array(z.string()),
  better: z.enum(['more', 'less']),
  ...{ ourTarget: z.nullable(z.number()), customerTarget: z.nullable(z.number()) },
  ...{ weight: z.number(), critical: z.boolean(), mayNotApply: z.boolean() },
  causes: z.array(z.string()),
});
export const standards = z.object({
  standards: z.array(
    z.object({
      series: z.string(),
      current: standardVersion,
      /** The newest last. */
      versions: z.array(standardVersion),
      retired: z.boolean(),
    }),
  ),
});

export const drawn = z.object({
  ...{ id: z.string(), name: z.string() },
  unit: z.enum(['project', 'customer', 'call']),
  strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
  filter: z.record(z.string(), z.array(z.string())),
  method: z.union([
    z.object({ kind: z.literal('simple'), size: z.number() }),
    z.object({ kind: z.literal('stratified'), size: z.number(), least: z.number() }),
    z.object({
      ...{ kind: z.literal('discovery'), size: z.number() },
      ...{ among: z.number(), confidence: z.number() },
    }),
  ]),
  population: z.object({ hash: z.string(), size: z.number() }),
  commitment: z.string(),
  state: z.enum(['announced', 'drawn', 'abandoned']),
  reason: z.string(),
  sample: z.array(z.string()),
  replacements: z.array(
    z.object({
      ...{ out: z.string(), in: z.nullable(z.string()), reason: z.string() },
      ...{ at: z.string(), by: z.string() },
    }),
  ),
  members: z.array(z.string()),
  nonce: z.nullable(z.string()),
  checkpoint: z.nullable(z.string()),
  blind: z.boolean(),
  due: z.nullable(z.string()),
  auditor: z.nullable(z.string()),
  /** Ids; empty: whoever may. */
  reviewers: z.array(z.string()),
  calibration: z.boolean(),
  programme: z.nullable(z.string()),
  /** When it was announced. */
  at: z.nullable(z.string()),
});
export const draws = z.object({ draws: z.array(drawn) });
export const oneDraw = z.object({ draw: drawn });
/** One of a draw, by its name. */
export const namedOne = z.object({
  ...{ id: z.string(), name: z.string(), customer: z.nullable(z.string()) },
});
export const namedDraw = z.object({ draw: drawn, names: z.array(namedOne) });
export type DrawAnswer = z.output<typeof drawn>;
export type NamedDraw = z.output<typeof namedDraw>;
export const drawPreview = z.object({
  size: z.number(),
  /** Of a calibration: what one of its reviewers had a hand in. */
  leftOut: z.number(),
  /** What none of the reviewers may review. */
  nobodys: z.number(),
  strata: z.array(z.object({ name: z.string(), count: z.number() })),
  planned: z.object({ margin: z.number(), discovery: z.number(), among: z.number() }),
});
export type DrawPreview = z.output<typeof drawPreview>;

export const importKind = z.enum(['customer', 'project', 'survey', 'interaction']);
export type ImportKind = z.output<typeof importKind>;

/** Column of the file → field of the record, null to leave it out. */
export const mapping = z.record(z.string(), z.nullable(z.string()));
export type Mapping = z.output<typeof mapping>;

const rowError = z.object({ field: z.nullish(z.string()), message: z.string() });
export const importPreview = z.object({
  columns: z.array(z.string()),
  mapping,
  /** What the file does not tell of itself: the order of day and month, the scale of its scores. */
  asks: z.optional(
    z.object({
      order: known(z.enum(['dmy', 'mdy'])),
      orderUnknown: z.boolean(),
      scale: z.boolean(),
    }),
  ),
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
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.string(),
      active: z.optional(z.boolean()),
    }),
  ),
});
export type Member = z.output<typeof members>['members'][number];

export const devices = z.object({
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      member: named,
      /** Whether another device of its member vouches for it. */
      standing: known(z.enum(['first', 'attested', 'unattested', 'keyless'])),
      connectedAt: z.nullish(z.string()),
      lastSeenAt: z.nullish(z.string()),
      revokedAt: z.nullish(z.string()),
    }),
  ),
});
export type Device = z.output<typeof devices>['devices'][number];

/** What a browser found that does not fit the history it had seen. */
export const reports = z.object({
  reports: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      found: z.string(),
      seq: z.nullish(z.number()),
      received: z.string(),
    }),
  ),
});
export type Report = z.output<typeof reports>['reports'][number];

export const personKind = z.enum(['contact', 'customer', 'address']);
const person = z.object({
  kind: personKind,
  /** The record's id, or the address. */
  id: z.string(),
  name: z.string(),
  addresses: z.array(z.string()),
});
export type Person = z.output<typeof person>;
export const people = z.object({ people: z.array(person) });

const proposed = z.object({
  kind: z.string(),
  id: z.string(),
  /** Its first words; '' when nothing of it can be shown. */
  text: z.string(),
  at: z.nullable(z.string()),
  author: z.string(),
});
export type Proposed = z.output<typeof proposed>;
export const proposal = z.object({
  person,
  linked: z.array(proposed),
  mentions: z.array(proposed),
  /** There is more than is listed. */
  more: z.boolean(),
});
export type Proposal = z.output<typeof proposal>;

export const erased = z.object({ erased: z.number() });

export const erasures = z.object({
  /** Newest first. */
  erasures: z.array(
    z.object({
      seq: z.number(),
      at: z.string(),
      by: named,
      reason: z.string(),
      cause: z.string(),
      counts: z.record(z.string(), z.number()),
    }),
  ),
  /** Connected browsers with the number of leaves they have. */
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      member: named,
      cursor: z.nullable(z.number()),
      lastSeenAt: z.nullable(z.string()),
    }),
  ),
});
export type Erasures = z.output<typeof erasures>;

export const retention = z.object({
  kinds: z.array(z.string()),
  /** kind → days */
  days: z.record(z.string(), z.number()),
  /** Ids of customers. */
  holds: z.array(z.string()),
  seen: z.string(),
  by: z.array(z.string()),
  /** What the next run would erase, and what is past its time and held. */
  due: z.record(z.string(), z.object({ due: z.number(), held: z.number() })),
  refused: z.nullable(z.string()),
});
export type Retention = z.output<typeof retention>;

export const changed = z.object({ changed: z.boolean() });

export const invitation = z.object({ link: z.string() });
