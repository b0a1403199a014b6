import { PLAIN } from './reading.ts';
import type { Hooks, PageReading, Site } from './site.ts';

/**
 * What is known of sites beyond what is built in: by name, whether a site is read by its own
 * reader, and by which selectors.
 */
export type SiteKnowledge = Readonly<
  Record<string, { on: boolean; selectors: Readonly<Record<string, string>> }>
>;

/** A site, and the selectors to read it by. */
export type Chosen = { site: Site; hooks: Hooks };

/**
 * The site that knows this document; the one for any page when none does or knowledge switched it
 * off. `sites` ends with that one. Never throws.
 */
export function chooseSite(
  doc: Document,
  sites: readonly Site[],
  knowledge: SiteKnowledge = {},
): Chosen | null {
  for (const site of sites) {
    if (knowledge[site.name]?.on === false) continue;
    const hooks = hooksOf(site, knowledge);
    if (attempt(() => site.matches(doc, hooks), false)) return { site, hooks };
  }
  return null;
}

/**
 * Reads a document by its site. As any page, and saying so, when the site has changed its pages: a
 * wrong reading is worse than a rough one. Never throws.
 */
export function readPage(
  doc: Document,
  sites: readonly Site[],
  knowledge: SiteKnowledge = {},
  chosen: Chosen | null = chooseSite(doc, sites, knowledge),
): PageReading {
  const nothing = { ...PLAIN, site: chosen?.site.name ?? '', page: 'other' as const, messages: [] };
  if (chosen === null) return nothing;
  const { site, hooks } = chosen;
  const reading = attempt(() => site.read(doc, hooks), null);
  if (reading !== null) return reading;
  const any = sites.at(-1);
  // A page that is still arriving has not changed.
  if (any === undefined || any === site || doc.readyState !== 'complete') return nothing;
  const rough = attempt(() => any.read(doc, hooksOf(any, knowledge)), null);
  return { ...(rough ?? nothing), changed: site.name };
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
