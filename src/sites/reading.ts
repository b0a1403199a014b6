// Pieces that several sites read with.

import { type Person, parseAddress } from '../domain/email.ts';
import type { MessageReading, PageReading } from './site.ts';

const LONGEST_LINE = 2000;

/** One line: white space collapsed and trimmed, well-formed, cut where no person reads on. */
export function oneLine(text: string | null | undefined): string {
  return (text ?? '')
    .slice(0, LONGEST_LINE * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_LINE)
    .toWellFormed();
}

/** The text that stands in the element itself, without that of buttons and hidden words in it. */
export function ownText(element: Element | null | undefined): string {
  let text = '';
  for (const node of element?.childNodes ?? []) {
    if (node.nodeType === 3) text += node.nodeValue ?? '';
  }
  return oneLine(text);
}

/** A name and an address as one person; null without an address. */
export function personFrom(name: string | null, address: string | null): Person | null {
  const person = parseAddress(`${oneLine(name)} <${oneLine(address)}>`);
  if (person.address === '') return null;
  return person.name.toLowerCase() === person.address ? { ...person, name: '' } : person;
}

/** The address in a mailto: link, '' in any other. */
export function mailtoAddress(link: Element): string {
  const href = link.getAttribute('href') ?? '';
  if (href.slice(0, 'mailto:'.length).toLowerCase() !== 'mailto:') return '';
  const address = href.slice('mailto:'.length).replace(/[?,].*$/s, '');
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** A date with its time and zone in ISO 8601, in UTC; null for anything less certain. */
export function isoTime(text: string | null | undefined): string | null {
  const value = text?.trim() ?? '';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** What matches and does not stand inside anybody's message. */
export function outside(root: ParentNode, css: string, bodies: string): Element[] {
  // Not asked of the elements: a form in a mail answers with its inputs, <input name="matches"> too.
  const inside = new Set(root.querySelectorAll(`:is(${bodies}) :is(${css})`));
  return [...root.querySelectorAll(css)].filter((at) => !inside.has(at));
}

/**
 * Whether the element is in a part of the page that is shown. Of a document in no window only what
 * its elements themselves say is known.
 */
export function isShown(element: Element | null): boolean {
  // Got here, not when the file loads: to touch Element costs every page of a site its memory.
  const { hasAttribute, checkVisibility } = Element.prototype;
  const ownerDocument = getter('ownerDocument');
  const parentElement = getter('parentElement');
  const isOpen = element !== null && ownerDocument.call(element) === document;
  if (isOpen && checkVisibility.call(element)) return true;
  // Elements without a box of their own count as invisible there, and may hold visible ones.
  for (let at = element; at !== null; at = parentElement.call(at) as Element | null) {
    const style = isOpen ? getComputedStyle(at) : (at as HTMLElement).style;
    if (style?.display === 'none' || (!isOpen && hasAttribute.call(at, 'hidden'))) return false;
  }
  return element !== null;
}

// A form answers with its inputs, <input name="parentElement"> too: a walk over it would never end.
function getter(name: 'ownerDocument' | 'parentElement'): (this: Node) => unknown {
  const get = Object.getOwnPropertyDescriptor(Node.prototype, name)?.get;
  if (get === undefined) throw new TypeError(`no getter ${name}`);
  return get;
}

const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/**
 * The address in words of any language ("Von: Name<a@b.example>"): the last one in angle brackets,
 * else the only one. '' where neither is there: names may look like addresses.
 */
export function addressIn(words: string | null | undefined): string {
  const text = oneLine(words);
  const bracketed = [...text.matchAll(/<\s*([^<>\s]+@[^<>\s]+)\s*>/g)].at(-1)?.[1];
  if (bracketed !== undefined) return bracketed;
  const [first, ...more] = new Set(text.match(ADDRESS) ?? []);
  return first !== undefined && more.length === 0 ? first : '';
}

/** What a reading has where its site tells nothing else. */
export const PLAIN: Omit<PageReading, 'site' | 'page' | 'messages'> = {
  ...{ conversation: null, subject: '', record: null, own: [], changed: null },
};

/** What a message has where its site tells nothing else. */
export const PLAIN_MESSAGE: Omit<MessageReading, 'element' | 'body' | 'subject' | 'from'> = {
  ...{ key: null, shown: 'whole', sentBy: null, to: [], cc: [], sentAt: null, sentAtText: '' },
  ...{ messageId: null, sourceUrl: '' },
};

/** The document's address when it can be opened again, else ''. */
export function webAddress(doc: Document): string {
  return /^https?:/.test(doc.URL) ? doc.URL : '';
}
