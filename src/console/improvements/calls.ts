import type { Client } from '../client.ts';
import { type Counts, improvementList, oneImprovement, sessionAbout } from './answer.ts';

export type ShownState = keyof Counts;
export const SHOWN: readonly ShownState[] = [
  ...(['waiting', 'late', 'done', 'effective', 'not-effective', 'dropped', 'all'] as const),
];

export type Unit = 'project' | 'customer' | 'call';

export interface ImprovementFilter {
  readonly state: ShownState;
  /** ISO date where the person is. */
  readonly today: string;
  /** A member's id, or 'nobody'. */
  readonly owner?: string | null;
  readonly project?: string | null;
  readonly customer?: string | null;
  readonly review?: string | null;
  readonly finding?: string | null;
  readonly session?: string | null;
  readonly skip?: number;
}

/** Where an improvement comes from; whom it is about the server reads from there. */
export interface ImprovementFrom {
  readonly finding?: string | null;
  /** The improvement before it, which did not help. */
  readonly follows?: string | null;
  readonly review?: string | null;
  readonly session?: string | null;
  /** A moment of the story, and when it was (ISO). */
  readonly subject?: { readonly kind: string; readonly id: string } | null;
  readonly at?: string | null;
  readonly about?: { readonly unit: Unit; readonly id: string } | null;
}

export interface ImprovementWish extends ImprovementFrom {
  /** Made here: sent twice, it is written once. */
  readonly id: string;
  readonly text: string;
  readonly cause?: string;
  readonly action?: string;
  readonly owner?: string | null;
  /** ISO date */
  readonly due?: string | null;
}

/** '' or null empties a field. */
export interface ImprovementPatch {
  readonly text?: string;
  readonly cause?: string;
  readonly action?: string;
  readonly owner?: string | null;
  readonly due?: string | null;
  readonly checkOn?: string | null;
  /** Taken back; false: put back again. */
  readonly deleted?: boolean;
}

/** `today`: ISO date where the person is, by which something is late. */
export function improvementCalls({ call, send }: Pick<Client, 'call' | 'send'>, today: string) {
  const base = '/v1/improvements';
  const at = (id: string, act = '') =>
    `${base}/${encodeURIComponent(id)}${act}?${new URLSearchParams({ today })}`;
  const post = (path: string, body: unknown) => send('POST', oneImprovement, path, body);
  return {
    list({ skip, ...filter }: ImprovementFilter) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
      if (skip) query.set('skip', String(skip));
      return call(improvementList, `${base}?${query}`);
    },
    one: (id: string) => call(oneImprovement, at(id)),
    begin: (wish: ImprovementWish) => post(`${base}?${new URLSearchParams({ today })}`, wish),
    /** `seen`: what it was changed over; without it, whatever it is. */
    change: (id: string, patch: ImprovementPatch, seen?: string) =>
      send('PUT', oneImprovement, at(id), { patch, ...(seen === undefined ? {} : { seen }) }),
    done: (id: string, said: { text: string; checkOn: string | null }) =>
      post(at(id, '/done'), said),
    reopen: (id: string) => post(at(id, '/reopen'), {}),
    check: (id: string, said: { effective: boolean; text: string }) => post(at(id, '/check'), said),
    drop: (id: string, reason: string) => post(at(id, '/drop'), { reason }),
    about: (unit: string, id: string) =>
      call(sessionAbout, `${base}/about/${encodeURIComponent(unit)}/${encodeURIComponent(id)}`),
  };
}
export type ImprovementCalls = ReturnType<typeof improvementCalls>;

export function improvementHref(id: string): string {
  return `#/improvements/${encodeURIComponent(id)}`;
}
