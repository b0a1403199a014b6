import type { ImportKind } from '../api.ts';

/** What a column of the file may mean, by what its rows are; the first is required. */
export const IMPORT_FIELDS = {
  customer: ['name', 'domain', 'crmId', 'remark'],
  project: ['name', 'customer', 'state', 'crmId', 'remark'],
} as const satisfies Record<ImportKind, readonly string[]>;
