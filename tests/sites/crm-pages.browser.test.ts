// CRM pages as a browser shows them: tabs hidden by styles, mails in frames; and a program that
// renamed what its pages have.

import { afterEach, describe, expect, it } from 'vitest';
import { indexText } from '../../src/anchor/index.ts';
import { SITES } from '../../src/sites/all.ts';
import { selectors as hubspot } from '../../src/sites/hubspot/selectors.ts';
import { type PageReading, readPage, type SiteKnowledge } from '../../src/sites/index.ts';
import { selectors as linkedin } from '../../src/sites/linkedin/selectors.ts';
import { selectors as salesforce } from '../../src/sites/salesforce/selectors.ts';
import hubspotSingle from './fixtures/hubspot/single.html?raw';
import linkedinSingle from './fixtures/linkedin/single.html?raw';
import salesforceSingle from './fixtures/salesforce/single.html?raw';

const RECORD = 'https://app.hubspot.com/contacts/123/record/0-5/456';
const MAIL = 'https://acme.lightning.force.com/lightning/r/EmailMessage/02s8c00002AbCdEAAV/view';

afterEach(() => {
  document.body.replaceChildren();
  Reflect.deleteProperty(document, 'URL');
});

/** Puts a page's body into this document, so that it is laid out, and reads it. */
async function readShown(address: string, html: string): Promise<PageReading> {
  const arrived: Promise<unknown>[] = [];
  document.body.setHTMLUnsafe(html);
  for (const frame of document.querySelectorAll('iframe')) {
    arrived.push(new Promise((done) => frame.addEventListener('load', done, { once: true })));
  }
  await Promise.all(arrived);
  Object.defineProperty(document, 'URL', { value: address, configurable: true });
  return readPage(document, SITES);
}

const texts = ({ messages }: PageReading) =>
  messages.map(({ body }) => body && indexText(body).text.replace(/\s+/g, ' ').trim());

describe('a HubSpot record', () => {
  const page = (hidden: string) => `<style>.off { display: none }</style>
    <div data-test-id="left-sidebar">
      <h2 class="off" data-test-id="highlight-record-label">The ticket before</h2>
      <h2 data-test-id="highlight-record-label">Door squeaks</h2></div>
    <div class="off" data-test-id="middle-pane">A pane of before</div>
    <div data-test-id="middle-pane"><p>Overview.</p><div class="${hidden}">
      <div data-selenium-test="timeline-card"><div data-test-id="email-sender"><strong>Sample Person</strong></div>
      <div class="SanitizedText__StyledText-q">It squeaks.</div></div></div></div>`;

  it('has the mails of the tab that is shown', async () => {
    const reading = await readShown(RECORD, page('on'));
    expect(reading.record?.name).toBe('Door squeaks');
    expect(texts(reading)).toEqual(['Overview. Sample Person It squeaks.', 'It squeaks.']);
  });

  it('has none of a hidden tab', async () => {
    const reading = await readShown(RECORD, page('off'));
    expect(reading.messages.map(({ from }) => from)).toEqual([null]);
  });
});

describe('a mail in Salesforce', () => {
  const page = (
    frame: string,
  ) => `<div class="windowViewMode-normal active"><one-record-home-flexipage2>
    <records-highlights2><b slot="primaryField">Re: Door</b></records-highlights2>
    <div data-target-selection-name="sfdc:RecordField.EmailMessage.FromAddress"><a href="mailto:sample.person@halden.example">Sample Person</a></div>
    <emailui-rich-text-output><template shadowrootmode="open">${frame}</template></emailui-rich-text-output>
    </one-record-home-flexipage2></div>`;

  it('is read from a frame of the page itself', async () => {
    const reading = await readShown(MAIL, page('<iframe srcdoc="<p>It squeaks.</p>"></iframe>'));
    // A shadow root's frame is not among those that were waited for.
    await expect.poll(() => texts(readPage(document, SITES))).toEqual(['It squeaks.']);
    const [message] = readPage(document, SITES).messages;
    expect(reading.site).toBe('salesforce');
    expect(message?.from).toEqual({
      name: 'Sample Person',
      address: 'sample.person@halden.example',
    });
    expect(message?.element.contains(message.body)).toBe(true);
  });

  it('is left out where its frame is closed to the page', async () => {
    const frame = '<iframe sandbox srcdoc="<p>It squeaks.</p>"></iframe>';
    const reading = await readShown(MAIL, page(frame));
    expect(reading).toMatchObject({ page: 'record', record: { type: 'emailmessage' } });
    expect(reading.messages.map(({ from }) => from)).toEqual([null]);
  });
});

describe('a page of the program in which nothing is where it was', () => {
  it.each([
    {
      site: 'hubspot',
      address: RECORD,
      html: '<title>Door squeaks | HubSpot</title><main><h1>Door squeaks</h1><p>Words.</p></main>',
    },
    {
      site: 'salesforce',
      address: MAIL.replace('EmailMessage/02s', 'Account/001'),
      html: '<title>Halden Foods | Account | Salesforce</title><main><h1>Halden Foods</h1></main>',
    },
    {
      site: 'linkedin',
      address: 'https://www.linkedin.com/messaging/thread/2-YWJjZGVmZw==/',
      html: '<main><p class="msg-s-event-listitem" data-event-urn="urn:li:x"><b>Words.</b></p></main>',
    },
  ])('is read as any page: $site', ({ site, address, html }) => {
    const doc = Document.parseHTMLUnsafe(html);
    Object.defineProperty(doc, 'URL', { value: address });
    expect(readPage(doc, SITES)).toMatchObject({ changed: site, site: 'generic' });
  });

  it('is known as its own while it arrives', () => {
    const doc = Document.parseHTMLUnsafe('<title>HubSpot</title><div></div>');
    Object.defineProperty(doc, 'URL', { value: RECORD });
    expect(readPage(doc, SITES)).toMatchObject({ changed: null, site: 'hubspot', messages: [] });
  });

  it('is any page at a host that only looks alike', () => {
    const doc = Document.parseHTMLUnsafe(hubspotSingle);
    const address = 'https://app.hubspot.com.evil.example/contacts/123/record/0-3/456';
    Object.defineProperty(doc, 'URL', { value: address });
    expect(readPage(doc, SITES)).toMatchObject({ changed: null, site: 'generic' });
  });
});

// What a program may do to the names that its reader holds on to. Attributes with ids keep theirs.
const renamed = (text: string) =>
  text
    .replaceAll('data-test-id', 'data-qa')
    .replaceAll('data-selenium-test', 'data-sq')
    .replaceAll('SanitizedText__', 'CleanText__')
    .replaceAll('msg-s-', 'chat-')
    .replaceAll('msg-entity-', 'chat-entity-')
    .replaceAll('records-', 'record2-')
    .replaceAll('one-record-', 'one2-record-')
    .replaceAll('windowViewMode', 'view')
    .replaceAll('primaryField', 'firstField')
    .replaceAll('emailui-', 'mail-')
    .replaceAll('emailMessageBody', 'mailWords')
    .replaceAll('cuf-', 'feed-')
    .replaceAll('data-target-selection-name', 'data-field');

describe.each([
  { site: 'hubspot', html: hubspotSingle, selectors: hubspot },
  { site: 'linkedin', html: linkedinSingle, selectors: linkedin },
  { site: 'salesforce', html: salesforceSingle, selectors: salesforce },
])('$site with other names in its pages', ({ site, html, selectors }) => {
  function facts(page: string, knowledge: SiteKnowledge = {}) {
    const doc = Document.parseHTMLUnsafe(page);
    const address = /^<!-- address: (\S+) -->/.exec(page)?.[1];
    Object.defineProperty(doc, 'URL', { value: address, configurable: true });
    const reading = readPage(doc, SITES, knowledge);
    const messages = reading.messages.map(({ element, body, ...message }) => message);
    return { ...reading, messages, texts: texts(reading) };
  }

  it('is read as before by site knowledge, and not without', () => {
    const before = facts(html);
    const told = Object.entries(selectors).map(([name, css]) => [name, renamed(css)]);
    const knowledge = { [site]: { on: true, selectors: Object.fromEntries(told) } };
    expect(facts(renamed(html), knowledge)).toEqual(before);
    expect(facts(renamed(html))).not.toEqual(before);
  });
});
