import type { ImportKind } from '../api.ts';

const WHOSE = ['customer', 'domain', 'customerId'] as const;

/** What a column of the file may mean, by what its rows are. */
export const IMPORT_FIELDS = {
  customer: ['name', 'domain', 'crmId', 'remark'],
  project: ['name', 'customer', 'state', 'crmId', 'remark'],
  survey: [...WHOSE, 'date', 'score', 'scaleMin', 'scaleMax', 'text', 'form', 'key'],
  interaction: [
    ...WHOSE,
    ...([
      'date',
      'channel',
      'subject',
      'from',
      'to',
      'direction',
      'text',
      'messageId',
      'key',
    ] as const),
  ],
} as const satisfies Record<ImportKind, readonly string[]>;
