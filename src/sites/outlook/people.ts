// People in Outlook's pages. There is no attribute for an address: it stands in words, or in labels
// in the reader's language, or nowhere.

import { addressIn, oneLine, outside, personFrom } from '../reading.ts';
import type { Hooks, Person } from '../site.ts';
import type { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

/** Addresses of the accounts that are signed in, as far as one is shown. */
export function ownAddresses(doc: Document, bodies: string, hooks: Hooks<Names>): string[] {
  const people = outside(doc, hooks.account, bodies).flatMap((at) => {
    const names = ['data-folder-name', 'title', 'aria-label'].map((name) => at.getAttribute(name));
    const named = [...names, at.textContent].map((name) => personFrom(null, addressIn(name)));
    return named.find((person) => person !== null) ?? [];
  });
  return [...new Set(people.map(({ address }) => address))];
}

/** The sender as the message's header names them; the address is '' where it is not shown. */
export function senderOf(
  message: Element,
  body: Element | null,
  bodies: string,
  hooks: Hooks<Names>,
): Person | null {
  const named = outside(message, hooks.from, bodies)[0];
  if (named) return personOf(named, hooks);
  const others = `${bodies}, ${hooks.recipients}, ${hooks.tools}`;
  const first = outside(message, hooks.addressed, others).find((at) => !at.matches(others));
  // What follows the body is an attachment or the next thing on the page.
  if (!first || (body && isBehind(body, first))) return null;
  return personOf(first, hooks);
}

function isBehind(at: Element, other: Element): boolean {
  return (at.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Recipients by lines: the first is "to", the second copies, as their names are translated. */
export function recipientsOf(
  message: Element,
  bodies: string,
  hooks: Hooks<Names>,
): { to: Person[]; cc: Person[] } {
  const wells = outside(message, hooks.recipients, bodies);
  const fields = wells.flatMap((well) => [...well.querySelectorAll(hooks.field)]);
  const [to = [], cc = []] = (fields.length > 0 ? fields : wells).map((at) => peopleIn(at, hooks));
  return { to, cc };
}

function peopleIn(line: Element, hooks: Hooks<Names>): Person[] {
  const people = outermost([...line.querySelectorAll(hooks.person)]);
  const named = people.length > 0 ? people : innermost([...line.querySelectorAll(hooks.addressed)]);
  if (named.length > 0) return named.flatMap((at) => personOf(at, hooks) ?? []);
  // No elements for people: the words of the line, one person after the other.
  return oneLine(line.textContent)
    .split(/[;,]/)
    .flatMap((words) => personFrom(null, addressIn(words)) ?? []);
}

function outermost(elements: Element[]): Element[] {
  return elements.filter((at) => !elements.some((other) => other !== at && other.contains(at)));
}

function innermost(elements: Element[]): Element[] {
  return elements.filter((at) => !elements.some((other) => other !== at && at.contains(other)));
}

function personOf(at: Element, hooks: Hooks<Names>): Person | null {
  const words = oneLine(at.textContent);
  const labels = [at, ...at.querySelectorAll(hooks.addressed)].flatMap((each) => [
    each.getAttribute('title'),
    each.getAttribute('aria-label'),
  ]);
  const address = [words, ...labels].map(addressIn).find((found) => found !== '') ?? '';
  const name = words.includes('<') ? words.slice(0, words.lastIndexOf('<')) : words;
  const person = personFrom(name === address ? '' : name, address);
  if (person !== null || name === '') return person;
  return { name, address: '' };
}
