// A page of one mail is read in few looks, and as the whole reader reads it.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { generic } from '../../src/sites/generic/generic.ts';
import { plain } from '../../src/sites/generic/plain.ts';

// Counts what queries hand out, before the reader takes the prototype's method.
const handed = vi.hoisted(() => {
  const count = { elements: 0 };
  const real = Element.prototype.querySelectorAll;
  Element.prototype.querySelectorAll = function (this: Element, css: string) {
    return new Proxy(real.call(this, css), {
      get(list, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) count.elements += 1;
        return Reflect.get(list, key, list);
      },
    });
  } as typeof real;
  return count;
});

const HEADER = `<h1>Late again</h1><p><a href="mailto:sample.person@kunde.example">Sample Person</a>,
  <time datetime="2026-09-03T05:35:00Z">3 September</time></p>`;
const WORDS = '<p>We assume that <b>somebody</b> calls us the day before.</p>'.repeat(90);
const ROWS = '<li><a href="/x">Another mail that is in a list</a></li>'.repeat(40);

const opened: HTMLIFrameElement[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const frame of opened.splice(0)) frame.remove();
});

/** A page of its own, as far as readers see: a frame whose element is not to be reached. */
async function page(html: string): Promise<Document> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  frame.srcdoc = `<!doctype html><title>Sample Mail</title>${html}`;
  opened.push(frame);
  document.body.append(frame);
  await loaded;
  if (frame.contentDocument === null) throw new Error('not to be reached');
  Object.defineProperty(frame.contentDocument.defaultView, 'frameElement', { value: null });
  return frame.contentDocument;
}

describe('a page of one mail', () => {
  it.each([
    ['in a marked-up block', `<nav>Menu</nav><main>${HEADER}${WORDS}</main>`],
    ['in the body', `${HEADER}<div>${WORDS}</div>`],
    [
      'with an earlier one quoted',
      `<main>${HEADER}${WORDS}<blockquote>They wrote: ${HEADER}${WORDS}</blockquote></main>`,
    ],
    ['that is short', `<main>${HEADER}<p>We assume that somebody calls.</p></main>`],
  ])('%s is read alike', async (_, html) => {
    const doc = await page(html);
    const reading = plain.read(doc, plain.selectors);
    expect(reading?.messages).toMatchObject([{ from: { address: 'sample.person@kunde.example' } }]);
    expect(reading).toEqual(generic.read(doc, generic.selectors));
  });

  it('of 20,000 elements has few of them touched', async () => {
    const doc = await page(`<main>${HEADER}${'<p>Some <b>words</b></p>'.repeat(10_000)}</main>`);
    const walk = vi.spyOn(Document.prototype, 'createTreeWalker');
    handed.elements = 0;
    expect(plain.matches(doc, plain.selectors)).toBe(true);
    expect(walk).not.toHaveBeenCalled();
    expect(handed.elements).toBeGreaterThan(0);
    expect(handed.elements).toBeLessThan(50);
  });
});

describe('a page that may be more', () => {
  it.each([
    ['a list beside the mail', `<ul>${ROWS}</ul><div>${HEADER}${WORDS}</div>`],
    ['an address before the sender', `<main><p>us@own.example</p>${HEADER}${WORDS}</main>`],
    ['nobody who wrote it', `<main><h1>Terms</h1>${WORDS}</main>`],
    [
      'a mail that was forwarded',
      `<main><h1>See below</h1><blockquote>${HEADER}</blockquote>${WORDS}</main>`,
    ],
    ['header lines', `<pre>From: x@kunde.example\nTo: us@own.example\n</pre>${HEADER}${WORDS}`],
  ])('has %s, and is left to the whole reader', async (_, html) => {
    const doc = await page(html);
    expect(plain.matches(doc, plain.selectors)).toBe(false);
    expect(plain.read(doc, plain.selectors)).toBeNull();
  });

  it('has words in shadow roots, or in a frame', async () => {
    const doc = await page(`<main>${HEADER}<div></div></main>`);
    const place = doc.querySelector('div') as Element;
    place.attachShadow({ mode: 'open' }).innerHTML = WORDS;
    expect(plain.matches(doc, plain.selectors)).toBe(false);
    const outer = await page(`<main>${HEADER}<iframe srcdoc="Some words"></iframe></main>`);
    expect(plain.matches(outer, plain.selectors)).toBe(false);
  });
});
