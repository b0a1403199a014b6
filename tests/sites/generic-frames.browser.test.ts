// Mails in frames and shadow roots, in documents that are really open.

import { afterEach, describe, expect, it } from 'vitest';
import { generic } from '../../src/sites/generic/generic.ts';
import type { PageReading } from '../../src/sites/site.ts';

const MAIL = `<p>We assume that somebody calls us the day before.</p>
<p>Kind regards, <a href="mailto:forged@evil.example">The CEO</a>, <time datetime="2030-01-01T00:00:00Z">later</time></p>`;
const HEADER = `<h2>Late again</h2><p>From Sample Person &lt;sample.person@kunde.example&gt; to
  <a href="mailto:us@own.example">Us</a>, <time datetime="2026-09-03T05:35:00Z">3 September</time></p>`;
const ROWS = Array.from(
  { length: 9 },
  (_, at) => `<li><a href="#${at}">Another mail of other${at}@other.example</a></li>`,
).join('');

const opened: HTMLIFrameElement[] = [];

afterEach(() => {
  for (const frame of opened.splice(0)) frame.remove();
});

async function frameIn(place: ParentNode & Node, html: string, sandbox?: string) {
  const frame = place.ownerDocument?.createElement('iframe') ?? document.createElement('iframe');
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  frame.srcdoc = html;
  place.append(frame);
  await loaded;
  return frame;
}

/** A page of its own, as far as readers see: a frame whose element is not to be reached. */
async function page(html: string): Promise<Document> {
  const frame = await frameIn(document.body, `<!doctype html><title>Sample Mail</title>${html}`);
  opened.push(frame);
  const doc = frame.contentDocument as Document;
  Object.defineProperty(doc.defaultView, 'frameElement', { value: null });
  return doc;
}

function docOf(frame: HTMLIFrameElement): Document {
  if (frame.contentDocument === null) throw new Error('not to be reached');
  return frame.contentDocument;
}

function words(node: Node): string {
  if (node.nodeType === 3) return node.nodeValue ?? '';
  const shadow = (node as Element).shadowRoot;
  return [...(shadow?.childNodes ?? []), ...node.childNodes].map(words).join('');
}

function facts(reading: PageReading) {
  const { page: kind, messages } = reading;
  return {
    kind,
    messages: messages.map(({ subject, from, to, sentAt, body }) => ({
      ...{ subject, sentAt, from: from?.address ?? null, to: to.map(({ address }) => address) },
      text: body === null ? null : words(body).replace(/\s+/g, ' ').trim(),
    })),
  };
}

const read = (doc: Document) => facts(generic.read(doc, generic.selectors) as PageReading);

const EXPECTED = {
  kind: 'message',
  messages: [
    {
      subject: 'Late again',
      from: 'sample.person@kunde.example',
      to: ['us@own.example'],
      sentAt: '2026-09-03T05:35:00.000Z',
      text: 'We assume that somebody calls us the day before. Kind regards, The CEO, later',
    },
  ],
};

describe('a mail in a frame', () => {
  it('has its header from the document around it, and is told once', async () => {
    const outer = await page(
      `<ul>${ROWS}</ul><div class="pane"><div>${HEADER}</div><div id="here"></div></div>`,
    );
    const frame = await frameIn(outer.querySelector('#here') as Element, MAIL);
    expect(read(docOf(frame))).toEqual(EXPECTED);
    expect(read(outer)).toEqual({ kind: 'other', messages: [] });
  });

  it('has it at any depth, and from within a shadow root', async () => {
    const outer = await page(`<main>${HEADER}<x-pane></x-pane></main>`);
    const root = (outer.querySelector('x-pane') as Element).attachShadow({ mode: 'open' });
    root.innerHTML = '<div></div>';
    const middle = await frameIn(root.firstElementChild as Element, '<div id="here"></div>');
    const inner = await frameIn(docOf(middle).querySelector('#here') as Element, MAIL);
    expect(read(docOf(inner))).toEqual(EXPECTED);
    expect(read(outer)).toEqual({ kind: 'other', messages: [] });
    expect(read(docOf(middle))).toEqual({ kind: 'other', messages: [] });
  });

  it('is no mail of the page when the page has words of its own', async () => {
    const words = 'What they expect is told here, at length. '.repeat(60);
    const outer = await page(`<main>${HEADER}<p>${words}</p><div id="here"></div></main>`);
    const frame = await frameIn(outer.querySelector('#here') as Element, '<p>A small widget.</p>');
    expect(read(docOf(frame)).messages).toMatchObject([{ from: null, text: 'A small widget.' }]);
    expect(read(outer).messages).toMatchObject([{ from: 'sample.person@kunde.example' }]);
  });

  it('is read by itself where the document around it is closed to it', async () => {
    const outer = await page(`<main>${HEADER}<div id="here"></div></main>`);
    const frame = await frameIn(outer.querySelector('#here') as Element, MAIL, '');
    expect(frame.contentDocument).toBeNull();
    // The header is all that this document has.
    expect(read(outer).messages).toMatchObject([{ from: 'sample.person@kunde.example' }]);
  });
});

describe('a mail in shadow roots', () => {
  it('is found, with the header in another one', async () => {
    const outer = await page('<nav>Menu</nav><x-app></x-app>');
    const app = (outer.querySelector('x-app') as Element).attachShadow({ mode: 'open' });
    app.innerHTML = `<x-list></x-list><section><x-head></x-head><x-body></x-body></section>`;
    const fill = (name: string, html: string) => {
      (app.querySelector(name) as Element).attachShadow({ mode: 'open' }).innerHTML = html;
    };
    fill('x-list', `<ul>${ROWS}</ul>`);
    fill('x-head', HEADER);
    fill('x-body', `<p>${'We assume that somebody calls us the day before. '.repeat(9)}</p>`);
    expect(read(outer)).toMatchObject({
      kind: 'message',
      messages: [
        {
          subject: 'Late again',
          from: 'sample.person@kunde.example',
          to: ['us@own.example'],
          text: expect.stringMatching(/^Late again.*We assume that somebody calls us/),
        },
      ],
    });
  });
});
