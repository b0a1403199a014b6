// A record as lossless files hold it (NDJSON, JSON), and as other formats are made of it.
import type { Json } from '../domain/index.ts';

export type ExportedRecord = {
  kind: string;
  id: string;
  /** Id of the member who wrote it first. */
  author: string;
  /** ISO 8601 in UTC: when it was written down. */
  written: string;
  visibility: 'workspace' | 'managers';
  fields: { [field: string]: Json };
};
