// Who, when and about what, from the beginning of a block of text.

import type { Person } from '../../domain/email.ts';
import { mailTime } from '../mail-time.ts';
import { isoTime, mailtoAddress, oneLine, personFrom } from '../reading.ts';
import type { Hooks } from '../site.ts';
import { type Names, openRoots, rowOfList } from './block.ts';
import {
  all,
  attribute,
  isElement,
  isText,
  type Letters,
  matches,
  nameOf,
  shadowOf,
  textOf,
} from './dom.ts';

export type Facts = {
  /** In the order they stand in; the first is taken to be the sender. */
  people: Person[];
  sentAt: string | null;
  sentAtText: string;
  subject: string;
  messageId: string | null;
  /** Whether it begins with the header lines of a mail. */
  isMail: boolean;
};

// Addresses stand near the top of what they belong to; further down they belong to the text.
const LOOKED_THROUGH = 8_000;
const MOST_NODES = 3_000;
const MOST_PEOPLE = 20;
const MOST_HEADINGS = 30;
const LONGEST_NAME = 120;
const LATEST_HEADER = 300;
const LATEST_DATE = 3_000;
const LATEST_RECIPIENT = 1_000;
const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const NAMED = /(?:"([^"\n]{1,100})"|([^\n<>:;,@"]{1,100}))\s*<\s*$/u;
const LINE = /^(from|to|cc|date|sent|subject|message-id):[^\S\n]*\n?[^\S\n]*(\S.*)$/gimu;
const IN_LINE =
  /^(a|abbr|b|bdi|bdo|code|em|font|i|label|mark|small|span|strong|sub|sup|time|u|wbr)$/;

/** Reads down from the top of `block`, outside of quotations, not further than `end`. */
export function factsOf(
  block: Element,
  hooks: Hooks<Names>,
  letters: Letters,
  end: Element | null = null,
  left: readonly Element[] = [],
): Facts {
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
  const isRow = rowOfList(hooks, letters);
  const isLeft = (element: Element) => left.includes(element) || isRow(element);
  for (const node of downwards(block, hooks, end, isLeft)) {
    const isPast = people.size > 0 && text.length - sender > LATEST_RECIPIENT;
    nodes += 1;
    if (text.length > LOOKED_THROUGH || nodes > MOST_NODES) break;
    if (isPast && text.length > LATEST_DATE) break;
    if (typeof node === 'string') {
      text += node;
      for (const person of peopleIn(text, text.length - node.length)) add(person);
    } else if (matches(node, hooks.mail)) add(personFrom(textOf(node), mailtoAddress(node)));
    else if (matches(node, hooks.date)) {
      if (text.length <= LATEST_DATE) date ??= node;
    } else add(titled(node));
  }
  const header = headerLines(text);
  return {
    people: header?.people ?? [...people.values()],
    sentAt: header?.sentAt ?? isoTime(date === null ? '' : attribute(date, 'datetime')),
    sentAtText: header?.sentAtText ?? oneLine(date === null ? '' : textOf(date)),
    subject: header?.subject ?? '',
    messageId: header?.messageId ?? null,
    isMail: header !== null,
  };
}

// Addresses from `start` on, with the name that stands before an address in angle brackets.
function peopleIn(text: string, start = 0): Person[] {
  return [...text.slice(start).matchAll(ADDRESS)].flatMap(({ index, 0: address }) => {
    const before = text.slice(Math.max(0, start + index - LONGEST_NAME), start + index);
    const named = NAMED.exec(before);
    return personFrom((named?.[1] ?? named?.[2] ?? '').trim(), address) ?? [];
  });
}

// An address in an attribute, where the text has the name only.
function titled(element: Element): Person | null {
  for (const name of ['data-email', 'email', 'data-address', 'title']) {
    const value = attribute(element, name).trim();
    const bare = /^(?:([^<>@]*)<)?([^\s<>@]+@[^\s<>@]+)>?$/.exec(value);
    if (bare) return personFrom(bare[1]?.trim() || textOf(element), bare[2] ?? '');
  }
  return null;
}

// The header lines of a mail as plain programs show them. Only at the very top: further down they
// are of a mail that was forwarded.
function headerLines(text: string) {
  const top = text.trimStart().slice(0, LATEST_DATE);
  const lines = new Map<string, string>();
  let last = 0;
  for (const { 1: name = '', 2: value = '', index } of top.matchAll(LINE)) {
    if (index - last > LATEST_HEADER) break;
    last = index + value.length;
    const key = name.toLowerCase();
    if (!lines.has(key)) lines.set(key, oneLine(value));
  }
  const line = (name: string) => lines.get(name) ?? '';
  const [sender] = peopleIn(line('from'));
  if (sender === undefined || lines.size < 3) return null;
  if (top.indexOf('@') < top.search(/^from:/im)) return null;
  const date = lines.get('date') ?? lines.get('sent');
  return {
    people: [sender, ...peopleIn(line('to')), ...peopleIn(line('cc'))],
    sentAt: date === undefined ? null : mailTime(date),
    sentAtText: date ?? '',
    subject: line('subject'),
    messageId: /^<[^<>\s]+>$/.exec(line('message-id'))?.[0] ?? null,
  };
}

// Texts, and the elements that tell of people and dates, in the order they stand in.
function* downwards(
  block: Node,
  hooks: Hooks<Names>,
  end: Element | null,
  isLeft: (element: Element) => boolean,
): Generator<string | Element> {
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
      if (shadow !== null) yield* downwards(shadow, hooks, end, isLeft);
    }
  }
}

function isInLine(node: Node | null): boolean {
  return isElement(node) && IN_LINE.test(nameOf(node));
}

/** The heading that the page's title repeats, else the first. */
export function headingIn(
  block: Element,
  title: string,
  hooks: Hooks<Names>,
  letters: Letters,
): string {
  const skipped = `:is(${hooks.unread}, ${hooks.beside}, ${hooks.quoted})`;
  const texts = [block, ...openRoots(block, letters)]
    .flatMap((root) => all(root, hooks.heading))
    .slice(0, MOST_HEADINGS)
    .filter((heading) => !matches(heading, `${skipped}, ${skipped} *`))
    .map((heading) => oneLine(textOf(heading)))
    .filter((text) => text !== '');
  return texts.find((text) => title.includes(text)) ?? texts[0] ?? '';
}
