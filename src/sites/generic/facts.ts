// Who, when and about what, from the beginning of a block of text.

import type { Person } from '../../domain/email.ts';
import { isoTime, mailtoAddress, oneLine, personFrom } from '../reading.ts';
import {
  all,
  attribute,
  countOf,
  isElement,
  isText,
  matches,
  nameOf,
  outerOf,
  shadowOf,
  textOf,
} from './dom.ts';
import type { HeaderLines } from './header-lines.ts';
import type { Look } from './look.ts';
import { LATEST_DATE, peopleIn, titled } from './people.ts';

/** People in the order they stand in; the first is taken to be the sender. */
export type Facts = HeaderLines & {
  /** Whether it begins with the header lines of a mail. */
  isMail: boolean;
};

// Addresses stand near the top of what they belong to; further down they belong to the text.
const LOOKED_THROUGH = 8_000;
const MOST_NODES = 3_000;
const MOST_PEOPLE = 20;
const MOST_HEADINGS = 30;
const LATEST_RECIPIENT = 1_000;
// More rows than the table above a mail has.
const LONG_LIST = 9;
const IN_LINE =
  /^(a|abbr|b|bdi|bdo|code|em|font|i|label|mark|small|span|strong|sub|sup|time|u|wbr)$/;

/** Reads down from the top of `block`, outside of quotations, not further than `end`. */
export function factsOf(
  block: Element,
  look: Look,
  end: Element | null = null,
  left: readonly Element[] = [],
): Facts {
  const { hooks } = look;
  const people = new Map<string, Person>();
  let text = '';
  let date: Element | null = null;
  let sender = 0;
  let nodes = 0;
  const add = (person: Person | null) => {
    if (person === null || people.size >= MOST_PEOPLE) return;
    if (people.size === 0) sender = text.length;
    // Further down than the header it is an address that the text tells of.
    if (text.length - sender > LATEST_RECIPIENT) return;
    const known = people.get(person.address);
    if (known === undefined || known.name === '') people.set(person.address, person);
  };
  const isRow = rowOfList(look);
  const isLeft = (element: Element) => left.includes(element) || isRow(element);
  for (const node of downwards(block, look, end, isLeft)) {
    const isPast = people.size > 0 && text.length - sender > LATEST_RECIPIENT;
    nodes += 1;
    if (text.length > LOOKED_THROUGH || nodes > MOST_NODES) break;
    if (isPast && (date !== null || text.length > LATEST_DATE)) break;
    if (typeof node === 'string') {
      text += node;
      if (node.includes('@')) {
        for (const person of peopleIn(text, text.length - node.length)) add(person);
      }
    } else if (matches(node, hooks.mail)) add(personFrom(textOf(node), mailtoAddress(node)));
    else if (matches(node, hooks.date)) {
      if (text.length <= LATEST_DATE) date ??= node;
    } else add(titled(node));
  }
  const header = look.headerLines(text);
  if (header !== null) return { ...header, isMail: true };
  return {
    people: [...people.values()],
    sentAt: isoTime(date === null ? '' : attribute(date, 'datetime')),
    sentAtText: oneLine(date === null ? '' : textOf(date)),
    ...{ subject: '', messageId: null, isMail: false },
  };
}

// Texts, and the elements that tell of people and dates, in the order they stand in.
function* downwards(
  block: Node,
  look: Look,
  end: Element | null,
  isLeft: (element: Element) => boolean,
): Generator<string | Element> {
  const { hooks } = look;
  const skipped = `${hooks.unread}, ${hooks.beside}, ${hooks.quoted}`;
  const told = `${hooks.mail}, ${hooks.date}, ${hooks.titled}`;
  if (isElement(block) && isLeft(block)) return;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      isElement(node) && node !== end && (matches(node, skipped) || isLeft(node))
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
  });
  let parent: Node | null = null;
  for (let node = walker.nextNode(); node !== null && node !== end; node = walker.nextNode()) {
    if (isText(node)) {
      // Two texts of one line are of one element, or of elements within lines.
      const apart = parent !== null && parent !== node.parentNode && !isInLine(node.parentNode);
      parent = node.parentNode;
      yield (apart ? '\n' : '') + node.data;
    } else if (isElement(node)) {
      if (!isInLine(node)) yield '\n';
      if (matches(node, told)) yield node;
      const shadow = shadowOf(node);
      if (shadow !== null) yield* downwards(shadow, look, end, isLeft);
    }
  }
}

function isInLine(node: Node | null): boolean {
  return isElement(node) && IN_LINE.test(nameOf(node));
}

// Tells of an element whether it is a row of a long list. Each list is looked at once.
function rowOfList({ hooks, isList }: Look): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  return (element) => {
    if (!matches(element, hooks.row)) return false;
    const place = outerOf(outerOf(element) ?? element);
    if (place === null) return false;
    let list = known.get(place);
    if (list === undefined) {
      list = countOf(place, hooks.row) >= LONG_LIST && isList(place);
      known.set(place, list);
    }
    return list;
  };
}

/** The heading that the page's title repeats, else the first. */
export function headingIn(block: Element, title: string, { hooks, rootsIn }: Look): string {
  const skipped = `:is(${hooks.unread}, ${hooks.beside}, ${hooks.quoted})`;
  const texts = [block, ...rootsIn(block)]
    .flatMap((root) => all(root, hooks.heading))
    .slice(0, MOST_HEADINGS)
    .filter((heading) => !matches(heading, `${skipped}, ${skipped} *`))
    .map((heading) => oneLine(textOf(heading)))
    .filter((text) => text !== '');
  return texts.find((text) => title.includes(text)) ?? texts[0] ?? '';
}
