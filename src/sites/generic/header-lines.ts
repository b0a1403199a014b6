import type { Person } from '../../domain/email.ts';
import { mailTime } from '../mail-time.ts';
import { oneLine } from '../reading.ts';
import { LATEST_DATE, peopleIn } from './people.ts';

export type HeaderLines = {
  people: Person[];
  sentAt: string | null;
  sentAtText: string;
  subject: string;
  messageId: string | null;
};

const LATEST_HEADER = 300;
const LINE = /^(from|to|cc|date|sent|subject|message-id):[^\S\n]*\n?[^\S\n]*(\S.*)$/gimu;

/**
 * The header lines of a mail as plain programs show them. Only at the very top: further down they
 * are of a mail that was forwarded.
 */
export function headerLines(text: string): HeaderLines | null {
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
