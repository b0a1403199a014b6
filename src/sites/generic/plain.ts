// A page of one mail with all of its words in the document itself, read in few looks: an element
// that was touched costs memory for as long as the page lives, and pages are read again with every
// change. Whatever may be more than that is left to the whole reader (generic.ts), which comes only
// then; what both read, they read by the same rules.

import { PLAIN } from '../reading.ts';
import type { Hooks, PageReading, Site } from '../site.ts';
import { all, countOf, lettersOnce, shadowOf, textOf } from './dom.ts';
import { documentIn, frameOf } from './frames.ts';
import { HARDLY_ANY, type Look, mayBeList, type Names } from './look.ts';
import { mainText } from './main-text.ts';
import { selectors } from './selectors.ts';

// Among more elements than this no shadow roots are looked for.
const FEW = 300;
// Header lines begin about here, if there are any.
const TOP = 3_000;

let found: PageReading | null = null;

export const plain: Site<Names> = {
  name: 'generic',
  selectors,

  // Whether it is such a page is known when it has been read.
  matches(doc, hooks) {
    found = null;
    found = readPlain(doc, hooks);
    return found !== null;
  },

  read(doc, hooks) {
    const reading = found ?? readPlain(doc, hooks);
    found = null;
    return reading;
  },
};

/** null for any other page. */
function readPlain(doc: Document, hooks: Hooks<Names>): PageReading | null {
  try {
    const isAlone = frameOf(doc) === null && !hasFrameWithText(doc, hooks);
    const main = isAlone ? mainText(doc, fewLooks(hooks)) : null;
    if (main?.isMail !== true) return null;
    const { message } = main;
    const { subject } = message;
    return { ...PLAIN, site: 'generic', page: 'message', subject, messages: [message] };
  } catch {
    // Not to be known in few looks, or made to break any reader.
    return null;
  }
}

// Ends the reading where more would have to be looked at.
function fewLooks(hooks: Hooks<Names>): Look {
  const letters = lettersOnce();
  const unlessSo = (isSo: boolean) => {
    if (isSo) throw new Error('not a plain page');
  };
  return {
    hooks,
    letters,
    rootsIn(element) {
      unlessSo(letters(element) < HARDLY_ANY && mayHaveShadow(element));
      return [];
    },
    isList(element) {
      unlessSo(mayBeList(element, hooks, letters));
      return false;
    },
    headerLines(text) {
      unlessSo(/^from:/im.test(text.slice(0, TOP)));
      return null;
    },
  };
}

function mayHaveShadow(element: Element): boolean {
  return countOf(element, '*') > FEW || [element, ...all(element, '*')].some(shadowOf);
}

function hasFrameWithText({ defaultView, body }: Document, hooks: Hooks<Names>): boolean {
  // Most pages have none at all, and this is known without looking for them.
  if ((defaultView?.length ?? 0) === 0) return false;
  return all(body, hooks.frame).some((frame) => {
    const inner = documentIn(frame)?.body;
    return inner != null && textOf(inner).trim() !== '';
  });
}
