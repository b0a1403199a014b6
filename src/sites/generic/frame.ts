// A mail whose words are in a frame, with subject and sender in the document around it. The frame's
// own script reads the words; it looks out for the header, as far as it is of the same origin.

import { webAddress } from '../reading.ts';
import { all, holds, isShown, kidsOf, matches, outerOf } from './dom.ts';
import { type Facts, factsOf, headingIn } from './facts.ts';
import { documentIn, frameOf } from './frames.ts';
import type { Look } from './look.ts';

/** What stands around a frame, with the address of the document that can be opened again. */
export type Header = Facts & { heading: string; address: string; title: string };

const MOST_FRAMES = 8;
// A header is short; more than this is a page with a frame in it.
const LONGEST_HEADER = 1_500;

/** The header above the frame that this document is in; null where there is none, or no frame. */
export function headerAround(doc: Document, look: Look): Header | null {
  let frame = frameOf(doc);
  for (let depth = 0; frame !== null && depth < MOST_FRAMES; depth += 1) {
    const outer: Document = frame.ownerDocument;
    for (let at = outerOf(frame); at !== null; at = outerOf(at)) {
      const header = headerIn(at, frame, outer, look);
      if (header === 'too much') return null;
      if (header !== null) return header;
      if (matches(at, look.hooks.main)) break;
    }
    frame = frameOf(outer);
  }
  return null;
}

/** Whether the words of this document's mail are in a frame, whose script tells of them. */
export function isAroundMail(doc: Document, look: Look): boolean {
  if (doc.body === null) return false;
  return [doc.body, ...look.rootsIn(doc.body)]
    .flatMap((root) => all(root, look.hooks.frame))
    .some((frame) => {
      const inner = documentIn(frame);
      if (inner?.body == null || !isShown(frame)) return false;
      if (look.letters(inner.body) > 0 && headerAround(inner, look) !== null) return true;
      return isAroundMail(inner, look);
    });
}

function headerIn(
  block: Element,
  frame: Element,
  outer: Document,
  look: Look,
): Header | 'too much' | null {
  const { hooks, letters } = look;
  const left = kidsOf(block).filter((kid) => !holds(kid, frame) && look.isList(kid));
  const beside = [...left, ...all(block, `${hooks.beside}, ${hooks.unread}`)].filter(
    (one, _at, those) => !those.some((other) => other !== one && holds(other, one)),
  );
  const count = beside.reduce((sum, one) => sum - letters(one), letters(block));
  if (count > LONGEST_HEADER) return 'too much';
  const facts = factsOf(block, look, frame, left);
  if (facts.people.length === 0) return null;
  const heading = headingIn(block, outer.title, look);
  if (heading === '' && facts.sentAtText === '') return null;
  return { ...facts, heading, title: outer.title, address: webAddress(outer) };
}
