// Which sites the content script runs on by itself, and putting it into a page on request.
import { PACKS, packFor } from '../../sites/hosts.ts';
import { browser } from '../browser.ts';
import { ExpectedError, type PageHandlers, type SiteState } from '../messages/index.ts';
import { originOf } from './contexts.ts';
import { PAGE_SCRIPT, PARTS, sitesScript } from './page-script.ts';

const SCRIPT_ID = 'always-here';

type Part = Parameters<PageHandlers['more']>[0];

/** Registers the content script for all origins that the browser granted, and no others. */
export async function registerSites(): Promise<void> {
  const scripts = scriptsFor(await grantedPatterns());
  const registered = await browser.scripting.getRegisteredContentScripts();
  const present = new Set(registered.map(({ id }) => id));
  const wanted = new Set(scripts.map(({ id }) => id));
  const old = [...present].filter((id) => !wanted.has(id));
  if (old.length > 0) await browser.scripting.unregisterContentScripts({ ids: old });
  const [known, fresh] = [true, false].map((is) =>
    scripts.filter(({ id }) => present.has(id) === is),
  );
  if (known?.length) await browser.scripting.updateContentScripts(known);
  if (fresh?.length) await browser.scripting.registerContentScripts(fresh);
}

/** Two for each pack of readers that the granted hosts need. */
function scriptsFor(patterns: readonly string[]) {
  const packs = Map.groupBy(patterns, packFor);
  return [...packs].flatMap(([pack, matches]) => {
    const id = `${SCRIPT_ID}-${pack}`;
    const where = {
      matches,
      allFrames: true,
      // A mail shown in about:srcdoc belongs to the page around it.
      matchOriginAsFallback: true,
      persistAcrossSessions: true,
    };
    return [
      // Before the page's own scripts, to be the first to hear a key.
      { ...where, id, js: [PAGE_SCRIPT], runAt: 'document_start' as const },
      // The readers when there is something to read, which begins with them.
      { ...where, id: `${id}-sites`, js: [sitesScript(pack)], runAt: 'document_end' as const },
    ];
  });
}

/** Puts the content script into all frames of a tab; false where the browser does not let us. */
export async function injectInto(tab: number): Promise<boolean> {
  try {
    const { url = '' } = await browser.tabs.get(tab);
    await browser.scripting.executeScript({
      target: { tabId: tab, allFrames: true },
      files: [sitesScript(packFor(url)), PAGE_SCRIPT],
    });
    return true;
  } catch {
    return false;
  }
}

/** Puts a part of our script into the frame that asked for it. */
export async function injectMore(tab: number, frame: number, wanted: Part): Promise<void> {
  if (wanted.part === 'sites' && !PACKS.includes(wanted.pack)) {
    throw new ExpectedError('not-found', `There are no readers “${wanted.pack}”.`);
  }
  const file = wanted.part === 'sites' ? sitesScript(wanted.pack) : PARTS[wanted.part];
  await browser.scripting.executeScript({
    target: { tabId: tab, frameIds: [frame] },
    files: [file],
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
