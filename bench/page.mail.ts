// The mail that page costs are measured on: about 300 KB of HTML of a long business conversation,
// in the dress of three hosts. The bench's own page runs no script: all script in it is a guest's.

import { mail } from './anchor.mail.ts';
import { seeded } from './random.ts';

/** practice: the mail in a pane that scrolls by itself, as most mail programs have it. */
export const HOSTS = ['practice', 'roundcube', 'plain'] as const;
export type Host = (typeof HOSTS)[number];

/** The element of the mail's words. */
export const WORDS_OF: Record<Host, string> = {
  ...{ practice: '[data-body]', roundcube: '#messagebody', plain: 'main' },
};

const SUBJECT = 'Sample: open points before the handover';
const SENDER = 'one@halden-foods.example';
const SIZE = 300_000;

/** A whole page of one mail; the same for the same seed. */
export function mailPage(host: Host, seed: number): string {
  return DRESS[host](conversation(seed));
}

const head = `<meta charset="utf-8"><title>${SUBJECT}</title><style>
  body { font: 15px/1.5 sans-serif; margin: 0 }
  blockquote { margin: 0 0 0 1ch; padding-left: 1ch; border-left: 2px solid #ccc }
  td { border: 1px solid #ccc; padding: 2px 6px }
  .pane { height: 100vh; overflow: auto; padding: 16px 60px; box-sizing: border-box }
</style>`;

const DRESS: Record<Host, (body: string) => string> = {
  practice: (
    body,
  ) => `<!doctype html><html lang="en" data-unsaid-practice><head>${head}</head><body>
<div class="pane"><h1 data-subject>${SUBJECT}</h1><article data-message-id="bench@halden-foods.example">
<header><span data-from="Sample Customer &lt;${SENDER}&gt;">Sample Customer</span>
<span data-to="You &lt;you@practice.example&gt;">You</span>
<time datetime="2026-11-20T09:12:00Z">20 November</time></header>
<div data-body>${body}</div></article></div></body></html>`,

  roundcube: (body) => `<!doctype html><html lang="en"><head>${head}</head>
<body class="task-mail action-show"><div role="main" style="padding: 16px 60px">
<div id="message-header"><h2 class="subject">${SUBJECT}</h2><table><tbody>
<tr><td class="header from"><a class="rcmContactAddress" title="${SENDER}" href="mailto:${SENDER}">Sample
Customer</a></td></tr><tr><td class="header to"><a class="rcmContactAddress" title="you@practice.example"
href="mailto:you@practice.example">You</a></td></tr><tr><td class="header date">2026-11-20 09:12</td></tr>
</tbody></table></div><div id="messagebody">${body}</div></div></body></html>`,

  plain: (
    body,
  ) => `<!doctype html><html lang="en"><head>${head}</head><body style="padding: 16px 60px">
<main><h1>${SUBJECT}</h1><p><a href="mailto:${SENDER}">Sample Customer</a>,
<time datetime="2026-11-20T09:12:00Z">20 November</time></p>${body}</main></body></html>`,
};

// Mails with the earlier ones quoted below, deeper and deeper, as conversations grow; some of the
// paragraphs are lists and tables.
function conversation(seed: number): string {
  const random = seeded(seed);
  let html = '';
  let depth = 0;
  for (let part = 0; html.length < SIZE; part += 1) {
    const paragraphs = mail(6_000, seed * 1_000 + part).split('\n');
    const shaped = paragraphs.map((paragraph) => shape(paragraph, random()));
    html += `<p>On Friday, 20 November, Sample Customer &lt;${SENDER}&gt; wrote:</p>${shaped.join('\n')}`;
    if (depth < 8) {
      html += '<blockquote type="cite">';
      depth += 1;
    }
  }
  return html + '</blockquote>'.repeat(depth);
}

function shape(paragraph: string, kind: number): string {
  const inner = paragraph.replace(/^<p>|<\/p>$/g, '');
  if (kind > 0.3) return paragraph;
  const parts = inner.split('. ');
  if (kind > 0.1) return `<ul>${parts.map((part) => `<li>${part}</li>`).join('')}</ul>`;
  const rows = parts.map((part, row) => `<tr><td>${row + 1}</td><td>${part}</td></tr>`);
  return `<table>${rows.join('')}</table>`;
}
