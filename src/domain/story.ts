// The service story of a customer, a project or a call: records as what happened, one after the
// other. A record may be several moments (an expectation and its outcome, a question and its answer),
// a mail that five colleagues logged is one. The extension and the server tell the same story.
import type { Evidence } from './evidence.ts';
import type { Id } from './id.ts';
import { canonicalIds, mergeFields } from './identity.ts';
import { happened, isContact, savedAt, timeOf } from './story-happened.ts';
import type { AllFields, MomentKind, StoryRecord } from './story-kinds.ts';

export type Moment<R extends StoryRecord = StoryRecord> = {
  /** Of the record and which of its moments this is; the same one every time. */
  key: string;
  /** ms since 1970 */
  at: number;
  kind: MomentKind;
  /** The record; of an interaction the canonical one. */
  record: R;
  /** Those that are read as this one, itself among them. */
  readAs: readonly R[];
  /** Its fields; of an interaction those of all that are read as it. */
  fields: AllFields;
};

/** Nobody heard from them, or they from us. ms since 1970, whole days. */
export type Silence = { from: number; to: number; days: number };

const DAY_MS = 86_400_000;
/** Days without a word that are told. */
export const SILENT_DAYS = 14;

/**
 * The whole story, oldest first, with the gaps in it, the last one up to `now` (ms since 1970).
 * `blind`: without how they see it and without what was found, asked and bettered by reviewers; the
 * gaps are those of the whole story all the same.
 */
export function storyOf<R extends StoryRecord>(
  records: readonly R[],
  { now, blind = false }: { now: number; blind?: boolean },
): { moments: Moment<R>[]; gaps: Silence[] } {
  const { moments, contacts } = momentsOf(records);
  return {
    moments: moments.filter(({ record }) => !blind || !isHiddenFromBlind(record.kind)).reverse(),
    gaps: silencesIn(contacts, now),
  };
}

/** Whoever scores blind is not to know how satisfied they are, nor what others found. */
export function isHiddenFromBlind(kind: string): boolean {
  return ['perception', 'finding', 'inquiry', 'improvement'].includes(kind);
}

/** All moments, newest first, and when there was a word from or to the customer, newest first. */
export function momentsOf<R extends StoryRecord>(
  records: readonly R[],
): { moments: Moment<R>[]; contacts: number[] } {
  const moments: Moment<R>[] = [];
  const contacts: number[] = [];
  for (const told of interactionsIn(records)) {
    const { fields, record } = told;
    const at = timeOf(fields.startedAt) ?? savedAt(record, fields);
    contacts.push(at);
    // Others are only the place that something was captured in.
    if (fields.logged !== true) continue;
    const kind = isTalk(fields) ? 'call' : 'mail';
    moments.push({ ...told, at, kind, key: `${record.id}/${kind}` });
  }
  for (const record of records) {
    if (record.kind === 'interaction' || record.fields.deleted === true) continue;
    for (const { at, kind } of happened(record)) {
      const { fields } = record;
      const key = `${record.id}/${kind}`;
      moments.push({ record, readAs: [record], fields, at, kind, key });
      if (isContact(kind, record.kind, fields)) contacts.push(at);
    }
  }
  return {
    moments: moments.sort(newestFirst),
    contacts: contacts.sort((a, b) => b - a),
  };
}

/** Also where a page of the story ended: what stands before it there is newer. */
export function newestFirst(
  a: { at: number; key: string },
  b: { at: number; key: string },
): number {
  return b.at - a.at || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);
}

/** Gaps between contacts (newest first) and up to `now`; oldest first. */
export function silencesIn(contacts: readonly number[], now: number): Silence[] {
  const gaps: Silence[] = [];
  let to = now;
  for (const from of contacts) {
    const gap = silenceBetween(from, to);
    if (gap !== null) gaps.push(gap);
    to = from;
  }
  return gaps.reverse();
}

/** null where they are not far enough apart to be told of. */
export function silenceBetween(from: number | undefined, to: number): Silence | null {
  if (from === undefined) return null;
  const days = Math.floor((to - from) / DAY_MS);
  return days < SILENT_DAYS ? null : { from, to, days };
}

/** The moment of a record nearest to a time (ms since 1970); null where the record is not told. */
export function momentNear<M extends { at: number; record: { kind: string; id: Id } }>(
  moments: readonly M[],
  { kind, id }: { kind: string; id: Id },
  at: number | null,
): M | null {
  let nearest: M | null = null;
  for (const moment of moments) {
    if (moment.record.id !== id || moment.record.kind !== kind) continue;
    const isNearer =
      nearest === null || (at !== null && Math.abs(moment.at - at) < Math.abs(nearest.at - at));
    if (isNearer) nearest = moment;
  }
  return nearest;
}

/** Interactions that are read as one, once. */
function interactionsIn<R extends StoryRecord>(
  records: readonly R[],
): Pick<Moment<R>, 'record' | 'readAs' | 'fields'>[] {
  const own = new Map<Id, R>();
  for (const record of records) if (record.kind === 'interaction') own.set(record.id, record);
  const canonical = canonicalIds(
    [...own].map(([id, { fields }]) => {
      const { identifiers, mergedInto, deleted } = fields;
      return { id, identifiers, mergedInto, deleted };
    }),
  );
  const sets = new Map<Id, R[]>();
  for (const [id, chosen] of canonical) {
    const record = own.get(id);
    const set = sets.get(chosen);
    if (record === undefined) continue;
    if (set === undefined) sets.set(chosen, [record]);
    else set.push(record);
  }
  return [...sets].flatMap(([chosen, readAs]) => {
    const record = own.get(chosen);
    if (record === undefined) return [];
    if (readAs.length === 1) return [{ record, readAs, fields: record.fields }];
    const members = new Map(readAs.map(({ id, fields }) => [id, fields]));
    return [{ record, readAs, fields: mergeFields(chosen, members) }];
  });
}

function isTalk({ callState, channel }: AllFields): boolean {
  return callState !== undefined || ['call', 'meeting', 'visit'].includes(channel ?? '');
}

/** Who on our side asked, answered, looked, or wrote it down. */
export function memberOf({ kind, record, fields }: Pick<Moment, 'kind' | 'record' | 'fields'>): Id {
  const other =
    record.kind === 'probe'
      ? fields.askedBy
      : kind === 'answer'
        ? fields.answeredBy
        : kind === 'effect'
          ? fields.checkedBy
          : undefined;
  return other ?? record.author;
}

export function evidenceIn({ evidence }: AllFields): Evidence[] {
  return Object.values(evidence ?? {}).filter((one): one is Evidence => one !== null);
}
