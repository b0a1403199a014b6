// A brief to take along: as text, as Markdown and as HTML. What others wrote stays words in each.
import { plain } from '../../domain/plain.ts';
import { type BriefLine, briefFacts, briefSections, type NamedBrief } from './sections.ts';
import { sayBrief as say } from './words.ts';

/** One thing said, in a form's own way. */
type Form = {
  title(text: string): string;
  heading(text: string): string;
  fact(name: string, value: string, also: string): string;
  line(parts: Part[]): string;
  whole(blocks: string[][]): string;
};
type Part = { is: 'ours' | 'theirs' | 'small' | 'question'; label: string; text: string };

export function briefText(view: NamedBrief): string {
  return out(view, TEXT);
}

export function briefMarkdown(view: NamedBrief): string {
  return out(view, MARKDOWN);
}

export function briefHtml(view: NamedBrief): string {
  return out(view, HTML);
}

function out(view: NamedBrief, form: Form): string {
  const facts = briefFacts(view).map(({ name, value, also }) =>
    form.fact(name, oneLine(value), oneLine(also)),
  );
  const sections = briefSections(view).map(({ heading, lines }) => [
    form.heading(heading),
    ...lines.map((line) => form.line(partsOf(line))),
  ]);
  const title = form.title(oneLine(say.of(view.customer.name)));
  return form.whole([[title, form.fact('', say.on(view.today), '')], facts, ...sections]);
}

function partsOf({ text, quote, notes, asked, question }: BriefLine): Part[] {
  const parts: Part[] = [
    { is: 'ours', label: '', text },
    { is: 'theirs', label: '', text: quote },
    { is: 'small', label: '', text: notes.join(' · ') },
    ...(asked === null ? [] : [{ is: 'small' as const, label: asked.said, text: asked.question }]),
    ...(question === null
      ? []
      : [{ is: 'question' as const, label: say.ask, text: question.text }]),
    ...(question?.due == null
      ? []
      : [{ is: 'small' as const, label: '', text: say.planned(question.due) }]),
  ];
  return parts
    .map((part) => ({ ...part, text: oneLine(part.text) }))
    .filter((part) => part.text !== '');
}

function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}

const said = ({ is, label, text }: Part, words: (text: string) => string = (same) => same) =>
  [label && words(label), is === 'theirs' ? `“${words(text)}”` : words(text)]
    .filter(Boolean)
    .join(' ');

const TEXT: Form = {
  title: (text) => text,
  heading: (text) => text,
  fact: (name, value, also) =>
    [name === '' ? value : `${name}: ${value}`, also].filter(Boolean).join(' – '),
  line: (parts) => parts.map((part, at) => `${at === 0 ? '- ' : '  '}${said(part)}`).join('\n'),
  whole: (blocks) => `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`,
};

/** Everything that Markdown or the HTML in it could take for more than letters. */
function marked(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&$]/g, (sign) => `\\${sign}`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1')
    .replace(/(\w):\/\//g, '$1:\\//');
}

const MARKDOWN: Form = {
  title: (text) => `# ${marked(text)}`,
  heading: (text) => `## ${marked(text)}\n`,
  fact: (name, value, also) =>
    name === ''
      ? marked(value)
      : `- **${marked(name)}:** ${[value, also].filter(Boolean).map(marked).join(' – ')}`,
  line: (parts) =>
    parts
      .map((part, at) => {
        const words = said(part, marked);
        return `${at === 0 ? '- ' : '  '}${part.is === 'question' ? `**${words}**` : words}`;
      })
      .join('  \n'),
  whole: (blocks) => `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`,
};

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Isolated, so that text from right to left turns nothing round it. */
const foreign = (text: string) => `<bdi>${html(text)}</bdi>`;

const HTML: Form = {
  title: (text) => `<h1>${foreign(text)}</h1>`,
  heading: (text) => `<h2>${html(text)}</h2>`,
  fact: (name, value, also) =>
    `<p>${name === '' ? '' : `<b>${html(name)}:</b> `}${[value, also].filter(Boolean).map(foreign).join(' – ')}</p>`,
  line: (parts) => {
    const lines = parts.map((part) => {
      const words = said(part, foreign);
      if (part.is === 'small') return `<small>${words}</small>`;
      return part.is === 'question' ? `<b>${words}</b>` : words;
    });
    return `<li>${lines.join('<br>')}</li>`;
  },
  whole: (blocks) => {
    const [head = [], facts = [], ...sections] = blocks;
    const listed = sections.map(
      ([heading = '', ...lines]) => `${heading}<ul>${lines.join('')}</ul>`,
    );
    return `<div lang="${say.lang}">${[...head, ...facts, ...listed].join('')}</div>`;
  },
};
