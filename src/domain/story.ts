// The service story of a customer, a project or a call: records as what happened, one after the
// other. A record may be several moments (an expectation and its outcome, a question and its answer),
// a mail that five colleagues logged is one. The extension and the server tell the same story.
import type { Evidence } from './evidence.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { canonicalIds, mergeFields } from './identity.ts';
import type { Kind } from './kinds.ts';
import { shorten } from './text.ts';

/** Kinds of records that a story is told from; comments on it stand beside it. */
export const TOLD_KINDS = [
  ...(['interaction', 'note', 'expectation', 'commitment', 'probe', 'perception'] as const),
  ...(['finding', 'inquiry', 'improvement'] as const),
] as const satisfies readonly Kind[];
export type ToldKind = (typeof TOLD_KINDS)[number];

/**
 * What a story is told in. `answer`: to a question that was asked, or to a grievance; `outcome`: an
 * expectation was missed, met or exceeded, a promise kept, broken or withdrawn, an improvement made
 * or dropped; `breach`: a standard was not met; `effect`: whether an improvement helped.
 */
export const MOMENT_KINDS = [
  ...(['mail', 'call', 'expectation', 'commitment', 'grievance', 'praise', 'question'] as const),
  ...(['decision', 'risk', 'note', 'probe', 'answer', 'perception', 'outcome'] as const),
  ...(['breach', 'inquiry', 'improvement', 'effect'] as const),
] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** Fields of every kind that is told; those of one kind are read with `fieldsAs`. */
export type AllFields = Fields<'interaction'> &
  Fields<'note'> &
  Fields<'expectation'> &
  Fields<'probe'> &
  Fields<'commitment'> &
  Fields<'perception'> &
  Pick<Fields<'finding'>, 'review' | 'standard' | 'type' | 'at' | 'cause'> &
  Pick<Fields<'inquiry'>, 'to' | 'asks' | 'withdrawn'> &
  Pick<Fields<'improvement'>, 'action' | 'doneAt' | 'doneText' | 'checkOn' | 'checkedAt'> &
  Pick<Fields<'improvement'>, 'checkedBy' | 'effective' | 'effectText' | 'finding'>;

export type StoryRecord = {
  kind: string;
  id: Id;
  fields: AllFields;
  author: Id;
  /** ms since 1970: when its first change was written */
  written: number;
  /** ms since 1970: when the change was written that a field has its value of; null: unknown. */
  rankOf?(field: string): number | null;
};

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

/** The fields of a record that is known to be of this kind. */
export function fieldsAs<K extends ToldKind>({ fields }: { fields: AllFields }): Fields<K> {
  return fields as Fields<K>;
}

type Happened = { at: number; kind: MomentKind };

/** What one record has to tell. */
function happened(record: StoryRecord): Happened[] {
  const { fields } = record;
  const writtenAs = (field: string) => record.rankOf?.(field) ?? null;
  const saved = savedAt(record, fields);
  const then = (kind: MomentKind, at: number | null): Happened[] =>
    at === null ? [] : [{ at, kind }];
  switch (record.kind as ToldKind) {
    case 'note': {
      // A tag without words stands with its call.
      if (fields.tag !== undefined && !fields.text) return [];
      const at = timeOf(fields.pressedAt) ?? saved;
      return [{ at, kind: fields.label ?? 'note' }, ...then('answer', timeOf(fields.answeredAt))];
    }
    case 'expectation': {
      const isOpen = (fields.outcome ?? 'open') === 'open';
      const over = isOpen ? null : (timeOf(fields.outcomeAt) ?? writtenAs('outcome'));
      return [{ at: saved, kind: 'expectation' }, ...then('outcome', over)];
    }
    case 'commitment': {
      const over = (fields.state ?? 'open') === 'open' ? null : writtenAs('state');
      return [{ at: saved, kind: 'commitment' }, ...then('outcome', over)];
    }
    case 'probe': {
      const answered = timeOf(fields.answeredAt) ?? (fields.answer ? writtenAs('answer') : null);
      // One that is only planned has not happened.
      return [...then('probe', timeOf(fields.askedAt)), ...then('answer', answered)];
    }
    case 'perception':
      return [{ at: timeOf(fields.observedAt) ?? saved, kind: 'perception' }];
    case 'finding':
      // When it happened, not when it was found.
      return fields.type === 'nonconformity'
        ? [{ at: timeOf(fields.at) ?? saved, kind: 'breach' }]
        : [];
    case 'inquiry': {
      // To read a review is no question about what happened.
      if (fields.asks === 'acknowledge') return [];
      const answered = timeOf(fields.answeredAt) ?? (fields.answer ? writtenAs('answer') : null);
      return [{ at: saved, kind: 'inquiry' }, ...then('answer', answered)];
    }
    case 'improvement': {
      const { state = 'open' } = fieldsAs<'improvement'>(record);
      const over = state === 'open' ? null : (timeOf(fields.doneAt) ?? writtenAs('state'));
      return [
        { at: saved, kind: 'improvement' },
        ...then('outcome', over),
        ...then('effect', timeOf(fields.checkedAt)),
      ];
    }
    default:
      return [];
  }
}

/** Whether the customer said something, or was told or asked something. */
function isContact(kind: MomentKind, record: string, { form }: AllFields): boolean {
  if (kind === 'perception') return form !== 'impression';
  return kind === 'probe' || (kind === 'answer' && record === 'probe');
}

function savedAt(record: StoryRecord, { writtenAt }: AllFields): number {
  return timeOf(writtenAt) ?? record.written;
}

function timeOf(instant: string | undefined): number | null {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? null : at;
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

/** `cut`: one of them was longer. */
export type MomentWords = {
  /** Subject of a mail or call; of an answer the question; of an outcome what it is of; else ''. */
  title: string;
  /** In the customer's words, '' without any. */
  theirs: string;
  /** In ours. */
  ours: string;
  cut: boolean;
};

/** What a moment says, each text cut to `longest` UTF-16 units. */
export function momentWords({ kind, record, fields }: Moment, longest: number): MomentWords {
  const quote = evidenceIn(fields).find((one) => one.quote)?.quote ?? '';
  let cut = false;
  const tidy = (text: string | undefined) => {
    const whole = (text ?? '').trim();
    cut ||= whole.length > longest;
    return shorten(whole, longest);
  };
  const told = (title?: string, theirs?: string, ours?: string): MomentWords => ({
    ...{ title: tidy(title), theirs: tidy(theirs), ours: tidy(ours) },
    cut,
  });
  const { text } = fields;
  switch (kind) {
    case 'mail':
    case 'call':
      return told(fields.subject, '', text);
    case 'probe':
    case 'inquiry':
      return told('', '', fields.question);
    case 'answer':
      if (record.kind === 'note') return told(text || quote, '', fields.answer);
      if (record.kind === 'inquiry') return told(fields.question, '', fields.answer);
      return told(fields.question, fields.answer, '');
    case 'perception':
      return fields.form === 'impression' ? told('', '', text) : told('', text, '');
    case 'outcome':
      if (record.kind === 'improvement') return told(fields.action || text, '', fields.doneText);
      return told(
        (record.kind === 'expectation' ? fields.statement : text) || quote,
        '',
        fields.outcomeText,
      );
    case 'improvement':
      return fields.action ? told(text, quote, fields.action) : told('', quote, text);
    case 'effect':
      return told(fields.action || text, '', fields.effectText);
    default: {
      const ours = record.kind === 'expectation' ? fields.statement : text;
      return told('', quote, ours === quote ? '' : ours);
    }
  }
}

/** What only some kinds say. */
export type MomentSaid = {
  channel?: NonNullable<Fields<'interaction'>['channel']> | undefined;
  direction?: NonNullable<Fields<'interaction'>['direction']> | undefined;
  stage?: NonNullable<Fields<'expectation'>['stage']> | undefined;
  outcome?: NonNullable<Fields<'expectation'>['outcome']> | undefined;
  /** Of an outcome of a promise. */
  promise?: 'kept' | 'broken' | 'withdrawn' | undefined;
  /** Of an outcome of an improvement. */
  improved?: 'done' | 'dropped' | undefined;
  /** Of an effect. */
  effective?: boolean | undefined;
  /** Of an answer: what it says of the expectation. */
  says?: NonNullable<Fields<'probe'>['says']> | undefined;
  form?: NonNullable<Fields<'perception'>['form']> | undefined;
  score?: { value: number; min: number | null; max: number | null } | undefined;
};

export function momentSays({ kind, record, fields }: Moment): MomentSaid {
  switch (kind) {
    case 'mail':
    case 'call':
      return {
        ...(fields.channel === undefined ? {} : { channel: fields.channel }),
        ...(fields.direction === undefined ? {} : { direction: fields.direction }),
      };
    case 'expectation':
      return { stage: fields.stage ?? 'hunch', outcome: fields.outcome ?? 'open' };
    case 'outcome': {
      if (record.kind === 'expectation') return { outcome: fields.outcome ?? 'open' };
      if (record.kind === 'improvement') {
        const { state } = fieldsAs<'improvement'>(record);
        return state === undefined || state === 'open' ? {} : { improved: state };
      }
      const { state } = fieldsAs<'commitment'>(record);
      return state === undefined || state === 'open' ? {} : { promise: state };
    }
    case 'answer':
      return fields.says === undefined ? {} : { says: fields.says };
    case 'effect':
      return fields.effective === undefined ? {} : { effective: fields.effective };
    case 'perception': {
      const { form, score, scaleMin, scaleMax } = fields;
      return {
        ...(form === undefined ? {} : { form }),
        ...(score === undefined
          ? {}
          : { score: { value: score, min: scaleMin ?? null, max: scaleMax ?? null } }),
      };
    }
    default:
      return {};
  }
}

/** A moment as the server tells it. */
export type StoryMoment = Pick<Moment, 'key' | 'at' | 'kind'> & {
  record: { kind: string; id: Id };
  /** The interaction it was noticed in, or is. */
  interaction: Id | null;
  /** Name of the standard that was not met, '' for all other moments. */
  standard: string;
  /** The page it stands on: http or https; null also for whoever reads blind. */
  url: string | null;
  /** Who it was on their side, '' where nobody is known. */
  from: string;
  /** Who it was on ours; null: a colleague, whom one who reads blind is not told. */
  by: { id: Id; name: string } | null;
} & MomentWords &
  MomentSaid;

export type StoryComment = {
  id: Id;
  /** The moment it is pinned to: its record, and when it was. */
  record: { kind: string; id: Id };
  at: number | null;
  text: string;
  by: { id: Id; name: string } | null;
  /** ms since 1970 */
  written: number;
  settled: boolean;
  /** Who may read it. */
  visibility: 'workspace' | 'managers';
  /** The asker wrote it. */
  mine: boolean;
};
