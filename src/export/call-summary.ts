// What a call comes to, to paste into a CRM: the same as text and as HTML, grouped by what tags mean.
import { elapsedAt, MEANINGS, type Meaning, tagName, tagOf } from '../domain/index.ts';
import { type CallExport, standingTags } from './call-export.ts';
import type { CallWords } from './call-words.ts';
import { sayElapsed } from './file-times.ts';

/** For the clipboard, as text/plain and text/html. */
export type CallSummary = { text: string; html: string };

type Line = {
  time: string /** '' where it is the group's own word. */;
  name: string;
  text: string;
};
type Group = { heading: string; lines: Line[] };
type Fact = { name: string; value: string };

/** `timeZone`: IANA name; the reader's own if not given. */
export function callSummary(file: CallExport, words: CallWords, timeZone?: string): CallSummary {
  const { channel, noTags } = words.summary;
  const { subject } = file.call;
  const kind = channel[file.call.channel];
  const title = subject.trim() === '' ? kind : `${kind}: ${subject.trim()}`;
  const facts = factsOf(file, words, timeZone);
  const groups = groupsOf(file, words);
  return {
    text: asText(title, facts, groups, noTags),
    html: asHtml(title, facts, groups, noTags, words.lang),
  };
}

function factsOf({ call }: CallExport, words: CallWords, timeZone: string | undefined): Fact[] {
  const say = words.summary;
  const { clock } = call;
  const began = new Intl.DateTimeFormat(words.lang, {
    ...{ dateStyle: 'medium', timeStyle: 'short' },
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(clock.startedAt);
  const length =
    clock.endedAt === null ? '' : sayElapsed(Math.max(0, elapsedAt(clock, clock.endedAt)));
  const people = call.participants.map(({ name, address }) => name || address).join(', ');
  const score = (rating: number | null) => (rating === null ? '' : say.outOfFive(rating));
  const facts = [
    [say.customer, call.customer?.name ?? ''],
    [say.project, call.project?.name ?? ''],
    [say.participants, people],
    [say.began, began],
    [say.length, length],
    [say.seemed, score(call.seemed)],
    [say.wentWell, score(call.wentWell)],
  ] as const;
  return facts
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value]) => ({ name, value: value.trim() }));
}

function groupsOf({ call, tags, codebook }: CallExport, words: CallWords): Group[] {
  const byMeaning = new Map<Meaning, Line[]>(MEANINGS.map((means) => [means, []]));
  for (const { tag: id, offset, span, text } of standingTags(tags)) {
    const tag = tagOf(codebook, id);
    const name = tagName(tag, words.means);
    const start = offset + call.shift;
    const end = span === null ? '' : `–${sayElapsed(start + span)}`;
    byMeaning.get(tag.means)?.push({
      time: sayElapsed(start) + end,
      name: name === words.means[tag.means] ? '' : name,
      text: text.trim(),
    });
  }
  return [...byMeaning]
    .filter(([, lines]) => lines.length > 0)
    .map(([means, lines]) => ({ heading: words.summary.groups[means], lines }));
}

function asText(title: string, facts: Fact[], groups: Group[], noTags: string): string {
  const blocks = [
    [title, ...facts.map(({ name, value }) => `${name}: ${value}`)],
    ...groups.map(({ heading, lines }) => [
      heading,
      // Further lines of a text stand under its first.
      ...lines.map((line) => `  ${line.time}  ${said(line).replace(BREAK, '\n    ')}`.trimEnd()),
    ]),
    ...(groups.length === 0 ? [[noTags]] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Built of elements without attributes but `lang`; whatever came from outside is escaped. */
function asHtml(
  title: string,
  facts: Fact[],
  groups: Group[],
  noTags: string,
  lang: string,
): string {
  const named = facts.map(({ name, value }) => `${html(name)}: ${foreign(value)}`).join('<br>');
  const lists = groups.map(({ heading, lines }) => {
    const items = lines.map((line) => `<li>${html(line.time)} ${foreign(said(line))}</li>`);
    return `<p><b>${html(heading)}</b></p><ul>${items.join('')}</ul>`;
  });
  const nothing = groups.length === 0 ? `<p>${html(noTags)}</p>` : '';
  const whole = `<p><b>${foreign(title)}</b></p><p>${named}</p>${lists.join('')}${nothing}`;
  return `<div lang="${html(lang)}">${whole}</div>`;
}

function said({ name, text }: Line): string {
  return name === '' || text === '' ? name + text : `${name}: ${text}`;
}

const BREAK = /\r\n|[\r\n\u2028\u2029]/g;

/** Isolated, so that text from right to left turns nothing round it. */
function foreign(text: string): string {
  return text === '' ? '' : `<bdi>${html(text).replace(BREAK, '<br>')}</bdi>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
