// A background with its handlers, on a real IndexedDB; the browser around it is the test's.
import type {
  FrameReading,
  KnownMessage,
  PageHandlers,
  ReadMessage,
  SidebarEvent,
  SidebarHandlers,
} from '../../src/extension/messages/index.ts';
import { connected, id, newWorld, source } from './world.ts';

type Finder = ConstructorParameters<typeof Cues>[0]['finder'];
/** Notices nothing. */
const BLIND: Finder = {
  find: () => [],
  languageOf: () => 'en',
  measured: { en: true, de: false, fr: false },
};

type Told = { tab: number; event: string; payload: unknown; frame: number | undefined };

const session = new Map<string, unknown>();
let told: Told[] = [];
const api = {
  storage: {
    session: {
      get: async (key: string) => (session.has(key) ? { [key]: session.get(key) } : {}),
      set: async (values: object) => {
        for (const [key, value] of Object.entries(values)) session.set(key, structuredClone(value));
      },
      remove: async (key: string) => void session.delete(key),
    },
  },
  tabs: {
    sendMessage: async (
      tab: number,
      message: { call: string; payload: unknown },
      options: { frameId?: number },
    ) =>
      void told.push({
        tab,
        event: message.call,
        payload: message.payload,
        frame: options.frameId,
      }),
  },
  permissions: { contains: async () => false },
};
Object.assign((globalThis as unknown as { browser: object }).browser, api);

const { Cues } = await import('../../src/extension/background/cue/cues.ts');
const { pageHandlers } = await import('../../src/extension/background/from-pages.ts');
const { sidebarHandlers } = await import('../../src/extension/background/from-sidebar.ts');
const store = await import('../../src/extension/store/index.ts');

export type Desk = {
  cues: InstanceType<typeof Cues>;
  world: ReturnType<typeof newWorld>;
  sidebar: SidebarHandlers;
  page: PageHandlers;
  posted: SidebarEvent[];
  /** What pages were told, newest last. */
  told: () => Told[];
  /** A frame tells what it shows. */
  shows: (
    reading: Partial<FrameReading>,
    where?: { tab?: number; frame?: number },
  ) => Promise<KnownMessage[]>;
  /** Words of this message become a saved card. */
  capture: (
    message: KnownMessage | null,
    quote: string,
    where?: { tab?: number; frame?: number },
  ) => ReturnType<SidebarHandlers['save']>;
  /** Writes records as a pull or another page would. */
  write: (kind: string, body: Record<string, unknown>, record?: string) => Promise<string>;
  senderOf: (where?: { tab?: number; frame?: number }) => Parameters<PageHandlers['begin']>[1];
};

export async function openDesk({ isConnected = true, finder = BLIND } = {}): Promise<Desk> {
  session.clear();
  told = [];
  const world = isConnected ? await connected() : newWorld();
  const posted: SidebarEvent[] = [];
  let hear: () => void = () => undefined;
  const post = (event: SidebarEvent) => {
    posted.push(event);
    if (event.event === 'context') hear();
  };
  const nothing = () => undefined;
  const ports = { post, count: () => 1, choose: nothing };
  const cues = new Cues({
    ...{ world, finder, again: nothing, first: async () => undefined },
    changed: (where) => post({ event: 'cues', tab: where?.tab ?? null }),
  });
  const page = pageHandlers({ world, ports, cues, looked: nothing, recordsChanged: nothing });
  const sidebar = sidebarHandlers({
    ...{ world, cues },
    fetch: () => Promise.reject(new TypeError('away')),
    ...{ recordsChanged: nothing, connectionChanged: nothing, syncNow: async () => undefined },
    statusChanged: nothing,
    callsChanged: () => post({ event: 'calls' }),
    settingsChanged: nothing,
  });
  const senderOf: Desk['senderOf'] = ({ tab = 1, frame = 0 } = {}) => ({
    ...{ tab, frame },
    ...{ url: 'https://mail.example/', document: `${tab}/${frame}` },
  });
  const shows: Desk['shows'] = async (reading, where) => {
    const whole = { ...NOTHING_SHOWN, top: (where?.frame ?? 0) === 0, ...reading };
    const heard = new Promise<void>((done) => {
      hear = done;
    });
    const { messages } = await page.reading(whole, senderOf(where));
    // The sidebar hears of it a little later.
    await heard;
    return messages;
  };
  const capture: Desk['capture'] = async (message, quote, where) => {
    const at = { start: 0, end: quote.length };
    const { draft: made } = await page.capture(
      {
        ...{ kind: 'note', quote, message, quoted: false },
        selectors: [
          { type: 'TextQuoteSelector', exact: quote, prefix: '', suffix: '' },
          { type: 'TextPositionSelector', ...at },
        ],
        ...{ site: 'sample', url: 'https://mail.example/', title: 'Sample' },
      },
      senderOf(where),
    );
    const { drafts } = await sidebar.drafts({}, SIDEBAR);
    const draft = drafts.find((one) => one.id === made);
    if (draft === undefined) throw new Error('the draft was not kept');
    return sidebar.save({ draft }, SIDEBAR);
  };
  const write: Desk['write'] = async (kind, body, record = id()) => {
    await world.write(({ db, me }) =>
      store.commit(db, source, [{ id: id(), kind, record, body: body as never }], { author: me }),
    );
    return record;
  };
  return { world, cues, page, sidebar, posted, told: () => told, shows, capture, write, senderOf };
}

export const SIDEBAR = { tab: null, url: '' };

export const NOTHING_SHOWN: FrameReading = {
  ...{ site: 'sample', page: 'other', top: true, url: 'https://mail.example/box', title: 'Box' },
  ...{ subject: '', messages: [], record: null, own: [], changed: null, never: 0 },
};

/** A message as a page reads it, from a customer to the member. */
export function message(facts: Partial<ReadMessage> = {}): ReadMessage {
  return {
    ...{ key: null, shown: 'whole', sentBy: null, subject: 'Delivery', cc: [] },
    from: { name: 'Sample Buyer', address: 'buyer@halden.example' },
    to: [{ name: '', address: 'you@practice.example' }],
    ...{ sentAt: '2027-02-24T09:12:00.000Z', sentAtText: '', messageId: null, url: '' },
    text: 'short',
    ...facts,
  };
}
