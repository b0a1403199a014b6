import { shorten } from '../../domain/text.ts';
import type { Draft } from '../messages/draft.ts';
import type { KnownMessage } from '../messages/shapes.ts';
import type { ContextMessage, SavedCard } from '../messages/views.ts';
import { say } from './words.ts';

/** The field that holds what the card says in our words. */
export function mainField(kind: string): 'statement' | 'text' {
  return kind === 'expectation' ? 'statement' : 'text';
}

export function textField(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** The customer's words on a saved card, '' where it has none. */
export function quoteOf(card: SavedCard): string {
  return card.evidence.find((each) => each.quote)?.quote?.trim() ?? '';
}

// A quote may be a whole page; as our words its beginning is enough, the whole stays as the quote.
const LONGEST_BORROWED = 2_000;

/**
 * The draft as it is saved: without our own words the customer's stand for them. Or what is missing,
 * in words.
 */
export function readyToSave(draft: Draft): { draft: Draft } | { problem: string } {
  if (draft.kind === 'mail') return { draft };
  if (draft.kind === 'expectation' && !draft.fields.stage) {
    return readyToSave({ ...draft, fields: { ...draft.fields, stage: 'hunch' } });
  }
  const name = mainField(draft.kind);
  if (textField(draft.fields, name).trim() !== '') return { draft };
  const borrowed = shorten(draft.quote.trim(), LONGEST_BORROWED);
  if (borrowed === '') return { problem: say.missing[name === 'statement' ? 'statement' : 'text'] };
  return { draft: { ...draft, fields: { ...draft.fields, [name]: borrowed } } };
}

/** Fields that were typed between two states of one draft, as a patch for `edit`. */
export function typedSince(before: Draft, after: Draft): Draft['fields'] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const patch: Draft['fields'] = {};
  for (const name of names) {
    const value = after.fields[name] ?? null;
    if (value !== (before.fields[name] ?? null)) patch[name] = value;
  }
  return patch;
}

/** A message of the context without what the background knows of it. */
export function known(message: ContextMessage): KnownMessage {
  const { interaction: _, logged: __, probably: ___, warnings: ____, ...rest } = message;
  return rest;
}
