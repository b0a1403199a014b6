import { comparableText } from './text.ts';

// Reply and forward prefixes of the mail programs of many languages, with "[2]" and "(2)" counts.
const PREFIX =
  /^(?:(?:re|aw|antw|antwort|sv|vs|ref|rif|r|odp|ynt|vl|tr|fwd?|wg|wtr|doorst|rv|enc|i|pd|vb|fs|回复|回覆|答复|转发|轉寄|返信|転送|رد|إعادة توجيه|תגובה|הועבר|ответ|отв|пересл)\s*(?:[[(]\d+[\])])?\s*[:：]\s*)+/iu;

/** A subject without reply and forward prefixes and with one space for any white space. */
export function normaliseSubject(subject: string): string {
  return comparableText(subject).replace(PREFIX, '').trim();
}
