// The background as pages about calls see it, in memory: keeps calls and tags, fails when told to.

import type { CallsClient } from '../../src/extension/calls/client.ts';
import type { CallView, TagView, WrapOpen } from '../../src/extension/messages/call-views.ts';
import type {
  SidebarAnswers,
  SidebarCall,
  SidebarEvent,
} from '../../src/extension/messages/calls.ts';
import type { Failure } from '../../src/extension/messages/result.ts';
import { sampleId } from '../sidebar/samples.ts';
import { callsView, sampleCall } from './samples.ts';

type Handlers = { [C in SidebarCall]?: (payload: never) => SidebarAnswers[C] };
type Patch = Partial<Omit<CallView, 'customer' | 'project'>> & {
  startedAt?: number;
  endedAt?: number;
  customer?: { id: string | null; name: string };
  project?: { id: string | null; name: string };
};

export class FakeCalls {
  readonly made: { call: SidebarCall; payload: unknown }[] = [];
  /** Newest first. */
  list: CallView[] = [];
  tags: TagView[] = [];
  /** What may be confirmed. */
  open: WrapOpen[] = [];
  view = callsView();
  time = Date.UTC(2027, 1, 24, 9, 30, 0);
  readonly failures = new Map<SidebarCall, Failure>();
  readonly saved: { name: string; type: string; text: string }[] = [];
  readonly copied: { text: string; html: string }[] = [];
  mayCopy = true;
  /** How many calls a page of the list has. */
  page = 100;
  readonly #gone = new Map<string, CallView>();
  #ids = 0;
  #hear: (event: SidebarEvent) => void = () => {};

  readonly client: CallsClient = {
    call: (async (call: SidebarCall, payload: unknown) => {
      this.made.push({ call, payload: structuredClone(payload) });
      await Promise.resolve();
      const error = this.failures.get(call);
      if (error) return { ok: false, error };
      const handler = this.#handlers[call] as ((payload: unknown) => unknown) | undefined;
      try {
        return { ok: true, value: structuredClone(handler ? handler(payload) : null) };
      } catch (thrown) {
        return { ok: false, error: thrown };
      }
    }) as CallsClient['call'],
    events: (hear) => {
      this.#hear = hear;
      return () => {
        this.#hear = () => {};
      };
    },
    copy: async (both) => {
      if (!this.mayCopy) throw new Error('not allowed');
      this.copied.push(both);
    },
    save: (name, type, text) => void this.saved.push({ name, type, text }),
    now: () => this.time,
    newId: () => {
      this.#ids += 1;
      return sampleId(0xf0000 + this.#ids);
    },
  };

  /** What the background tells after every write. */
  tell(): void {
    this.#hear({ event: 'calls' });
  }

  calls(call: SidebarCall): unknown[] {
    return this.made.filter((each) => each.call === call).map(({ payload }) => payload);
  }

  callOf(id: string): CallView {
    const found = this.list.find((call) => call.id === id);
    if (!found) throw { code: 'not-found', message: 'There is no such call.' } satisfies Failure;
    const own = this.tags.filter((tag) => tag.call === id && !tag.deleted);
    const unhandled = found.state === 'ended' ? own.filter(({ handled }) => !handled).length : 0;
    return { ...found, tags: own.length, unhandled };
  }

  change(id: string, patch: Partial<CallView>): CallView {
    this.list = this.list.map((call) => (call.id === id ? { ...call, ...patch } : call));
    return this.callOf(id);
  }

  tagOf(id: string): TagView {
    const found = this.tags.find((tag) => tag.id === id);
    if (!found) throw { code: 'not-found', message: 'There is no such tag.' } satisfies Failure;
    return found;
  }

  #changeTag(id: string, patch: Partial<TagView>): TagView {
    this.tags = this.tags.map((tag) => (tag.id === id ? { ...tag, ...patch } : tag));
    return this.tagOf(id);
  }

  #seen() {
    const { list } = this;
    return {
      ...this.view,
      waiting: this.tags.filter(
        ({ call, handled, deleted }) =>
          !handled && !deleted && list.find(({ id }) => id === call)?.state === 'ended',
      ).length,
    };
  }

  readonly #handlers: Handlers = {
    calls: () => this.#seen(),
    callList: ({ before }: { before: number | null }) => {
      const older = this.list.filter(({ clock }) => before === null || clock.startedAt < before);
      const calls = older.slice(0, this.page).map(({ id }) => this.callOf(id));
      const last = calls.at(-1);
      return { calls, next: older.length > this.page && last ? last.clock.startedAt : null };
    },
    call: ({ id }: { id: string }) => ({
      call: this.callOf(id),
      tags: this.tags.filter(({ call, deleted }) => call === id && !deleted),
    }),
    callChange: ({ call, patch }: { call: string; patch: Patch }) => {
      const { startedAt, endedAt, customer, project, ...rest } = patch;
      const { clock } = this.callOf(call);
      const named = (choice: { id: string | null; name: string }) =>
        choice.name === '' ? null : { id: choice.id ?? sampleId(0xc9), name: choice.name };
      return this.change(call, {
        ...rest,
        ...(customer === undefined ? {} : { customer: named(customer) }),
        ...(project === undefined ? {} : { project: named(project) }),
        clock: {
          ...clock,
          startedAt: startedAt ?? clock.startedAt,
          endedAt: endedAt ?? clock.endedAt,
        },
      });
    },
    callTagEdit: ({ id, patch }: { id: string; patch: Partial<TagView> }) =>
      this.#changeTag(id, patch),
    callEnd: ({ call, at }: { call: string; at: number }) => {
      const { clock } = this.callOf(call);
      this.change(call, { state: 'ended', clock: { ...clock, endedAt: at } });
      return this.#seen();
    },
    callResume: ({ call }: { call: string }) => {
      const { clock } = this.callOf(call);
      this.change(call, { state: 'running', clock: { ...clock, endedAt: null } });
      return this.#seen();
    },
    callRemove: ({ call, on }: { call: string; on: boolean }) => {
      const back = this.#gone.get(call);
      if (on) this.#gone.set(call, this.callOf(call));
      else if (back) {
        this.list = [...this.list, back];
        this.#gone.delete(call);
      }
      if (on) this.list = this.list.filter(({ id }) => id !== call);
      return this.#seen();
    },
    tagInbox: () => {
      const ended = this.list.filter(({ state }) => state === 'ended');
      const tags = this.tags.filter(
        ({ call, handled, deleted }) => !handled && !deleted && ended.some(({ id }) => id === call),
      );
      return { tags, calls: ended.filter(({ id }) => tags.some(({ call }) => call === id)) };
    },
    wrapUp: ({ call }: { call: string }) => ({
      ...{ call: this.callOf(call), hunches: [], open: this.open },
      tags: this.tags.filter((tag) => tag.call === call),
    }),
    wrapTag: ({ tag, record, becomes }: { tag: string; record: string; becomes: string }) => {
      const became = becomes === 'handled' ? null : { kind: becomes, id: record };
      return { tag: this.#changeTag(tag, { handled: true, became }), card: null };
    },
    unwrapTag: ({ tag }: { tag: string }) => ({
      tag: this.#changeTag(tag, { handled: false, became: null }),
    }),
    callImport: ({ call, tags }: { call: CallView & { startedAt: number }; tags: TagView[] }) => {
      const { startedAt, id, subject, channel, shift } = call;
      if (this.#gone.has(id)) throw { code: 'not-found', message: 'Taken back.' };
      const known = new Set(this.tags.map((tag) => tag.id));
      const fresh = tags.filter((tag) => !known.has(tag.id));
      const clock = { startedAt, pauses: [], endedAt: startedAt + 60_000 };
      if (!this.list.some((one) => one.id === id)) {
        this.list = [sampleCall(0, { id, subject, channel, shift, clock }), ...this.list];
      }
      const views = fresh.map((tag) => ({
        ...tag,
        ...{ call: id, handled: false, became: null, deleted: false },
        author: sampleCall(0).author,
      }));
      this.tags = [...this.tags, ...views];
      return { call: this.callOf(id), tags: views.length };
    },
    find: () => ({
      hits: [
        { id: sampleId(0xc1), name: 'Halden Foods', detail: '' },
        { id: sampleId(0xc2), name: 'Sample Logistics', detail: '' },
      ],
    }),
  };
}
