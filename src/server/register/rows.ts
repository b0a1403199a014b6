// A record as the console shows it in one line.
import {
  type Evidence,
  type Fields,
  type Json,
  type Meaning,
  type Tag,
  tagOf,
} from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { Directory, Named } from './directory.ts';
import type { Found } from './query.ts';

export type Row = {
  kind: string;
  id: string;
  /** ISO instant: when it was written down. */
  at: string;
  /** Whose change it is. */
  author: Named;
  /** Who wrote it, in the file that it was brought in from. */
  writtenBy: string | null;
  customer: Named | null;
  project: Named | null;
  class: string | null;
  stage: string | null;
  outcome: string | null;
  label: string | null;
  channel: string | null;
  /** The customer's words, to the byte. */
  quote: string | null;
  /** Our words. */
  text: string | null;
  source: {
    url: string | null;
    subject: string | null;
    from: string | null;
    sentAt: string | null;
  } | null;
  /** Of a call's tag: which one, by its own name where it has one, and ms on the call's clock. */
  moment: { name: string | null; means: Meaning; offset: number } | null;
};

export function rowOf(
  found: Found,
  directory: Directory,
  members: Map<string, string>,
  tags: readonly Tag[],
): Row {
  const { fields } = found;
  const interaction = found.kind === 'interaction' ? fields : found.interaction;
  const evidence = firstEvidence(fields);
  return {
    kind: found.kind,
    id: found.id,
    at: new Date(msOf(found.written)).toISOString(),
    author: { id: found.author, name: members.get(found.author) ?? '' },
    writtenBy: text(fields.writtenBy),
    customer: directory.customers.named(text(fields.customer) ?? text(interaction?.customer)),
    project: directory.projects.named(text(fields.project) ?? text(interaction?.project)),
    class: text(fields.class),
    stage: text(fields.stage),
    outcome: text(fields.outcome),
    label: found.kind === 'note' ? (text(fields.label) ?? 'note') : null,
    channel: text(interaction?.channel),
    quote: evidence?.quote ?? null,
    text: text(fields.statement) ?? text(fields.text) ?? text(fields.subject),
    source: sourceOf(interaction, evidence),
    moment: momentOf(found, tags),
  };
}

function momentOf({ kind, fields, interaction }: Found, tags: readonly Tag[]): Row['moment'] {
  const { tag, offset } = fields;
  if (kind !== 'note' || typeof tag !== 'string' || typeof offset !== 'number') return null;
  const { name, means } = tagOf(tags, tag);
  const shift = interaction?.shift;
  return { name, means, offset: offset + (typeof shift === 'number' ? shift : 0) };
}

function sourceOf(
  interaction: { [field: string]: Json } | null,
  evidence: Evidence | null,
): Row['source'] {
  if (!interaction && !evidence?.url) return null;
  const sender = interaction?.sender as Fields<'interaction'>['sender'];
  return {
    url: webAddress(evidence?.url ?? text(interaction?.url)),
    subject: text(interaction?.subject),
    from: sender ? sender.name || sender.address : null,
    sentAt: text(interaction?.startedAt),
  };
}

/** Evidence in the order of its keys, which are ids made in time. */
export function firstEvidence(fields: { [field: string]: Json }): Evidence | null {
  const all = fields.evidence as { [id: string]: Evidence } | undefined;
  const first = all ? Object.keys(all).sort()[0] : undefined;
  return (first !== undefined && all?.[first]) || null;
}

/** Pages of others put addresses into records: only http(s) ones are ever made into links. */
function webAddress(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed && (parsed.protocol === 'https:' || parsed.protocol === 'http:') ? url : null;
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
