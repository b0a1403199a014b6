// Draws of what is to be reviewed, as they are read from their records.
import type { Fields } from './fields.ts';

/** Filters that a population can have: name → what its values are. */
export const DRAW_FILTERS = ['state', 'owner', 'customer', 'channel'] as const;
export type DrawFilter = (typeof DRAW_FILTERS)[number];

/** Which filters fit a unit. */
export const FILTERS_OF: Readonly<Record<DrawUnit, readonly DrawFilter[]>> = {
  project: ['state', 'owner', 'customer'],
  customer: [],
  call: ['channel', 'customer'],
};

export type DrawUnit = 'project' | 'customer' | 'call';
export type Strata = 'none' | 'satisfaction' | 'owner' | 'size';

/** One draw draws no more: nobody could review them. */
export const MOST_DRAWN = 10_000;

/** Satisfied from here on: part of the way from the worst to the best of its scale. */
export const HAPPY_FROM = 0.7;
/** Sizes by the number of records about it. */
export const SIZES: readonly (readonly [name: string, upTo: number])[] = [
  ['small', 20],
  ['middle', 100],
  ['large', Number.POSITIVE_INFINITY],
];

export type Draw = {
  id: string;
  name: string;
  unit: DrawUnit;
  strata: Strata;
  filter: Readonly<Record<string, readonly string[]>>;
  method: NonNullable<Fields<'audit'>['method']>;
  population: { hash: string; size: number };
  commitment: string;
  state: 'announced' | 'drawn' | 'abandoned';
  /** Why it was abandoned, '' where it was not. */
  reason: string;
  /** Empty before it is drawn; in the order drawn. */
  sample: readonly string[];
  replacements: NonNullable<Fields<'audit'>['replacements']>;
  /** What is to be reviewed: the sample, with those who came in in the places of those put out. */
  members: readonly string[];
  nonce: string | null;
  checkpoint: string | null;
  blind: boolean;
  due: string | null;
  auditor: string | null;
  /** Who is to review; empty: whoever may. */
  reviewers: readonly string[];
  /** Each of the reviewers reviews all of it, none seeing the others' before. */
  calibration: boolean;
  /** The programme that it was drawn by, and the day it was due on. */
  programme: string | null;
  programmeDay: string | null;
  /** When it was announced, ISO; null where the reader does not know. */
  at: string | null;
};

/**
 * null: a draw of a later version, or one whose announcement is not here.
 * @param at when it was announced, ISO
 */
export function drawOf(id: string, fields: Fields<'audit'>, at: string | null = null): Draw | null {
  const { unit, method, population, populationSize, commitment } = fields;
  if (unit === undefined || method === undefined || population === undefined) return null;
  if (populationSize === undefined || commitment === undefined) return null;
  const sample = fields.sample ?? [];
  const replacements = fields.replacements ?? [];
  return {
    ...{ id, unit, method, commitment, sample, replacements },
    ...{ name: fields.name ?? '', strata: fields.strata ?? 'none', filter: fields.filter ?? {} },
    population: { hash: population, size: populationSize },
    ...{ state: stateOf(fields), reason: fields.reason ?? '' },
    members: membersOf(sample, replacements),
    ...{ nonce: fields.nonce ?? null, checkpoint: fields.checkpoint ?? null },
    ...{ blind: fields.blind ?? false, due: fields.due ?? null, auditor: fields.auditor ?? null },
    ...{ reviewers: fields.reviewers ?? [], calibration: fields.calibration ?? false },
    ...{ programme: fields.programme ?? null, programmeDay: fields.programmeDay ?? null, at },
  };
}

/** What was drawn stays drawn, whatever is said of it afterwards. */
function stateOf({ state = 'announced', checkpoint }: Fields<'audit'>): Draw['state'] {
  return state === 'announced' && checkpoint !== undefined ? 'drawn' : state;
}

/** In their places; one that nobody could come in for leaves its place empty. */
export function membersOf(
  sample: readonly string[],
  replacements: readonly { out: string; in: string | null }[],
): string[] {
  let members: (string | null)[] = [...sample];
  for (const { out, in: next } of replacements) {
    members = members.map((member) => (member === out ? next : member));
  }
  return members.filter((member) => member !== null);
}
