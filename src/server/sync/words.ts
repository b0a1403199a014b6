import { comparableText, type Json } from '../../domain/index.ts';

/** Fields whose text people look for. */
const TEXTS = [
  'name',
  'statement',
  'text',
  'subject',
  'decisionReason',
  'remark',
  'question',
  'answer',
];

/** All that can be found by its words, as `foldWords` writes it, a line for each text. */
export function wordsOf(fields: { [field: string]: Json }): string {
  let words = '';
  let isFirst = true;
  const add = (text: unknown) => {
    if (typeof text !== 'string') return;
    words += isFirst ? foldWords(text) : `\n${foldWords(text)}`;
    isFirst = false;
  };
  for (const field of TEXTS) add(fields[field]);
  const { sender, evidence } = fields;
  if (isObject(sender)) {
    add(sender.name);
    add(sender.address);
  }
  if (isObject(evidence)) {
    for (const one of Object.values(evidence)) if (isObject(one)) add(one.quote);
  }
  return words;
}

/** Text as words are compared: without case, and as mails are compared. */
export function foldWords(text: string): string {
  return comparableText(text).toLowerCase();
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
