// Tables as Markdown (CommonMark; tables of GFM): tables with prose row by row, each under a heading of
// its own, others as tables. Whatever came from outside is text: what could be markup is escaped, and
// customers' words stand in block quotes.
import type { Cell, Table } from './table.ts';

export type MarkdownAbout = {
  title: string;
  /** What is to be known of the file: name and value. */
  facts: readonly (readonly [string, string])[];
  /** An instant (ISO 8601 in UTC) as it is to be read. */
  instant(iso: string): string;
  yes: string;
  no: string;
  /** Of a table without rows. */
  nothing: string;
};

/** What one heading has under it. */
export type MarkdownEntry = {
  heading: string;
  /** Our words, under a name where they need one. */
  texts: readonly (readonly [string, string])[];
  /** Theirs. */
  quotes: readonly string[];
  /** Name and value; `isLink`: of an address. */
  facts: readonly { name: string; value: string; isLink?: boolean }[];
};

/** Columns that say in short what a row is, in this order; at most three of them are its heading. */
const HEADING = [
  ...['at', 'began', 'written', 'kind', 'type', 'asks', 'name', 'title', 'subject', 'stance'],
  ...['customer', 'project', 'draw'],
];
/** Columns of words: the first needs no name. */
const PROSE = ['statement', 'ours', 'text', 'question', 'reason', 'cause', 'action', 'answer'];
const MORE_PROSE = ['doneText', 'effectText', 'outcomeText', 'decisionReason', 'remark'];
const QUOTES = ['quote', 'theirs'];

/** A whole file, in pieces. */
export async function* markdownText(
  tables: Iterable<Table> | AsyncIterable<Table>,
  about: MarkdownAbout,
): AsyncGenerator<string> {
  yield markdownHead(about.title, about.facts);
  for await (const table of tables) {
    const keys = new Set(table.columns.map(({ key }) => key));
    const isProse = [...QUOTES, ...PROSE].some((key) => keys.has(key));
    yield* isProse ? markdownRows(table, about) : markdownTable(table, about);
  }
}

/** A title, and what is to be known of the file. */
export function markdownHead(title: string, facts: MarkdownAbout['facts'] = []): string {
  const list = factList(facts.map(([name, value]) => ({ name, value })));
  return blocks([`# ${inline(title)}`, list]);
}

/** `level`: 1 to 6. */
export function markdownEntry({ heading, texts, quotes, facts }: MarkdownEntry, level: number) {
  return blocks([
    `${'#'.repeat(level)} ${inline(heading)}`,
    ...texts.map(([name, text]) =>
      name === '' || lines(text) === '' ? lines(text) : `**${inline(name)}:** ${lines(text)}`,
    ),
    ...quotes.map((quote) => quoted(lines(quote))),
    factList(facts),
  ]);
}

/** Each row under a heading. */
async function* markdownRows(table: Table, about: MarkdownAbout): AsyncGenerator<string> {
  yield blocks([`## ${inline(table.name)}`]);
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  const indexes = (keys: readonly string[]) => keys.flatMap((key) => at.get(key) ?? []);
  const heading = indexes(HEADING);
  const prose = indexes([...PROSE, ...MORE_PROSE]);
  const quotes = indexes(QUOTES);
  let count = 0;
  for await (const rows of table.rows) {
    const text = rows.map((row) => {
      count += 1;
      const said = (index: number) => cellText(row[index] ?? null, table, index, about);
      const inHeading = heading.filter((index) => said(index) !== '').slice(0, 3);
      const apart = new Set([...inHeading, ...prose, ...quotes]);
      const words = prose.filter((index) => said(index) !== '');
      return markdownEntry(
        {
          heading: inHeading.map(said).join(' · ') || String(count),
          texts: words.map((index, turn) => [
            turn === 0 ? '' : (table.headings[index] ?? ''),
            said(index),
          ]),
          quotes: quotes.map(said).filter((quote) => quote.trim() !== ''),
          facts: table.columns.flatMap(({ type }, index) =>
            apart.has(index)
              ? []
              : [
                  {
                    ...{ name: table.headings[index] ?? '', value: said(index) },
                    isLink: type === 'link',
                  },
                ],
          ),
        },
        3,
      );
    });
    yield text.join('');
  }
  if (count === 0) yield blocks([inline(about.nothing)]);
}

async function* markdownTable(table: Table, about: MarkdownAbout): AsyncGenerator<string> {
  yield blocks([`## ${inline(table.name)}`]);
  yield tableRow(table.headings.map(inline));
  yield tableRow(table.columns.map(({ type }) => (type === 'number' ? '---:' : '---')));
  for await (const rows of table.rows) {
    const text = rows.map((row) =>
      tableRow(
        row.map((cell, at) => {
          const said = cellText(cell, table, at, about);
          return table.columns[at]?.type === 'link' ? link(said) : inline(said);
        }),
      ),
    );
    yield text.join('');
  }
  yield '\n';
}

function cellText(cell: Cell, table: Table, at: number, about: MarkdownAbout): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? about.yes : about.no;
  return table.columns[at]?.type === 'instant' ? about.instant(String(cell)) : String(cell);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Text as text on one line. */
export function inline(text: string): string {
  return escaped(text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
}

/** Text of several lines: their breaks stay, an empty one ends a paragraph. */
function lines(text: string): string {
  const all = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map(inline);
  const paragraphs = [[] as string[]];
  for (const line of all) {
    if (line === '') paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join('\\\n'))
    .join('\n\n');
}

/**
 * A backslash before a punctuation character makes it text (CommonMark 0.31.2, 2.4): before those that
 * are markup anywhere, those that begin lists, headings and rules at the beginning (or end a heading),
 * and within what readers would make a link of by themselves.
 */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$]|&(?=[#a-z])|#(?=#*$)/gi, '\\$&')
    .replace(/^[#+=:-]|^(\d+)[.)]/, (mark, digits: string | undefined) =>
      digits === undefined ? `\\${mark}` : `${digits}\\${mark.slice(digits.length)}`,
    )
    .replace(/:(?=\/\/)|(?<=\bwww)\.|@/gi, '\\$&');
}

/** An address as a link, where it is one of the web. */
function link(address: string): string {
  const url = /^https?:/i.test(address) ? URL.parse(address)?.href : undefined;
  if (url === undefined) return inline(address);
  return `<${url.replace(/[<>\s|\\`]/g, encodeURIComponent)}>`;
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
    .map(({ name, value, isLink }) => {
      return `- ${inline(name)}: ${isLink === true ? link(value) : inline(value)}`;
    })
    .join('\n');
}

function blocks(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => `${part}\n\n`)
    .join('');
}
