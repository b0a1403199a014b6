import { normaliseSubject } from './subject.ts';
import { comparableText } from './text.ts';

/** What is known of one message, on whatever page it was opened. */
export type MessageFacts = {
  /** The site and its own key of the message, where it has one. */
  site: string;
  key: string | null;
  /** Address of the page it was read on. */
  url: string;
  messageId: string | null;
  from: string | null;
  /** ISO 8601 */
  sentAt: string | null;
  subject: string;
  text: string;
};

// Shorter texts ("Thanks!") stand in many mails and would join strangers.
const SHORTEST_HASHED_TEXT = 64;

/**
 * The keys by which one message is known again in another mailbox or program:
 * mid: its Message-ID; smt: sender, minute (UTC) and subject; txt: hash of sender and text.
 * `sha256Hex` hashes UTF-8 text to lower-case hex. The result may be empty.
 */
export function messageKeys(facts: MessageFacts, sha256Hex: (text: string) => string): string[] {
  const keys: string[] = [];
  if (facts.key !== null) keys.push(`ref:${facts.site}|${facts.key}`);
  const messageId = facts.messageId?.trim().replace(/^<|>$/g, '');
  if (messageId) keys.push(`mid:${messageId}`);
  const from = facts.from?.toLowerCase() ?? '';
  const time = facts.sentAt === null ? Number.NaN : Date.parse(facts.sentAt);
  if (from && Number.isFinite(time)) {
    const minute = new Date(time).toISOString().slice(0, 16);
    keys.push(`smt:${from}|${minute}|${normaliseSubject(facts.subject).toLowerCase()}`);
  }
  const text = comparableText(facts.text);
  if (text.length >= SHORTEST_HASHED_TEXT) keys.push(`txt:${sha256Hex(`${from}\n${text}`)}`);
  return keys;
}

/** A weak key says only "probably": the same text can be sent twice. Strong keys join records. */
export function isWeakKey(key: string): boolean {
  return key.startsWith('txt:');
}
