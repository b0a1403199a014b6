// Which words of a record are searched, and what it is filtered by.
import type { Evidence, Id, Json, Person, RecordState } from '../../../domain/index.ts';
import { msOf } from '../../../ledger/index.ts';

const FIELDS: { readonly [kind: string]: readonly string[] } = {
  customer: ['name', 'remark'],
  contact: ['name', 'role'],
  project: ['name', 'remark'],
  interaction: ['subject', 'sender', 'recipients', 'text'],
  note: ['text', 'answer'],
  expectation: ['statement', 'hunchText', 'decisionReason', 'outcomeText'],
  probe: ['question', 'answer'],
  commitment: ['text'],
  perception: ['text'],
  retrospective: ['asked', 'late', 'differently'],
  review: ['text'],
  inquiry: ['question', 'answer'],
  improvement: ['cause', 'action'],
  mention: ['text'],
};

export function isSearched(kind: string): boolean {
  return Object.hasOwn(FIELDS, kind);
}

/** `field` is 'evidence' for words that were selected. */
export type FieldText = { field: string; text: string };

/** The texts of a record, in the order in which they are looked at. */
export function textsOf({ kind, registers }: RecordState): FieldText[] {
  const texts: FieldText[] = [];
  for (const field of FIELDS[kind] ?? []) {
    const text = sayValue(registers[field]?.value);
    if (text !== '') texts.push({ field, text });
  }
  for (const [path, { value }] of Object.entries(registers)) {
    if (!path.startsWith('evidence/') || value === null) continue;
    const { quote } = value as Partial<Evidence>;
    if (typeof quote === 'string' && quote !== '') texts.push({ field: 'evidence', text: quote });
  }
  return texts;
}

/** Names and addresses are searched as they are read. */
function sayValue(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(sayValue).filter(Boolean).join(', ');
  if (typeof value !== 'object' || value === null) return '';
  const { name, address } = value as Partial<Person>;
  return [name, address].filter(Boolean).join(' ');
}

/** What a record is filtered and ordered by; '' where it has none. */
export type Facts = {
  kind: string;
  id: Id;
  /** A note's label or an interaction's channel; else its kind. */
  look: string;
  stage: string;
  outcome: string;
  customer: Id;
  author: Id;
  owner: Id;
  /** ms since 1970: when it was written down, or of an interaction, when it began */
  at: number;
  deleted: boolean;
};

export function factsOf(state: RecordState): Facts {
  const { kind, id, origin } = state;
  const text = (field: string) => {
    const value = state.registers[field]?.value;
    return typeof value === 'string' ? value : '';
  };
  const began = kind === 'interaction' ? Date.parse(text('startedAt')) : Number.NaN;
  return {
    ...{ kind, id },
    look: (kind === 'note' && text('label')) || (kind === 'interaction' && text('channel')) || kind,
    stage: text('stage'),
    outcome: kind === 'commitment' ? text('state') : text('outcome'),
    customer: kind === 'customer' ? id : text('customer'),
    author: origin.author,
    owner: text('owner'),
    at: Number.isFinite(began) ? began : msOf(origin.rank),
    deleted: state.registers.deleted?.value === true,
  };
}
