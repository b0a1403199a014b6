// The practice inbox that our own server serves. All but the page are looked for outside of bodies.

import type { Hook } from '../reading.ts';

export const page = {
  css: 'html[data-unsaid-practice]',
  finds: 'any page of the practice inbox',
  count: 'one',
} satisfies Hook;

export const message = {
  css: 'article[data-message-id]',
  finds: 'an open mail; the attribute is its Message-ID',
  count: 'any',
} satisfies Hook;

export const body = {
  css: '[data-body]',
  finds: 'what the sender wrote',
  count: 'any',
} satisfies Hook;

export const subject = {
  css: 'h1[data-subject]',
  finds: 'the subject of the open conversation',
  count: 'at most one',
} satisfies Hook;

export const from = {
  css: '[data-from]',
  finds: 'the sender, "Name <address>" in the attribute',
  count: 'any',
} satisfies Hook;

export const to = {
  css: '[data-to]',
  finds: 'recipients, the same with commas between',
  count: 'any',
} satisfies Hook;

export const cc = { css: '[data-cc]', finds: 'recipients of copies', count: 'any' } satisfies Hook;

export const date = {
  css: 'time[datetime]',
  finds: 'when it was sent, ISO 8601 with its zone',
  count: 'any',
} satisfies Hook;
