// Everything that a reviewer has before them: the draft, what it is of, what it is scored by, who else
// is at it.
import type { Id, Standard, StandardVersion } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import { readDraw } from '../draws/store.ts';
import type { Directory } from '../register/directory.ts';
import { readPerPerson } from '../settings/per-person.ts';
import { readStandards } from '../standards/store.ts';
import { readDrafts, type StoredDraft } from './drafts.ts';
import { whyNotIndependent } from './independence.ts';
import { readReviews } from './store.ts';
import { changesSince, type Satisfaction, satisfactionWith, subjectOf } from './subject.ts';

export type Asked = { tx: Tx; asker: Asker; directory: Directory };

/** `newer`: number of the version that is the standard's now; null: this one is. */
export type SheetStandard = StandardVersion & { newer: number | null; retired: boolean };

/** `writing`: at it; `left`: began it and is no member any more; `finished`: has reviewed it. */
export type Other = {
  name: string;
  state: 'writing' | 'left' | 'finished';
  /** Begun, or finished. */
  at: string;
  /** What somebody who left has written can be taken on. */
  draft: Id | null;
};

export type Sheet = {
  draft: Omit<StoredDraft, 'reviewer' | 'standards' | 'startedAt' | 'updatedAt'> & {
    startedAt: string;
  };
  draw: { id: Id; name: string; due: string | null; calibration: boolean };
  title: string;
  customer: string | null;
  gone: 'erased' | 'deleted' | null;
  /** What has changed since it was drawn, in words. */
  changes: string[];
  /** Why it cannot be finished by this reviewer, in words: they became its owner in between. */
  notIndependent: string[];
  standards: SheetStandard[];
  others: Other[];
  /** Whether the time it takes is kept. */
  times: boolean;
  /** What blindness hides; null while it does. */
  shown: Shown | null;
};

export type Shown = { owner: { id: Id; name: string } | null; satisfaction: Satisfaction | null };

/** null: the draw is not here any more. */
export async function sheetOf(asked: Asked, draft: StoredDraft): Promise<Sheet | null> {
  const { tx, asker, directory } = asked;
  const workspace = asker.workspace.id;
  const draw = await readDraw(tx, workspace, draft.audit);
  if (draw === null) return null;
  const { standards: ids, reviewer: _reviewer, updatedAt: _updatedAt, startedAt, ...rest } = draft;
  const subject = await subjectOf(asked, draft.unit, draft.subject);
  const { unit, subject: of } = draft;
  const all = await readStandards(tx, workspace);
  const times = await readPerPerson(tx, workspace);
  const content = times ? draft.content : { ...draft.content, seconds: 0 };
  return {
    draft: { ...rest, content, startedAt: startedAt.toISOString() },
    draw: { id: draw.id, name: draw.name, due: draw.due, calibration: draw.calibration },
    ...{ title: subject.title, customer: subject.customer?.name ?? null, gone: subject.gone },
    changes: await changesSince(asked, draw, subject),
    notIndependent: await whyNotIndependent(tx, asker, { unit, subject: of, directory }),
    standards: sheetStandards(all, ids),
    ...{ others: await othersAt(asked, draft), times },
    shown: draft.blind ? null : await shownOf(asked, draft),
  };
}

/** The owner and how the customer saw it last. */
export async function shownOf(
  asked: Asked,
  of: Pick<StoredDraft, 'unit' | 'subject'>,
): Promise<Shown> {
  const subject = await subjectOf(asked, of.unit, of.subject);
  const members = await membersOf(asked.tx, asked.asker.workspace.id);
  const owner = members.find(({ id }) => id === subject.owner);
  return {
    owner: owner ? { id: owner.id, name: owner.name } : null,
    satisfaction: await satisfactionWith(asked, subject),
  };
}

/** In the order of `ids`; one that is not here any more is left out. */
export function sheetStandards(all: readonly Standard[], ids: readonly Id[]): SheetStandard[] {
  return ids.flatMap((id) => {
    for (const { versions, current, retired } of all) {
      const version = versions.find((one) => one.id === id);
      if (version === undefined) continue;
      return [{ ...version, newer: current.id === id ? null : current.version, retired }];
    }
    return [];
  });
}

/** Besides the reviewer. */
async function othersAt({ tx, asker }: Asked, draft: StoredDraft): Promise<Other[]> {
  const workspace = asker.workspace.id;
  const { audit, subject } = draft;
  const members = new Map((await membersOf(tx, workspace)).map((one) => [one.id, one]));
  const drafts = await readDrafts(tx, workspace, { audit });
  const reviews = await readReviews(tx, workspace, { audit, subjects: [subject] });
  const writing = drafts
    .filter((one) => one.subject === subject && one.reviewer !== asker.member.id)
    .map((one): Other => {
      const member = members.get(one.reviewer);
      const isHere = member?.active === true;
      return {
        ...{ name: member?.name ?? '', state: isHere ? 'writing' : 'left' },
        ...{ at: one.startedAt.toISOString(), draft: isHere ? null : one.id },
      };
    });
  const finished = reviews
    .filter((one) => !one.withdrawn && one.reviewer !== asker.member.id)
    .map((one): Other => {
      const name = members.get(one.reviewer ?? '')?.name ?? '';
      return { name, state: 'finished', at: one.finishedAt ?? '', draft: null };
    });
  return [...writing, ...finished];
}
