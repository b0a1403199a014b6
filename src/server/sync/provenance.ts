// A record's state without its values, which stand in its fields: for each register, the change that
// wrote it. Most records are one change, and then that is all there is to say.
//
//     {"by": [[change, rank], …], "of": {path: n | {"n": n, "past"?: …, "others"?: …}}}
//
// `by` begins with the record's first change; n counts in it. A path that is not in `of` was written
// by the first change; one that is in `of` and not among the fields was cleared.
import {
  fieldsOf,
  type Json,
  paths,
  type RecordState,
  type Register,
  type Written,
} from '../../domain/index.ts';
import type { Tables } from '../database.ts';

/** The columns of a record that its state is read from. */
export const STATE = ['kind', 'id', 'author', 'updated', 'fields', 'provenance', 'state'] as const;

export type StateRow = Pick<Tables['record'], (typeof STATE)[number]>;

type Told = { n: number; past?: string[]; others?: Written[] };
type Provenance = {
  by: [change: string, rank: string][];
  of?: { [path: string]: number | Told };
};

/** null where the fields do not tell which registers there are, as with a slash in a field's name. */
export function provenanceOf(
  { registers, origin }: RecordState,
  fields: { [field: string]: Json },
): string | null {
  if (isOneChange(registers, origin.change)) return provenanceOfOne(origin);
  const by: Provenance['by'] = [[origin.change, origin.rank]];
  const numbers = new Map([[origin.change, 0]]);
  const of = new Map<string, number | Told>();
  let values = 0;
  let isPlain = true;
  for (const [path, register] of Object.entries(registers)) {
    const { change, rank, past, others } = register;
    let n = numbers.get(change);
    if (n === undefined) {
      n = by.push([change, rank]) - 1;
      numbers.set(change, n);
    }
    if (past !== undefined || others !== undefined) {
      of.set(path, { n, ...(past && { past }), ...(others && { others }) });
    } else if (n !== 0 || register.value === null) of.set(path, n);
    if (register.value !== null) values += 1;
    if (path.includes('/')) isPlain = false;
  }
  // Registers without a slash are the fields themselves.
  if (!isPlain) {
    for (const [path] of paths(fields)) {
      values -= 1;
      if (!Object.hasOwn(registers, path)) return null;
    }
    if (values !== 0) return null;
  }
  return JSON.stringify(of.size === 0 ? { by } : { by, of: Object.fromEntries(of) });
}

/** Of a record that one change wrote, which is plain (see `isPlain`). */
export function provenanceOfOne({ change, rank }: RecordState['origin']): string {
  return `{"by":[["${change}","${rank}"]]}`;
}

/** Whether one change wrote all of it, plainly: most records are told without a closer look. */
function isOneChange(registers: RecordState['registers'], change: string): boolean {
  for (const path of Object.keys(registers)) {
    const register = registers[path] as Register; // one of its own
    if (register.change !== change || register.value === null || path.includes('/')) return false;
    if (register.past !== undefined || register.others !== undefined) return false;
  }
  return true;
}

/** The record's state, as it was folded. */
export function stateOf({ kind, id, author, updated, fields, ...row }: StateRow): RecordState {
  if (row.provenance === null) {
    if (row.state === null) throw new Error('a record has its state in one of two ways');
    return row.state;
  }
  const { by, of = {} } = JSON.parse(row.provenance) as Provenance;
  const registers: RecordState['registers'] = {};
  const add = (path: string, value: Json) => {
    const told = of[path] ?? 0;
    const { n, ...rest } = typeof told === 'number' ? { n: told } : told;
    const [change, rank] = writerAt(by, n);
    registers[path] = { value, rank, change, ...rest } satisfies Register;
  };
  for (const [path, value] of paths(fields)) add(path, value);
  for (const path of Object.keys(of)) if (!Object.hasOwn(registers, path)) add(path, null);
  const [change, rank] = writerAt(by, 0);
  return { kind, id, registers, origin: { author, rank, change }, latest: updated };
}

function writerAt(by: Provenance['by'], n: number): Provenance['by'][number] {
  const writer = by[n];
  if (writer === undefined) throw new Error('a register names the change that wrote it');
  return writer;
}

/** The same as columns. */
export function columnsOf(state: RecordState): Pick<StateRow, 'fields' | 'provenance' | 'state'> {
  const fields = fieldsOf(state) as { [field: string]: Json };
  const provenance = provenanceOf(state, fields);
  return { fields, provenance, state: provenance === null ? state : null };
}
