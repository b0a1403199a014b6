// Pages in, expected readings out. Fixtures are written after the real markup; the first line of
// each page says its address.

import { describe, expect, it } from 'vitest';
import { indexText } from '../../src/anchor/index.ts';
import { SITES } from '../../src/sites/all.ts';
import { chooseSite, type PageReading, readPage } from '../../src/sites/index.ts';
import { PLAIN, PLAIN_MESSAGE } from '../../src/sites/reading.ts';
import type { Count } from '../../src/sites/site.ts';

const pages = import.meta.glob<string>('./fixtures/*/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const modules = import.meta.glob<{
  selectors: Record<string, string>;
  counts: Record<string, Count>;
}>('../../src/sites/*/selectors.ts', { eager: true });
const readings = import.meta.glob<unknown>('./fixtures/*/*.json', {
  import: 'default',
  eager: true,
});

function open(html: string): Document {
  // Unlike DOMParser it makes shadow roots of <template shadowrootmode>.
  const doc = Document.parseHTMLUnsafe(html);
  const address = /^<!-- address: (\S+) -->/.exec(html)?.[1];
  Object.defineProperty(doc, 'URL', { value: address, configurable: true });
  return doc;
}

function plain(reading: PageReading) {
  const messages = reading.messages.map(({ element, body, ...facts }) => {
    expect(body === null || element.contains(body)).toBe(true);
    const text = body === null ? '' : indexText(body).text.replace(/\s+/g, ' ').trim();
    return { ...facts, text };
  });
  return { ...reading, messages };
}

// A fixture says only what differs from nothing.
function expected({ messages, ...facts }: { messages: object[] }) {
  return {
    ...PLAIN,
    ...facts,
    messages: messages.map((message) => ({ ...PLAIN_MESSAGE, ...message })),
  };
}

function page(name: string): Document {
  const html = pages[`./fixtures/${name}.html`];
  if (html === undefined) throw new Error(`no fixture ${name}`);
  return open(html);
}

describe('a page is read as expected', () => {
  it('has fixtures', () => {
    expect(Object.keys(pages).length).toBeGreaterThan(7);
    expect(Object.keys(readings)).toHaveLength(Object.keys(pages).length);
  });

  it.each(Object.entries(pages))('%s', (file, html) => {
    const reading = readings[file.replace(/html$/, 'json')] as { messages: object[] };
    expect(plain(readPage(open(html), SITES))).toEqual(expected(reading));
  });
});

describe('selectors find what they say', () => {
  // `single` is a view with one message that brings no hooks along; then all views of the site.
  const cases = Object.entries(modules).flatMap(([file, { selectors, counts }]) => {
    const site = file.split('/').at(-2) ?? '';
    return Object.entries(selectors).map(([name, css]) => ({
      site,
      name,
      css,
      count: counts[name],
    }));
  });

  it.each(cases)('$site: $name, $count', ({ site, css, count }) => {
    const found = page(`${site}/single`).querySelectorAll(css).length;
    expect(count).toBeOneOf(['one', 'at most one', 'any']);
    if (count === 'one') expect(found).toBe(1);
    if (count === 'at most one') expect(found).toBeLessThan(2);
    const views = Object.entries(pages).filter(([file]) => file.includes(`/${site}/`));
    expect(views.some(([, html]) => open(html).querySelector(css) !== null)).toBe(true);
  });
});

describe('a page that breaks its reader', () => {
  it('is read as any page, and never throws', () => {
    const doc = page('roundcube/message');
    const broken = () => {
      throw new Error('broken by the page');
    };
    Object.defineProperty(doc, 'querySelector', { value: broken });
    const reading = readPage(doc, SITES);
    expect(reading.changed).toBe('roundcube');
    expect(chooseSite(doc, SITES)?.site.name).toBe('roundcube');
    expect(reading.site).toBe('generic');
    expect(reading.messages).toHaveLength(1);
  });

  it('may have no body, or be no page', () => {
    const svg = new DOMParser().parseFromString(
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'image/svg+xml',
    );
    expect(readPage(svg, SITES)).toMatchObject({ page: 'other', messages: [] });
    const bare = document.implementation.createHTMLDocument('');
    bare.documentElement.remove();
    expect(readPage(bare, SITES)).toMatchObject({ page: 'other', messages: [] });
  });
});
