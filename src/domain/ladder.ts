// How far an expectation is known: hunch → asked → confirmed or refuted → settled, and what is on
// file for each step.
import type * as z from 'zod/mini';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import type { hunchFrom } from './kinds.ts';

export const STEPS = ['hunch', 'asked', 'confirmed', 'refuted', 'settled'] as const;
export type Step = (typeof STEPS)[number];
export type HunchFrom = z.output<typeof hunchFrom>;

/** Settled: missed, met or exceeded, or it was decided not to meet it. */
export function stepOf({ stage, outcome, decision }: Fields<'expectation'>): Step {
  const isSettled = (outcome ?? 'open') !== 'open' || decision === 'decline';
  return isSettled ? 'settled' : (stage ?? 'hunch');
}

const NEXT: Readonly<Record<Step, readonly Step[]>> = {
  hunch: ['asked', 'confirmed', 'refuted'],
  asked: ['confirmed', 'refuted'],
  confirmed: ['settled'],
  refuted: ['settled'],
  settled: [],
};

/** The steps ahead, the likeliest first. Back one goes to any. */
export function nextSteps(expectation: Fields<'expectation'>): Step[] {
  return [...NEXT[stepOf(expectation)]];
}

/** What of a question says how far it is. */
type ProbeFacts = {
  [F in 'deleted' | 'askedAt' | 'answeredAt' | 'says' | 'due']?: Fields<'probe'>[F] | undefined;
};
export type Probe = { id: Id; fields: ProbeFacts };

/** What a step that was reached should have on file and has not. */
export type Lack =
  /** It does not say where the hunch comes from. */
  | 'source'
  /** No question was asked. */
  | 'question'
  /** Nothing that the customer said says so. */
  | 'answer'
  /** What the outcome was seen by, or why it was declined. */
  | 'reason';

export type LadderEvidence<P extends Probe = Probe> = {
  step: Step;
  /** Where the hunch comes from; null: nobody said. */
  from: HunchFrom | null;
  /** To be asked; those with a day first, by it. */
  planned: P[];
  /** Asked and not answered, or in a way that says nothing; oldest first. */
  asked: P[];
  /** With an answer that says something, oldest first. */
  answered: P[];
  lacks: Lack[];
};

/** Questions of an expectation, by the steps they are evidence for. */
export function ladderEvidence<P extends Probe>(
  expectation: Fields<'expectation'>,
  probes: readonly P[],
): LadderEvidence<P> {
  const step = stepOf(expectation);
  const live = probes.filter(({ fields }) => fields.deleted !== true);
  const answered = live.filter(({ fields }) => isAnswered(fields)).sort(byAnswer);
  const open = live.filter(({ fields }) => !isAnswered(fields));
  const asked = open.filter(({ fields }) => fields.askedAt !== undefined).sort(byAsking);
  const planned = open.filter(({ fields }) => fields.askedAt === undefined).sort(byDay);
  const from = hunchSource(expectation);
  const stage = expectation.stage ?? 'hunch';
  const lacks: Lack[] = [];
  if (from === null) lacks.push('source');
  const wasAsked = asked.length > 0 || answered.length > 0;
  if (stage === 'asked' && !wasAsked) lacks.push('question');
  const known = stage === 'confirmed' || stage === 'refuted';
  if (known && !answered.some(({ fields }) => fields.says === stage)) lacks.push('answer');
  if (step === 'settled' && !hasReason(expectation)) lacks.push('reason');
  return { step, from, planned, asked, answered, lacks };
}

/** Said by the record; without that, what its evidence shows. */
export function hunchSource({
  hunchFrom,
  hunchText,
  evidence,
}: Fields<'expectation'>): HunchFrom | null {
  if (hunchFrom !== undefined) return hunchFrom;
  const places = Object.values(evidence ?? {});
  if (places.some((place) => (place?.quote ?? '') !== '')) return 'words';
  if (places.some((place) => place?.offset !== undefined)) return 'moment';
  return (hunchText ?? '').trim() === '' ? null : 'silence';
}

/** An answer that says something of the expectation. */
export function isAnswered({ says }: ProbeFacts): boolean {
  return says === 'confirmed' || says === 'refuted';
}

/** Still to be asked, or asked and without an answer. */
export function isOpenProbe({ deleted, answeredAt }: ProbeFacts): boolean {
  return deleted !== true && answeredAt === undefined;
}

/** The stage that an expectation has after a question about it was asked. */
export function stageAfterAsking(stage: Fields<'expectation'>['stage']) {
  return (stage ?? 'hunch') === 'hunch' ? 'asked' : stage;
}

/** The same after an answer; one that is unclear leaves it where it was. */
export function stageAfterAnswer(
  stage: Fields<'expectation'>['stage'],
  says: Fields<'probe'>['says'],
) {
  return says === 'confirmed' || says === 'refuted' ? says : stageAfterAsking(stage);
}

function hasReason({ outcome, outcomeText, decisionReason }: Fields<'expectation'>): boolean {
  const text = (outcome ?? 'open') === 'open' ? decisionReason : outcomeText;
  return (text ?? '').trim() !== '';
}

function byAnswer(a: Probe, b: Probe): number {
  return order(a.fields.answeredAt, b.fields.answeredAt) || order(a.id, b.id);
}

function byAsking(a: Probe, b: Probe): number {
  return order(a.fields.askedAt, b.fields.askedAt) || order(a.id, b.id);
}

function byDay(a: Probe, b: Probe): number {
  return order(a.fields.due, b.fields.due) || order(a.id, b.id);
}

/** Times and days as the records have them; what has none comes last. */
function order(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const [x, y] = [Date.parse(a), Date.parse(b)];
  if (Number.isFinite(x) && Number.isFinite(y) && x !== y) return x - y;
  return a < b ? -1 : 1;
}
