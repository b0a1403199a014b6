// What a story is told from, and which kinds of moments there are in it.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import type { Kind } from './kinds.ts';

/** Kinds of records that a story is told from; comments on it stand beside it. */
export const TOLD_KINDS = [
  ...(['interaction', 'note', 'expectation', 'commitment', 'probe', 'perception'] as const),
  ...(['finding', 'inquiry', 'improvement'] as const),
] as const satisfies readonly Kind[];
export type ToldKind = (typeof TOLD_KINDS)[number];

/**
 * What a story is told in. `answer`: to a question that was asked, or to a grievance; `outcome`: an
 * expectation was missed, met or exceeded, a promise kept, broken or withdrawn, an improvement made
 * or dropped; `breach`: a standard was not met; `effect`: whether an improvement helped.
 */
export const MOMENT_KINDS = [
  ...(['mail', 'call', 'expectation', 'commitment', 'grievance', 'praise', 'question'] as const),
  ...(['decision', 'risk', 'note', 'probe', 'answer', 'perception', 'outcome'] as const),
  ...(['breach', 'inquiry', 'improvement', 'effect'] as const),
] as const;
export type MomentKind = (typeof MOMENT_KINDS)[number];

/** Fields of every kind that is told; those of one kind are read with `fieldsAs`. */
export type AllFields = Fields<'interaction'> &
  Fields<'note'> &
  Fields<'expectation'> &
  Fields<'probe'> &
  Fields<'commitment'> &
  Fields<'perception'> &
  Pick<Fields<'finding'>, 'review' | 'standard' | 'type' | 'at' | 'cause'> &
  Pick<Fields<'inquiry'>, 'to' | 'asks' | 'withdrawn'> &
  Pick<Fields<'improvement'>, 'action' | 'doneAt' | 'doneText' | 'checkOn' | 'checkedAt'> &
  Pick<Fields<'improvement'>, 'checkedBy' | 'effective' | 'effectText' | 'finding'>;

export type StoryRecord = {
  kind: string;
  id: Id;
  fields: AllFields;
  author: Id;
  /** ms since 1970: when its first change was written */
  written: number;
  /** ms since 1970: when the change was written that a field has its value of; null: unknown. */
  rankOf?(field: string): number | null;
};

/** The fields of a record that is known to be of this kind. */
export function fieldsAs<K extends ToldKind>({ fields }: { fields: AllFields }): Fields<K> {
  return fields as Fields<K>;
}
