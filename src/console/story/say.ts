import { plain } from '../../domain/plain.ts';
import type { StoryMoment } from '../../domain/story-told.ts';
import { sayMoment } from '../../ui/moment-words.ts';
import { say } from './words.ts';

/** What kind of moment it is, with what only its kind says: "Survey: 4 of 5". */
export function sayKind(moment: StoryMoment): string {
  const standard = moment.kind === 'breach' ? plain(moment.standard) : '';
  return standard === '' ? sayMoment(moment) : `${sayMoment(moment)}: ${standard}`;
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
