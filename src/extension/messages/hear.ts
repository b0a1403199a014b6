import type * as z from 'zod/mini';
import { browser, type Runtime } from '../browser.ts';
import type { PageEvent, pageEvents } from './calls.ts';
import { isWire } from './wire.ts';

export type PageEventHandlers = {
  [E in PageEvent]: (payload: z.output<(typeof pageEvents)[E]>) => void;
};

/**
 * Hears the background in a page's frame; returns what stops it. The background is our own code,
 * so its payloads are not parsed again: the schemas would be half of the resident script.
 */
export function hearEvents(handlers: PageEventHandlers): () => void {
  const listener = (message: unknown, sender: Runtime.MessageSender) => {
    if (!isWire(message) || message.to !== 'page-event') return undefined;
    if (sender.id !== browser.runtime.id || sender.tab !== undefined) return undefined;
    if (!Object.hasOwn(handlers, message.call)) return undefined;
    (handlers[message.call as PageEvent] as (payload: unknown) => void)(message.payload);
    return undefined;
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}
