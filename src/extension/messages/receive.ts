import type * as z from 'zod/mini';
import { browser, type Runtime } from '../browser.ts';
import {
  type PageAnswers,
  type PageCall,
  pageCalls,
  type SidebarAnswers,
  type SidebarCall,
  sidebarCalls,
} from './calls.ts';
import { ExpectedError, failure, ok, type Result } from './result.ts';
import { isWire, type Wire } from './wire.ts';

/** Where a page's call came from, as the browser says. */
export type PageSender = { tab: number; frame: number; url: string; document: string };
export type SidebarSender = { tab: number | null; url: string };

export type PageHandlers = {
  [C in PageCall]: (
    payload: z.output<(typeof pageCalls)[C]>,
    sender: PageSender,
  ) => Promise<PageAnswers[C]>;
};
export type SidebarHandlers = {
  [C in SidebarCall]: (
    payload: z.output<(typeof sidebarCalls)[C]>,
    sender: SidebarSender,
  ) => Promise<SidebarAnswers[C]>;
};

/**
 * Answers calls in the background. The sender is a claim to be proven: only our own extension, and
 * a sidebar's call only from a page of our origin (a content script carries its page's).
 */
export function answerCalls(pages: PageHandlers, sidebars: SidebarHandlers): void {
  // Answering by `sendResponse` and `true`: a returned promise is not understood by every browser.
  const listener = (
    message: unknown,
    sender: Runtime.MessageSender,
    sendResponse: (response: unknown) => void,
  ): true | undefined => {
    if (!isWire(message) || sender.id !== browser.runtime.id) return undefined;
    if (message.to === 'sidebar-call' && isOwnPage(sender)) {
      const from = { tab: sender.tab?.id ?? null, url: sender.url ?? '' };
      void answer(sidebarCalls, sidebars, message, from).then(sendResponse);
      return true;
    }
    const tab = sender.tab?.id;
    if (message.to === 'page-call' && !isOwnPage(sender) && tab !== undefined) {
      const url = sender.url ?? '';
      const from = { tab, frame: sender.frameId ?? 0, url, document: documentOf(sender) };
      void answer(pageCalls, pages, message, from).then(sendResponse);
      return true;
    }
    return undefined;
  };
  // The types know a listener that always answers or never does; this one decides by the message.
  browser.runtime.onMessage.addListener(listener as Runtime.OnMessageListenerCallback);
}

export function isOwnPage(sender: Runtime.MessageSender): boolean {
  const own = new URL(browser.runtime.getURL('')).origin;
  // Chromium tells the origin; with a dynamic address the URL's host is another one.
  const origin = (sender as { origin?: string }).origin;
  if (origin !== undefined) return origin === own;
  return sender.url?.startsWith(`${own}/`) ?? false;
}

/** The browser's own name of the sender's document; where it has none, the address without hash. */
function documentOf(sender: Runtime.MessageSender): string {
  const { documentId } = sender as { documentId?: string };
  return documentId ?? (sender.url ?? '').replace(/#.*$/s, '');
}

async function answer<S>(
  schemas: Record<string, z.ZodMiniType>,
  handlers: Record<string, unknown>,
  message: Wire,
  sender: S,
): Promise<Result<unknown>> {
  const schema = Object.hasOwn(schemas, message.call) ? schemas[message.call] : undefined;
  if (schema === undefined) return failure('bad-input', `There is no call “${message.call}”.`);
  const parsed = schema.safeParse(message.payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    return failure('bad-input', `${message.call} ${where}: ${issue?.message ?? 'does not fit'}`);
  }
  const handler = handlers[message.call] as (payload: unknown, sender: S) => Promise<unknown>;
  try {
    return ok(await handler(parsed.data, sender));
  } catch (error) {
    if (error instanceof ExpectedError) return failure(error.code, error.message);
    console.error(error);
    return failure('storage', `Unsaid met a fault of its own: ${String(error).slice(0, 300)}`);
  }
}
