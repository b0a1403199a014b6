// Facts → what the page of insight shows: chosen by its filters, then summed up by domain/insight.ts.
import { type Quadrant, quadrantOf } from '../../audit/index.ts';
import type { DrawUnit, Id } from '../../domain/index.ts';
import {
  type AboutWhom,
  countsOver,
  fieldsOf,
  GRIEVANCES,
  grievanceIs,
  improvementsOf,
  isIn,
  outcomesOver,
  PROMISES,
  promiseAt,
  promiseIs,
  type Span,
  stepFor,
} from '../../domain/insight.ts';
import { satisfactionOf } from '../draws/population.ts';
import type { Directory } from '../register/directory.ts';
import type { Facts, Reviewed } from './facts.ts';

export type Wish = {
  /** When it was asked for; what counts "now" counts then, however long reading takes. */
  now: number;
  unit: DrawUnit;
  /** `to` is at the latest now. */
  span: Span & { readonly to: number };
  customer: Id | null;
  /** Of the project. */
  owner: Id | null;
  bound: { satisfaction: number; ours: number };
};

/** One that was reviewed and of which the customer has said how they see it. */
export type Dot = {
  id: Id;
  review: Id;
  name: string;
  customer: string | null;
  satisfaction: number;
  ours: number;
  theirs: number | null;
  quadrant: Quadrant;
  at: number;
};

export type Story = {
  /** How many there are of the unit that fit the filter; null: not counted. */
  population: number | null;
  /** Reviewed in this time, whether they can be shown or not. */
  reviewed: number;
  /** Of these: nothing that counts was applicable; the customer has said nothing; no longer there. */
  noScore: number;
  noWord: number;
  gone: number;
  /** Left out of all these: whoever asks is reviewing them, or is to. */
  hidden: number;
  /** Of those shown: not chosen by chance; chosen within strata. */
  undrawn: number;
  strata: number;
  quadrants: Record<Quadrant, number>;
  /** By how satisfied they are, then by our score. */
  dots: Dot[];
};

export type Whom = { readonly customer: Id | null; readonly owner: Id | null };

const known = new WeakMap<Directory, Places>();

/** Looked up once for each project, as long as the directory holds. */
export function placesOf(directory: Directory): Places {
  const present = known.get(directory);
  if (present !== undefined) return present;
  const made = new Places(directory);
  known.set(directory, made);
  return made;
}

/** Whose project something is about. */
export class Places {
  readonly #directory: Directory;
  readonly #projects = new Map<Id, { customer: Id | null; owner: Id | null }>();
  #canonical: AboutWhom[] | null = null;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Canonical. */
  customerOf({ customer, project }: AboutWhom): Id | null {
    const id = customer ?? (project === null ? null : this.#project(project).customer);
    return id === null ? null : (this.#directory.customers.canonicalOf(id) ?? id);
  }

  ownerOf({ project }: AboutWhom): Id | null {
    return project === null ? null : this.#project(project).owner;
  }

  /** All there are. */
  projects(): readonly AboutWhom[] {
    this.#canonical ??= [...this.#directory.projects.all()].map(([id, { customer }]) => ({
      project: id,
      customer: customer ?? null,
    }));
    return this.#canonical;
  }

  customers(): readonly AboutWhom[] {
    return [...this.#directory.customers.all()].map(([id]) => ({ customer: id, project: null }));
  }

  #project(id: Id): { customer: Id | null; owner: Id | null } {
    const present = this.#projects.get(id);
    if (present !== undefined) return present;
    const fields = this.#directory.projects.fieldsOf(id) as { customer?: Id; owner?: Id } | null;
    const whom = { customer: fields?.customer ?? null, owner: fields?.owner ?? null };
    this.#projects.set(id, whom);
    return whom;
  }
}

/** Owners are of projects: what is about none fits no owner. */
function chooser({ customer, owner }: Wish, directory: Directory, places: Places) {
  const wanted = customer === null ? null : (directory.customers.canonicalOf(customer) ?? customer);
  return (one: AboutWhom) =>
    (wanted === null || places.customerOf(one) === wanted) &&
    (owner === null || places.ownerOf(one) === owner);
}

export type Sums = ReturnType<typeof sumsOf>;

/** Everything but the dots. */
export function sumsOf(facts: Facts, wish: Wish, places: Places, days: number) {
  const { span, now } = wish;
  const fits = chooser(wish, facts.directory, places);
  const settled = [...facts.expectation.values()].filter((one) => isIn(one.at, span) && fits(one));
  const promises = [...facts.commitment.values()].filter(
    (one) => isIn(promiseAt(one, now), span) && fits(one),
  );
  const grievances = [...facts.note.values()].filter((one) => isIn(one.written, span) && fits(one));
  const improvements = [...facts.improvement.values()].filter(
    (one) => isIn(one.written, span) && fits(one),
  );
  const begins = [
    ...settled.map(({ at }) => at),
    ...promises.map((one) => promiseAt(one, now)),
    ...grievances.map(({ written }) => written),
  ];
  // Not by spread: there may be more than a call takes.
  const first = span.from ?? begins.reduce((least, at) => Math.min(least, at), span.to);
  const step = stepFor(first, span.to);
  return {
    step,
    classes: outcomesOver(settled, 'class', step),
    dimensions: outcomesOver(settled, 'dimension', step),
    promises: countsOver(
      promises,
      PROMISES,
      (one) => ({ at: promiseAt(one, now), kind: promiseIs(one, now) }),
      step,
    ),
    grievances: countsOver(
      grievances,
      GRIEVANCES,
      (one) => ({ at: one.written, kind: grievanceIs(one, days, now) }),
      step,
    ),
    improvements: improvementsOf(improvements, now),
  };
}

/** `hidden`: subjects of which whoever asks must not know yet (hidden.ts). */
export function storyOf(facts: Facts, wish: Wish, places: Places, hidden: ReadonlySet<Id>): Story {
  const { directory } = facts;
  const { unit, span, bound } = wish;
  const fits = chooser(wish, directory, places);
  const newest = new Map<Id, Reviewed>();
  const kept = new Set<Id>();
  const withheld = new Set([...hidden].map((id) => canonicalOf(directory, unit, id) ?? id));
  for (const review of facts.review.values()) {
    if (review.unit !== unit || !isIn(review.at, span) || !fits(aboutOf(review))) continue;
    const subject = canonicalOf(directory, unit, review.subject) ?? review.subject;
    if (withheld.has(subject)) {
      kept.add(subject);
      continue;
    }
    const present = newest.get(subject);
    const isNewer =
      present === undefined ||
      review.at > present.at ||
      (review.at === present.at && review.id > present.id);
    if (isNewer) newest.set(subject, review);
  }
  const story: Story = {
    population: populationOf(wish, places, fits),
    ...{ reviewed: newest.size, noScore: 0, noWord: 0, gone: 0, undrawn: 0, strata: 0 },
    hidden: kept.size,
    quadrants: { good: 0, 'happy-below-ours': 0, 'unhappy-above-ours': 0, poor: 0 },
    dots: [],
  };
  for (const [id, review] of newest) {
    if (unit !== 'call' && canonicalOf(directory, unit, id) === null) {
      story.gone += 1;
      continue;
    }
    const customer = places.customerOf(aboutOf(review));
    const part = satisfactionOf(facts.last, directory, unit, { id, customer });
    if (review.ours === null) story.noScore += 1;
    else if (part === null) story.noWord += 1;
    else {
      const satisfaction = Math.min(100, Math.max(0, 100 * part));
      const ours = Math.min(100, Math.max(0, review.ours));
      const quadrant = quadrantOf(satisfaction, ours, bound);
      story.quadrants[quadrant] += 1;
      const audit = review.audit === null ? undefined : facts.audit.get(review.audit);
      if (audit?.state !== 'drawn') story.undrawn += 1;
      else if (audit.method === 'stratified') story.strata += 1;
      story.dots.push({
        ...{ id, review: review.id, name: '', customer: null },
        ...{ satisfaction, ours, theirs: review.theirs, quadrant, at: review.at },
      });
    }
  }
  story.dots.sort(
    (a, b) => a.satisfaction - b.satisfaction || a.ours - b.ours || (a.id < b.id ? -1 : 1),
  );
  return story;
}

/** Of the project that was reviewed the records may say more than the review. */
function aboutOf({ unit, subject, customer, project }: Reviewed): AboutWhom {
  if (unit === 'customer') return { customer: subject, project };
  return { customer, project: unit === 'project' ? subject : project };
}

/** null: no longer there; of a call it is not known. */
function canonicalOf({ projects, customers }: Directory, unit: DrawUnit, id: Id): Id | null {
  if (unit === 'call') return id;
  return (unit === 'project' ? projects : customers).canonicalOf(id);
}

function populationOf(
  { unit, customer, owner }: Wish,
  places: Places,
  fits: (one: AboutWhom) => boolean,
): number | null {
  switch (unit) {
    case 'call':
      return null;
    case 'project': {
      const all = places.projects();
      return customer === null && owner === null ? all.length : all.filter(fits).length;
    }
    case 'customer':
      return places.customers().filter(fits).length;
  }
}

/** With what people call them. `calls`: names of calls by their id. */
export function named(
  dots: readonly Dot[],
  unit: DrawUnit,
  { projects, customers }: Directory,
  calls: ReadonlyMap<Id, { name: string; customer: Id | null }>,
): Dot[] {
  return dots.map(nameIt);

  function nameIt(dot: Dot): Dot {
    const nameOf = (id: Id | null | undefined) => customers.named(id)?.name ?? null;
    if (unit === 'customer') return { ...dot, name: nameOf(dot.id) ?? '' };
    if (unit === 'call') {
      const call = calls.get(dot.id);
      return { ...dot, name: call?.name ?? '', customer: nameOf(call?.customer) };
    }
    const fields = projects.fieldsOf(dot.id);
    return { ...dot, name: fields?.name ?? '', customer: nameOf(fields?.customer) };
  }
}

/** Dots beyond this hide each other: then fields of them are told. */
export const MOST_DOTS = 500;

/** As the page gets it: each dot, or fields of them; and the first of those to look at. */
export function shownOf({ dots, ...story }: Story) {
  return dots.length <= MOST_DOTS
    ? { ...story, placed: dots.length, dots, fields: null }
    : { ...story, placed: dots.length, dots: null, fields: fieldsOf(dots) };
}
