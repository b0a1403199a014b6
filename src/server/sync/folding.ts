import {
  applyChange,
  type Body,
  isId,
  isPlain,
  type Json,
  type RecordState,
  recordKey,
} from '../../domain/index.ts';
import { timestampOf } from '../../ledger/index.ts';
import { anyOf } from '../arrays.ts';
import type { Query, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';
import type { Assessed } from './assess.ts';
import { columnsOf, provenanceOfOne, STATE, type StateRow, stateOf } from './provenance.ts';
import { insertRecords, type RecordRow, replaceRecords } from './rows.ts';
import { wordsOf } from './words.ts';

type Named = { kind: string; record: string };

/** The records that changes touch, folded in memory and written once. */
export class Folding {
  readonly #states: Map<string, RecordState>;
  readonly #present: ReadonlySet<string>;
  readonly #touched = new Set<string>();
  /** Those that are one plain change so far: there is nothing to be worked out for their rows. */
  readonly #plain = new Map<string, Plain>();

  /**
   * Asks for records as they are. Whoever asks holds the workspace's row, without which nobody
   * writes records.
   */
  static queries(tx: Tx, workspace: string, records: readonly Named[]): Query<StateRow>[] {
    const kinds = Map.groupBy(records, kindOf);
    // Kind by kind, as the table is keyed.
    return [...kinds].map(([kind, named]) =>
      prepared(
        tx
          .selectFrom('record')
          .select(STATE)
          .where('workspace_id', '=', workspace)
          .where('kind', '=', kind)
          .where('id', '=', anyOf(named.map(recordOf))),
      ),
    );
  }

  constructor(present: readonly StateRow[]) {
    this.#states = new Map(present.map((row) => [recordKey(row.kind, row.id), stateOf(row)]));
    this.#present = new Set(this.#states.keys());
  }

  /**
   * Folds one change in. True when the record was for managers and its author only, and is now for all
   * members or turns out to be another's: one that was written earlier may come later.
   * Kinds of a newer version are folded too, unchecked, so that their visibility is respected.
   */
  apply({ envelope, body, bodyText }: Assessed, rank: string): boolean {
    const key = recordKey(envelope.kind, envelope.record);
    const before = this.#states.get(key);
    const { id, kind, record, author, base } = envelope;
    // Only bodies that are objects get here: see judge().
    const after = applyChange(before, { id, kind, record, author, rank, base, body: body as Body });
    this.#states.set(key, after);
    this.#touched.add(key);
    if (before !== undefined) this.#plain.delete(key);
    else if (isPlain(body as Body)) this.#plain.set(key, { body: body as Body, text: bodyText });
    if (before === undefined || !isHidden(before)) return false;
    return !isHidden(after) || after.origin.author !== before.origin.author;
  }

  /** A field's value as it is folded so far; undefined when the record has none. */
  valueOf(kind: string, record: string, field: string): Json | undefined {
    return this.#states.get(recordKey(kind, record))?.registers[field]?.value;
  }

  /** The fields that the record has values of, cleared ones too. */
  fieldsOf(kind: string, record: string): string[] {
    return Object.keys(this.#states.get(recordKey(kind, record))?.registers ?? {});
  }

  /** What writes the records that were changed, `atOnce` at a time: made when it is asked for. */
  *writes(tx: Tx, workspace: string, atOnce: number): Generator<Query[]> {
    const touched = [...this.#touched];
    for (let from = 0; from < touched.length; from += atOnce) {
      const rows: { fresh: RecordRow[]; changed: RecordRow[] } = { fresh: [], changed: [] };
      for (const key of touched.slice(from, from + atOnce)) {
        const state = this.#states.get(key);
        if (!state) continue;
        const row = rowOf(state, this.#plain.get(key));
        rows[this.#present.has(key) ? 'changed' : 'fresh'].push(row);
      }
      yield [
        ...insertRecords(tx, workspace, rows.fresh),
        ...replaceRecords(tx, workspace, rows.changed),
      ];
    }
  }
}

function kindOf({ kind }: Named): string {
  return kind;
}

function recordOf({ record }: Named): string {
  return record;
}

/** A record's only change: its fields, and the same in canonical form. */
type Plain = { body: Body; text: string };

function rowOf(state: RecordState, plain: Plain | undefined): RecordRow {
  const told = plain ? null : columnsOf(state);
  const fields = told?.fields ?? (plain?.body as Body); // one of the two
  return {
    of: state,
    state: told?.state ?? null,
    provenance: told ? told.provenance : provenanceOfOne(state.origin),
    fields: plain?.text ?? JSON.stringify(fields),
    visibility: isHidden(state) ? 'managers' : 'workspace',
    deleted: state.registers.deleted?.value === true,
    written: writtenOf(state),
    customer: refOf(fields.customer),
    project: refOf(fields.project),
    interaction: interactionOf(fields),
    words: wordsOf(fields),
  };
}

function writtenOf(state: RecordState): string {
  const writtenAt = state.registers.writtenAt?.value;
  const ms = typeof writtenAt === 'string' ? Date.parse(writtenAt) : Number.NaN;
  return ms >= 0 ? timestampOf({ ms, counter: 0 }) : state.origin.rank;
}

/** Kinds of a newer version are not checked: only what looks like an id is taken for one. */
function refOf(value: Json | undefined): string | null {
  return isId(value) ? value : null;
}

function interactionOf(fields: { [field: string]: Json }): string | null {
  const named = refOf(fields.interaction);
  if (named) return named;
  const { evidence } = fields;
  if (typeof evidence !== 'object' || evidence === null) return null;
  const first = Object.entries(evidence).sort(([a], [b]) => (a < b ? -1 : 1))[0]?.[1];
  return typeof first === 'object' && first !== null && 'interaction' in first
    ? refOf(first.interaction)
    : null;
}

/** Anything but a value we know is taken as hidden: the safe reading. */
function isHidden(state: RecordState): boolean {
  const value = state.registers.visibility?.value ?? 'workspace';
  return value !== 'workspace';
}
