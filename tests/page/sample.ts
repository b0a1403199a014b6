// A sample mail page, and the outside of the page script as a test owns it.
import { afterEach, beforeEach, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PageEventHandlers } from '../../src/extension/messages/hear.ts';
import type { Mark } from '../../src/extension/messages/shapes.ts';
import type { PageDeps } from '../../src/extension/page/deps.ts';
import { createMore } from '../../src/extension/page/more.ts';
import { neverLogOf } from '../../src/extension/page/never.ts';
import { type Page, startPage } from '../../src/extension/page/start.ts';
import { SITES } from '../../src/sites/all.ts';

export type Call = { call: string; payload: Record<string, unknown> };
type Answer = (payload: Record<string, unknown>) => unknown;

export type Started = {
  page: Page;
  calls: Call[];
  /** Payloads of one call, oldest first. */
  sent: (call: string) => Record<string, unknown>[];
  answers: Record<string, Answer>;
  events: PageEventHandlers;
  heard: () => boolean;
  setAlive: (alive: boolean) => void;
};

/** The closed shadow roots made since the test began, newest last. */
export const roots: ShadowRoot[] = [];
const pages: Page[] = [];

beforeEach(() => {
  const attach = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (
    this: Element,
    init: ShadowRootInit,
  ) {
    const root = attach.call(this, init);
    roots.push(root);
    return root;
  });
  document.documentElement.setAttribute('data-unsaid-practice', '');
});

afterEach(() => {
  for (const page of pages.splice(0)) page.end();
  vi.restoreAllMocks();
  roots.length = 0;
  document.documentElement.removeAttribute('data-unsaid-practice');
  document.body.replaceChildren();
  document.body.removeAttribute('style');
  document.getSelection()?.removeAllRanges();
});

/** Adds a mail to the page; each text is a paragraph. Gives the paragraphs. */
export function addMail(n: number, ...texts: string[]): HTMLElement[] {
  const mail = document.createElement('article');
  mail.setAttribute('data-message-id', `<${n}@sample.example>`);
  const from = document.createElement('p');
  from.setAttribute('data-from', 'Sample Person <sample.person@acme.example>');
  from.textContent = 'Sample Person';
  const date = document.createElement('time');
  date.setAttribute('datetime', `2027-02-24T09:1${n}:00Z`);
  date.textContent = '24 Feb 2027';
  const body = document.createElement('div');
  body.setAttribute('data-body', '');
  body.style.padding = '0 60px';
  const paragraphs = texts.map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
  body.append(...paragraphs);
  mail.append(from, date, body);
  document.body.append(mail);
  return paragraphs;
}

/** Starts the page script with a background that answers as `answers` say. */
export function start(
  options: {
    top?: boolean;
    marks?: Mark[];
    never?: string[];
    begin?: Answer;
    deps?: Partial<PageDeps>;
  } = {},
): Started {
  const calls: Call[] = [];
  let alive = true;
  let events: PageEventHandlers | null = null;
  const answers: Record<string, Answer> = {
    begin: options.begin ?? (() => ({ never: options.never ?? [], sites: {} })),
    reading: ({ messages }) => ({
      tab: 1,
      wanted: [],
      messages: (messages as Record<string, unknown>[]).map(({ text: _, ...known }) => ({
        ...known,
        keys: [`mid:${String(known.messageId)}`],
      })),
    }),
    marks: ({ messages }) => ({
      marks: (messages as unknown[]).map((_, at) => (at === 0 ? (options.marks ?? []) : [])),
    }),
    capture: () => ({ draft: 'sample-draft' }),
  };
  const call = async (name: string, payload: Record<string, unknown>) => {
    calls.push({ call: name, payload });
    const value = (await answers[name]?.(payload)) ?? null;
    const failed = typeof value === 'object' && value !== null && 'error' in value;
    return failed ? { ok: false, error: value.error } : { ok: true, value };
  };
  const page = startPage({
    call: call as PageDeps['call'],
    hear: (handlers) => {
      events = handlers;
      return () => {
        events = null;
      };
    },
    alive: () => alive,
    top: options.top ?? true,
    sidebar: 'about:blank',
    sites: SITES,
    unpack: async () => [],
    never: async () => neverLogOf,
    load: async () => createMore,
    ...options.deps,
  });
  pages.push(page);
  if (events === null) throw new Error('the page listens to nobody');
  return {
    page,
    calls,
    sent: (name) => calls.filter((made) => made.call === name).map(({ payload }) => payload),
    answers,
    events,
    heard: () => events !== null,
    setAlive: (now) => {
      alive = now;
    },
  };
}

let nextMark = 0;

/** A mark on words that stand in a mail. */
export function markOn(exact: string, changes: Partial<Mark> = {}): Mark {
  nextMark += 1;
  const id = `01900000-0000-7000-8000-${String(nextMark).padStart(12, '0')}`;
  return {
    kind: 'expectation',
    id,
    evidence: id,
    look: 'expectation',
    selectors: [
      { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
      { type: 'TextPositionSelector', start: 0, end: exact.length },
    ],
    probably: false,
    earlier: null,
    summary: `Sample summary of ${exact}`,
    ...changes,
  };
}

export function select(from: Node, start: number, to: Node, end: number): void {
  document.getSelection()?.setBaseAndExtent(from, start, to, end);
}

export function textOf(element: Element): Text {
  const node = element.firstChild;
  if (!(node instanceof Text)) throw new Error('no text');
  return node;
}

/** What we show with this role, in any of our closed shadow roots still in the page. */
export function ours(selector: string): HTMLElement | null {
  for (const root of roots.toReversed()) {
    const found = root.isConnected ? root.querySelector<HTMLElement>(selector) : null;
    if (found) return found;
  }
  return null;
}

export function allOurs(selector: string): HTMLElement[] {
  return roots.flatMap((root) =>
    root.isConnected ? [...root.querySelectorAll<HTMLElement>(selector)] : [],
  );
}

/** Presses one of our own elements by focus and Enter: no locator reaches into a closed root. */
export async function press(button: HTMLElement | undefined | null): Promise<void> {
  button?.focus();
  await userEvent.keyboard('{Enter}');
}
