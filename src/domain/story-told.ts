// A moment of a story in words: what it says in theirs and in ours, and how the server tells it.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { evidenceIn, type Moment } from './story.ts';
import { fieldsAs } from './story-kinds.ts';
import { shorten } from './text.ts';

/** `cut`: one of them was longer. */
export type MomentWords = {
  /** Subject of a mail or call; of an answer the question; of an outcome what it is of; else ''. */
  title: string;
  /** In the customer's words, '' without any. */
  theirs: string;
  /** In ours. */
  ours: string;
  cut: boolean;
};

/** What a moment says, each text cut to `longest` UTF-16 units. */
export function momentWords({ kind, record, fields }: Moment, longest: number): MomentWords {
  const quote = evidenceIn(fields).find((one) => one.quote)?.quote ?? '';
  let cut = false;
  const tidy = (text: string | undefined) => {
    const whole = (text ?? '').trim();
    cut ||= whole.length > longest;
    return shorten(whole, longest);
  };
  const told = (title?: string, theirs?: string, ours?: string): MomentWords => ({
    ...{ title: tidy(title), theirs: tidy(theirs), ours: tidy(ours) },
    cut,
  });
  const { text } = fields;
  switch (kind) {
    case 'mail':
    case 'call':
      return told(fields.subject, '', text);
    case 'probe':
    case 'inquiry':
      return told('', '', fields.question);
    case 'answer':
      if (record.kind === 'note') return told(text || quote, '', fields.answer);
      if (record.kind === 'inquiry') return told(fields.question, '', fields.answer);
      return told(fields.question, fields.answer, '');
    case 'perception':
      return fields.form === 'impression' ? told('', '', text) : told('', text, '');
    case 'outcome':
      if (record.kind === 'improvement') return told(fields.action || text, '', fields.doneText);
      return told(
        (record.kind === 'expectation' ? fields.statement : text) || quote,
        '',
        fields.outcomeText,
      );
    case 'improvement':
      return fields.action ? told(text, quote, fields.action) : told('', quote, text);
    case 'effect':
      return told(fields.action || text, '', fields.effectText);
    default: {
      const ours = record.kind === 'expectation' ? fields.statement : text;
      return told('', quote, ours === quote ? '' : ours);
    }
  }
}

/** What only some kinds say. */
export type MomentSaid = {
  channel?: NonNullable<Fields<'interaction'>['channel']> | undefined;
  direction?: NonNullable<Fields<'interaction'>['direction']> | undefined;
  stage?: NonNullable<Fields<'expectation'>['stage']> | undefined;
  outcome?: NonNullable<Fields<'expectation'>['outcome']> | undefined;
  /** Of an outcome of a promise. */
  promise?: 'kept' | 'broken' | 'withdrawn' | undefined;
  /** Of an outcome of an improvement. */
  improved?: 'done' | 'dropped' | undefined;
  /** Of an effect. */
  effective?: boolean | undefined;
  /** Of an answer: what it says of the expectation. */
  says?: NonNullable<Fields<'probe'>['says']> | undefined;
  form?: NonNullable<Fields<'perception'>['form']> | undefined;
  score?: { value: number; min: number | null; max: number | null } | undefined;
};

export function momentSays({ kind, record, fields }: Moment): MomentSaid {
  switch (kind) {
    case 'mail':
    case 'call':
      return {
        ...(fields.channel === undefined ? {} : { channel: fields.channel }),
        ...(fields.direction === undefined ? {} : { direction: fields.direction }),
      };
    case 'expectation':
      return { stage: fields.stage ?? 'hunch', outcome: fields.outcome ?? 'open' };
    case 'outcome': {
      if (record.kind === 'expectation') return { outcome: fields.outcome ?? 'open' };
      if (record.kind === 'improvement') {
        const { state } = fieldsAs<'improvement'>(record);
        return state === undefined || state === 'open' ? {} : { improved: state };
      }
      const { state } = fieldsAs<'commitment'>(record);
      return state === undefined || state === 'open' ? {} : { promise: state };
    }
    case 'answer':
      return fields.says === undefined ? {} : { says: fields.says };
    case 'effect':
      return fields.effective === undefined ? {} : { effective: fields.effective };
    case 'perception': {
      const { form, score, scaleMin, scaleMax } = fields;
      return {
        ...(form === undefined ? {} : { form }),
        ...(score === undefined
          ? {}
          : { score: { value: score, min: scaleMin ?? null, max: scaleMax ?? null } }),
      };
    }
    default:
      return {};
  }
}

/** A moment as the server tells it. */
export type StoryMoment = Pick<Moment, 'key' | 'at' | 'kind'> & {
  record: { kind: string; id: Id };
  /** The interaction it was noticed in, or is. */
  interaction: Id | null;
  /** Name of the standard that was not met, '' for all other moments. */
  standard: string;
  /** The page it stands on: http or https; null also for whoever reads blind. */
  url: string | null;
  /** Who it was on their side, '' where nobody is known. */
  from: string;
  /** Who it was on ours; null: a colleague, whom one who reads blind is not told. */
  by: { id: Id; name: string } | null;
} & MomentWords &
  MomentSaid;

export type StoryComment = {
  id: Id;
  /** The moment it is pinned to: its record, and when it was. */
  record: { kind: string; id: Id };
  at: number | null;
  text: string;
  by: { id: Id; name: string } | null;
  /** ms since 1970 */
  written: number;
  settled: boolean;
  /** Who may read it. */
  visibility: 'workspace' | 'managers';
  /** The asker wrote it. */
  mine: boolean;
};
