// Leaves and records as rows. Statements are written by hand here: the query builder takes longer
// over some thousand values than PostgreSQL does.
import type { Envelope, RecordState } from '../../domain/index.ts';
import { binaryArray, type Element, type ElementType } from '../arrays.ts';
import { isOneMachine, type Query, statement, type Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

export type LeafRow = {
  seq: number;
  envelope: Envelope;
  leaf: string;
  /** null: its record was erased. */
  body: string | null;
  salt: string | null;
  folded: boolean;
  problem: string | null;
  reveals: boolean;
};

export type RecordRow = {
  of: RecordState;
  /** JSON */
  fields: string;
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

/**
 * A column, and a row's value of it. `again`: many rows have the same. The longest come first: what is
 * sent to PostgreSQL is copied each time that it outgrows its place.
 */
type Column<Row> = {
  name: string;
  type: ElementType;
  of(row: Row): Element;
  again?: true;
};

const LEAF: readonly Column<LeafRow>[] = [
  { name: 'leaf', type: 'bytea', of: ({ leaf }) => leaf },
  { name: 'body', type: 'bytea', of: ({ body }) => body },
  { name: 'seq', type: 'bigint', of: ({ seq }) => seq },
  { name: 'id', type: 'uuid', of: ({ envelope }) => envelope.id },
  { name: 'device', type: 'uuid', of: ({ envelope }) => envelope.device, again: true },
  { name: 'n', type: 'bigint', of: ({ envelope }) => envelope.n },
  { name: 'author', type: 'uuid', of: ({ envelope }) => envelope.author, again: true },
  { name: 'kind', type: 'text', of: ({ envelope }) => envelope.kind, again: true },
  { name: 'record', type: 'uuid', of: ({ envelope }) => envelope.record },
  { name: 'salt', type: 'text', of: ({ salt }) => salt },
  { name: 'folded', type: 'boolean', of: ({ folded }) => folded },
  { name: 'problem', type: 'text', of: ({ problem }) => problem, again: true },
  { name: 'reveals', type: 'boolean', of: ({ reveals }) => reveals },
];

const RECORD: readonly Column<RecordRow>[] = [
  { name: 'fields', type: 'jsonb', of: ({ fields }) => fields },
  { name: 'words', type: 'text', of: ({ words }) => words },
  { name: 'kind', type: 'text', of: ({ of }) => of.kind, again: true },
  { name: 'id', type: 'uuid', of: ({ of }) => of.id },
  { name: 'state', type: 'jsonb', of: ({ state }) => state && JSON.stringify(state) },
  { name: 'provenance', type: 'text', of: ({ provenance }) => provenance },
  { name: 'visibility', type: 'text', of: ({ visibility }) => visibility, again: true },
  { name: 'author', type: 'uuid', of: ({ of }) => of.origin.author, again: true },
  { name: 'deleted', type: 'boolean', of: ({ deleted }) => deleted },
  { name: 'written', type: 'text', of: ({ written }) => written },
  { name: 'updated', type: 'text', of: ({ of }) => of.latest },
  { name: 'customer', type: 'uuid', of: ({ customer }) => customer, again: true },
  { name: 'project', type: 'uuid', of: ({ project }) => project, again: true },
  { name: 'interaction', type: 'uuid', of: ({ interaction }) => interaction, again: true },
];

export function insertLeaves(tx: Tx, workspace: string, rows: readonly LeafRow[]): Query[] {
  return insert(tx, workspace, 'log_leaf', LEAF, rows, '');
}

/** Records that are not there yet: cheaper than to say what happens if they are. */
export function insertRecords(tx: Tx, workspace: string, rows: readonly RecordRow[]): Query[] {
  return insert(tx, workspace, 'record', RECORD, rows, '');
}

/** Writes records whole, over what was there. */
export function replaceRecords(tx: Tx, workspace: string, rows: readonly RecordRow[]): Query[] {
  const written = RECORD.map(({ name }) => name).filter((name) => name !== 'kind' && name !== 'id');
  const tail = ` ON CONFLICT (workspace_id, kind, id) DO UPDATE SET ${written
    .map((name) => `${name} = excluded.${name}`)
    .join()}`;
  return insert(tx, workspace, 'record', RECORD, rows, tail);
}

function insert<Row>(
  tx: Tx,
  workspace: string,
  table: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  tail: string,
): Query[] {
  const names = columns.map(({ name }) => name).join();
  const head = `INSERT INTO ${table} (workspace_id,${names})`;
  const statements: Query[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    if (isOneMachine(tx)) {
      const { text, parameters } = asArrays(workspace, columns, some);
      statements.push(prepared(statement(`${head} ${text}${tail}`, parameters)));
    } else {
      const { text, parameters } = asValues(workspace, columns, some);
      statements.push(statement(`${head} ${text}${tail}`, parameters));
    }
  }
  return statements;
}

type Rows = { text: string; parameters: unknown[] };

/** Column by column: see arrays.ts. Citus takes no such statement for tables that it has spread. */
function asArrays<Row>(workspace: string, columns: readonly Column<Row>[], rows: Row[]): Rows {
  const arrays = columns.map(({ type }, at) => `$${at + 2}::${type}[]`);
  return {
    text: `SELECT $1::uuid, r.* FROM unnest(${arrays.join()}) AS r`,
    parameters: [workspace, ...columns.map(({ type, of }) => binaryArray(type, rows.map(of)))],
  };
}

/** Row by row: integers and flags as they are, all else as parameters. */
function asValues<Row>(workspace: string, columns: readonly Column<Row>[], rows: Row[]): Rows {
  const parameters: unknown[] = [workspace];
  /** One value is one parameter of one type, however often it stands there. */
  const places = new Map<string, string>();
  const placed = ({ type, of, again }: Column<Row>, row: Row): string => {
    const value = of(row);
    if (value === null) return 'NULL';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const name = `${type} ${value}`;
    const known = again && places.get(name);
    if (known) return known;
    const bytes = type === 'bytea' && typeof value === 'string' ? Buffer.from(value) : value;
    const place = `$${parameters.push(bytes)}`;
    if (again) places.set(name, place);
    return place;
  };
  const values = rows.map((row) => `($1,${columns.map((column) => placed(column, row)).join()})`);
  return { text: `VALUES ${values.join()}`, parameters };
}
