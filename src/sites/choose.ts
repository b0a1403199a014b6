import { generic } from './generic/generic.ts';
import { PLAIN } from './reading.ts';
import type { Hooks, PageReading, Site } from './site.ts';

/** What is known of sites beyond what is built in: by name, whether it is read by its own reader, and by which selectors. */
export type SiteKnowledge = Readonly<
  Record<string, { on: boolean; selectors: Readonly<Record<string, string>> }>
>;

/**
 * The site that knows this document, with the selectors to read it by; the generic one when none
 * does or knowledge switched it off. Never throws.
 */
export function chooseSite(
  doc: Document,
  sites: readonly Site[],
  knowledge: SiteKnowledge = {},
): { site: Site; hooks: Hooks } {
  for (const site of sites) {
    if (knowledge[site.name]?.on === false) continue;
    const hooks = hooksOf(site, knowledge);
    if (attempt(() => site.matches(doc, hooks), false)) return { site, hooks };
  }
  return { site: generic, hooks: hooksOf(generic, knowledge) };
}

/**
 * Reads a document by its site. By the generic one, and saying so, when the site has changed its
 * pages: a wrong reading is worse than a rough one. Never throws.
 */
export function readPage(
  doc: Document,
  sites: readonly Site[],
  knowledge: SiteKnowledge = {},
): PageReading {
  const { site, hooks } = chooseSite(doc, sites, knowledge);
  const reading = attempt(() => site.read(doc, hooks), null);
  if (reading !== null) return reading;
  // A page that is still arriving has not changed.
  if (doc.readyState !== 'complete')
    return { ...PLAIN, site: site.name, page: 'other', messages: [] };
  const plain = generic.read(doc, hooksOf(generic, knowledge));
  const rough = plain ?? { ...PLAIN, site: generic.name, page: 'other' as const, messages: [] };
  return { ...rough, changed: site.name };
}

// Only names that the reader knows: knowledge of a newer version may have more.
function hooksOf(site: Site, knowledge: SiteKnowledge): Hooks {
  const told = knowledge[site.name]?.selectors;
  if (told === undefined) return site.selectors;
  const hooks: Record<string, string> = { ...site.selectors };
  for (const name of Object.keys(hooks)) {
    if (Object.hasOwn(told, name)) hooks[name] = told[name] as string;
  }
  return hooks;
}

// Pages can make any reader throw: clobbered names, half-built trees, selectors of knowledge that
// this browser does not understand.
function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
