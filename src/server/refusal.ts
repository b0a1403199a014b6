import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Refusal } from '../ledger/index.ts';

/** Every refusal of the API: a name for programs, and words for people on what to do. */
export function refuse(
  c: Context,
  status: ContentfulStatusCode,
  error: string,
  message: string,
): Response {
  return c.json({ error, message } satisfies Refusal, status);
}
