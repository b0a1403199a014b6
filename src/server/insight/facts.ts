// What insight is summed up from: the few fields of each record that count, kept in memory for a
// workspace and brought up to date by the leaves that came since. Whoever asks reads everything, so
// there is one set of them for all.
import { sql } from 'kysely';
import { momentOf } from '../../domain/blind-spots.ts';
import type { DrawUnit, Id } from '../../domain/index.ts';
import {
  type Aired,
  dayOf,
  type Improved,
  type Promised,
  type Settled,
} from '../../domain/insight.ts';
import { msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { type LastSeen, lastOf, perceptionsIn, type Seen } from '../draws/population.ts';
import { createDirectories, type Directory } from '../register/directory.ts';

/** A finished review that was not taken back. */
export type Reviewed = {
  id: Id;
  unit: DrawUnit;
  subject: Id;
  /** What the subject belongs to, or is itself. */
  customer: Id | null;
  project: Id | null;
  reviewer: Id | null;
  audit: Id | null;
  ours: number | null;
  theirs: number | null;
  /** When it was finished, ms since 1970. */
  at: number;
};

/** A draw: whether chance chose, and who is to review. */
export type Audited = {
  state: string | null;
  method: string | null;
  blind: boolean;
  calibration: boolean;
  reviewers: readonly Id[];
};

type Fact = {
  expectation: Settled;
  commitment: Promised;
  note: Aired;
  improvement: Improved;
  perception: Seen;
  review: Reviewed;
  audit: Audited;
};
type FactKind = keyof Fact;
const KINDS: readonly FactKind[] = [
  ...(['expectation', 'commitment', 'note', 'improvement', 'perception', 'review'] as const),
  'audit',
];

export type Facts = { readonly [K in FactKind]: ReadonlyMap<Id, Fact[K]> } & {
  readonly directory: Directory;
  /** How each customer and project was seen last. */
  readonly last: LastSeen;
};

type Read<T> = { id: Id; fact: T; interaction: Id | null };
type Kept = {
  /** Leaves that it is up to date with. */
  size: number;
  directory: Directory;
  maps: { [K in FactKind]: Map<Id, Fact[K]> };
  /** null: to be worked out. */
  last: LastSeen | null;
  /** Interactions that facts have their customer from → those facts. */
  leaning: Map<Id, { kind: FactKind; id: Id }[]>;
};

const MOST_KEPT = 8;
/** Further behind than this, reading all of it costs less. */
const MOST_BEHIND = 100_000;

/** `tx` is in the asker's workspace; they read everything. */
export type FactsKept = { of(tx: Tx, asker: Asker): Promise<Facts> };

export function keepFacts(): FactsKept {
  const kept = new Map<string, Kept>();
  const directories = createDirectories();
  return {
    async of(tx, asker) {
      const { id: workspace } = asker.workspace;
      const { seq: size, epoch } = await tx
        .selectFrom('workspace')
        .select(['seq', 'epoch'])
        .where('id', '=', workspace)
        .executeTakeFirstOrThrow();
      const key = `${workspace}/${epoch}`;
      const present = kept.get(key);
      const isFar = present === undefined || size - present.size > MOST_BEHIND;
      const state = isFar ? await readAll(size) : present;
      if (!isFar && present.size < size) await catchUp(present, size);
      kept.delete(key);
      kept.set(key, state);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      state.last ??= lastOf([...state.maps.perception.values()], state.directory);
      return { ...state.maps, directory: state.directory, last: state.last };

      async function readAll(to: number): Promise<Kept> {
        const directory = await directories.of(tx, asker);
        const maps = emptyMaps();
        const state: Kept = { size: to, directory, maps, last: null, leaning: new Map() };
        for (const kind of KINDS) (await reread(state, kind))();
        return state;
      }

      /** What is read is put in at once at the end: somebody else may be asking meanwhile. */
      async function catchUp(state: Kept, to: number): Promise<void> {
        const from = state.size;
        const changed = await changedSince(tx, workspace, from);
        const gone = await erasedSince(tx, workspace, from);
        const isRenamed = gone.length > 0 || changed.some(({ kind }) => isDirectory(kind));
        const directory = isRenamed ? await directories.of(tx, asker) : null;
        const ids = new Map<FactKind, Set<Id>>(KINDS.map((kind) => [kind, new Set()]));
        for (const { kind, record } of [...changed, ...gone]) {
          ids.get(kind as FactKind)?.add(record);
          if (kind !== 'interaction') continue;
          for (const one of state.leaning.get(record) ?? []) ids.get(one.kind)?.add(one.id);
        }
        const puts: (() => void)[] = [];
        for (const kind of KINDS) {
          const some = [...(ids.get(kind) ?? [])];
          if (some.length > 0) puts.push(await reread(state, kind, some));
        }
        // Somebody was quicker, and may know more.
        if (state.size > from && state.size >= to) return;
        for (const put of puts) put();
        if (directory !== null && directory.size >= state.directory.size) {
          state.directory = directory;
          state.last = null;
        }
        state.size = to;
      }

      async function reread<K extends FactKind>(state: Kept, kind: K, some?: readonly Id[]) {
        const rows = await READ[kind](tx, workspace, some);
        const leans = await placed(tx, workspace, rows);
        return () => {
          const map: Map<Id, Fact[K]> = state.maps[kind];
          if (kind === 'perception') state.last = null;
          for (const id of some ?? []) map.delete(id);
          for (const { id, fact } of rows) map.set(id, fact);
          for (const { id, interaction } of leans) {
            const others = state.leaning.get(interaction) ?? [];
            if (others.some((one) => one.kind === kind && one.id === id)) continue;
            state.leaning.set(interaction, [...others, { kind, id }]);
          }
        };
      }
    },
  };
}

function emptyMaps(): Kept['maps'] {
  return {
    ...{ expectation: new Map(), commitment: new Map(), note: new Map(), improvement: new Map() },
    ...{ perception: new Map(), review: new Map(), audit: new Map() },
  };
}

function isDirectory(kind: string): boolean {
  return kind === 'customer' || kind === 'project';
}

function changedSince(tx: Tx, workspace: string, from: number) {
  return tx
    .selectFrom('log_leaf')
    .select(['kind', 'record'])
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .where('kind', 'in', [...KINDS, 'interaction', 'customer', 'project'])
    .execute();
}

function erasedSince(tx: Tx, workspace: string, from: number) {
  return tx
    .selectFrom('erased')
    .select(['kind', 'record'])
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .execute();
}

/** Gives facts that name no customer the one of their interaction; tells which those are. */
async function placed(tx: Tx, workspace: string, rows: readonly Read<Fact[FactKind]>[]) {
  const leans = rows.flatMap(({ id, fact, interaction }) =>
    interaction !== null && 'customer' in fact && fact.customer === null
      ? [{ id, fact, interaction }]
      : [],
  );
  if (leans.length === 0) return [];
  const wanted = [...new Set(leans.map(({ interaction }) => interaction))];
  const places = await tx
    .selectFrom('record')
    .select(['id', 'customer', 'project'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'interaction')
    .where('deleted', '=', false)
    .where(sql<boolean>`id = ANY(${wanted}::uuid[])`)
    .execute();
  const byId = new Map(places.map((place) => [place.id, place]));
  for (const { fact, interaction } of leans) {
    const place = byId.get(interaction);
    fact.customer = place?.customer ?? null;
    fact.project ??= place?.project ?? null;
  }
  return leans.map(({ id, interaction }) => ({ id, interaction }));
}

type Reader<T> = (tx: Tx, workspace: string, some?: readonly Id[]) => Promise<Read<T>[]>;

const READ: { [K in FactKind]: Reader<Fact[K]> } = {
  async expectation(tx, workspace, some) {
    const rows = await records(tx, workspace, 'expectation', some)
      .where(sql<boolean>`fields->>'outcome' IN ('missed', 'met', 'exceeded')`)
      .select([
        ...[text('class').as('class'), text('dimension').as('dimension')],
        sql<Settled['outcome']>`fields->>'outcome'`.as('outcome'),
        text('outcomeAt').as('outcomeAt'),
      ])
      .execute();
    return rows.map((row) =>
      read(row, {
        ...about(row),
        at: momentOf(row.outcomeAt ?? undefined) ?? msOf(row.written),
        ...{ class: row.class, dimension: row.dimension, outcome: row.outcome },
      }),
    );
  },

  async commitment(tx, workspace, some) {
    const rows = await records(tx, workspace, 'commitment', some)
      .where(sql<boolean>`fields->>'by' IS DISTINCT FROM 'them'`)
      .where(sql<boolean>`fields->>'state' IS DISTINCT FROM 'withdrawn'`)
      .select([
        sql<Promised['state']>`coalesce(fields->>'state', 'open')`.as('state'),
        text('due').as('due'),
      ])
      .execute();
    return rows.map((row) => {
      const due = row.due === null ? null : dayOf(row.due)[1];
      return read(row, { ...about(row), written: msOf(row.written), due, state: row.state });
    });
  },

  async note(tx, workspace, some) {
    const rows = await records(tx, workspace, 'note', some)
      .where(sql<boolean>`fields->>'label' = 'grievance'`)
      .select([
        text('answeredAt').as('answeredAt'),
        sql<boolean>`fields ? 'became' OR fields->>'handled' IS NOT DISTINCT FROM 'true'`.as(
          'over',
        ),
      ])
      .execute();
    return rows.map((row) => {
      const answered = momentOf(row.answeredAt ?? undefined);
      return read(row, { ...about(row), written: msOf(row.written), answered, over: row.over });
    });
  },

  async improvement(tx, workspace, some) {
    const rows = await records(tx, workspace, 'improvement', some)
      .select([
        sql<Improved['state']>`coalesce(fields->>'state', 'open')`.as('state'),
        text('due').as('due'),
        sql<boolean | null>`(fields->>'effective')::boolean`.as('effective'),
      ])
      .execute();
    return rows.map((row) => {
      const due = row.due === null ? null : dayOf(row.due)[1];
      const { state, effective } = row;
      return read(row, { ...about(row), written: msOf(row.written), due, state, effective });
    });
  },

  async perception(tx, workspace, some) {
    const rows = await perceptionsIn(tx, workspace, some);
    return rows.map((fact) => ({ id: fact.id, fact, interaction: null }));
  },

  async review(tx, workspace, some) {
    const rows = await records(tx, workspace, 'review', some)
      .where(sql<boolean>`fields ? 'finishedAt' AND fields ? 'subject' AND fields ? 'unit'`)
      .where(sql<boolean>`fields->>'withdrawn' IS DISTINCT FROM 'true'`)
      .select([
        sql<DrawUnit>`fields->>'unit'`.as('unit'),
        sql<Id>`fields->>'subject'`.as('subject'),
        ...[text('reviewer').as('reviewer'), text('audit').as('audit')],
        text('finishedAt').as('finishedAt'),
        sql<number | null>`(fields->>'ours')::float8`.as('ours'),
        sql<number | null>`(fields->>'theirs')::float8`.as('theirs'),
      ])
      .execute();
    return rows.map((row) => {
      const { unit, subject, reviewer, audit, ours, theirs } = row;
      const at = momentOf(row.finishedAt ?? undefined) ?? msOf(row.written);
      const known = { id: row.id, unit, subject, reviewer, audit, ours, theirs };
      return read(row, { ...about(row), ...known, at });
    });
  },

  async audit(tx, workspace, some) {
    const rows = await records(tx, workspace, 'audit', some)
      .select([
        ...[text('state').as('state'), sql<string | null>`fields->'method'->>'kind'`.as('method')],
        sql<boolean>`coalesce((fields->>'blind')::boolean, false)`.as('blind'),
        sql<boolean>`coalesce((fields->>'calibration')::boolean, false)`.as('calibration'),
        sql<Id[] | null>`fields->'reviewers'`.as('reviewers'),
      ])
      .execute();
    return rows.map(({ id, state, method, blind, calibration, reviewers }) => ({
      ...{ id, interaction: null },
      fact: { state, method, blind, calibration, reviewers: reviewers ?? [] },
    }));
  },
};

/** Of one kind, not deleted: all, or these. */
function records(tx: Tx, workspace: string, kind: FactKind, some?: readonly Id[]) {
  return tx
    .selectFrom('record')
    .select(['id', 'customer', 'project', 'interaction', 'written'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .where('deleted', '=', false)
    .$if(some !== undefined, (query) => query.where(sql<boolean>`id = ANY(${some ?? []}::uuid[])`));
}

function text(field: string) {
  return sql<string | null>`fields->>${sql.lit(field)}`;
}

function about({ customer, project }: { customer: Id | null; project: Id | null }) {
  return { customer, project };
}

function read<T>({ id, interaction }: { id: Id; interaction: Id | null }, fact: T): Read<T> {
  return { id, fact, interaction };
}
