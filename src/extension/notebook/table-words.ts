// What tables of a notebook call their columns, one object per language.
import type { ColumnKey } from './own-table.ts';

export type TableLanguage = 'en' | 'de' | 'keys';

export interface TableWords {
  readonly name: string;
  readonly columns: Readonly<Record<ColumnKey, string>>;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
  readonly exported: string;
  /** For Intl. */
  readonly lang: string;
}

export const tableWords: Readonly<Record<TableLanguage, TableWords>> = {
  en: {
    name: 'Notebook',
    columns: {
      kind: 'Kind',
      written: 'Written',
      author: 'Author',
      customer: 'Customer',
      text: 'Words',
      quote: 'Their words',
      stage: 'Stage',
      outcome: 'Outcome',
      due: 'Due',
      address: 'Address',
      deleted: 'Taken back',
      keptHere: 'On this device only',
      id: 'Id',
    },
    ...{ yes: 'yes', no: 'no', nothing: 'Nothing is in it.', exported: 'Exported' },
    lang: 'en-GB',
  },
  de: {
    name: 'Notizbuch',
    columns: {
      kind: 'Art',
      written: 'Geschrieben',
      author: 'Verfasst von',
      customer: 'Kunde',
      text: 'Worte',
      quote: 'Ihre Worte',
      stage: 'Stand',
      outcome: 'Ergebnis',
      due: 'Fällig',
      address: 'Adresse',
      deleted: 'Zurückgenommen',
      keptHere: 'Nur auf diesem Gerät',
      id: 'Kennung',
    },
    ...{ yes: 'ja', no: 'nein', nothing: 'Es ist nichts darin.', exported: 'Exportiert' },
    lang: 'de-DE',
  },
  keys: {
    name: 'notebook',
    columns: {
      kind: 'kind',
      written: 'written',
      author: 'author',
      customer: 'customer',
      text: 'text',
      quote: 'quote',
      stage: 'stage',
      outcome: 'outcome',
      due: 'due',
      address: 'address',
      deleted: 'deleted',
      keptHere: 'keptHere',
      id: 'id',
    },
    ...{ yes: 'true', no: 'false', nothing: '', exported: 'exportedAt' },
    lang: 'en-GB',
  },
};
