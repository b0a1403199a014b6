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
import { ADDRESS } from './address-in-text.ts';
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
const shadowRoot = getter(Element.prototype, 'shadowRoot');
const childElementCount = getter(Element.prototype, 'childElementCount');
const firstElementChild = getter(Element.prototype, 'firstElementChild');

const find = (root: Element, css: string): NodeListOf<Element> => querySelectorAll.call(root, css);
const textOf = (node: Node): string => textContent.call(node) ?? '';
// The first of them that do not stand in what `css` names; such a selector would ask about all.
const outside = (found: NodeListOf<Element>, css: string): Element[] =>
  Array.from({ length: Math.min(found.length, MOST) }, (_, at) => found[at] as Element).filter(
    (element) => !matches.call(element, `:is(${css}), :is(${css}) *`),
  );
const isBelow = (outer: Element, inner: Element) => parentNode.call(inner) === outer;

/** null for any other page. Never throws. */
function readPlain(doc: Document, hooks: Hooks<Names>): PageReading | null {
  try {
    return read(doc, hooks);
  } catch {
    return null; // made to break any reader
  }
}

function read(doc: Document, hooks: Hooks<Names>): PageReading | null {
  const { body, defaultView } = doc;
  // Frames may have what was written, or its header; that there are none is known without looking.
  if (defaultView?.frameElement != null) return null;
  if ((defaultView?.length ?? 0) > 0 && [...find(body, hooks.frame)].some(hasText)) return null;
  const all = textOf(body).trim();
  if (all.length < HARDLY_ANY && mayHaveShadow(body)) return null;
  const block = blockOf(body, all.length, hooks);
  if (block === null || !checkVisibility.call(block)) return null;
  const text = block === body ? all : textOf(block).trim();
  const skipped = `${hooks.unread}, ${hooks.beside}, ${hooks.quoted}`;
  const told = (css: string) => outside(find(block, css), skipped);

  const people = peopleOf(text, told(`${hooks.mail}, ${hooks.titled}`), hooks);
  const [date] = told(hooks.date);
  const sentAt = date === undefined ? null : isoTime(date.getAttribute('datetime'));
  if (people === null || date === undefined || sentAt === null) return null;
  const sentAtText = textOf(date);
  const at = text.indexOf(sentAtText);
  if (at < 0 || at > TOP || /from:/i.test(text.slice(0, TOP))) return null;
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
  const subject = block === body ? title || heading : heading || title;
  const [from = null, ...to] = people;
  const sent = { sentAt, sentAtText: oneLine(sentAtText), sourceUrl: webAddress(doc) };
  const message = { ...PLAIN_MESSAGE, element: block, body: block, subject, from, to, ...sent };
  return { ...PLAIN, site: 'generic', page: 'message', subject, messages: [message] };
}

// The marked-up block with the most text, the body where none has enough; null when that is close.
function blockOf(body: Element, letters: number, hooks: Hooks<Names>): Element | null {
  const blocks = find(body, hooks.main);
  if (blocks.length > MOST) return null;
  let best = body;
  let most = 0;
  for (const block of outside(blocks, hooks.beside)) {
    const count = textOf(block).trim().length;
    if (count <= most) continue;
    best = block;
    most = count;
  }
  let unread = 0;
  for (const element of find(body, hooks.unread)) unread += textOf(element).length;
  if (most - unread > letters * SMALLEST_SHARE) return best;
  return most <= (letters - unread) * SMALLEST_SHARE ? body : null;
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
  const first = header.indexOf('@');
  if (first >= 0 && first < sender) return null;
  for (const [address] of first < 0 ? [] : header.matchAll(ADDRESS)) {
    if (!people.has(address.toLowerCase())) return null;
  }
  return [...people.values()];
}

// Whether it stands in a part of the block that has not the most of the text: then the block's parts
// belong together.
function isApart(head: Element, block: Element, letters: number): boolean {
  let outer = block;
  while (childElementCount.call(outer) === 1) outer = firstElementChild.call(outer);
  let part = head;
  while (part !== null && !isBelow(outer, part)) part = parentNode.call(part);
  return part !== null && checkVisibility.call(part) && textOf(part).length < letters * LARGE_SHARE;
}

function mayHaveShadow(body: Element): boolean {
  const inside = find(body, '*');
  return inside.length > FEW || [body, ...inside].some((at) => shadowRoot.call(at) !== null);
}

function hasText(frame: Element): boolean {
  const inner = (frame as HTMLIFrameElement).contentDocument?.body;
  return inner != null && textOf(inner).trim() !== '';
}
