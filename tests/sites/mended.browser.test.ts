// A host renames what its pages have, and site knowledge with the new names mends the reader.

import { describe, expect, it } from 'vitest';
import { SITES } from '../../src/sites/all.ts';
import { selectors as gmail } from '../../src/sites/gmail/selectors.ts';
import { readPage, type SiteKnowledge } from '../../src/sites/index.ts';
import { selectors as outlook } from '../../src/sites/outlook/selectors.ts';
import gmailThread from './fixtures/gmail/thread.html?raw';
import outlookThread from './fixtures/outlook/thread.html?raw';

function facts(html: string, knowledge: SiteKnowledge = {}) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const address = /^<!-- address: (\S+) -->/.exec(html)?.[1];
  Object.defineProperty(doc, 'URL', { value: address, configurable: true });
  const { messages, ...page } = readPage(doc, SITES, knowledge);
  const plain = messages.map(({ element, body, ...message }) => ({
    ...message,
    text: body?.textContent,
  }));
  return { ...page, messages: plain };
}

describe.each([
  {
    site: 'gmail',
    html: gmailThread,
    selectors: gmail,
    // Every class that the reader holds on to; the attributes with ids keep their names.
    renamed: [
      'hP',
      'adn',
      'ads',
      'kv',
      'kQ',
      'ii',
      'gt',
      'a3s',
      'gD',
      'hb',
      'g2',
      'g3',
      'zA',
      'iX',
    ],
  },
  {
    site: 'outlook',
    html: outlookThread,
    selectors: outlook,
    renamed: ['wide-content-host', 'UniqueMessageBody', 'RecipientWell', 'SentReceivedSavedTime'],
  },
])('$site, with all its names changed', ({ site, html, selectors, renamed }) => {
  const rename = (text: string) =>
    renamed.reduce(
      (all, name) =>
        all.replace(new RegExp(`(?<=[."^= ])${name}(?![\\w-])|${name}(?=_)`, 'g'), `New${name}`),
      text,
    );

  it('is read as any page, and says so', () => {
    expect(facts(rename(html))).toMatchObject({ site: 'generic', changed: site });
  });

  it('is read as before with selectors that know the new names', () => {
    const mended = Object.entries(selectors).map(([name, css]) => [name, rename(css)]);
    const knowledge = { [site]: { on: true, selectors: Object.fromEntries(mended) } };
    expect(facts(html).messages.length).toBeGreaterThan(2);
    expect(facts(rename(html), knowledge)).toEqual(facts(html));
  });
});
