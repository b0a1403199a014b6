// A programme as it is being written.
import { FILTERS_OF, MOST_DRAWN } from '../../domain/draws.ts';
import { type Every, LONGEST_DUE_IN, type ProgrammePlan } from '../../domain/programmes.ts';
import type { ProgrammeShown } from './calls.ts';

export type ProgrammeForm = {
  /** null: a new one. */
  readonly id: string | null;
  readonly seen: string;
  readonly name: string;
  readonly unit: ProgrammePlan['unit'];
  readonly state: string;
  readonly owner: string;
  readonly strata: ProgrammePlan['strata'];
  readonly size: string;
  readonly every: Every;
  readonly from: string;
  readonly dueIn: string;
  readonly blind: boolean;
  readonly reviewers: readonly string[];
};

export function newForm(today: string): ProgrammeForm {
  return {
    ...{ id: null, seen: '', name: '', unit: 'project', state: '', owner: '' },
    ...{ strata: 'satisfaction', size: '10', every: 'month', from: today, dueIn: '30' },
    ...{ blind: true, reviewers: [] },
  };
}

export function formOf(programme: ProgrammeShown): ProgrammeForm {
  const { id, seen, name, unit, strata, size, every, from, dueIn, blind, filter } = programme;
  return {
    ...{ id, seen, name, unit, strata, every, from, blind },
    ...{ state: filter.state?.[0] ?? '', owner: filter.owner?.[0] ?? '' },
    ...{ size: String(size), dueIn: String(dueIn) },
    // Whoever left is taken out by saving.
    reviewers: programme.reviewers.filter(({ mayReview }) => mayReview).map((one) => one.id),
  };
}

export type FormProblem = 'name' | 'size' | 'from' | 'dueIn';

export function problemsOf(form: ProgrammeForm, today: string): ReadonlySet<FormProblem> {
  const wrong = new Set<FormProblem>();
  if (form.name.trim() === '') wrong.add('name');
  if (!isWhole(form.size, MOST_DRAWN)) wrong.add('size');
  if (!isWhole(form.dueIn, LONGEST_DUE_IN)) wrong.add('dueIn');
  // One that runs keeps its first day.
  if (form.from === '' || (form.id === null && form.from < today)) wrong.add('from');
  return wrong;
}

export function planOf(form: ProgrammeForm): ProgrammePlan {
  const chosen = { state: form.state, owner: form.owner };
  const filter = Object.fromEntries(
    Object.entries(chosen)
      .filter(([name, value]) => value !== '' && FILTERS_OF[form.unit].some((one) => one === name))
      .map(([name, value]) => [name, [value]]),
  );
  return {
    ...{ name: form.name.trim(), unit: form.unit, filter, strata: form.strata },
    ...{ size: Number(form.size), every: form.every, from: form.from, dueIn: Number(form.dueIn) },
    ...{ blind: form.blind, reviewers: form.reviewers },
  };
}

function isWhole(text: string, most: number): boolean {
  return /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
}
