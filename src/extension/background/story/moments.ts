// A customer's records as what happened, one after the other: a record may be several moments (an
// expectation and its outcome, a question and its answer), a mail that five colleagues logged is one.
import type { Fields, Id } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';
import type { StoryKind } from '../../messages/index.ts';
import { group, readFields, type StoredRecord } from '../../store/index.ts';
import { merged } from '../merged.ts';

/** What kinds of records a story is told from. */
type Told = 'interaction' | 'note' | 'expectation' | 'commitment' | 'probe' | 'perception';

export type Moment = {
  /** ms since 1970 */
  at: number;
  /** Of the record and which of its moments this is. */
  key: string;
  kind: StoryKind;
  /** The record; of an interaction the canonical one. */
  record: StoredRecord;
  /** Its fields; of an interaction those of all that are read as it. */
  fields: AllFields;
  keptHere: boolean;
};
export type AllFields = Fields<'interaction'> &
  Fields<'note'> &
  Fields<'expectation'> &
  Fields<'probe'> &
  Fields<'commitment'> &
  Fields<'perception'>;

type Found = { record: StoredRecord; keptHere: boolean };

/** All moments, newest first, and when there was a word from or to the customer, newest first. */
export function momentsOf(found: readonly Found[]): { moments: Moment[]; contacts: number[] } {
  const moments: Moment[] = [];
  const contacts: number[] = [];
  for (const interaction of interactionsIn(found)) {
    const { fields, record } = interaction;
    const at = timeOf(fields.startedAt) ?? savedAt(record, fields);
    contacts.push(at);
    // Others are only the place that something was captured in.
    if (fields.logged !== true) continue;
    const kind = isTalk(fields) ? 'call' : 'mail';
    moments.push({ ...interaction, at, kind, key: `${record.id}/${kind}` });
  }
  for (const one of found) {
    if (one.record.kind === 'interaction') continue;
    for (const { at, kind } of happened(one.record)) {
      const fields = readFields<'note'>(one.record) as AllFields;
      moments.push({ ...one, fields, at, kind, key: `${one.record.id}/${kind}` });
      if (isContact(kind, one.record.kind, fields)) contacts.push(at);
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

/** Interactions that are read as one, once. */
function interactionsIn(found: readonly Found[]) {
  const own = new Map<Id, StoredRecord>();
  const kept = new Set<Id>();
  for (const { record, keptHere } of found) {
    if (record.kind !== 'interaction') continue;
    own.set(record.id, record);
    if (keptHere) kept.add(record.id);
  }
  return group(own).flatMap((set) => {
    const record = set.members.get(set.canonical);
    if (record === undefined) return [];
    const fields = merged<'interaction'>(set) as AllFields;
    return [{ record, fields, keptHere: [...set.members.keys()].every((id) => kept.has(id)) }];
  });
}

function isTalk({ callState, channel }: AllFields): boolean {
  return callState !== undefined || ['call', 'meeting', 'visit'].includes(channel ?? '');
}

/** What one record has to tell. */
function happened(record: StoredRecord): { at: number; kind: StoryKind }[] {
  const { registers } = record.state;
  const writtenAs = (field: string) => {
    const rank = registers[field]?.rank;
    return rank === undefined ? null : msOf(rank);
  };
  const told = record.kind as Told;
  switch (told) {
    case 'interaction':
      return [];
    case 'note': {
      const fields = readFields<'note'>(record);
      // A tag without words stands with its call.
      if (fields.tag !== undefined && !fields.text) return [];
      const at = timeOf(fields.pressedAt) ?? savedAt(record, fields);
      const answered = timeOf(fields.answeredAt);
      return [
        { at, kind: fields.label ?? 'note' },
        ...(answered === null ? [] : [{ at: answered, kind: 'answer' as const }]),
      ];
    }
    case 'expectation': {
      const fields = readFields<'expectation'>(record);
      const isOpen = (fields.outcome ?? 'open') === 'open';
      const over = isOpen ? null : (timeOf(fields.outcomeAt) ?? writtenAs('outcome'));
      return [
        { at: savedAt(record, fields), kind: 'expectation' },
        ...(over === null ? [] : [{ at: over, kind: 'outcome' as const }]),
      ];
    }
    case 'commitment': {
      const fields = readFields<'commitment'>(record);
      const over = (fields.state ?? 'open') === 'open' ? null : writtenAs('state');
      return [
        { at: savedAt(record, fields), kind: 'commitment' },
        ...(over === null ? [] : [{ at: over, kind: 'outcome' as const }]),
      ];
    }
    case 'probe': {
      const fields = readFields<'probe'>(record);
      const asked = timeOf(fields.askedAt);
      const answered = timeOf(fields.answeredAt) ?? (fields.answer ? writtenAs('answer') : null);
      return [
        // One that is only planned has not happened.
        ...(asked === null ? [] : [{ at: asked, kind: 'probe' as const }]),
        ...(answered === null ? [] : [{ at: answered, kind: 'answer' as const }]),
      ];
    }
    case 'perception': {
      const fields = readFields<'perception'>(record);
      const at = timeOf(fields.observedAt) ?? savedAt(record, fields);
      return [{ at, kind: 'perception' }];
    }
    default:
      return [];
  }
}

/** Whether the customer said something, or was told or asked something. */
function isContact(kind: StoryKind, record: string, { form }: AllFields): boolean {
  if (kind === 'perception') return form !== 'impression';
  return kind === 'probe' || (kind === 'answer' && record === 'probe');
}

function savedAt(record: StoredRecord, { writtenAt }: { writtenAt?: string }): number {
  return timeOf(writtenAt) ?? msOf(record.state.origin.rank);
}

function timeOf(instant: string | undefined): number | null {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? null : at;
}
