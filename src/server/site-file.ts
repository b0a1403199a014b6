// The file in which an administrator mends or switches off sites: read at the start, and again
// whenever it has changed, without a restart.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { readKnowledge, type SiteKnowledge } from '../sites/knowledge.ts';
import type { Config } from './config.ts';

/** Bytes of the file: more than 50 sites with everything changed. */
const LARGEST = 512 * 1024;

export type SiteFile = {
  /** What to serve now, or null while there is no file. Never rejects. */
  current(): Promise<SiteKnowledge | null>;
};

type Read = { stamp: string; knowledge: SiteKnowledge | null };

/** Rejects in words when the file is wrong, or named in the settings and not there. */
export async function openSiteFile(
  config: Config,
  dataDir: string,
  log: Logger,
): Promise<SiteFile> {
  const file = path.resolve(config.sites ?? path.join(dataDir, 'sites.json'));
  let last: Read;
  try {
    last = await read(file);
  } catch (error) {
    throw new Error(
      `${file} cannot be used: ${wordsOf(error)}. Mend the file, or move it away to go by what is built in.`,
    );
  }
  if (last.knowledge === null && config.sites !== undefined) {
    throw new Error(
      `${file} is not there. Write it, or leave out the setting (--sites or UNSAID_SITES).`,
    );
  }

  /** A change that cannot be taken is said once; what was good stays. */
  async function look(): Promise<void> {
    const stamp = await stampOf(file);
    if (stamp === last.stamp) return;
    const { knowledge } = last;
    last = { stamp, knowledge };
    try {
      const next = await read(file);
      const problem = problemAfter(knowledge, next.knowledge);
      if (problem !== null) throw new Error(problem);
      last = next;
      log.info({ version: next.knowledge?.version ?? null }, 'site knowledge read');
    } catch (error) {
      const kept = knowledge === null ? 'none' : `version ${knowledge.version}`;
      log.error({ file, problem: wordsOf(error), serving: kept }, 'site knowledge not taken');
    }
  }

  let looking: Promise<void> | null = null;
  return {
    async current() {
      looking ??= look().finally(() => {
        looking = null;
      });
      await looking;
      return last.knowledge;
    },
  };
}

/** Why devices would refuse `next`, or null. They hold what they were given (SPEC 7.6). */
function problemAfter(before: SiteKnowledge | null, next: SiteKnowledge | null): string | null {
  if (before === null) return null;
  if (next === null) return 'it is gone, and devices keep what they have; restart to serve nothing';
  if (next.version > before.version) return null;
  if (JSON.stringify(next) === JSON.stringify(before)) return null;
  return `version ${next.version} has to be greater than ${before.version}, which devices may hold`;
}

async function read(file: string): Promise<Read> {
  // Before the text: a change in between is then seen at the next look.
  const stamp = await stampOf(file);
  if (stamp === GONE) return { stamp, knowledge: null };
  const bytes = await readFile(file);
  if (bytes.length > LARGEST) throw new Error(`it is larger than ${LARGEST / 1024} KB`);
  const result = readKnowledge(parsed(bytes.toString('utf8')));
  if (!result.ok) throw new Error(result.problem);
  return { stamp, knowledge: result.value };
}

const GONE = 'gone';

async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return GONE;
    return `unreadable: ${(error as NodeJS.ErrnoException).code}`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`it is no JSON: ${words}`);
  }
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read by this account';
  return message;
}
