import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Escaped HTML: only `html` makes it. */
export type Markup = ReturnType<typeof html>;

const MARK = html`<svg class="mark" viewBox="0 0 32 20" width="32" height="20" aria-hidden="true">
  <path d="M2 12V8q0-4 4-5M8 12V8q0-4 4-5M30 8v4q0 4-4 5M24 8v4q0 4-4 5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
</svg>`;

/** A whole page: one column, one thing to do. */
export async function page(
  c: Context,
  title: string,
  content: Markup,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  c.header('Cache-Control', 'no-store');
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Unsaid</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/pages.css">
</head>
<body>
<main>
<p class="name">${MARK} Unsaid</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>`,
    status,
  );
}

/** Something that went wrong, or an end: what happened and what to do. */
export function notice(
  c: Context,
  title: string,
  words: string,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  return page(c, title, html`<p>${words}</p>`, status);
}

export type Field = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  value?: string | undefined;
  autocomplete?: string;
  hint?: string;
  /** What is wrong with it. */
  problem?: string | undefined;
  readonly?: boolean;
};

export function field(options: Field): Markup {
  const { name, label, hint, problem } = options;
  const described = [hint ? `${name}-hint` : '', problem ? `${name}-problem` : '']
    .filter(Boolean)
    .join(' ');
  return html`<div class="field">
<label for="${name}">${label}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
<input id="${name}" name="${name}" type="${options.type ?? 'text'}" value="${options.value ?? ''}"
  autocomplete="${options.autocomplete ?? 'off'}" required maxlength="200"
  ${described ? html`aria-describedby="${described}"` : ''}
  ${problem ? html`aria-invalid="true"` : ''} ${options.readonly ? html`readonly` : ''}>
${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}
</div>`;
}

export function problemBox(words: string | undefined): Markup {
  return words ? html`<p class="problem" role="alert">${words}</p>` : html``;
}
