import { comparableText } from './text.ts';

// Reply and forward prefixes of the mail programs of many languages, with "[2]" and "(2)" counts.
const PREFIX =
  /^(?:re|aw|antw|antwort|sv|vs|ref|rif|r|odp|ynt|vl|tr|fwd?|wg|wtr|doorst|rv|enc|i|pd|vb|fs|回复|回覆|答复|转发|轉寄|返信|転送|رد|إعادة توجيه|תגובה|הועבר|ответ|отв|пересл)\s*(?:[[(]\d+[\])])?\s*[:：]\s*/iu;

// What gateways put before a subject: [EXT], [EXTERN], *** SPAM ***, {Spam?}, EXTERNAL:, [External E-Mail].
const WARNED = '(?:ext|extern(?:al|e|o|a)?|extérieur)(?:[ -]?(?:e-?mail|mail|sender|message))?';
const JUNK =
  '(?:(?:suspected|possible|probable|likely)[ -])?(?:spam|junk|bulk|phish(?:ing)?)(?:[ -]suspected)?';
const TAG = new RegExp(
  `^(?:[[({<*]{1,3}\\s*(?:${WARNED}|${JUNK}|caution|warning)\\s*[?!]*\\s*[\\])}>*]{1,3}\\s*[:-]?|(?:extern(?:al)?|spam)\\s*[:：])\\s*`,
  'iu',
);

/**
 * A subject without reply and forward prefixes and gateways' tags, in whatever order they are
 * stacked, and with one space for any white space.
 */
export function normaliseSubject(subject: string): string {
  let rest = comparableText(subject);
  for (;;) {
    const less = rest.replace(PREFIX, '').replace(TAG, '');
    if (less === rest) return rest.trim();
    rest = less;
  }
}
