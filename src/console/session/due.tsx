import { dayAfter } from '../../domain/due.ts';
import { Choice, type Option } from '../../ui/index.ts';
import { say } from './words.ts';

/** Days from today, or 'day': one that is chosen. */
const IN_DAYS = ['7', '14', '30'] as const;
export type DueChoice = (typeof IN_DAYS)[number] | 'day' | 'set' | '';

/** The day that was chosen; null for none, and while it is still to be said. */
export function dueOf(choice: DueChoice, today: string): string | null {
  return choice === '' || choice === 'day' || choice === 'set'
    ? null
    : dayAfter(today, Number(choice));
}

interface DueChoiceProps {
  readonly value: DueChoice;
  /** The day that is set, in words: an option of its own. */
  readonly set?: string | null;
  readonly look?: 'field' | 'value';
  readonly onChange: (value: DueChoice) => void;
}

/** The usual days by their first letter, or another one. */
export function DuePick({ value, set = null, look = 'field', onChange }: DueChoiceProps) {
  const options: Option<Exclude<DueChoice, ''>>[] = [
    ...(set === null ? [] : [{ value: 'set' as const, label: set }]),
    ...IN_DAYS.map((days) => ({ value: days, label: say.dues[days] })),
    { value: 'day', label: say.dues.day },
  ];
  return <Choice label={say.due} empty={say.dues['']} {...{ look, value, options, onChange }} />;
}
