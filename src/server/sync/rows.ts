// Leaves and records as rows. Statements are written by hand here: the query builder takes longer
// over some thousand values than PostgreSQL does.
import type { Envelope, Json, RecordState } from '../../domain/index.ts';
import { type Query, statement } from '../database.ts';

export type LeafRow = {
  seq: number;
  envelope: Envelope;
  leaf: Uint8Array;
  /** null: its record was erased. */
  body: Uint8Array | null;
  salt: string | null;
  folded: boolean;
  problem: string | null;
  reveals: boolean;
};

export type RecordRow = {
  of: RecordState;
  fields: { [field: string]: Json };
  provenance: string | null;
  state: RecordState | null;
  visibility: 'workspace' | 'managers';
  deleted: boolean;
  written: string;
  customer: string | null;
  project: string | null;
  interaction: string | null;
  words: string;
};

/** PostgreSQL takes 65,535 parameters in a statement, and a row has at most 12. */
const AT_ONCE = 1_000;

export function insertLeaves(workspace: string, rows: LeafRow[]): Query[] {
  const head = `INSERT INTO log_leaf (workspace_id, seq, id, device, n, author, kind, record, leaf,
    body, salt, folded, problem, reveals)`;
  return inSlices(rows, head, '', (to, row) => {
    const { id, device, n, author, kind, record } = row.envelope;
    return [
      to.uuid(workspace),
      to.number(row.seq),
      to.next(id),
      to.uuid(device),
      to.number(n),
      to.uuid(author),
      to.text(kind),
      to.next(record),
      to.bytes(row.leaf),
      to.bytes(row.body),
      row.salt === null ? 'NULL' : to.next(row.salt),
      to.flag(row.folded),
      to.text(row.problem),
      to.flag(row.reveals),
    ];
  });
}

const RECORD = `INSERT INTO record (workspace_id, kind, id, state, provenance, fields, visibility,
  author, deleted, written, updated, customer, project, interaction, words)`;

/** Records that are not there yet: cheaper than to say what happens if they are. */
export function insertRecords(workspace: string, rows: RecordRow[]): Query[] {
  return inSlices(rows, RECORD, '', (to, row) => recordValues(to, workspace, row));
}

/** Writes records whole, over what was there. */
export function replaceRecords(workspace: string, rows: RecordRow[]): Query[] {
  const tail = `ON CONFLICT (workspace_id, kind, id) DO UPDATE SET state = excluded.state,
    provenance = excluded.provenance, fields = excluded.fields, visibility = excluded.visibility,
    author = excluded.author, deleted = excluded.deleted, written = excluded.written,
    updated = excluded.updated, customer = excluded.customer, project = excluded.project,
    interaction = excluded.interaction, words = excluded.words`;
  return inSlices(rows, RECORD, tail, (to, row) => recordValues(to, workspace, row));
}

function recordValues(to: Parameters, workspace: string, { of, ...row }: RecordRow): string[] {
  return [
    to.uuid(workspace),
    to.text(of.kind),
    to.next(of.id),
    row.state === null ? 'NULL' : to.json(row.state),
    row.provenance === null ? 'NULL' : to.next(row.provenance),
    to.json(row.fields),
    to.text(row.visibility),
    to.uuid(of.origin.author),
    to.flag(row.deleted),
    to.next(row.written),
    to.next(of.latest),
    to.uuid(row.customer),
    to.uuid(row.project),
    to.uuid(row.interaction),
    to.next(row.words),
  ];
}

function inSlices<Row>(
  rows: Row[],
  head: string,
  tail: string,
  valuesOf: (to: Parameters, row: Row) => string[],
): Query[] {
  const statements: Query[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const to = new Parameters();
    const values = rows.slice(from, from + AT_ONCE).map((row) => `(${valuesOf(to, row).join()})`);
    statements.push(statement(`${head} VALUES ${values.join()} ${tail}`, to.values));
  }
  return statements;
}

/** Values as they stand in a statement: numbers and flags themselves, all else as parameters. */
class Parameters {
  readonly values: unknown[] = [];
  /** One value is one parameter of one type, however often it stands there. */
  readonly #places = { uuid: new Map<string, string>(), text: new Map<string, string>() };

  uuid(value: string | null): string {
    return value === null ? 'NULL' : this.#once('uuid', value);
  }

  text(value: string | null): string {
    return value === null ? 'NULL' : this.#once('text', value);
  }

  bytes(value: Uint8Array | null): string {
    return value === null ? 'NULL' : this.next(value);
  }

  json(value: unknown): string {
    return this.next(JSON.stringify(value));
  }

  /** An integer, as it is. */
  number(value: number): string {
    if (!Number.isSafeInteger(value)) throw new RangeError('no integer');
    return String(value);
  }

  flag(value: boolean): string {
    return value ? 'true' : 'false';
  }

  #once(type: 'uuid' | 'text', value: string): string {
    const places = this.#places[type];
    let place = places.get(value);
    if (place === undefined) {
      place = this.next(value);
      places.set(value, place);
    }
    return place;
  }

  /** As it is, seldom there twice. */
  next(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}
