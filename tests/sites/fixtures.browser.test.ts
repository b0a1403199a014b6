// Pages in, expected readings out. Fixtures are written after the real markup; the first line of
// each page says its address.

import { describe, expect, it } from 'vitest';
import { indexText } from '../../src/anchor/index.ts';
import * as generic from '../../src/sites/generic/selectors.ts';
import { chooseSite, type PageReading, readPage } from '../../src/sites/index.ts';
import * as practice from '../../src/sites/practice/selectors.ts';
import * as roundcube from '../../src/sites/roundcube/selectors.ts';

const pages = import.meta.glob<string>('./fixtures/*/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const readings = import.meta.glob<unknown>('./fixtures/*/*.json', {
  import: 'default',
  eager: true,
});

function open(html: string): Document {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const address = /^<!-- address: (\S+) -->/.exec(html)?.[1];
  Object.defineProperty(doc, 'URL', { value: address, configurable: true });
  return doc;
}

function plain(reading: PageReading) {
  const messages = reading.messages.map(({ element, body, ...facts }) => {
    expect(element.contains(body)).toBe(true);
    return { ...facts, text: indexText(body).text.replace(/\s+/g, ' ').trim() };
  });
  return { ...reading, messages };
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
    expect(plain(readPage(open(html)))).toEqual(readings[file.replace(/html$/, 'json')]);
  });
});

describe('selectors find what they say', () => {
  // A view with one message that brings no hooks along, and all views of the site.
  const sites = [
    { site: 'roundcube', hooks: roundcube, view: 'roundcube/plain-text' },
    { site: 'practice', hooks: practice, view: 'practice/single' },
    { site: 'generic', hooks: generic, view: 'generic/webmail' },
  ];
  const cases = sites.flatMap(({ site, hooks, view }) =>
    Object.entries(hooks).flatMap(([name, css]) =>
      typeof css === 'string' ? [{ site, name, css, count: hooks.counts[name], view }] : [],
    ),
  );

  it.each(cases)('$site: $name, $count', ({ site, css, count, view }) => {
    const found = page(view).querySelectorAll(css).length;
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
    Object.defineProperty(doc, 'URL', { value: 'no address at all' });
    const reading = readPage(doc);
    expect(chooseSite(doc).name).toBe('roundcube');
    expect(reading.site).toBe('generic');
    expect(reading.messages).toHaveLength(1);
  });

  it('may have no body, or be no page', () => {
    const svg = new DOMParser().parseFromString(
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'image/svg+xml',
    );
    expect(readPage(svg)).toMatchObject({ page: 'other', messages: [] });
    const bare = document.implementation.createHTMLDocument('');
    bare.documentElement.remove();
    expect(readPage(bare)).toMatchObject({ page: 'other', messages: [] });
  });
});
