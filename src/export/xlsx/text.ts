// Text inside the XML of a workbook (ECMA-376 part 1, 22.9.2.19, ST_Xstring).

/** What a cell holds at most, in UTF-16 units: a limit of Excel, which cuts or refuses more. */
export const LONGEST_CELL = 32_767;

// Markup, what XML 1.0 cannot hold, a carriage return (readers make a line feed of it), and what
// would be read as one of our own escapes.
const SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const NAMED: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reference is kept by every reader of XML; the escape below is not.
  '\r': '&#13;',
};

/** For elements and attributes. Half a surrogate pair is none any more: it becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(SPECIAL, (found) => {
    const named = NAMED[found];
    if (named !== undefined) return named;
    const unit = found.charCodeAt(0);
    if (unit >= 0xd800 && unit <= 0xdfff) return '\ufffd';
    return `_x${unit.toString(16).toUpperCase().padStart(4, '0')}_`;
  });
}

/** As much of `text` as a cell holds with `mark` at its end; no pair is cut in two. */
export function cutText(text: string, mark: string): string {
  let end = LONGEST_CELL - mark.length;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end) + mark;
}
