// The checkpoints the log is held against: who signed them, and of which log they are.
import type { Id } from '../../domain/index.ts';
import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts';
import { type NoteKey, openNote, type Verify } from '../note.ts';
import { notice, type Report, wrong } from './finding.ts';
import type { Expected } from './tree.ts';

export type Notes = {
  /** What the server signs for this log now; null when it signs nothing. */
  checkpoint: string | null;
  /** What it signed earlier, as devices have pinned it. */
  pinned: readonly string[];
};

/** What the notes that are proven say of the log. What is wrong with the others is reported. */
export async function expectedOf(
  workspace: Id,
  { checkpoint, pinned }: Notes,
  key: NoteKey,
  verify: Verify,
  report: Report,
): Promise<Expected[]> {
  const expected: Expected[] = [];
  const now = checkpoint === null ? null : await open(checkpoint, 'The checkpoint');
  if (now) {
    const words = `The first ${now.size} leaves do not give the root that the server signed: the log was changed.`;
    expected.push({ ...now, what: 'root-differs', words });
  }
  for (const [at, note] of pinned.entries()) {
    const earlier = await open(note, `Pinned checkpoint ${at + 1}`);
    if (earlier === null) continue;
    if (now && earlier.origin !== now.origin) {
      const words = `Pinned checkpoint ${at + 1} is of ${earlier.origin}: history was begun anew since, as ${now.origin}. They cannot be compared.`;
      report(notice('other-origin', words));
      continue;
    }
    const words = `The log does not go on from pinned checkpoint ${at + 1}, of ${earlier.size} leaves: the server showed another history before.`;
    expected.push({ ...earlier, what: 'fork', words });
  }
  return expected;

  async function open(note: string, name: string): Promise<Checkpoint | null> {
    const opened = await openNote(note, [key], verify);
    const read = opened.ok ? parseCheckpoint(opened.text) : null;
    if (!opened.ok && opened.why !== 'malformed') {
      const words =
        opened.why === 'unknown-key'
          ? `${name} is not signed by ${key.name}.`
          : `${name} was changed, or ${key.name} did not sign it.`;
      report(wrong(`checkpoint-${opened.why}`, words));
      return null;
    }
    if (read === null) {
      report(wrong('checkpoint-malformed', `${name} is no checkpoint.`));
      return null;
    }
    if (read.origin !== `${key.name}/${workspace}` && !isRestarted(read.origin)) {
      report(wrong('other-log', `${name} is of another log: ${read.origin}.`));
      return null;
    }
    return read;
  }

  function isRestarted(origin: string): boolean {
    const before = `${key.name}/${workspace}/`;
    return origin.startsWith(before) && /^(?:[2-9]|[1-9]\d+)$/.test(origin.slice(before.length));
  }
}
