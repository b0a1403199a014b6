// The largest checkpoint of each workspace's log that this server signed or was shown, outside the
// database: who rolls the database back does not roll this back with it.
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import { beginnings } from './origin.ts';

const seen = z.object({
  origin: z.string(),
  size: z.int().check(z.gte(0)),
  /** in base64 */
  root: z.string(),
  /** Two trees of this log were seen that do not go together; nothing of it is signed any more. */
  forked: z.optional(z.literal(true)),
});
export type Seen = z.infer<typeof seen>;

const kept = z.record(id, seen);

const WRITE_AFTER_MS = 200;

export type Largest = {
  of(workspace: string): Seen | null;
  /** Remembers it when it is larger than what is known, of the same log or of a later one. */
  raise(workspace: string, one: Seen): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
};

/** Rejects in words when the file cannot be read: forgetting would be worse than not starting. */
export async function openLargest(
  dataDir: string,
  onError: (error: unknown) => void,
): Promise<Largest> {
  const file = path.join(dataDir, 'keys', 'signed.json');
  const largest = await read(file);
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    timer = null;
    writing = writing
      .then(async () => {
        // Another server may share the folder.
        for (const [workspace, one] of await read(file)) merge(largest, workspace, one);
        const partial = `${file}.${process.pid}.partial`;
        await writeFile(partial, `${JSON.stringify(Object.fromEntries(largest))}\n`, {
          mode: 0o600,
          flush: true,
        });
        await rename(partial, file);
      })
      .catch(onError);
  };

  return {
    of: (workspace) => largest.get(workspace) ?? null,
    raise(workspace, one) {
      if (merge(largest, workspace, one)) timer ??= setTimeout(write, WRITE_AFTER_MS);
    },
    async close() {
      if (timer !== null) {
        clearTimeout(timer);
        write();
      }
      await writing;
    },
  };
}

/** True when `one` says more than what is known. */
function merge(largest: Map<string, Seen>, workspace: string, one: Seen): boolean {
  const present = largest.get(workspace);
  if (present?.origin === one.origin) {
    if (present.forked || (one.size <= present.size && !one.forked)) return false;
  } else if (present && begun(one, workspace) < begun(present, workspace)) {
    return false;
  }
  largest.set(workspace, one);
  return true;
}

function begun({ origin }: Seen, workspace: string): number {
  return beginnings(origin, workspace) ?? 0;
}

async function read(file: string): Promise<Map<string, Seen>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  try {
    return new Map(Object.entries(kept.parse(JSON.parse(text))));
  } catch {
    throw new Error(
      `${file} cannot be read. It says what this server has signed; restore it, or remove it and begin a new origin.`,
    );
  }
}
