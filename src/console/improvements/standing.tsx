import { daysBetween } from '../../domain/due.ts';
import { Icon, sayDate, useWords } from '../../ui/index.ts';
import type { ImprovementShown, Person } from './answer.ts';
import { say } from './words.ts';

export interface StandingProps {
  readonly improvement: ImprovementShown;
  /** ISO date where the reader is. */
  readonly today: string;
}

/** Where it stands and what it waits for. What is late says so in words, with a sign before them. */
export function Standing({ improvement, today }: StandingProps) {
  const { lang } = useWords();
  const { state, late } = improvement;
  const text = sayStanding(improvement, today, (day) => sayDate(day, lang));
  if (late !== null) {
    return (
      <p class="c-improve-late">
        <Icon name="attention" size={14} />
        <strong>{text}</strong>
      </p>
    );
  }
  const icon = { effective: 'check', dropped: 'close' } as const;
  return (
    <p class="c-improve-standing">
      {(state === 'effective' || state === 'dropped') && <Icon name={icon[state]} size={14} />}
      <span>{text}</span>
    </p>
  );
}

/** `day`: an ISO date in words. */
export function sayStanding(
  { state, late, due, checkOn }: ImprovementShown,
  today: string,
  day: (date: string) => string,
): string {
  if (late === 'next') return say.nextLate;
  if (state === 'open') {
    if (due === null) return say.noDue;
    if (late === 'action') return say.actionLate(daysBetween(due, today), day(due));
    return due === today ? say.dueToday : say.due(day(due));
  }
  if (state === 'done') {
    if (checkOn === null) return say.noCheck;
    if (late === 'check') return say.checkLate(daysBetween(checkOn, today), day(checkOn));
    return checkOn === today ? say.checkToday : say.check(day(checkOn));
  }
  return say.states[state];
}

/** Who it waits for. */
export function sayOwner(
  { owner, ownerName, ownerLeft }: Pick<ImprovementShown, 'owner' | 'ownerName' | 'ownerLeft'>,
  me: string,
): string {
  if (owner === null) return say.noOwner;
  if (owner === me) return say.you;
  if (ownerLeft) return say.left(ownerName);
  return ownerName || say.somebody;
}

/** Whom something can be handed to. */
export function active(members: readonly Person[]): Person[] {
  return members.filter((member) => member.active);
}
