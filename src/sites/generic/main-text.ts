import { oneLine, PLAIN_MESSAGE, webAddress } from '../reading.ts';
import type { MessageReading } from '../site.ts';
import { mainBlock } from './block.ts';
import { type Facts, factsOf, headingIn } from './facts.ts';
import type { Look } from './look.ts';

/** The main text of a page, as one message. */
export type MainText = {
  message: MessageReading;
  /** The heading of what the page shows, '' where it has none. */
  heading: string;
  lists: readonly Element[];
  /** Whether it tells who sent it and when. */
  isMail: boolean;
};

/** null where there is no text. */
export function mainText(doc: Document, look: Look): MainText | null {
  const main = mainBlock(doc, look);
  if (main === null) return null;
  const { element: block, lists } = main;
  const title = oneLine(doc.title);
  // The people of a list are those of its rows.
  const facts = factsOf(block, look, null, lists);
  const inBlock = headingIn(block, title, look);
  const heading = inBlock || headingIn(doc.body, title, look);
  const subject =
    facts.subject || (block === doc.body ? title || inBlock : inBlock || title) || heading;
  const message = messageOf(block, { ...facts, subject }, webAddress(doc));
  const isMail = facts.people.length > 0 && (facts.isMail || facts.sentAt !== null);
  return { message, heading, lists, isMail };
}

/** A block of text as a message, with what was told of it. */
export function messageOf(block: Element, facts: Facts, address: string): MessageReading {
  const [from = null, ...to] = facts.people;
  return {
    ...PLAIN_MESSAGE,
    element: block,
    body: block,
    subject: facts.subject,
    from,
    to,
    sentAt: facts.sentAt,
    sentAtText: facts.sentAtText,
    messageId: facts.messageId,
    sourceUrl: address,
  };
}
