// Reviews as they are read from their records, and drafts of them, which are nobody else's yet: each
// standard held against what we ask of ourselves and against what the customer asked for.
import type { DrawUnit } from './draws.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import type { StandardVersion } from './standards.ts';

export type ScoreEntry = NonNullable<NonNullable<Fields<'review'>['scores']>[string]>;
export type FindingType = NonNullable<Fields<'finding'>['type']>;
export const FINDING_TYPES: readonly FindingType[] = [
  'nonconformity',
  'observation',
  'opportunity',
];

export type Review = {
  id: Id;
  audit: Id | null;
  unit: DrawUnit;
  subject: Id;
  project: Id | null;
  customer: Id | null;
  interaction: Id | null;
  reviewer: Id | null;
  /** By the id of the standard's version. */
  scores: Readonly<Record<Id, ScoreEntry>>;
  /** 0–100, null where nothing that counts was applicable or judged. */
  ours: number | null;
  theirs: number | null;
  text: string;
  blind: boolean;
  startedAt: string | null;
  finishedAt: string | null;
  /** null where it is not kept. */
  seconds: number | null;
  withdrawn: boolean;
  /** Why it was withdrawn, or last corrected. */
  reason: string;
};

/** null: not enough of it is here to say what it is about. */
export function reviewOf(id: Id, fields: Fields<'review'>): Review | null {
  const { unit, subject } = fields;
  if (unit === undefined || subject === undefined || fields.deleted === true) return null;
  const scores: Record<Id, ScoreEntry> = {};
  for (const [standard, entry] of Object.entries(fields.scores ?? {})) {
    if (entry !== null) scores[standard] = entry;
  }
  return {
    ...{ id, unit, subject, scores, audit: fields.audit ?? null },
    ...{ project: fields.project ?? null, customer: fields.customer ?? null },
    ...{ interaction: fields.interaction ?? null, reviewer: fields.reviewer ?? null },
    ...{ ours: fields.ours ?? null, theirs: fields.theirs ?? null, text: fields.text ?? '' },
    ...{ blind: fields.blind ?? false, seconds: fields.seconds ?? null },
    ...{ startedAt: fields.startedAt ?? null, finishedAt: fields.finishedAt ?? null },
    ...{ withdrawn: fields.withdrawn ?? false, reason: fields.reason ?? '' },
  };
}

/** What a review found (ISO 19011:2018, 3.10). */
export type Finding = {
  id: Id;
  review: Id;
  type: FindingType;
  /** The version of the standard. */
  standard: Id | null;
  text: string;
  cause: string;
  /** The moment of the story that it is pinned to, and when that was. */
  subject: { kind: string; id: Id } | null;
  at: string | null;
};

/** null: it says nothing. */
export function findingOf(id: Id, fields: Fields<'finding'>): Finding | null {
  const { review, type, text } = fields;
  if (review === undefined || type === undefined || fields.deleted === true) return null;
  return {
    ...{ id, review, type, text: text ?? '', cause: fields.cause ?? '' },
    ...{ standard: fields.standard ?? null, subject: fields.subject ?? null },
    at: fields.at ?? null,
  };
}

/** A score in the making: `asked` false says that the customer asked for nothing here. */
export type DraftScore = {
  applies: boolean;
  ours: number | null;
  theirs: number | null;
  asked: boolean;
  text: string;
  cause: string;
};

export const NOT_SCORED: DraftScore = {
  ...{ applies: true, ours: null, theirs: null },
  ...{ asked: true, text: '', cause: '' },
};

/** A finding in the making; one without words is not kept. */
export type DraftFinding = Omit<Finding, 'review'> & {
  /** What the story calls the moment that it is pinned to. */
  moment: string | null;
};

/** What somebody has written so far. */
export type DraftContent = {
  scores: Readonly<Record<Id, DraftScore>>;
  findings: readonly DraftFinding[];
  text: string;
  /** Spent on it so far. */
  seconds: number;
};

export const EMPTY_CONTENT: DraftContent = { scores: {}, findings: [], text: '', seconds: 0 };

export const MOST_FINDINGS = 200;
export const LONGEST_REMARK = 20_000;

/** Whether both sides of it are said, so that it can be finished. */
export function isScored(standard: StandardVersion, said: DraftScore | undefined): boolean {
  if (said === undefined) return false;
  if (!said.applies) return standard.mayNotApply;
  if (!fits(standard, said.ours)) return false;
  if (standard.customerTarget === null || !said.asked) return true;
  return fits(standard, said.theirs);
}

function fits({ judgement }: StandardVersion, value: number | null): boolean {
  if (value === null || !Number.isFinite(value)) return false;
  if (judgement === 'yes-no') return value === 0 || value === 1;
  return judgement === 'number' || (Number.isInteger(value) && value >= 1 && value <= 5);
}

/** As it goes into the review: without what its standard does not ask for. */
export function scoreEntryOf(standard: StandardVersion, said: DraftScore): ScoreEntry {
  const asks = said.applies && said.asked && standard.customerTarget !== null;
  const text = said.text.trim();
  const cause = said.cause.trim();
  return {
    applies: said.applies,
    ours: said.applies ? said.ours : null,
    theirs: asks ? said.theirs : null,
    ...(text === '' ? {} : { text }),
    ...(cause === '' ? {} : { cause }),
  };
}

/**
 * What two wrote over the same `base`, in two tabs or on two machines. What only one of them changed
 * is taken from that one; where both did, scores are mine, and of texts both are kept.
 */
export function mergeDrafts(
  base: DraftContent,
  mine: DraftContent,
  theirs: DraftContent,
): DraftContent {
  const scores: Record<Id, DraftScore> = {};
  for (const id of new Set([...Object.keys(mine.scores), ...Object.keys(theirs.scores)])) {
    const [before, a, b] = [base, mine, theirs].map(({ scores }) => scores[id] ?? NOT_SCORED);
    if (before && a && b) scores[id] = mergeScore(before, a, b);
  }
  return {
    scores,
    findings: mergeFindings(base.findings, mine.findings, theirs.findings),
    text: mergeText(base.text, mine.text, theirs.text),
    seconds: Math.max(
      ...[mine.seconds, theirs.seconds],
      mine.seconds + theirs.seconds - base.seconds,
    ),
  };
}

/** Whether two drafts say the same; who has not judged a standard says the same as nothing. */
export function isSameDraft(a: DraftContent, b: DraftContent): boolean {
  if (a.text !== b.text || a.seconds !== b.seconds) return false;
  if (a.findings.length !== b.findings.length) return false;
  const ids = new Set([...Object.keys(a.scores), ...Object.keys(b.scores)]);
  for (const id of ids) {
    const [one, other] = [a.scores[id] ?? NOT_SCORED, b.scores[id] ?? NOT_SCORED];
    const sameWords = one.text === other.text && one.cause === other.cause;
    if (!sameWords || !sameJudgement(one, other)) return false;
  }
  return a.findings.every((finding, at) => {
    const other = b.findings[at];
    return other !== undefined && other.id === finding.id && isSame(finding, other);
  });
}

function mergeScore(base: DraftScore, mine: DraftScore, theirs: DraftScore): DraftScore {
  // What is judged belongs together: half of the one and half of the other is nobody's judgement.
  const said = sameJudgement(base, mine) ? theirs : mine;
  const { applies, ours, asked } = said;
  return {
    ...{ applies, ours, theirs: said.theirs, asked },
    text: mergeText(base.text, mine.text, theirs.text),
    cause: mine.cause === base.cause ? theirs.cause : mine.cause,
  };
}

function sameJudgement(a: DraftScore, b: DraftScore): boolean {
  return (
    a.applies === b.applies && a.ours === b.ours && a.theirs === b.theirs && a.asked === b.asked
  );
}

/** By id; one that was taken away stays away unless the other went on writing it. */
function mergeFindings(
  base: readonly DraftFinding[],
  mine: readonly DraftFinding[],
  theirs: readonly DraftFinding[],
): DraftFinding[] {
  const byId = (all: readonly DraftFinding[]) => new Map(all.map((one) => [one.id, one]));
  const [before, a, b] = [byId(base), byId(mine), byId(theirs)];
  const merged: DraftFinding[] = [];
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    const [was, own, other] = [before.get(id), a.get(id), b.get(id)];
    if (own !== undefined && other !== undefined) {
      const kept = was !== undefined && isSame(was, own) ? other : own;
      merged.push({ ...kept, text: mergeText(was?.text ?? '', own.text, other.text) });
      continue;
    }
    const one = own ?? other;
    if (one !== undefined && (was === undefined || !isSame(was, one))) merged.push(one);
  }
  // In the order in which they were begun, whoever merges.
  return merged.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function isSame(a: DraftFinding, b: DraftFinding): boolean {
  const sameWords = a.text === b.text && a.cause === b.cause;
  const sameMoment = a.at === b.at && a.subject?.id === b.subject?.id;
  return a.type === b.type && a.standard === b.standard && sameWords && sameMoment;
}

function mergeText(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  // One went on from the other.
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${mine}\n\n${theirs}`;
}
