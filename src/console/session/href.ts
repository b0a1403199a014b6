import type { Unit } from '../improvements/calls.ts';

export interface SessionFrom {
  /** The review that is talked about. */
  readonly review?: string | null;
  /** The moment of the story to begin at (story/calls.ts, `atOf`). */
  readonly at?: string | null;
  /** The sitting; without one it is the latest here, or a new one. */
  readonly session?: string | null;
}

/** A team session on one project, customer or call. */
export function sessionHref(unit: Unit, id: string, from: SessionFrom = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(from)) if (value) query.set(name, value);
  const asked = query.toString();
  return `#/session/${unit}/${encodeURIComponent(id)}${asked && `?${asked}`}`;
}

/** What a way to it is called. */
export const sessionName = 'Talk about it with the team';
