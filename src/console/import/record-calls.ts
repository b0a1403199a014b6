// What files of records, and the list of imports, ask the server.
import * as z from 'zod/mini';
import type { FileFormat } from '../../export/read-file.ts';
import type { Answer, Client } from '../client.ts';
import type { FileRow } from './read-parts.ts';

const counts = z.object({
  ...{ created: z.number(), changed: z.number(), same: z.number() },
  ...{ differs: z.number(), wrong: z.number(), left: z.number() },
});
export type Counts = z.output<typeof counts>;

const problem = z.object({
  /** As the file counts, from 1; null: all of the file. */
  row: z.nullable(z.number()),
  kind: z.string(),
  id: z.string(),
  words: z.string(),
});
export type RowProblem = z.output<typeof problem>;

const looked = z.object({ kinds: z.record(z.string(), counts), problems: z.array(problem) });
export type LookedPart = z.output<typeof looked>;

const taken = z.extend(counts, { problems: z.array(problem) });
export type TakenPart = z.output<typeof taken>;

const listed = z.extend(counts, {
  ...{ id: z.string(), at: z.string(), name: z.string(), format: z.string() },
  by: z.object({ id: z.string(), name: z.string() }),
  /** All of the file was taken. */
  ended: z.boolean(),
  undo: z.enum(['none', 'begun', 'done']),
  undoneAt: z.nullable(z.string()),
  undone: z.number(),
  kept: z.number(),
});
export type Listed = z.output<typeof listed>;

const imports = z.object({ imports: z.array(listed) });
const begun = z.object({ id: z.string() });
const undone = z.object({ done: z.boolean(), undone: z.number(), kept: z.number() });
export type Undone = z.output<typeof undone>;

/** Whose stands where a record is here otherwise. */
export type Take = 'ours' | 'file';

export function checkPart(
  client: Client,
  records: readonly FileRow[],
  signal: AbortSignal,
): Promise<Answer<LookedPart>> {
  return post(client, looked, '/v1/import/records/check', { records }, signal);
}

export function beginImport(client: Client, name: string, format: FileFormat | null) {
  return post(client, begun, '/v1/import/runs', { name: name.slice(0, 500) || '…', format });
}

export function takePart(
  client: Client,
  id: string,
  part: { part: number; take: Take; records: readonly FileRow[] },
): Promise<Answer<TakenPart>> {
  return post(client, taken, `${runOf(id)}/records`, part);
}

export const endImport = (client: Client, id: string) =>
  post(client, z.object({ ok: z.boolean() }), `${runOf(id)}/end`, {});

export const readImports = (client: Client) => client.call(imports, '/v1/import/runs');

/** Takes back as much as one request can; again until it is done. */
export const undoSome = (client: Client, id: string) =>
  post(client, undone, `${runOf(id)}/undo`, {});

function runOf(id: string): string {
  return `/v1/import/runs/${encodeURIComponent(id)}`;
}

function post<S extends z.ZodMiniType>(
  client: Client,
  schema: S,
  path: string,
  body: unknown,
  signal?: AbortSignal,
) {
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return client.call(schema, path, signal ? { ...init, signal } : init);
}
