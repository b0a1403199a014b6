// The bundle for people: one HTML file that opens from disk. What it says is in changes.ndjson as well,
// and only that is proven; the manifest vouches for this file as a whole.
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

const STYLE = `
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1b1f;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem;border-block-end:1px solid #ccc}
thead{display:table-header-group}tr{break-inside:avoid}code{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}
.quiet{color:#55555c}@media (prefers-color-scheme:dark){body{color:#e8e8ec;background:#1a1a1d}.quiet{color:#a8a8b0}th,td{border-color:#444}}
@page{margin:18mm 15mm}`;

export function* reportText(
  about: Pick<Manifest, 'made' | 'by' | 'workspace' | 'filter' | 'log' | 'leftOut'>,
  rows: readonly ReportRow[],
  all: number,
): Generator<string> {
  const { made, by, workspace, filter, log, leftOut } = about;
  const scope = Object.entries(filter).map(([name, value]) => `${name}: ${value}`);
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Evidence of ${safe(workspace.name)}</title><style>${STYLE}</style><body>
<h1>Evidence of <bdi>${safe(workspace.name)}</bdi></h1>
<p>Made on ${safe(made)} by <bdi>${safe(by.name)}</bdi>. ${all.toLocaleString('en-GB')} changes of log <code>${safe(log.origin)}</code>, which had ${log.size.toLocaleString('en-GB')} then.</p>
${scope.length === 0 ? '<p>It is the whole log.</p>' : `<p>What was asked for: <bdi>${safe(scope.join('; '))}</bdi></p>`}
${leftOut.length === 0 ? '<p>Nothing was left out of it by choice.</p>' : `<p>Left out by choice:</p><ul>${leftOut.map((line) => `<li><bdi>${safe(line)}</bdi></li>`).join('')}</ul>`}
<h2>How to verify it</h2>
<p>Run <code>npx unsaid verify</code> with this bundle and the log’s key, or open the verifier page. The key has to come from the server’s keeper by another way than this bundle; the bundle says it is <code>${safe(log.key)}</code>.</p>
<h2>The changes</h2>
${rows.length < all ? `<p class="quiet">The first ${rows.length.toLocaleString('en-GB')} are shown here; all are in changes.ndjson.</p>` : ''}
<table><thead><tr><th>Number</th><th>When, by whom</th><th>What</th></tr></thead><tbody>
`;
  for (const row of rows) yield rowText(row);
  yield '</tbody></table></body></html>\n';
}

function rowText({ seq, at, by, kind, record, fields, hidden, why }: ReportRow): string {
  const shown = Object.entries(fields ?? {}).map(
    ([name, value]) =>
      `<dt>${safe(name)}</dt><dd dir="auto">${safe(typeof value === 'string' ? value : JSON.stringify(value))}</dd>`,
  );
  const left = hidden.map((name) => `<dt>${safe(name)}</dt><dd class="quiet">left out</dd>`);
  const contents =
    fields === null
      ? `<p class="quiet">${safe(why)}</p>`
      : `<dl>${shown.join('')}${left.join('')}</dl>`;
  return `<tr><td>${seq}</td><td>${safe(at)}<br><bdi>${safe(by)}</bdi></td><td>${safe(kind)} <code class="quiet">${safe(record)}</code>${contents}</td></tr>\n`;
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
