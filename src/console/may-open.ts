// Which pages are whose. The server refuses by itself; here nobody is led to a door that is shut.
import type { Role } from '../domain/permissions.ts';
import type { PageName } from './route.ts';

const AUDITING: readonly Role[] = ['manager', 'admin', 'auditor'];
const MANAGERS: readonly Role[] = ['manager', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

/** Pages that are not everybody's. Reviews, inquiries and improvements show annotators their own. */
const WHOSE: { readonly [page in PageName]?: readonly Role[] } = {
  story: AUDITING,
  draws: AUDITING,
  programmes: AUDITING,
  review: AUDITING,
  session: AUDITING,
  calibration: AUDITING,
  report: AUDITING,
  insight: AUDITING,
  log: AUDITING,
  import: MANAGERS,
  erasure: ADMINS,
  retention: ADMINS,
};

/** Who may open a page; null: everybody. */
export function whose(page: string): readonly Role[] | null {
  return Object.hasOwn(WHOSE, page) ? (WHOSE[page as PageName] ?? null) : null;
}

export function mayOpen(role: string, page: string): boolean {
  const roles = whose(page);
  return roles === null || roles.some((one) => one === role);
}
