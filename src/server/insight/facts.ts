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
import type { Tx } from '../database.ts';
import { type LastSeen, lastOf, perceptionsIn, type Seen } from '../draws/population.ts';
import { isAmong, partsOf, type Which } from '../in-parts.ts';
import { type Kept, keepUp } from '../keeping.ts';
import type { Directories, Directory } from '../register/directory.ts';

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
type State = {
  maps: { [K in FactKind]: Map<Id, Fact[K]> };
  directory: Directory | null;
  /** null: to be worked out. */
  last: LastSeen | null;
  /** Interactions that facts have their customer from → those facts. */
  leaning: Map<Id, { kind: FactKind; id: Id }[]>;
};

const MOST_KEPT = 8;

/** `tx` is in the viewer's workspace; they read everything. */
export type FactsKept = Kept<Facts>;

export function keepFacts(directories: Directories): FactsKept {
  const kept = keepUp<State>({
    ...{ kinds: [...KINDS, 'interaction'], most: MOST_KEPT },
    async read(tx, { workspace }) {
      const state = { maps: emptyMaps(), directory: null, last: null, leaning: new Map() };
      for (const kind of KINDS) {
        for (const part of await partsOf(tx, workspace.id, kind)) {
          (await reread(tx, workspace.id, state, kind, part))();
        }
      }
      return state;
    },
    /** What is read is put in at once at the end: somebody else may be asking meanwhile. */
    async change(tx, { workspace }, state, changed) {
      const ids = new Map<FactKind, Set<Id>>(KINDS.map((kind) => [kind, new Set()]));
      for (const { kind, record } of changed) {
        ids.get(kind as FactKind)?.add(record);
        if (kind !== 'interaction') continue;
        for (const one of state.leaning.get(record) ?? []) ids.get(one.kind)?.add(one.id);
      }
      const puts: (() => void)[] = [];
      for (const kind of KINDS) {
        const some = [...(ids.get(kind) ?? [])];
        if (some.length > 0) puts.push(await reread(tx, workspace.id, state, kind, { some }));
      }
      for (const put of puts) put();
      return state;
    },
  });
  return {
    async of(tx, viewer) {
      const directory = await directories.of(tx, viewer);
      const state = await kept.of(tx, viewer);
      if (state.directory !== directory) {
        state.directory = directory;
        state.last = null;
      }
      state.last ??= lastOf(state.maps.perception.values(), directory);
      return { ...state.maps, directory, last: state.last };
    },
  };
}

/** Reads these, and gives what puts them in the state. */
async function reread<K extends FactKind>(
  tx: Tx,
  workspace: string,
  state: State,
  kind: K,
  which: Which,
): Promise<() => void> {
  const rows = await READ[kind](tx, workspace, which);
  const leans = await placed(tx, workspace, rows);
  return () => {
    const map: Map<Id, Fact[K]> = state.maps[kind];
    if (kind === 'perception') state.last = null;
    if ('some' in which) for (const id of which.some) map.delete(id);
    for (const { id, fact } of rows) map.set(id, fact);
    for (const { id, interaction } of leans) {
      const others = state.leaning.get(interaction) ?? [];
      if (others.some((one) => one.kind === kind && one.id === id)) continue;
      state.leaning.set(interaction, [...others, { kind, id }]);
    }
  };
}

function emptyMaps(): State['maps'] {
  return {
    ...{ expectation: new Map(), commitment: new Map(), note: new Map(), improvement: new Map() },
    ...{ perception: new Map(), review: new Map(), audit: new Map() },
  };
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

type Reader<T> = (tx: Tx, workspace: string, which: Which) => Promise<Read<T>[]>;

const READ: { [K in FactKind]: Reader<Fact[K]> } = {
  async expectation(tx, workspace, which) {
    const rows = await records(tx, workspace, 'expectation', which)
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

  async commitment(tx, workspace, which) {
    const rows = await records(tx, workspace, 'commitment', which)
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

  async note(tx, workspace, which) {
    const rows = await records(tx, workspace, 'note', which)
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

  async improvement(tx, workspace, which) {
    const rows = await records(tx, workspace, 'improvement', which)
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

  async perception(tx, workspace, which) {
    const rows = await perceptionsIn(tx, workspace, which);
    return rows.map((fact) => ({ id: fact.id, fact, interaction: null }));
  },

  async review(tx, workspace, which) {
    const rows = await records(tx, workspace, 'review', which)
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

  async audit(tx, workspace, which) {
    const rows = await records(tx, workspace, 'audit', which)
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

/** Of one kind, not deleted. */
function records(tx: Tx, workspace: string, kind: FactKind, which: Which) {
  return tx
    .selectFrom('record')
    .select(['id', 'customer', 'project', 'interaction', 'written'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .where('deleted', '=', false)
    .where(isAmong(which));
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
