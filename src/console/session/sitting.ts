import type { Unit } from '../improvements/calls.ts';

/** A sitting is gone on with for so long, from when it was begun; after that one begins anew. */
export const SITTING_MS = 12 * 60 * 60 * 1000;

type Place = Pick<Window, 'localStorage'>;

function keyOf(member: string, unit: Unit, id: string): string {
  return `unsaid/sitting/${member}/${unit}/${id}`;
}

/** The sitting that was begun here not long ago, or null. */
export function sittingOf(
  place: Place,
  member: string,
  unit: Unit,
  id: string,
  now: number,
): string | null {
  try {
    const kept = JSON.parse(place.localStorage.getItem(keyOf(member, unit, id)) ?? '') as {
      session?: unknown;
      at?: unknown;
    } | null;
    const { session, at } = kept ?? {};
    if (typeof session !== 'string' || typeof at !== 'number') return null;
    return now - at < SITTING_MS ? session : null;
  } catch {
    return null;
  }
}

/** A browser that forbids it has its sitting in the address all the same. */
export function keepSitting(
  place: Place,
  member: string,
  unit: Unit,
  id: string,
  session: string,
  now: number,
): void {
  try {
    if (sittingOf(place, member, unit, id, now) === session) return;
    place.localStorage.setItem(keyOf(member, unit, id), JSON.stringify({ session, at: now }));
  } catch {}
}
