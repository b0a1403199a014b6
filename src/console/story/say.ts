import { plain } from '../../domain/plain.ts';
import type { StoryMoment } from '../../domain/story.ts';
import { say } from './words.ts';

/** What kind of moment it is, with what only its kind says: "Survey: 4 of 5". */
export function sayKind(moment: StoryMoment): string {
  const { kind, channel, form, outcome, promise, improved, effective, says, score } = moment;
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
    case 'breach':
      return after(say.kind.breach, plain(moment.standard) || undefined);
    default:
      return say.kind[kind];
  }
}

/** "Sample Buyer · by Sample Mira" */
export function sayWho({ kind, direction, from, by }: StoryMoment): string {
  const us = say.by(by === null ? say.colleague : plain(by.name));
  const them = plain(from);
  if (kind === 'mail') return direction === 'outbound' ? say.fromUs : them || us;
  return [them, us].filter(Boolean).join(' · ');
}

/** The heading of a moment, '' where it has none. */
export function sayTitle({ kind, title }: StoryMoment): string {
  const isTalk = kind === 'mail' || kind === 'call';
  return plain(title) || (isTalk ? say.noSubject : '');
}
