// The clock of a call: its start is stored, what has elapsed is derived. All times are ms since 1970
// by the call's own clock, which is the computer's as it was when the call began: where that is set
// during the call, `clockCorrection` is added to what it says from then on.
import type { Fields } from './fields.ts';

export type CallClock = {
  startedAt: number;
  /** In order and apart from each other; `to` null: the clock stands still. */
  pauses: readonly { from: number; to: number | null }[];
  endedAt: number | null;
};

/** null where the interaction has no start. */
export function clockOf(fields: Fields<'interaction'>): CallClock | null {
  if (fields.startedAt === undefined) return null;
  return {
    startedAt: Date.parse(fields.startedAt),
    pauses: (fields.pauses ?? []).map(({ from, to }) => ({
      from: Date.parse(from),
      to: to === null ? null : Date.parse(to),
    })),
    endedAt: fields.endedAt === undefined ? null : Date.parse(fields.endedAt),
  };
}

/**
 * Ms on the call's clock at a moment: from the start, pauses left out. A moment before the start is
 * negative, one within a pause is the pause's beginning, one after the end counts on.
 */
export function elapsedAt(clock: CallClock, at: number): number {
  let elapsed = at - clock.startedAt;
  for (const { from, to } of clock.pauses) {
    if (at > from) elapsed -= Math.min(at, to ?? at) - from;
  }
  return elapsed;
}

/** The moment at which the call's clock showed `elapsed` ms first. */
export function momentOf(clock: CallClock, elapsed: number): number {
  let at = clock.startedAt + elapsed;
  for (const { from, to } of clock.pauses) {
    if (from < at && to !== null) at += to - from;
  }
  return at;
}

/** What is to be added to what the computer's clock says to get the call's own time. */
export function clockCorrection(fields: Fields<'interaction'>): number {
  return -(fields.clockSet ?? []).reduce((sum, { by }) => sum + by, 0);
}
