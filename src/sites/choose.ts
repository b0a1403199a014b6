import { generic } from './generic/generic.ts';
import { practice } from './practice/practice.ts';
import { roundcube } from './roundcube/roundcube.ts';
import type { PageReading, Site } from './site.ts';

const SITES: readonly Site[] = [roundcube, practice];

/** The site that knows this document; the generic one when none does. Never throws. */
export function chooseSite(doc: Document): Site {
  return SITES.find((site) => knows(site, doc)) ?? generic;
}

/** Reads a document by its site, or by the generic one when the site has changed its pages. */
export function readPage(doc: Document): PageReading {
  try {
    return chooseSite(doc).read(doc);
  } catch {
    return generic.read(doc);
  }
}

function knows(site: Site, doc: Document): boolean {
  try {
    return site.matches(doc);
  } catch {
    return false;
  }
}
