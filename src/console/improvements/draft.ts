import { newId } from '../../domain/new-id.ts';
import type { ImprovementShown } from './answer.ts';
import type { ImprovementFrom, ImprovementPatch } from './calls.ts';

/** An improvement as it is being written: dates as the field gives them, '' for none. */
export interface ImprovementDraft {
  /** Of a new one: what it will be called, however often it is sent. */
  readonly id: string;
  /** Of one that is changed: the change that it is written over. */
  readonly seen: string;
  readonly text: string;
  readonly cause: string;
  readonly action: string;
  readonly owner: string | null;
  readonly due: string;
  readonly checkOn: string;
}

export function freshDraft(now: Date, start: Partial<ImprovementDraft> = {}): ImprovementDraft {
  return {
    ...{ id: freshId(now), seen: '', text: '', cause: '', action: '' },
    ...{ owner: null, due: '', checkOn: '' },
    ...start,
  };
}

export function freshId(now: Date): string {
  return newId({
    now: () => now.getTime(),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
}

export function draftOf(improvement: ImprovementShown): ImprovementDraft {
  const { id, seen, text, cause, action, owner, due, checkOn } = improvement;
  return { id, seen, text, cause, action, owner, due: due ?? '', checkOn: checkOn ?? '' };
}

/** Only what differs from how it was when the writing began. */
export function patchOf(draft: ImprovementDraft, before: ImprovementDraft): ImprovementPatch {
  const patch: { -readonly [name in keyof ImprovementPatch]: ImprovementPatch[name] } = {};
  for (const name of ['text', 'cause', 'action'] as const) {
    if (draft[name].trim() !== before[name].trim()) patch[name] = draft[name].trim();
  }
  if (draft.owner !== before.owner) patch.owner = draft.owner;
  for (const name of ['due', 'checkOn'] as const) {
    if (draft[name] !== before[name]) patch[name] = draft[name] || null;
  }
  return patch;
}

/** What was changed, over what somebody else wrote meanwhile: theirs where nothing was changed. */
export function rebased(
  draft: ImprovementDraft,
  base: ImprovementDraft,
  theirs: ImprovementDraft,
): ImprovementDraft {
  const changed = Object.keys(patchOf(draft, base)) as (keyof ImprovementDraft)[];
  return { ...theirs, ...Object.fromEntries(changed.map((name) => [name, draft[name]])) };
}

/** As it was kept; null for what another version kept, or nobody. */
export function readDraft(kept: string): ImprovementDraft | null {
  return asDraft(json(kept));
}

/** A change as it was kept, with what it is a change of. */
export function readChange(
  kept: string,
): { draft: ImprovementDraft; base: ImprovementDraft } | null {
  const found = json(kept) as { draft?: unknown; base?: unknown } | null;
  const [draft, base] = [asDraft(found?.draft), asDraft(found?.base)];
  return draft === null || base === null ? null : { draft, base };
}

function asDraft(value: unknown): ImprovementDraft | null {
  const draft = value as Partial<ImprovementDraft> | null | undefined;
  if (typeof draft?.id !== 'string' || typeof draft.text !== 'string') return null;
  return freshDraft(new Date(0), draft);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One draft for each thing that an improvement can come from. */
export function keyOf(
  me: string,
  { follows, finding, subject, session, review, about }: ImprovementFrom,
): string {
  const parts = [follows, finding, subject?.id, session, review, about?.id];
  return `improvement/${me}/${parts.find(Boolean) ?? 'new'}`;
}
