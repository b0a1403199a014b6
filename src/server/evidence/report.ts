// The bundle for people: one HTML file that opens from disk. What it says is in changes.ndjson as well,
// and only that is proven; the manifest vouches for this file as a whole.
import { cssString } from '../../domain/css-string.ts';
import type { Json } from '../../domain/index.ts';
import type { Manifest } from '../../evidence/index.ts';

export type ReportRow = {
  seq: number;
  at: string;
  by: string;
  kind: string;
  record: string;
  /** null: not shown; `why` says why. */
  fields: { [field: string]: Json } | null;
  hidden: readonly string[];
  why: string;
};

/** Rows that are shown; a larger bundle says how many it has. */
export const MOST_ROWS = 5_000;
/** What lies deeper in a value is shown as it is stored. */
const DEEPEST = 8;

/** Light and dark, on the screen and on sheets of A4 or Letter; the customer's words in a serif. */
const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fbfaf6,#181714);--ink:light-dark(#1d1c19,#ece8df);--ink2:light-dark(#514e47,#bdb8ac);--line:light-dark(#e1ddd2,#34322c);--accent:light-dark(#0b5a66,#74c4cc)}
body{font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums;margin:2rem auto;max-width:62rem;padding:0 1rem;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.1rem;margin:2rem 0 .5rem}p,dl,dd,ul,ol{margin:0}p+p,dl+p,p+ul{margin-block-start:.5rem}
ul,ol{padding-inline-start:1.2em}code{font:.85em/1.5 ui-monospace,monospace}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.5rem}.facts dt{color:var(--ink2)}
table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-block-end:1px solid var(--line)}
th{color:var(--ink2);font-weight:400}.no{width:4.5rem}.who{width:13.5rem}.kind{font-weight:600}
.fields{margin-block-start:.25rem}.fields div{display:grid;grid-template-columns:minmax(0,14rem) minmax(0,1fr);gap:0 1rem}
.fields dt,.quiet{color:var(--ink2)}.fields dt{font-size:.85em}.fields dd{white-space:pre-wrap}.theirs{font-family:ui-serif,Charter,Georgia,serif}
@media(max-width:40rem){.facts,.fields div{grid-template-columns:minmax(0,1fr)}.fields dd{margin-block-end:.25rem}thead{position:absolute;clip-path:inset(50%)}tbody,tr,td{display:block}tr{padding-block:.5rem;border-block-end:1px solid var(--line)}td{padding:0;border:0}}
@media print{:root{color-scheme:light}body{margin:0;padding:0;max-width:none;background:none;font-size:9.5pt;line-height:1.4}
h1,h2,h2+p{break-after:avoid}thead{display:table-header-group}tr{break-inside:avoid}th,td{padding-block:1.2mm}.no{width:16mm}.who{width:45mm}
.fields div{display:flow-root}.fields dt{float:left;box-sizing:border-box;width:40mm;padding-right:3mm}.fields dd{margin-left:40mm;min-height:1.4em}
p,dd{orphans:3;widows:3}}
`;

export function* reportText(
  about: Pick<Manifest, 'made' | 'by' | 'workspace' | 'filter' | 'log' | 'leftOut'>,
  rows: readonly ReportRow[],
  all: number,
): Generator<string> {
  const { made, by, workspace, filter, log, leftOut } = about;
  const scope = Object.entries(filter).map(([name, value]) => `${name}: ${value}`);
  const title = `Evidence of ${workspace.name}`;
  const facts: [name: string, html: string][] = [
    ['Workspace', bdi(workspace.name)],
    ['Made', `${safe(instant(made))} by ${bdi(by.name)}`],
    ['Log', `<code>${safe(log.origin)}</code>, with ${count(log.size)} changes then`],
    ['In here', `${count(all)} of these changes`],
    ['Asked for', scope.length === 0 ? 'all of the log' : bdi(scope.join('; '))],
    ['Left out by choice', leftOut.length === 0 ? 'nothing' : list(leftOut.map(bdi))],
  ];
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(title)}</title><style>${STYLE}${margins(title, made)}</style><body>
<h1>Evidence of ${bdi(workspace.name)}</h1>
<dl class="facts">${facts.map(([name, html]) => `<dt>${name}</dt><dd>${html}</dd>`).join('')}</dl>
<h2>How to verify it</h2>
<p>This page is to be read; what proves it stands beside it in the bundle. Run <code>npx unsaid verify</code> with the bundle and the log’s key, or open the verifier page, which works without a network.</p>
<p>The key has to come from the server’s keeper by another way than this bundle. The bundle says it is <code>${safe(log.key)}</code>.</p>
<h2>The changes</h2>
${rows.length < all ? `<p class="quiet">The first ${count(rows.length)} are shown here; all are in changes.ndjson.</p>` : ''}
<table><thead><tr><th scope="col" class="no">Number</th><th scope="col" class="who">When, by whom</th><th scope="col">What</th></tr></thead><tbody>
`;
  const called = namesIn(rows);
  for (const row of rows) yield rowText(row, called);
  yield '</tbody></table></body></html>\n';
}

/** Title, day and number of each sheet; a browser without margin boxes prints its own. */
function margins(title: string, made: string): string {
  const look = 'color:#514e47;font:8.5pt system-ui,sans-serif';
  return `@page{margin:20mm 16mm 18mm;@top-left{content:${cssString(title)};${look}}@bottom-left{content:${cssString(instant(made))};${look}}@bottom-right{content:counter(page) " / " counter(pages);${look}}}
@page :first{@top-left{content:""}}`;
}

/** What a record is called: the first of these that it has. */
const NAMING = ['name', 'subject', 'statement', 'title'];
const LONGEST_NAME = 100;

type Called = ReadonlyMap<string, string>;

/** What records are called in what is shown, and nowhere else: a name that is left out stays out. */
function namesIn(rows: readonly ReportRow[]): Called {
  const called = new Map<string, string>();
  for (const { record, fields } of rows) {
    const name = NAMING.map((field) => fields?.[field]).find(
      (value) => typeof value === 'string' && value.trim() !== '',
    );
    if (typeof name === 'string') called.set(record, name.slice(0, LONGEST_NAME));
  }
  return called;
}

function rowText(
  { seq, at, by, kind, record, fields, hidden, why }: ReportRow,
  called: Called,
): string {
  const left = hidden.map(
    (name) => `<div><dt>${safe(name)}</dt><dd class="quiet">left out</dd></div>`,
  );
  const contents =
    fields === null
      ? `<p class="quiet">${safe(why)}</p>`
      : `<dl class="fields">${fieldsText(fields, called)}${left.join('')}</dl>`;
  return `<tr><td>${count(seq)}</td><td>${safe(instant(at))}<br>${bdi(by)}</td><td><span class="kind">${safe(kind)}</span> <code class="quiet">${safe(record)}</code>${contents}</td></tr>\n`;
}

/** Each value by the way to it: a field within a field is read in one line. */
function fieldsText(fields: { [field: string]: Json }, called: Called): string {
  return leavesOf(fields, [])
    .map(([path, value]) => {
      const theirs = THEIRS.includes(path.at(-1) ?? '') ? ' class="theirs"' : '';
      return `<div><dt><bdi>${safe(path.map(shortened).join(' › '))}</bdi></dt><dd dir="auto"${theirs}>${valueText(value, called)}</dd></div>`;
    })
    .join('');
}

/** The customer's words, wherever they stand. */
const THEIRS = ['quote', 'exact'];

type Leaf = [path: readonly string[], value: Json];

function leavesOf(value: Json, path: readonly string[]): Leaf[] {
  if (value === null || typeof value !== 'object') return [[path, value]];
  const isFlat = Array.isArray(value) && value.every((one) => typeof one !== 'object');
  const entries = Array.isArray(value)
    ? value.map((one, at): [string, Json] => [String(at + 1), one])
    : Object.entries(value);
  if (isFlat || entries.length === 0 || path.length > DEEPEST) return [[path, value]];
  return entries.flatMap(([name, one]) => leavesOf(one, [...path, name]));
}

/** Ids between names by their end; whole they are in changes.ndjson. */
function shortened(name: string): string {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(name) ? `…${name.slice(-6)}` : name;
}

function valueText(value: Json, called: Called): string {
  if (typeof value === 'string') {
    const name = called.get(value);
    return name === undefined
      ? safe(value)
      : `${bdi(name)} <code class="quiet">${safe(value)}</code>`;
  }
  if (value === null) return '<span class="quiet">emptied</span>';
  if (typeof value !== 'object') return safe(String(value));
  const isFlat = Array.isArray(value) && value.every((one) => typeof one !== 'object');
  return safe(isFlat ? value.join(', ') : JSON.stringify(value));
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** "2027-02-24 09:12:05 UTC"; what is no instant stays as it is. */
function instant(iso: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso) ?? [];
  return day === undefined ? iso : `${day} ${time} UTC`;
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}

function bdi(text: string): string {
  return `<bdi>${safe(text)}</bdi>`;
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => CHARACTERS[character] ?? '');
}
