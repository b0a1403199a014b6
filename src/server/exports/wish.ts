// What somebody asks to have as a file: of what, in which format, how.
import * as z from 'zod/mini';

export const exportWhat = z.enum(['register', 'story', 'calls', 'audit', 'workspace', 'evidence']);
export type ExportWhat = z.infer<typeof exportWhat>;

export const exportFormat = z.enum([
  'csv',
  'xlsx',
  'ndjson',
  'json',
  'jsonld',
  'markdown',
  'webvtt',
  'zip',
]);
export type ExportFormat = z.infer<typeof exportFormat>;

const line = z.string().check(z.maxLength(500));

export const exportWish = z.object({
  what: exportWhat,
  format: exportFormat,
  /** As the pages' addresses have them. */
  filter: z._default(z.record(line, line), {}),
  /** Keys of columns in their order; all in the usual order when left out. Of tables alone. */
  columns: z.optional(z.array(line).check(z.maxLength(1_000))),
  /** Of headings and names of tables; 'keys': the stable keys as they are. */
  language: z._default(z.enum(['en', 'de', 'keys']), 'en'),
  /** IANA name: whose clock the times are on, said in the file. Times for machines are in UTC. */
  zone: z._default(z.string().check(z.maxLength(100)), 'UTC'),
  /** Of CSV. */
  separator: z._default(z.enum([',', ';', '\t']), ','),
  bom: z._default(z.boolean(), true),
  /** Cells as they are, those that spreadsheets would take for formulas too. */
  machine: z._default(z.boolean(), false),
  /** Of evidence: fields, records ("note/ID") and customers whose contents are left out. */
  hide: z.optional(z.array(line).check(z.maxLength(200))),
  without: z.optional(z.array(line).check(z.maxLength(1_000))),
  withoutCustomers: z.optional(z.array(line).check(z.maxLength(1_000))),
});
export type ExportWish = z.infer<typeof exportWish>;

/** Which formats there are of what. */
export const FORMATS: Readonly<Record<ExportWhat, readonly ExportFormat[]>> = {
  register: ['csv', 'xlsx', 'ndjson', 'json', 'jsonld', 'markdown'],
  story: ['csv', 'xlsx', 'ndjson', 'json', 'jsonld', 'markdown'],
  // WebVTT: of one call.
  calls: ['csv', 'xlsx', 'ndjson', 'json', 'webvtt'],
  audit: ['csv', 'xlsx', 'ndjson', 'json', 'markdown'],
  // A zip of CSV files, one a table.
  workspace: ['xlsx', 'ndjson', 'json', 'jsonld', 'zip'],
  evidence: ['zip'],
};
