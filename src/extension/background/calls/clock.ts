// What stopping, going on and hanging up write into a call. `at` is ms since 1970 by its own clock;
// null where nothing is to be written, because it is so already.
import type { Body, CallClock, Pause } from '../../../domain/index.ts';
import { type Call, isoOf } from './write.ts';

function pausesBody(pauses: readonly Pause[]): Body {
  return {
    pauses: pauses.map(({ from, to }) => ({
      from: isoOf(from),
      to: to === null ? null : isoOf(to),
    })),
  };
}

function stands({ pauses }: CallClock): boolean {
  return pauses.at(-1)?.to === null;
}

/** The clock stands from now on. */
function stopped(clock: CallClock, at: number): Body {
  if (stands(clock)) return {};
  const from = Math.max(at, clock.startedAt, clock.pauses.at(-1)?.to ?? clock.startedAt);
  return pausesBody([...clock.pauses, { from, to: null }]);
}

/** The clock goes on, where it stood. */
function going({ pauses }: CallClock, at: number): Body {
  const last = pauses.at(-1);
  if (last === undefined || last.to !== null) return {};
  return pausesBody([...pauses.slice(0, -1), { from: last.from, to: Math.max(at, last.from) }]);
}

function written(body: Body): Body | null {
  return Object.keys(body).length === 0 ? null : body;
}

export function paused({ fields, clock }: Call, on: boolean, at: number): Body | null {
  if (fields.callState !== 'running') return null;
  return written(on ? stopped(clock, at) : going(clock, at));
}

export function parked({ fields, clock }: Call, at: number): Body | null {
  if (fields.callState !== 'running') return null;
  return { callState: 'parked', ...stopped(clock, at) };
}

/** `anew`: also where it says so already, so that it is the one that was gone on with last. */
export function resumed({ fields, clock }: Call, at: number, anew: boolean): Body | null {
  const running: Body = { callState: 'running' };
  if (fields.callState === 'running') {
    const body = going(clock, at);
    return anew ? { ...running, ...body } : written(body);
  }
  if (fields.callState === 'parked') return { ...running, ...going(clock, at) };
  const from = clock.endedAt;
  const since = from === null ? [] : [{ from, to: Math.max(at, from) }];
  return { ...running, endedAt: null, ...pausesBody([...clock.pauses, ...since]) };
}

export function ended({ fields, clock }: Call, at: number): Body | null {
  if (fields.callState === 'ended') return null;
  const end = Math.max(at, clock.startedAt);
  return { callState: 'ended', endedAt: isoOf(end), ...going(clock, end) };
}
