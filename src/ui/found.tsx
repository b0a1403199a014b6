// A record that was found: what it is, and its words with those marked that were asked for.
import { Icon, type IconName } from './icons.tsx';
import { type Channel, MARK_KINDS, type MarkKind, useWords, type Words } from './words.ts';

/** Kinds that are neither marks nor conversations. */
export const OTHER_KINDS: Readonly<Record<string, string>> = {
  customer: 'Customer',
  contact: 'Contact',
  project: 'Project',
  probe: 'Question to ask',
  perception: 'How they see it',
  retrospective: 'Looking back',
  review: 'Review',
  inquiry: 'Inquiry',
  finding: 'Finding',
  dispute: 'Answer to a review',
  improvement: 'Improvement',
  comment: 'Comment',
  mention: 'Mention',
};

/** In words what a record is: a note's label, an interaction's channel, or its kind. */
export function lookName(kind: string, look: string, words: Words): string {
  if (isMark(look)) return words.mark[look];
  if (kind === 'interaction') return words.channel[look as Channel] ?? words.interaction;
  return OTHER_KINDS[kind] ?? kind;
}

function isMark(look: string): look is MarkKind {
  return (MARK_KINDS as readonly string[]).includes(look);
}

export function LookIcon({ kind, look }: { readonly kind: string; readonly look: string }) {
  const words = useWords();
  const icon: IconName = isMark(look)
    ? look
    : kind === 'interaction'
      ? 'interaction'
      : kind === 'probe' || kind === 'inquiry'
        ? 'question'
        : 'note';
  return (
    <span class="u-kind" data-kind={isMark(look) ? look : 'note'}>
      <Icon name={icon} label={lookName(kind, look, words)} />
    </span>
  );
}

export interface MarkedProps {
  readonly text: string;
  /** UTF-16 offsets, in order. */
  readonly marks: readonly (readonly [start: number, end: number])[];
  readonly cut?: { readonly before: boolean; readonly behind: boolean };
}

/** Text only, whatever it says. */
export function Marked({ text, marks, cut }: MarkedProps) {
  const parts = [];
  let last = 0;
  for (const [start, end] of marks) {
    parts.push(text.slice(last, start), <mark key={start}>{text.slice(start, end)}</mark>);
    last = end;
  }
  return (
    <>
      {cut?.before && '… '}
      {parts}
      {text.slice(last)}
      {cut?.behind && ' …'}
    </>
  );
}
