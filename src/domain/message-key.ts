// The keys by which one message is known again in another mailbox or program. A message has a set
// of them, each with its scheme before the first colon:
//
//   ref:<site>|<key>             the site's own key                                    strong
//   mid:<Message-ID>                                                                   strong
//   smt:<sender>|<minute>|<subject>   minute in UTC, subject normalised                strong
//   txt:<hash>                   sender and the whole text                             weak
//   psg:<hash>                   sender and one passage (passages.ts), several of them weak
//
// Strong keys join records. Weak ones never do: a message known by them alone is "probably" that one.
import { passagesOf } from './passages.ts';
import { normaliseSubject } from './subject.ts';
import { comparableText } from './text.ts';

/** What is known of one message, on whatever page it was opened. */
export type MessageFacts = {
  /** The site and its own key of the message, where it has one. */
  site: string;
  key: string | null;
  /** Whether `text` is all of it, its beginning, or a line of it. */
  shown: 'whole' | 'clipped' | 'collapsed';
  messageId: string | null;
  from: string | null;
  /** ISO 8601 */
  sentAt: string | null;
  subject: string;
  text: string;
};

// Shorter texts ("Thanks!") stand in many mails and would join strangers.
const SHORTEST_HASHED_TEXT = 64;
// 96 bits: enough for nobody's two passages to meet by chance.
const PASSAGE_DIGITS = 24;
// Of one part of a key, in UTF-16 units: a sender may make a subject as long as they like, and a key
// has to fit where keys are kept.
const LONGEST_PART = 240;

/**
 * The keys of a message; may be none. `sha256Hex` hashes UTF-8 text to lower-case hex. A text that
 * is not all there has no key of the whole, and its last passage may be cut.
 */
export function messageKeys(facts: MessageFacts, sha256Hex: (text: string) => string): string[] {
  const part = (text: string) => (text.length <= LONGEST_PART ? text : `#${sha256Hex(text)}`);
  const keys: string[] = [];
  if (facts.key !== null) keys.push(`ref:${part(facts.site)}|${part(facts.key)}`);
  const messageId = facts.messageId?.trim().replace(/^<|>$/g, '');
  if (messageId) keys.push(`mid:${part(messageId)}`);
  const from = part(facts.from?.toLowerCase() ?? '');
  const time = facts.sentAt === null ? Number.NaN : Date.parse(facts.sentAt);
  if (from && Number.isFinite(time)) keys.push(smtKey(from, time, part(subjectKey(facts.subject))));
  if (facts.shown === 'collapsed') return keys;
  const text = comparableText(facts.text);
  if (facts.shown === 'whole' && text.length >= SHORTEST_HASHED_TEXT) {
    keys.push(`txt:${sha256Hex(`${from}\n${text}`)}`);
  }
  for (const passage of passagesOf(facts.text)) {
    keys.push(`psg:${sha256Hex(`${from}\n${passage}`).slice(0, PASSAGE_DIGITS)}`);
  }
  return keys;
}

/** A weak key says only "probably": the same text can be sent twice. Strong keys join records. */
export function isWeakKey(key: string): boolean {
  return key.startsWith('txt:') || isPassageKey(key);
}

/** One passage alone says nothing: see `samePassages`. */
export function isPassageKey(key: string): boolean {
  return key.startsWith('psg:');
}

/** The smt: keys of the minutes before and after: two programs may round a time differently. */
export function neighbourKeys(keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const [, from = '', minute = '', subject = ''] =
      /^smt:([^|]*)\|([^|]*)\|(.*)$/s.exec(key) ?? [];
    const time = Date.parse(`${minute}Z`);
    if (!Number.isFinite(time)) return [];
    return [-60_000, 60_000].map((by) => smtKey(from, time + by, subject));
  });
}

/** What two copies of one message agree in, beside their passages. */
export type Copy = {
  /** Passage keys that tell something: not those of a footer that stands in many mails. */
  passages: readonly string[];
  subject: string;
  /** ms since 1970, or NaN */
  sentAt: number;
};

// Where both programs tell the time, they mean the same one, give or take its way through servers.
const SAME_TIME_MS = 15 * 60_000;

/**
 * Whether two messages of one sender are probably one, by their passages: two or more, and most of
 * those that the shorter one has, are the same, or its only one is and the subject too. Never when
 * time or subject say otherwise.
 */
export function samePassages(a: Copy, b: Copy): boolean {
  if (Math.abs(a.sentAt - b.sentAt) > SAME_TIME_MS) return false;
  const [x, y] = [subjectKey(a.subject), subjectKey(b.subject)];
  // A page without a subject of its own has its title, with more words round it.
  if (x !== '' && y !== '' && !x.includes(y) && !y.includes(x)) return false;
  const others = new Set(b.passages);
  const shared = a.passages.filter((key) => others.has(key)).length;
  const fewer = Math.min(a.passages.length, b.passages.length);
  if (fewer === 1) return shared === 1 && x !== '' && x === y;
  return shared >= 2 && shared * 2 > fewer;
}

function smtKey(from: string, time: number, subject: string): string {
  return `smt:${from}|${new Date(time).toISOString().slice(0, 16)}|${subject}`;
}

/** A subject as conversations are told apart by it. */
export function subjectKey(subject: string): string {
  return normaliseSubject(subject).toLowerCase();
}
