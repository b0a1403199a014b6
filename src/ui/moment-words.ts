// What a moment of a story is called, in the console and beside a mail alike.
import type { MomentKind } from '../domain/story-kinds.ts';
import type { MomentSaid } from '../domain/story-told.ts';

export const momentWords = {
  kind: {
    mail: 'Mail',
    call: 'Call',
    expectation: 'Expectation',
    commitment: 'Promise',
    grievance: 'Grievance',
    praise: 'Praise',
    question: 'Question',
    decision: 'Decision',
    risk: 'Risk',
    note: 'Note',
    probe: 'We asked',
    answer: 'Answer',
    perception: 'How they see it',
    outcome: 'Outcome',
    breach: 'Standard not met',
    inquiry: 'Question to us',
    improvement: 'Improvement',
    effect: 'Effect',
  } satisfies Record<MomentKind, string>,
  channel: {
    email: 'Mail',
    call: 'Call',
    meeting: 'Meeting',
    chat: 'Chat',
    ticket: 'Ticket',
    visit: 'Visit',
  } satisfies Record<NonNullable<MomentSaid['channel']>, string>,
  form: {
    survey: 'Survey',
    remark: 'Remark',
    renewal: 'Renewal',
    complaint: 'Complaint',
    impression: 'Our impression',
  } satisfies Record<NonNullable<MomentSaid['form']>, string>,
  outcome: {
    open: 'open',
    missed: 'missed',
    met: 'met',
    exceeded: 'exceeded',
  } satisfies Record<NonNullable<MomentSaid['outcome']>, string>,
  promise: {
    kept: 'Promise kept',
    broken: 'Promise broken',
    withdrawn: 'Promise withdrawn',
  } satisfies Record<NonNullable<MomentSaid['promise']>, string>,
  improved: {
    done: 'Improvement made',
    dropped: 'Improvement dropped',
  } satisfies Record<NonNullable<MomentSaid['improved']>, string>,
  helped: 'it helped',
  helpedNot: 'it did not help',
  says: {
    confirmed: 'confirmed',
    refuted: 'refuted',
    unclear: 'still unclear',
  } satisfies Record<NonNullable<MomentSaid['says']>, string>,
  score: (value: number, max: number | null) => (max === null ? `${value}` : `${value} of ${max}`),
};

/** What kind of moment it is, with what only its kind says: "Survey: 4 of 5". */
export function sayMoment(moment: { kind: MomentKind } & MomentSaid): string {
  const { kind, channel, form, outcome, promise, improved, effective, says, score } = moment;
  const say = momentWords;
  const after = (text: string, more: string | undefined) =>
    more === undefined ? text : `${text}: ${more}`;
  switch (kind) {
    case 'mail':
    case 'call':
      return say.channel[channel ?? (kind === 'mail' ? 'email' : 'call')];
    case 'answer':
      return after(say.kind.answer, says && say.says[says]);
    case 'outcome':
      if (promise !== undefined) return say.promise[promise];
      if (improved !== undefined) return say.improved[improved];
      return after(say.kind.outcome, outcome && say.outcome[outcome]);
    case 'effect':
      if (effective === undefined) return say.kind.effect;
      return after(say.kind.effect, effective ? say.helped : say.helpedNot);
    case 'perception':
      return after(
        form === undefined ? say.kind.perception : say.form[form],
        score && say.score(score.value, score.max),
      );
    default:
      return say.kind[kind];
  }
}
