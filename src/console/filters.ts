// What the register shows, as the address says it: `#/?kind=expectation&q=certificate`. The same
// names go to the server and into what is exported, so all three always mean the same rows.

export const FILTER_NAMES = [
  'kind',
  'customer',
  'project',
  'class',
  'stage',
  'author',
  'from',
  'to',
  'q',
] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

/** '' = not filtered. `kind`: names of marks and "interaction", comma-separated. Days: YYYY-MM-DD. */
export type Filters = Readonly<Record<FilterName, string>>;

export const NO_FILTERS: Filters = {
  kind: '',
  customer: '',
  project: '',
  class: '',
  stage: '',
  author: '',
  from: '',
  to: '',
  q: '',
};

export function readFilters(query: URLSearchParams): Filters {
  const filters = { ...NO_FILTERS };
  for (const name of FILTER_NAMES) filters[name] = query.get(name)?.trim() ?? '';
  return filters;
}

export function filterQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of FILTER_NAMES) if (filters[name] !== '') query.set(name, filters[name]);
  return query;
}

/**
 * As the server is asked: days become instants in the reader's time zone, since a day in Oslo
 * begins before the same day in London.
 */
export function askQuery(filters: Filters): URLSearchParams {
  const query = filterQuery(filters);
  instant(query, 'from', '00:00:00.000');
  instant(query, 'to', '23:59:59.999');
  return query;
}

function instant(query: URLSearchParams, name: 'from' | 'to', time: string): void {
  const date = new Date(`${query.get(name)}T${time}`);
  if (!Number.isNaN(date.getTime())) query.set(name, date.toISOString());
}

export function isFiltered(filters: Filters): boolean {
  return FILTER_NAMES.some((name) => filters[name] !== '');
}

export function kindsOf(filters: Filters): readonly string[] {
  return filters.kind === '' ? [] : filters.kind.split(',');
}
