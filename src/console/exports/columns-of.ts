// Which columns there are to choose from, by their headings.
import type { ExportFormat, ExportWhat, ExportWish } from './wish.ts';

export interface NamedColumn {
  readonly key: string;
  readonly name: string;
}

/** None where the format has none, or there are several tables. */
export function columnsOf(
  what: ExportWhat,
  format: ExportFormat,
  _language: ExportWish['language'],
): readonly NamedColumn[] {
  if (what !== 'register' || (format !== 'csv' && format !== 'xlsx')) return [];
  return [
    'kind',
    'written',
    'author',
    'customer',
    'project',
    'class',
    'stage',
    'outcome',
    'quote',
    'text',
    'source',
    'from',
    'sent',
    'url',
    'id',
  ].map((key) => ({ key, name: key }));
}
