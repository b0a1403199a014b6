// Records without loss, as NDJSON and as JSON.
//
//   NDJSON  {"format":"unsaid-records","version":1,"workspace":…,"exportedAt":…,"what":…,"filter":…}
//           {"kind":…,"id":…,"author":…,"written":…,"visibility":…,"fields":{…}}      one a line
//           {"end":true,"records":N}
//   JSON    one object: the members of the head, "records": [one a line], and "end": true
//
// The last line is there so that a file which was cut is known as such. The head's "members" say the
// names of authors, where the file has no records of kind "member". Published schema:
// docs/schemas/records.schema.json. Reading: read-file.ts.
import type { ExportedRecord } from './exported-record.ts';

export const RECORDS_FORMAT = 'unsaid-records';
export const RECORDS_VERSION = 1;

export type RecordsHead = {
  /** null: of one device, whatever it is connected to. */
  workspace: { id: string; name: string } | null;
  /** ISO 8601 in UTC */
  exportedAt: string;
  /** As a wish has it; "notebook": what is on one device. */
  what: string;
  filter: { [name: string]: string };
  /** id → name */
  members?: { [id: string]: string };
};

/** A record as files hold it. `keptHere`: it is kept on its author's device alone. */
export type FileRecord = Omit<ExportedRecord, 'author' | 'written' | 'visibility'> &
  Partial<Pick<ExportedRecord, 'author' | 'written' | 'visibility'>> & { keptHere?: true };

/** The first line. */
export function ndjsonHead(head: RecordsHead): string {
  return `${JSON.stringify(headOf(head))}\n`;
}

/** Of NDJSON one line; of JSON what stands between the line breaks. */
export function recordLine(record: FileRecord): string {
  return JSON.stringify(record);
}

/** The last line. */
export function ndjsonTail(records: number): string {
  return `${JSON.stringify({ end: true, records })}\n`;
}

/** Up to the first record. Before each other one comes `JSON_BETWEEN`. */
export function jsonHead(head: RecordsHead): string {
  return `${JSON.stringify(headOf(head)).slice(0, -1)},"records":[\n`;
}

export const JSON_BETWEEN = ',\n';

/** JSON that was cut is no JSON: nothing is to be counted. */
export function jsonTail(): string {
  return '\n],"end":true}\n';
}

function headOf(head: RecordsHead) {
  const { workspace, exportedAt, what, filter, members } = head;
  return {
    ...{ format: RECORDS_FORMAT, version: RECORDS_VERSION, workspace, exportedAt, what, filter },
    ...(members === undefined ? {} : { members }),
  };
}

export function ndjsonText(head: RecordsHead, records: readonly FileRecord[]): string {
  const lines = records.map((record) => `${recordLine(record)}\n`);
  return ndjsonHead(head) + lines.join('') + ndjsonTail(records.length);
}

export function jsonText(head: RecordsHead, records: readonly FileRecord[]): string {
  return jsonHead(head) + records.map(recordLine).join(JSON_BETWEEN) + jsonTail();
}
