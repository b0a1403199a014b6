// What a tag becomes, as it is shown before the background has answered.
import type { Fate } from '../../ui/call/wrap-tag.tsx';
import type { TagView } from '../messages/call-views.ts';

const KINDS = {
  ...{ expectation: 'expectation', promise: 'commitment', grievance: 'note', question: 'probe' },
  ...{ confirms: 'probe', handled: null },
} as const;

export function dealtWith(fate: Fate, record: string): Pick<TagView, 'handled' | 'became'> {
  const kind = KINDS[fate.becomes];
  const says = fate.confirms === undefined ? {} : { says: fate.confirms.says };
  return { handled: true, became: kind === null ? null : { kind, id: record, ...says } };
}

/** The day here, e.g. 2027-02-24. */
export function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
