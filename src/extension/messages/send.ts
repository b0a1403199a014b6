import type * as z from 'zod/mini';
import { browser } from '../browser.ts';
import type {
  PageAnswers,
  PageCall,
  PageEvent,
  pageCalls,
  pageEvents,
  SidebarAnswers,
  SidebarCall,
  sidebarCalls,
} from './calls.ts';
import { failure, type Result } from './result.ts';
import type { Wire } from './wire.ts';

/** From a page's frame to the background. */
export function callFromPage<C extends PageCall>(
  call: C,
  payload: z.input<(typeof pageCalls)[C]>,
): Promise<Result<PageAnswers[C]>> {
  return send({ unsaid: 1, to: 'page-call', call, payload });
}

/** From the sidebar or the options page to the background. */
export function callFromSidebar<C extends SidebarCall>(
  call: C,
  payload: z.input<(typeof sidebarCalls)[C]>,
): Promise<Result<SidebarAnswers[C]>> {
  return send({ unsaid: 1, to: 'sidebar-call', call, payload });
}

/** From the background to every frame of a tab (or one frame). A tab without our script is no error. */
export async function tellPage<E extends PageEvent>(
  tab: number,
  event: E,
  payload: z.input<(typeof pageEvents)[E]>,
  frame?: number,
): Promise<void> {
  const message: Wire = { unsaid: 1, to: 'page-event', call: event, payload };
  try {
    await browser.tabs.sendMessage(tab, message, frame === undefined ? {} : { frameId: frame });
  } catch {
    // No content script in that tab, or it is gone: nothing to tell.
  }
}

async function send<T>(message: Wire): Promise<Result<T>> {
  try {
    const answer: unknown = await browser.runtime.sendMessage(message);
    if (isResult(answer)) return answer as Result<T>;
    return failure('ended', 'Unsaid gave no answer. Reload this page and try again.');
  } catch (error) {
    // The extension was updated or switched off under an open page.
    return failure(
      'ended',
      `Unsaid was updated or is not running. Reload this page. (${String(error).slice(0, 200)})`,
    );
  }
}

function isResult(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}
