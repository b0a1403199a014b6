// Records and tables as Markdown (CommonMark, tables of GFM). Whatever came from outside is text: every
// character that could be markup is escaped, customers' words stand in block quotes.
import type { Table } from './table.ts';

/** What one heading has under it. */
export type MarkdownEntry = {
  heading: string;
  /** Names are ours, values anybody's. */
  facts: readonly { name: string; value: string }[];
  /** Our words; `name` '' where they need none. */
  texts: readonly { name: string; text: string }[];
  /** Theirs; `from`: an address, or ''. */
  quotes: readonly { text: string; from: string }[];
};

/** The beginning of a file: its title, and what is to be known of it. */
export function markdownHead(title: string, facts: MarkdownEntry['facts'] = []): string {
  return blocks([`# ${inline(title)}`, factList(facts)]);
}

/** A heading alone. */
export function markdownHeading(title: string, level: number): string {
  return blocks([`${'#'.repeat(level)} ${inline(title)}`]);
}

export function markdownEntry(entry: MarkdownEntry, level: number): string {
  return blocks([
    `${'#'.repeat(level)} ${inline(entry.heading)}`,
    ...entry.texts.map(({ name, text }) =>
      name === '' ? lines(text) : `**${inline(name)}:** ${lines(text)}`,
    ),
    ...entry.quotes.map(({ text, from }) =>
      quoted([lines(text), from === '' ? '' : `— ${link(from)}`].filter(Boolean).join('\n\n')),
    ),
    factList(entry.facts),
  ]);
}

/** A table with its name as a heading. */
export async function* markdownTable(table: Table, level: number): AsyncGenerator<string> {
  yield markdownHeading(table.name, level);
  yield tableRow(table.headings.map(inline));
  yield tableRow(table.columns.map(({ type }) => (type === 'number' ? '---:' : '---')));
  for await (const rows of table.rows) {
    const text = rows.map((row) =>
      tableRow(
        row.map((cell, at) => {
          if (cell === null) return '';
          const said = String(cell);
          return table.columns[at]?.type === 'link' ? link(said) : inline(said);
        }),
      ),
    );
    yield text.join('');
  }
  yield '\n';
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text as text on one line. */
export function inline(text: string): string {
  return escaped(text.replace(/\s+/g, ' ').trim());
}

/** Text of several lines: line breaks stay, one empty line ends a paragraph. */
function lines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(inline)
    .join('\\\n')
    .replace(/(?:\\\n){2,}/g, '\n\n')
    .replace(/^(?:\\?\n)+|(?:\\?\n)+$/g, '');
}

/**
 * Every ASCII punctuation character may be escaped (CommonMark 0.31.2, 2.4), and then is no markup. Only
 * those are that can be; the digits of "1." are no markup when their full stop is none. Controls go.
 */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/[\\`*_{}[\]<>()#+\-.!|~=&:@^$"'/]/g, (mark, at: number) =>
      isHarmless(mark, text, at) ? mark : `\\${mark}`,
    );
}

/** Marks within a line that no reader of Markdown takes for anything. */
function isHarmless(mark: string, text: string, at: number): boolean {
  const before = text[at - 1] ?? '';
  const after = text[at + 1] ?? '';
  const isWithin = /[\p{L}\p{N}]/u.test(before);
  switch (mark) {
    case '(':
    case ')':
      return before !== ']' && !/\d/.test(before);
    case '"':
    case "'":
    case '=':
    case '+':
    case '#':
    case '-':
      // Of the beginnings of lines: lists, headings, rules.
      return at > 0 && before !== mark && after !== mark && (mark === '"' || isWithin);
    case '.':
      // Not "1." at the beginning, nor what is made a link of by itself ("www.").
      return at > 0 && !/\d/.test(before) && !/^\p{L}/u.test(after);
    case ':':
      return !/[/\p{L}]/u.test(after);
    case '/':
      return before !== '/' && after !== '/' && before !== ':';
    default:
      return false;
  }
}

/** An address as a link, where it is one of the web. */
function link(address: string): string {
  const url = /^https?:/i.test(address) ? URL.parse(address)?.href : undefined;
  if (url === undefined) return inline(address);
  return `<${url.replace(/[<>\s|\\]/g, encodeURIComponent)}>`;
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

function factList(facts: MarkdownEntry['facts']): string {
  return facts
    .filter(({ value }) => value.trim() !== '')
    .map(({ name, value }) => `- ${inline(name)}: ${inline(value)}`)
    .join('\n');
}

function blocks(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => `${part}\n\n`)
    .join('');
}
