// A page of one mail with all of its words in the document itself, read in few looks: each element
// that is touched, and each kind of element, costs memory for as long as the page lives, and pages
// are read again with every change. So nothing is walked over; texts are taken whole and the rest
// is asked by selectors. Whatever is not told surely that way is left to the whole reader
// (generic.ts), which comes only then and reads the same.

import type { Person } from '../../domain/email.ts';
import {
  isoTime,
  mailtoAddress,
  oneLine,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
  webAddress,
} from '../reading.ts';
import type { Hooks, PageReading, Site } from '../site.ts';
import type { Names } from './look.ts';
import { selectors } from './selectors.ts';

const HARDLY_ANY = 2_000;
// Among more elements than this no shadow roots are looked for.
const FEW = 300;
// Letters from the top, and from the sender on, in which the header is.
const TOP = 3_000;
const HEADER = 1_000;
// Letters for each link, button or date, with which a text may be a list.
const ROW = 250;
const SMALLEST_SHARE = 1 / 3;
const LARGE_SHARE = 2 / 3;
const MOST = 20;
const AROUND = ' \u00A0\t\r\n<>()[]",;:';

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

// The prototype's own: a form answers with its inputs, <input name="textContent"> too.
const { querySelectorAll, matches, checkVisibility } = Element.prototype;
const getter = (prototype: object, name: string) =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get ?? (() => null);
const textContent = getter(Node.prototype, 'textContent');
const parentNode = getter(Node.prototype, 'parentNode');

const find = (root: Element, css: string): NodeListOf<Element> => querySelectorAll.call(root, css);
const textOf = (node: Node): string => textContent.call(node) ?? '';
// The first of them that do not stand in what `css` names; such a selector would ask about all.
const outside = (found: NodeListOf<Element>, css: string): Element[] =>
  Array.from({ length: Math.min(found.length, MOST) }, (_, at) => found[at] as Element).filter(
    (element) => !matches.call(element, `:is(${css}), :is(${css}) *`),
  );

/** null for any other page. Never throws. */
function readPlain(doc: Document, hooks: Hooks<Names>): PageReading | null {
  try {
    return read(doc, hooks);
  } catch {
    return null; // made to break any reader
  }
}

function read(doc: Document, hooks: Hooks<Names>): PageReading | null {
  const { defaultView } = doc;
  // Frames may have what was written, or its header; that there are none is known without looking.
  if (defaultView?.frameElement != null) return null;
  if ((defaultView?.length ?? 0) > 0 && [...inBody(doc, hooks.frame)].some(hasText)) return null;
  const letters = lettersOf(doc);
  if (letters < HARDLY_ANY && mayHaveShadow(doc.body)) return null;
  const block = blockOf(doc, letters, hooks);
  if (block === null || !checkVisibility.call(block)) return null;
  const text = textOf(block).trim();
  const skipped = `${hooks.unread}, ${hooks.beside}, ${hooks.quoted}`;
  const told = (css: string) => outside(find(block, css), skipped);

  const people = peopleOf(text, told(`${hooks.mail}, ${hooks.titled}`), hooks);
  const [date] = told(hooks.date);
  const sentAt = date === undefined ? null : isoTime(date.getAttribute('datetime'));
  if (people === null || date === undefined || sentAt === null) return null;
  const sentAtText = textOf(date);
  const at = text.indexOf(sentAtText);
  if (at < 0 || at > TOP || text.slice(0, TOP).toLowerCase().includes('from:')) return null;
  // What somebody else wrote, or nobody, is not between them.
  const [other] = find(block, skipped);
  if (other !== undefined) {
    const begin = text.indexOf(textOf(other).trim().slice(0, 100));
    if (begin < TOP) return null;
  }
  const handles = find(block, hooks.handle).length;
  if (handles > 3 && text.length <= ROW * handles) return null;
  const headings = told(hooks.heading);
  if (![...headings, date].some((head) => isApart(head, block, text.length))) return null;

  const title = oneLine(doc.title);
  const names = headings.map((heading) => oneLine(textOf(heading))).filter((name) => name !== '');
  const heading = names.find((name) => title.includes(name)) ?? names[0] ?? '';
  const subject = matches.call(block, 'body') ? title || heading : heading || title;
  const [from = null, ...to] = people;
  const sent = { sentAt, sentAtText: oneLine(sentAtText), sourceUrl: webAddress(doc) };
  const message = { ...PLAIN_MESSAGE, element: block, body: block, subject, from, to, ...sent };
  return { ...PLAIN, site: 'generic', page: 'message', subject, messages: [message] };
}

// In the body, which is not touched for it: a body answers for its window, and costs five KB.
function inBody(doc: Document, css: string): NodeListOf<Element> {
  return doc.querySelectorAll(`body :is(${css})`);
}

// Letters of the body: all but the head's, where there is nothing besides them.
function lettersOf(doc: Document): number {
  const [root] = doc.querySelectorAll(':root');
  const [head] = doc.querySelectorAll(':root > head:first-child:nth-last-child(2)');
  if (root === undefined || head === undefined) return textOf(doc.body).trim().length;
  return textOf(root).slice(textOf(head).length).trim().length;
}

// The marked-up block with the most text, the body where none has enough; null when that is close.
function blockOf(doc: Document, letters: number, hooks: Hooks<Names>): Element | null {
  const blocks = inBody(doc, hooks.main);
  if (blocks.length > MOST) return null;
  let best: Element | null = null;
  let most = 0;
  for (const block of outside(blocks, hooks.beside)) {
    const count = textOf(block).trim().length;
    if (count <= most) continue;
    best = block;
    most = count;
  }
  let unread = 0;
  for (const element of inBody(doc, hooks.unread)) unread += textOf(element).length;
  if (most - unread > letters * SMALLEST_SHARE) return best;
  return most <= (letters - unread) * SMALLEST_SHARE ? doc.body : null;
}

// Addresses in the text are the links' own, or it is not sure who comes first.
function peopleOf(text: string, links: Element[], hooks: Hooks<Names>): Person[] | null {
  const people = new Map<string, Person>();
  let at = 0;
  let sender = -1;
  for (const link of links) {
    const name = textOf(link);
    at = text.indexOf(name, at);
    if (name.trim() === '' || at < 0 || !matches.call(link, hooks.mail)) return null;
    if (sender < 0) sender = at;
    if (at > sender + HEADER) break;
    const person = personFrom(name, mailtoAddress(link));
    if (person === null || (person.name === '' && /<\s*$/.test(text.slice(0, at)))) return null;
    if (!people.get(person.address)?.name) people.set(person.address, person);
  }
  if (sender < 0) return null;
  const header = text.slice(0, sender + HEADER);
  for (let sign = header.indexOf('@'); sign >= 0; sign = header.indexOf('@', sign + 1)) {
    if (sign < sender) return null;
    if (![...people.keys()].some((address) => standsAt(address, header, sign))) return null;
  }
  return [...people.values()];
}

// Whether the "@" there is the address's own, with nothing around that may belong to another one.
// Without a pattern: one that is searched with again and again costs four KB.
function standsAt(address: string, text: string, sign: number): boolean {
  const start = sign - address.indexOf('@');
  const end = start + address.length;
  return (
    start >= 0 &&
    text.slice(start, end).toLowerCase() === address &&
    AROUND.includes(text.charAt(start - 1)) &&
    AROUND.includes(text.charAt(end))
  );
}

// Whether it stands in a part of the block that has not the most of the text: then the block's parts
// belong together.
function isApart(head: Element, block: Element, letters: number): boolean {
  let part: Element | null = null;
  for (let at = head; at !== block; at = parentNode.call(at)) {
    if (at === null) return false;
    if (!matches.call(at, ':only-child')) part = at;
  }
  return part !== null && checkVisibility.call(part) && textOf(part).length < letters * LARGE_SHARE;
}

function mayHaveShadow(body: Element): boolean {
  const shadowRoot = getter(Element.prototype, 'shadowRoot');
  const inside = find(body, '*');
  return inside.length > FEW || [body, ...inside].some((at) => shadowRoot.call(at) !== null);
}

function hasText(frame: Element): boolean {
  const inner = (frame as HTMLIFrameElement).contentDocument?.body;
  return inner != null && textOf(inner).trim() !== '';
}
