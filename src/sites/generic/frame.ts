// A mail whose words are in a frame, with subject and sender in the document around it. The frame's
// own script reads the words; it looks out for the header, as far as it is of the same origin.

import { webAddress } from '../reading.ts';
import type { Hooks } from '../site.ts';
import { isList, type Names, openRoots } from './block.ts';
import { all, holds, isShown, kidsOf, type Letters, matches, outerOf } from './dom.ts';
import { type Facts, factsOf, headingIn } from './facts.ts';

/** What stands around a frame, with the address of the document that can be opened again. */
export type Header = Facts & { heading: string; address: string; title: string };

const MOST_FRAMES = 8;
// A header is short; more than this is a page with a frame in it.
const LONGEST_HEADER = 1_500;

/** The header above the frame that this document is in; null where there is none, or no frame. */
export function headerAround(doc: Document, hooks: Hooks<Names>, letters: Letters): Header | null {
  let frame = frameOf(doc);
  for (let depth = 0; frame !== null && depth < MOST_FRAMES; depth += 1) {
    const outer: Document = frame.ownerDocument;
    for (let at = outerOf(frame); at !== null; at = outerOf(at)) {
      const header = headerIn(at, frame, outer, hooks, letters);
      if (header === 'too much') return null;
      if (header !== null) return header;
      if (matches(at, hooks.main)) break;
    }
    frame = frameOf(outer);
  }
  return null;
}

/** Whether the words of this document's mail are in a frame, whose script tells of them. */
export function isAroundMail(doc: Document, hooks: Hooks<Names>, letters: Letters): boolean {
  if (doc.body === null) return false;
  return [doc.body, ...openRoots(doc.body, letters)]
    .flatMap((root) => all(root, hooks.frame))
    .some((frame) => {
      const inner = innerOf(frame);
      if (inner?.body == null || !isShown(frame)) return false;
      if (letters(inner.body) > 0 && headerAround(inner, hooks, letters) !== null) return true;
      return isAroundMail(inner, hooks, letters);
    });
}

function headerIn(
  block: Element,
  frame: Element,
  outer: Document,
  hooks: Hooks<Names>,
  letters: Letters,
): Header | 'too much' | null {
  const left = kidsOf(block).filter((kid) => !holds(kid, frame) && isList(kid, hooks, letters));
  const beside = [...left, ...all(block, `${hooks.beside}, ${hooks.unread}`)].filter(
    (one, _at, those) => !those.some((other) => other !== one && holds(other, one)),
  );
  const count = beside.reduce((sum, one) => sum - letters(one), letters(block));
  if (count > LONGEST_HEADER) return 'too much';
  const facts = factsOf(block, hooks, letters, frame, left);
  if (facts.people.length === 0) return null;
  const heading = headingIn(block, outer.title, hooks, letters);
  if (heading === '' && facts.sentAtText === '') return null;
  return { ...facts, heading, title: outer.title, address: webAddress(outer) };
}

function frameOf(doc: Document): Element | null {
  try {
    return doc.defaultView?.frameElement ?? null;
  } catch {
    return null; // of another origin
  }
}

function innerOf(frame: Element): Document | null {
  try {
    return (frame as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}
