// Which page the address names. The part after # is ours; an open record keeps the filters behind
// it, so going back is going back to the same place:
//   #/?kind=risk   #/record/expectation/<id>?kind=risk   #/people   #/draws/<id>
//   #/story/project/<id>?at=note/<id>   #/reviews/<id>   #/review/<draw>/<subject>   #/report/<draw>
import { useLayoutEffect, useState } from 'preact/hooks';
import { type Filters, filterQuery, readFilters } from './filters.ts';

export interface RecordRef {
  readonly kind: string;
  readonly id: string;
}

/** Pages besides the register; what stands behind their name they read themselves. */
export const PAGES = [
  'story',
  'blind-spots',
  'standards',
  'draws',
  'programmes',
  'review',
  'reviews',
  'inquiries',
  'improvements',
  'session',
  'calibration',
  'report',
  'insight',
  'import',
  'people',
  'settings',
  'tags',
  'questions',
  'log',
  'exports',
  'erasure',
  'retention',
] as const;
export type PageName = (typeof PAGES)[number];

/** Pages with nothing behind their name. */
const PLAIN: readonly PageName[] = [
  'blind-spots',
  'standards',
  'import',
  'people',
  'settings',
  'tags',
  'questions',
  'erasure',
  'retention',
];

export type Route =
  | { readonly page: 'register'; readonly filters: Filters; readonly record: RecordRef | null }
  | {
      readonly page: PageName;
      /** What stands behind its name: #/draws/<id> → ['<id>']. */
      readonly parts: readonly string[];
      readonly query: URLSearchParams;
    }
  | { readonly page: 'unknown' };

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parts = path.split('/').filter(Boolean).map(decoded);
  const filters = () => readFilters(new URLSearchParams(query));
  const [page, kind, id] = parts;
  if (page === undefined || (page === 'register' && parts.length === 1)) {
    return { page: 'register', filters: filters(), record: null };
  }
  if (page === 'record' && kind && id && parts.length === 3) {
    return { page: 'register', filters: filters(), record: { kind, id } };
  }
  const name = PAGES.find((one) => one === page);
  if (name !== undefined && (parts.length === 1 || !PLAIN.includes(name))) {
    return { page: name, parts: parts.slice(1), query: new URLSearchParams(query) };
  }
  return { page: 'unknown' };
}

export function registerHref(filters: Filters, record: RecordRef | null = null): string {
  const query = filterQuery(filters).toString();
  const path = record
    ? `/record/${encodeURIComponent(record.kind)}/${encodeURIComponent(record.id)}`
    : '/';
  return `#${path}${query && `?${query}`}`;
}

/** After signing in one is sent to a path with a query; the part after # would be lost. */
export function signInHref(hash: string): string {
  const back = hash.length > 1 ? `/?at=${encodeURIComponent(hash)}` : '/';
  return `/sign-in?next=${encodeURIComponent(back)}`;
}

/** The address to show instead when one comes back from signing in, or null. */
export function returnHref(search: string): string | null {
  const at = new URLSearchParams(search).get('at');
  return at?.startsWith('#/') ? `/${at}` : null;
}

export function useRoute(place: Window): Route {
  const [route, setRoute] = useState(() => readRoute(place.location.hash));
  useLayoutEffect(() => {
    const read = () => setRoute(readRoute(place.location.hash));
    place.addEventListener('hashchange', read);
    return () => place.removeEventListener('hashchange', read);
  }, [place]);
  return route;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
