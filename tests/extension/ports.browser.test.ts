// Which of the open sidebars holds the server's event stream, and so gets the token.
import { beforeEach, expect, test, vi } from 'vitest';
import type { PokeSource, SidebarEvent } from '../../src/extension/messages/index.ts';
import './world.ts';

type Listener<A extends unknown[]> = { addListener(listener: (...args: A) => void): void };
type Port = {
  name: string;
  sender: object;
  got: SidebarEvent[];
  postMessage(event: SidebarEvent): void;
  disconnect(): void;
  onDisconnect: Listener<[]>;
  onMessage: Listener<[unknown]>;
  /** The page's end closes. */
  close(): void;
  says(message: unknown): void;
};

let connect: (port: Port) => void = () => {};
const OWN = 'chrome-extension://sample';
const runtime = {
  getURL: (path: string) => `${OWN}/${path}`,
  onConnect: { addListener: (listener: (port: Port) => void) => (connect = listener) },
};
const { browser } = globalThis as unknown as { browser: { runtime: object } };
Object.assign(browser.runtime, runtime);
const { listenForSidebars } = await import('../../src/extension/background/ports.ts');

function port(name = 'sidebar', origin = OWN, path = '/src/extension/sidebar/index.html'): Port {
  const ended: (() => void)[] = [];
  const hearers: ((message: unknown) => void)[] = [];
  const made: Port = {
    ...{ name, sender: { origin, url: origin + path }, got: [] },
    postMessage: (event) => void made.got.push(event),
    disconnect: vi.fn(),
    onDisconnect: { addListener: (listener) => void ended.push(listener) },
    onMessage: { addListener: (listener) => void hearers.push(listener) },
    close: () => {
      for (const end of ended) end();
    },
    says: (message) => {
      for (const hear of hearers) hear(message);
    },
  };
  return made;
}

const SOURCE = { server: 'https://unsaid.example', token: 'sample-token' };
let source: PokeSource | null;
let poked: (number | null)[];
let ports: ReturnType<typeof listenForSidebars>;
beforeEach(() => {
  source = SOURCE;
  poked = [];
  ports = listenForSidebars({
    opened: () => {},
    source: async () => source,
    poked: (size) => void poked.push(size),
  });
});

const held = (of: Port) => of.got.filter(({ event }) => event === 'pokes').at(-1);
const HOLD = { event: 'pokes', from: SOURCE };

test('one of several holds it; when it closes, another does', async () => {
  const [first, second] = [port(), port()];
  connect(first);
  connect(second);
  await expect.poll(() => held(first)).toEqual(HOLD);
  expect(second.got).toEqual([]);
  first.says({ poke: 7 });
  expect(poked).toEqual([7]);
  first.close();
  await expect.poll(() => held(second)).toEqual(HOLD);
});

test('after a worker’s death the one that held it goes on, whoever comes back first', async () => {
  const [other, holder] = [port(), port('sidebar-holding')];
  connect(other);
  connect(holder);
  await expect.poll(() => held(holder)).toEqual(HOLD);
  expect(other.got).toEqual([]);
});

test('without a server nobody holds it, and after disconnecting nobody any more', async () => {
  const only = port();
  connect(only);
  await expect.poll(() => held(only)).toEqual(HOLD);
  source = null;
  ports.choose();
  await expect.poll(() => held(only)).toEqual({ event: 'pokes', from: null });
});

test('a page of somebody else’s gets neither a port nor the token', async () => {
  const stranger = port('sidebar', 'https://mail.example');
  connect(stranger);
  ports.choose();
  await new Promise((done) => setTimeout(done, 300));
  expect(stranger.disconnect).toHaveBeenCalled();
  expect(stranger.got).toEqual([]);
});

test('what is no size is not passed on', () => {
  const only = port();
  connect(only);
  for (const poke of ['7', 1.5, undefined, {}]) only.says({ poke });
  only.says({ poke: null });
  expect(poked).toEqual([null]);
});

test('pages of calls hear what changes and hold nothing, even alone', async () => {
  const bar = port('sidebar-holding', OWN, '/src/extension/call/index.html');
  const list = port('sidebar', OWN, '/src/extension/calls/index.html#/waiting');
  const sidebar = port();
  connect(bar);
  connect(list);
  ports.post({ event: 'calls' });
  expect(bar.got).toEqual([{ event: 'calls' }]);
  await new Promise((done) => setTimeout(done, 300));
  connect(sidebar);
  await expect.poll(() => held(sidebar)).toEqual(HOLD);
  expect([held(bar), held(list)]).toEqual([undefined, undefined]);
});
