// A background as in desk.ts, with what calls need of the browser, and short ways to say things.
import type { Body } from '../../src/domain/index.ts';
import type { CallsView, SidebarHandlers } from '../../src/extension/messages/index.ts';
import type { PulledChange } from '../../src/ledger/index.ts';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { emptyAnswer, id, source } from './world.ts';

const { newChain, seal } = await import('../../src/ledger/index.ts');
const { takeAnswer } = await import('../../src/extension/store/index.ts');

/** What the browser was asked to open. */
export type Opened = { windows: object[]; tabs: string[]; focused: number[] };
type Asked<C extends keyof SidebarHandlers> = Parameters<SidebarHandlers[C]>[0];

export type CallDesk = Desk & {
  opened: Opened;
  /** What a call of the bar answers. */
  ask: <C extends keyof SidebarHandlers>(
    call: C,
    asked: Asked<C>,
  ) => ReturnType<SidebarHandlers[C]>;
  view: () => Promise<CallsView>;
  /** Starts a call at this moment; its id. */
  start: (at: number, more?: Partial<Asked<'callStart'>>) => Promise<string>;
  tag: (
    call: string,
    tag: string,
    at: number,
    more?: Partial<Asked<'callTag'>>,
  ) => ReturnType<SidebarHandlers['callTag']>;
  tagsOf: (call: string) => Promise<{ tag: string; offset: number; text: string }[]>;
};

export async function openCallDesk(options: { isConnected?: boolean } = {}): Promise<CallDesk> {
  const desk = await openDesk(options);
  const opened = fakeWindows();
  const ask: CallDesk['ask'] = (call, asked) => {
    const handler = desk.sidebar[call] as unknown as (
      payload: typeof asked,
      sender: typeof SIDEBAR,
    ) => ReturnType<SidebarHandlers[typeof call]>;
    return handler(asked, SIDEBAR);
  };
  return {
    ...desk,
    ...{ opened, ask },
    view: () => ask('calls', {}),
    async start(at, more = {}) {
      const call = id();
      await ask('callStart', { id: call, at, tab: null, channel: 'call', ...more });
      return call;
    },
    tag: (call, tag, at, more = {}) => ask('callTag', { id: id(), call, tag, at, ...more }),
    async tagsOf(call) {
      const { tags } = await ask('call', { id: call });
      return tags.map(({ tag, offset, text }) => ({ tag, offset, text }));
    },
  };
}

function fakeWindows(): Opened {
  const opened: Opened = { windows: [], tabs: [], focused: [] };
  const local = new Map<string, unknown>();
  const { browser } = globalThis as unknown as {
    browser: { storage: object; tabs: object; windows?: object };
  };
  Object.assign(browser.storage, {
    local: {
      get: async (key: string) => (local.has(key) ? { [key]: local.get(key) } : {}),
      set: async (values: object) => {
        for (const [key, value] of Object.entries(values)) local.set(key, value);
      },
    },
  });
  Object.assign(browser.tabs, {
    create: async ({ url }: { url: string }) => void opened.tabs.push(url),
    query: async () => [{ id: 1, active: true, lastAccessed: 1 }],
    get: async () => ({ windowId: 1 }),
  });
  browser.windows = {
    create: async (window: object) => ({ id: opened.windows.push(window) }),
    update: async (window: number) => {
      if (window > opened.windows.length) throw new Error(`No window with id: ${window}`);
      opened.focused.push(window);
    },
    get: async () => ({
      ...{ type: 'popup', state: 'normal' },
      ...{ width: 500, height: 300, left: 20, top: 40 },
    }),
  };
  return opened;
}

const EPOCH = id();
let cursor = 0;

/** What another device of this author wrote comes from the server; many at once come in blocks. */
export async function pull(
  world: Desk['world'],
  author: string,
  records: { kind: string; record: string; body: Body }[],
): Promise<void> {
  const { db } = await world.current();
  let chain = newChain(id(), id(), author, '0000000000000000');
  const changes = records.map((one): PulledChange => {
    const sealed = seal(source.hasher, source, chain, { id: id(), base: {}, ...one });
    chain = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    cursor += 1;
    return { seq: cursor, leaf, salt, body };
  });
  await takeAnswer(db, source.hasher, { ...emptyAnswer(EPOCH), changes, cursor }, Date.now());
}

/** How many requests for reading something makes, and how many rows they give in bulk. */
export async function readsOf(
  work: () => Promise<unknown>,
): Promise<{ requests: number; rows: number }> {
  const seen = { requests: 0, rows: 0 };
  const restore: (() => void)[] = [];
  for (const prototype of [IDBObjectStore.prototype, IDBIndex.prototype]) {
    for (const name of ['get', 'getAll', 'getAllKeys', 'openCursor', 'openKeyCursor'] as const) {
      const own = prototype[name] as (...args: unknown[]) => IDBRequest;
      const counted = function (this: unknown, ...args: unknown[]) {
        const request = own.apply(this, args);
        seen.requests += 1;
        request.addEventListener('success', () => {
          if (Array.isArray(request.result)) seen.rows += request.result.length;
        });
        return request;
      };
      Object.assign(prototype, { [name]: counted });
      restore.push(() => Object.assign(prototype, { [name]: own }));
    }
  }
  try {
    await work();
  } finally {
    for (const back of restore) back();
  }
  return seen;
}
