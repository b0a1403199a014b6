// A view of the background's with what was done since: what is pressed shows at once, whatever the
// background is doing. Pure; its counterpart in the background decides.
import { elapsedAt } from '../../domain/call.ts';
import type { CallClock } from '../../domain/index.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { Act } from './acts.ts';

type Payload = {
  readonly id: string;
  readonly call: string;
  readonly tag: string;
  readonly at: number;
  readonly before?: number;
  readonly by: number;
  readonly on: boolean;
  readonly text?: string;
  readonly subject?: string;
  readonly channel: 'call' | 'meeting';
  readonly patch: Partial<TagView>;
};

const NOBODY = { id: '', name: '', me: true };

export function withActs(view: CallsView, acts: readonly Act[]): CallsView {
  return acts.reduce(withAct, view);
}

function withAct(shown: CallsView, { name, payload }: Act): CallsView {
  // Written by the bar itself, so its parts are what its call says.
  const asked = payload as Payload;
  const { running } = shown;
  switch (name) {
    case 'callStart':
      return started(shown, asked);
    case 'callTag':
      return tagged(shown, asked);
    case 'callTagEdit':
      return edited(shown, asked);
    case 'callPause':
      return ofRunning(shown, asked.call, (call) => paused(call, asked.on, asked.at));
    case 'callClockSet':
      return ofRunning(shown, asked.call, (call) => ({
        ...call,
        correction: call.correction - asked.by,
        clockSet: [...call.clockSet, { at: asked.at, by: asked.by }],
      }));
    case 'callPark':
      if (running?.id !== asked.call) return shown;
      return { ...shown, ...parked(shown, asked.at), running: null, latest: [] };
    case 'callResume':
      return resumed(shown, asked);
    case 'callEnd':
      if (running?.id !== asked.call) return shown;
      return { ...shown, running: null, latest: [] };
    default:
      return shown;
  }
}

function isHere(view: CallsView, id: string): boolean {
  return view.running?.id === id || view.parked.some((call) => call.id === id);
}

function ofRunning(view: CallsView, id: string, change: (call: CallView) => CallView): CallsView {
  if (view.running?.id !== id) return view;
  return { ...view, running: change(view.running) };
}

function started(view: CallsView, { id, at, subject = '', channel }: Payload): CallsView {
  if (isHere(view, id)) return view;
  const running: CallView = {
    ...{ id, state: 'running', channel, subject: subject || (view.proposal?.subject ?? '') },
    clock: { startedAt: at, pauses: [], endedAt: null },
    ...{ correction: 0, clockSet: [], shift: 0, customer: null, project: null },
    ...{ participants: [], wentWell: null, seemed: null, tags: 0, unhandled: 0 },
    ...{ author: NOBODY, synced: false, url: '' },
  };
  return { ...view, ...parked(view, at), running, latest: [], proposal: null };
}

/** The running call, put aside. */
function parked({ running, parked: others }: CallsView, at: number): Pick<CallsView, 'parked'> {
  if (running === null) return { parked: others };
  return { parked: [{ ...paused(running, true, at), state: 'parked' }, ...others] };
}

function resumed(view: CallsView, { call: id, at }: Payload): CallsView {
  const found = view.parked.find((call) => call.id === id);
  if (!found) return view;
  const others = view.parked.filter((call) => call.id !== id);
  const running: CallView = { ...paused(found, false, at), state: 'running' };
  return { ...view, ...parked({ ...view, parked: others }, at), running, latest: [] };
}

function paused(call: CallView, on: boolean, at: number): CallView {
  const { pauses } = call.clock;
  const last = pauses.at(-1);
  const stands = last?.to === null;
  if (stands === on) return call;
  const changed = on
    ? [...pauses, { from: Math.max(at, last?.to ?? call.clock.startedAt), to: null }]
    : pauses.map((pause) => (pause === last ? { ...pause, to: Math.max(at, pause.from) } : pause));
  return { ...call, clock: { ...call.clock, pauses: changed } satisfies CallClock };
}

function tagged(view: CallsView, asked: Payload): CallsView {
  const { running, latest, settings } = view;
  if (running?.id !== asked.call || latest.some(({ id }) => id === asked.id)) return view;
  const tag: TagView = {
    ...{ id: asked.id, call: asked.call, tag: asked.tag, text: asked.text ?? '', span: null },
    offset: elapsedAt(running.clock, asked.at - (asked.before ?? settings.lead)),
    ...{ pressedAt: asked.at, handled: false, became: null, deleted: false, author: NOBODY },
  };
  return { ...view, latest: [tag, ...latest] };
}

function edited(view: CallsView, { id, patch }: Payload): CallsView {
  const latest = view.latest
    .map((tag) => (tag.id === id ? { ...tag, ...patch } : tag))
    .filter(({ deleted }) => !deleted);
  return { ...view, latest };
}
