// Any page: its main block of text as one message, with what headings, links and dates say; or the
// record of a CRM, when its address tells of one thing among many. What it reads is a first guess
// that the person sees and can change. Never throws.

import { oneLine, PLAIN } from '../reading.ts';
import type { Hooks, PageReading, Site } from '../site.ts';
import { isOfMail, isOfRecord, pageName } from './address.ts';
import { lettersOnce, shadowRoots } from './dom.ts';
import { headerAround, isAroundMail } from './frame.ts';
import { headerLines } from './header-lines.ts';
import { isList } from './lists.ts';
import { HARDLY_ANY, type Look, type Names } from './look.ts';
import { mainText, messageOf } from './main-text.ts';
import { selectors } from './selectors.ts';

export const generic: Site<Names> = {
  name: 'generic',
  selectors,

  matches: () => true,

  read(doc, hooks) {
    const plain = { ...PLAIN, site: 'generic', page: 'other' as const };
    try {
      return { ...plain, ...readAny(doc, allLooks(hooks)) };
    } catch {
      // A page may be made to break any reader; then there is no message to be had.
      return { ...plain, subject: oneLine(doc.title), messages: [] };
    }
  },
};

type Told = Pick<PageReading, 'page' | 'subject' | 'messages' | 'record'>;

function readAny(doc: Document, look: Look): Told {
  const nothing: Told = { page: 'other', subject: oneLine(doc.title), record: null, messages: [] };
  if (isAroundMail(doc, look)) return nothing;
  const main = mainText(doc, look);
  if (main === null) return nothing;
  const { message, heading, lists, isMail } = main;
  const header = headerAround(doc, look);
  if (header !== null) {
    // What stands in the frame was sent, and says nothing surely about who sent it.
    const subject = header.subject || header.heading || oneLine(header.title);
    const inFrame = messageOf(message.element, { ...header, subject }, header.address);
    return { ...nothing, page: 'message', subject, messages: [inFrame] };
  }
  const { subject } = message;
  if (isMail) return { ...nothing, page: 'message', subject, messages: [message] };
  const people = message.from === null ? [] : [message.from, ...message.to];
  const name = pageName(doc.URL);
  const list = people.length === 0 && lists.length > 0;
  const plain = { ...nothing, page: list ? ('list' as const) : ('other' as const), subject };
  if (name === null || isOfMail(name.name)) return { ...plain, messages: [message] };
  const isRecord = name.isOfOne && heading !== '' && !list;
  if (isRecord && (people.length === 0 || isOfRecord(name.name))) {
    const id = name.name;
    const record = { type: 'page', id, name: heading, company: '', people };
    const about = { ...message, key: id, subject: heading, from: null, to: [] };
    return { page: 'record', subject: heading, record, messages: [about] };
  }
  const key = message.from === null ? name.name : null;
  return { ...plain, messages: [{ ...message, key }] };
}

function allLooks(hooks: Hooks<Names>): Look {
  const letters = lettersOnce();
  return {
    hooks,
    letters,
    // Pages of custom elements have hardly any text outside of their shadow roots.
    rootsIn: (element) => (letters(element) < HARDLY_ANY ? shadowRoots(element) : []),
    isList: (element) => isList(element, hooks, letters),
    headerLines,
  };
}
