// The clock of a call: its start is stored, what has elapsed is derived. All times are ms since 1970
// by the call's own clock, which is the computer's as it was when the call began: where that is set
// during the call, `clockCorrection` is added to what it says from then on. Time zones and daylight
// saving have no part in it.
import type { Fields } from './fields.ts';

/** While the clock stood; `to` null: it still does. */
export type Pause = { from: number; to: number | null };

export type CallClock = {
  startedAt: number;
  /** As `tidyPauses` leaves them. */
  pauses: readonly Pause[];
  endedAt: number | null;
};

/** null where the interaction has no start. */
export function clockOf(fields: Fields<'interaction'>): CallClock | null {
  if (fields.startedAt === undefined) return null;
  const startedAt = Date.parse(fields.startedAt);
  const pauses = (fields.pauses ?? []).map(({ from, to }) => ({
    from: Date.parse(from),
    to: to === null ? null : Date.parse(to),
  }));
  return {
    startedAt,
    pauses: tidyPauses(pauses, startedAt),
    endedAt: fields.endedAt === undefined ? null : Date.parse(fields.endedAt),
  };
}

/**
 * Pauses in order, apart from each other, none before the start, however they were written: two
 * windows may have paused one call, or its start was mended. Those that touch become one. Who goes
 * on, goes on from all pauses that began before, so only the last can be open. A pause that ends
 * before it begins is none.
 */
export function tidyPauses(pauses: readonly Pause[], startedAt: number): Pause[] {
  const tidy: Pause[] = [];
  const inOrder = pauses
    .map(({ from, to }) => ({ from: Math.max(from, startedAt), to }))
    .filter(({ from, to }) => to === null || to > from)
    .sort((a, b) => a.from - b.from);
  for (const next of inOrder) {
    const last = tidy.at(-1);
    if (last === undefined || (last.to !== null && last.to < next.from)) tidy.push(next);
    else if (last.to === null || next.to === null) last.to ??= next.to;
    else last.to = Math.max(last.to, next.to);
  }
  return tidy;
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

/**
 * How far the computer's clock jumped between two looks at it, in ms: forwards is positive. `steady`
 * is a clock that nobody sets (performance.now()); it may stand while the computer sleeps, so a jump
 * forwards can be sleep, one backwards cannot.
 */
export function gapBetween(
  wallBefore: number,
  steadyBefore: number,
  wallNow: number,
  steadyNow: number,
): number {
  return wallNow - wallBefore - (steadyNow - steadyBefore);
}

/** Every open window sees one setting of the clock, some only when they are looked at again. */
const SAME_JUMP = { within: 120_000, by: 2_000 };

/** Another window has told of this setting of the clock already. */
export function isKnownJump(
  clockSet: readonly { at: number; by: number }[],
  jump: { at: number; by: number },
): boolean {
  return clockSet.some(
    ({ at, by }) =>
      Math.abs(at - jump.at) < SAME_JUMP.within && Math.abs(by - jump.by) < SAME_JUMP.by,
  );
}

/** Ms within which a second press of one key is a slip. */
const SLIP = 300;

export type Press = { tag: string; at: number };

/** The press counts once with an earlier one: the same tag less than 300 ms away. */
export function countsOnce(presses: readonly Press[], press: Press): boolean {
  return presses.some(({ tag, at }) => tag === press.tag && Math.abs(at - press.at) < SLIP);
}
