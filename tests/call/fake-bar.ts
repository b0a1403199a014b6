// The background as the bar sees it, in memory: one running call, its tags and what they become. It
// can die, refuse, and be asked what it was told.
import type { Line } from '../../src/extension/call/bar.ts';
import type { BarClient } from '../../src/extension/call/client.ts';
import type {
  CallsView,
  CallView,
  TagView,
  WrapOpen,
} from '../../src/extension/messages/call-views.ts';
import type { SidebarCall, SidebarEvent } from '../../src/extension/messages/calls.ts';
import type { Failure } from '../../src/extension/messages/result.ts';
import type { SavedCard } from '../../src/extension/messages/views.ts';
import type { Confirms } from '../../src/ui/call/wrap-confirms.tsx';
import { callsView, sampleCall } from '../calls/samples.ts';
import { sampleId } from '../sidebar/samples.ts';

export class FakeBar {
  readonly made: { call: SidebarCall; payload: Record<string, unknown> }[] = [];
  view: CallsView = callsView();
  tags: TagView[] = [];
  hunches: SavedCard[] = [];
  open: WrapOpen[] = [];
  /** The call that was hung up. */
  over: CallView | null = null;
  readonly failures = new Map<SidebarCall, Failure>();
  /** The worker died: nothing is answered. */
  dead = false;
  /** Added to the computer's clock. */
  set = 0;
  readonly disk = new Map<string, string>();
  line: Line | null = null;
  #ids = 0;
  #hear: (event: SidebarEvent) => void = () => {};

  readonly client: BarClient = {
    call: (async (call: SidebarCall, payload: Record<string, unknown>) => {
      await Promise.resolve();
      if (this.dead) return { ok: false, error: { code: 'ended', message: 'No answer.' } };
      this.made.push({ call, payload: structuredClone(payload) });
      const error = this.failures.get(call);
      if (error) return { ok: false, error };
      const value = this.#answer(call, payload);
      if (call !== 'calls' && call !== 'wrapUp') setTimeout(() => this.tell(), 0);
      return { ok: true, value: structuredClone(value) };
    }) as BarClient['call'],
    events: (hear) => {
      this.#hear = hear;
      return () => {
        this.#hear = () => {};
      };
    },
    copy: () => Promise.resolve(),
    save: () => undefined,
    now: () => Date.now() + this.set,
    steady: () => performance.now(),
    wait: () => new Promise((done) => setTimeout(done, 10)),
    newId: () => {
      this.#ids += 1;
      return sampleId(0xf0000 + this.#ids);
    },
    store: {
      keys: () => [...this.disk.keys()],
      get: (key) => this.disk.get(key) ?? null,
      set: (key, value) => void this.disk.set(key, value),
      remove: (key) => void this.disk.delete(key),
    },
    keepLine: (line) => {
      this.line = line;
    },
    keptLine: () => this.line,
    onTop: null,
  };

  tell(): void {
    this.#hear({ event: 'calls' });
  }

  /** A call that began so many minutes ago runs. */
  run(minutes = 12, patch: Partial<CallView> = {}): CallView {
    const startedAt = Date.now() - minutes * 60_000;
    const clock = { startedAt, pauses: [], endedAt: null };
    const running = sampleCall(0, { state: 'running', clock, ...patch });
    this.view = { ...this.view, running };
    return running;
  }

  of(call: SidebarCall): Record<string, unknown>[] {
    return this.made.filter((each) => each.call === call).map(({ payload }) => payload);
  }

  #seen(): CallsView {
    const { running } = this.view;
    const latest = this.tags.filter((tag) => tag.call === running?.id && !tag.deleted);
    return { ...this.view, latest: latest.toReversed().slice(0, 20) };
  }

  #change(id: unknown, patch: Partial<TagView>): TagView | undefined {
    this.tags = this.tags.map((tag) => (tag.id === id ? { ...tag, ...patch } : tag));
    return this.tags.find((tag) => tag.id === id);
  }

  #wrapUp() {
    const call = this.over ?? sampleCall(0);
    const tags = this.tags.filter((tag) => tag.call === call.id && !tag.deleted);
    return { call, tags, hunches: this.hunches, open: this.open };
  }

  #answer(call: SidebarCall, payload: Record<string, unknown>): unknown {
    const { running } = this.view;
    switch (call) {
      case 'callStart': {
        const clock = { startedAt: Number(payload.at), pauses: [], endedAt: null };
        const channel = payload.channel as 'call' | 'meeting';
        const made = sampleCall(0, { id: String(payload.id), state: 'running', clock, channel });
        this.view = { ...this.view, running: made, proposal: null };
        return this.#seen();
      }
      case 'callTag': {
        const again = this.tags.find(({ id }) => id === payload.id);
        if (again) return again;
        const at = Number(payload.at);
        const slip = this.tags.find(
          ({ tag, pressedAt }) => tag === payload.tag && Math.abs(pressedAt - at) < 300,
        );
        if (slip) return slip;
        const begun = running?.clock.startedAt ?? 0;
        const tag: TagView = {
          ...{ id: String(payload.id), call: String(payload.call), tag: String(payload.tag) },
          ...{ offset: at - begun - Number(payload.before ?? 0), span: null, pressedAt: at },
          text: String(payload.text ?? ''),
          ...{ handled: false, became: null, deleted: false, author: sampleCall(0).author },
        };
        this.tags.push(tag);
        return tag;
      }
      case 'callTagEdit':
        return this.#change(payload.id, payload.patch as Partial<TagView>);
      case 'callPause':
        if (running) {
          const { pauses } = running.clock;
          const at = Number(payload.at);
          const changed = payload.on
            ? [...pauses, { from: at, to: null }]
            : pauses.map((pause) => ({ ...pause, to: pause.to ?? at }));
          const clock = { ...running.clock, pauses: changed };
          this.view = { ...this.view, running: { ...running, clock } };
        }
        return this.#seen();
      case 'callPark':
        if (running) {
          const { clock } = running;
          const stands = { ...clock, pauses: [{ from: Number(payload.at), to: null }] };
          const parked: CallView = { ...running, state: 'parked', clock: stands };
          this.view = { ...this.view, running: null, parked: [parked] };
        }
        return this.#seen();
      case 'callResume': {
        const back = this.view.parked.find(({ id }) => id === payload.call) ?? this.over;
        const wrapUp = null;
        if (back) {
          const clock = { ...back.clock, pauses: [], endedAt: null };
          const state = 'running';
          this.view = { ...this.view, parked: [], running: { ...back, clock, state }, wrapUp };
        }
        return this.#seen();
      }
      case 'callEnd':
        if (running) {
          const clock = { ...running.clock, endedAt: Number(payload.at) };
          this.over = { ...running, state: 'ended', clock };
          this.view = { ...this.view, running: null, wrapUp: running.id };
        }
        return this.#seen();
      case 'callClockSet':
        if (running) {
          const { at, by } = payload as { at: number; by: number };
          const correction = running.correction - by;
          const clockSet = [...running.clockSet, { at, by }];
          this.view = { ...this.view, running: { ...running, correction, clockSet } };
        }
        return this.view.running;
      case 'callChange':
        this.over = { ...(this.over ?? sampleCall(0)), ...(payload.patch as Partial<CallView>) };
        return this.over;
      case 'callSettings': {
        const settings = { ...this.view.settings, ...(payload.patch as object) };
        this.view = { ...this.view, settings };
        return { settings };
      }
      case 'wrapUp':
        return this.#wrapUp();
      case 'wrapUpDone':
        this.view = { ...this.view, wrapUp: null };
        return this.#seen();
      case 'wrapTag': {
        const kinds: { [becomes: string]: string } = {
          ...{ expectation: 'expectation', promise: 'commitment', grievance: 'note' },
          question: 'probe',
          confirms: 'probe',
        };
        const kind = kinds[String(payload.becomes)];
        const { says } = (payload.confirms ?? {}) as Partial<Pick<Confirms, 'says'>>;
        const told = says === undefined ? {} : { says };
        const became = kind === undefined ? null : { kind, id: String(payload.record), ...told };
        return { tag: this.#change(payload.tag, { handled: true, became }), card: null };
      }
      case 'unwrapTag':
        return { tag: this.#change(payload.tag, { handled: false, became: null }) };
      case 'calls':
      case 'callProposalAway':
        return this.#seen();
      default:
        return null;
    }
  }
}
