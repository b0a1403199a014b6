import { sql } from 'kysely';
import {
  applyChange,
  type Body,
  fieldsOf,
  id,
  type Json,
  type RecordState,
  recordKey,
} from '../../domain/index.ts';
import { timestampOf } from '../../ledger/index.ts';
import type { Tx } from '../database.ts';
import type { Assessed } from './assess.ts';
import { wordsOf } from './words.ts';

/** The records that a batch of changes touches, folded in memory and written once. */
export class Folding {
  readonly #tx: Tx;
  readonly #workspace: string;
  readonly #states: Map<string, RecordState>;
  readonly #touched = new Set<string>();

  private constructor(tx: Tx, workspace: string, states: Map<string, RecordState>) {
    this.#tx = tx;
    this.#workspace = workspace;
    this.#states = states;
  }

  /** Reads them. The caller holds the workspace's row, without which nobody writes records. */
  static async begin(tx: Tx, workspace: string, changes: Assessed[]): Promise<Folding> {
    const ids = [...new Set(changes.map(({ envelope }) => envelope.record))];
    const rows =
      ids.length === 0
        ? []
        : await tx
            .selectFrom('record')
            .select(['kind', 'id', 'state'])
            .where('workspace_id', '=', workspace)
            .where('id', 'in', ids)
            .execute();
    const states = rows.map(({ kind, id, state }) => [recordKey(kind, id), state] as const);
    return new Folding(tx, workspace, new Map(states));
  }

  /**
   * Folds one change in. True when the record was for managers only and is now for all members.
   * Kinds of a newer version are folded too, unchecked, so that their visibility is respected.
   */
  apply({ envelope, body }: Assessed, rank: string): boolean {
    const key = recordKey(envelope.kind, envelope.record);
    const before = this.#states.get(key);
    const { id, kind, record, author } = envelope;
    // Only bodies that are objects get here: see judge().
    const after = applyChange(before, { id, kind, record, author, rank, body: body as Body });
    this.#states.set(key, after);
    this.#touched.add(key);
    return before !== undefined && isHidden(before) && !isHidden(after);
  }

  async write(): Promise<void> {
    const rows = [...this.#touched].sort().flatMap((key) => {
      const state = this.#states.get(key);
      if (!state) return [];
      const fields = fieldsOf(state) as { [field: string]: Json };
      return {
        workspace_id: this.#workspace,
        kind: state.kind,
        id: state.id,
        state,
        fields,
        visibility: isHidden(state) ? ('managers' as const) : ('workspace' as const),
        author: state.origin.author,
        deleted: state.registers.deleted?.value === true,
        written: writtenOf(state),
        updated: state.latest,
        customer: refOf(fields.customer),
        project: refOf(fields.project),
        interaction: interactionOf(fields),
        words: wordsOf(fields),
      };
    });
    for (let from = 0; from < rows.length; from += 1_000) {
      await this.#tx
        .insertInto('record')
        .values(rows.slice(from, from + 1_000))
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'kind', 'id']).doUpdateSet({
            state: sql`excluded.state`,
            fields: sql`excluded.fields`,
            visibility: sql`excluded.visibility`,
            author: sql`excluded.author`,
            deleted: sql`excluded.deleted`,
            written: sql`excluded.written`,
            updated: sql`excluded.updated`,
            customer: sql`excluded.customer`,
            project: sql`excluded.project`,
            interaction: sql`excluded.interaction`,
            words: sql`excluded.words`,
          }),
        )
        .execute();
    }
  }
}

function writtenOf(state: RecordState): string {
  const writtenAt = state.registers.writtenAt?.value;
  const ms = typeof writtenAt === 'string' ? Date.parse(writtenAt) : Number.NaN;
  return ms >= 0 ? timestampOf({ ms, counter: 0 }) : state.origin.rank;
}

/** Kinds of a newer version are not checked: only what looks like an id is taken for one. */
function refOf(value: Json | undefined): string | null {
  const parsed = id.safeParse(value);
  return parsed.success ? parsed.data : null;
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
