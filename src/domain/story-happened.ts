// What one record has to tell: which moments of a story it is, and when each was.
import {
  type AllFields,
  fieldsAs,
  type MomentKind,
  type StoryRecord,
  type ToldKind,
} from './story-kinds.ts';

export type Happened = { at: number; kind: MomentKind };

/** What one record has to tell. */
export function happened(record: StoryRecord): Happened[] {
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
export function isContact(kind: MomentKind, record: string, { form }: AllFields): boolean {
  if (kind === 'perception') return form !== 'impression';
  return kind === 'probe' || (kind === 'answer' && record === 'probe');
}

export function savedAt(record: StoryRecord, { writtenAt }: AllFields): number {
  return timeOf(writtenAt) ?? record.written;
}

export function timeOf(instant: string | undefined): number | null {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? null : at;
}
