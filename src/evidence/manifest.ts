// What a bundle says of itself. It names every other file with its hash, and is itself signed.
import * as z from 'zod/mini';
import { id } from '../domain/index.ts';

export const FORMAT = 'unsaid-evidence';
export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'signature.txt';
export const CHECKPOINT = 'checkpoint.txt';
export const CHANGES = 'changes.ndjson';
/** Up to so many changes have a proof of their own; more are proven by tiles. */
export const MOST_PROOFS = 1_000;

const line = z.string().check(z.maxLength(2_000));
const count = z.int().check(z.gte(0));

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  made: z.iso.datetime(),
  by: z.object({ id, name: line }),
  workspace: z.object({ id, name: line }),
  /** What was asked for: name of a filter → its value; empty for all there is. */
  filter: z.record(line, line),
  log: z.object({ origin: line, size: count, key: line }),
  /** All leaves of the log are here. */
  whole: z.boolean(),
  changes: z.object({ all: count, open: count, partly: count, leftOut: count, erased: count }),
  /** What whoever made it chose to leave out, a line each. */
  leftOut: z.array(line),
  files: z
    .array(
      z.object({
        name: z
          .string()
          .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/)),
        bytes: count,
        sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      }),
    )
    .check(z.maxLength(70_000)),
});
export type Manifest = z.output<typeof manifestSchema>;

/** The text that the log key signs (SPEC 16.3). `sha256`: of the manifest's bytes, in hex. */
export function signatureText(origin: string, sha256: string): string {
  return `unsaid evidence bundle\n${origin}\n${sha256}\n`;
}
