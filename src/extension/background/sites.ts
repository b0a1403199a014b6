// Which sites the content script runs on by itself, and putting it into a page on request.
import { browser } from '../browser.ts';
import type { SiteState } from '../messages/index.ts';
import { originOf } from './contexts.ts';
import { MORE_SCRIPT, PAGE_SCRIPT } from './page-script.ts';

const SCRIPT_ID = 'always-here';

/** Registers the content script for all origins that the browser granted, and no others. */
export async function registerSites(): Promise<void> {
  const matches = await grantedPatterns();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
  if (matches.length === 0) {
    if (registered.length > 0) {
      await browser.scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    }
    return;
  }
  const script = {
    id: SCRIPT_ID,
    js: [PAGE_SCRIPT],
    matches,
    allFrames: true,
    // A mail shown in about:srcdoc belongs to the page around it.
    matchOriginAsFallback: true,
    // Before the page's own scripts, to be the first to hear a key; it reads only when there is a page.
    runAt: 'document_start' as const,
    persistAcrossSessions: true,
  };
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}

/** Puts the content script into all frames of a tab; false where the browser does not let us. */
export async function injectInto(tab: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      files: [PAGE_SCRIPT],
    });
    return true;
  } catch {
    return false;
  }
}

/** Puts the rest of our script into one frame; the resident one asked for it. */
export async function injectMore(tab: number, frame: number): Promise<void> {
  await browser.scripting.executeScript({
    target: { tabId: tab, frameIds: [frame] },
    files: [MORE_SCRIPT],
  });
}

export async function siteStates(): Promise<SiteState[]> {
  const patterns = await grantedPatterns();
  return patterns.map((pattern) => ({ origin: pattern.replace(/\/\*$/, ''), on: true }));
}

export async function alwaysOn(url: string): Promise<'on' | 'off' | 'impossible'> {
  const origin = originOf(url);
  if (origin === '') return 'impossible';
  return (await browser.permissions.contains({ origins: [`${withoutPort(origin)}/*`] }))
    ? 'on'
    : 'off';
}

async function grantedPatterns(): Promise<string[]> {
  const { origins } = await browser.permissions.getAll();
  return (origins ?? []).filter((pattern) => /^https?:\/\//.test(pattern));
}

/** Match patterns have no port; a site's ports share one grant. */
function withoutPort(origin: string): string {
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}`;
}
