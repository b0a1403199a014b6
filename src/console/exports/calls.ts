// What this page asks the server.
import * as z from 'zod/mini';
import type { Answer, Client } from '../client.ts';

const exported = z.object({
  ...{ id: z.string(), at: z.string(), what: z.string(), format: z.string(), rows: z.number() },
  by: z.object({ id: z.string(), name: z.string() }),
  filter: z.record(z.string(), z.string()),
  columns: z.array(z.string()),
});
export type Exported = z.output<typeof exported>;

const exportsPage = z.object({
  /** Newest first. */
  exports: z.array(exported),
  /** Of people, customers and projects that filters name. */
  names: z.record(z.string(), z.string()),
  next: z.nullable(z.string()),
});
export type ExportsPageAnswer = z.output<typeof exportsPage>;

export function readExports(
  client: Client,
  cursor: string | null,
): Promise<Answer<ExportsPageAnswer>> {
  const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return client.call(exportsPage, `/v1/exports${query}`);
}
