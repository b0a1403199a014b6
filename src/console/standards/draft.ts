import type { Standard, StandardText } from '../../domain/standards.ts';
import type { Kept } from '../whole-list/kept.ts';

/**
 * A standard as it is being written: numbers and causes as they were typed, so that nothing is lost
 * to reading them too early.
 */
export type StandardDraft = Omit<
  StandardText,
  'ourTarget' | 'customerTarget' | 'weight' | 'causes' | 'anchors'
> & {
  /** null: a new one. */
  readonly series: string | null;
  /** Id of the version it was written over; '' for a new one. */
  readonly seen: string;
  readonly ourTarget: string;
  readonly customerTarget: string;
  readonly weight: string;
  readonly causes: string;
  readonly anchors: readonly string[];
};

export type KeptStandardDraft = Kept<StandardDraft>;

export const NEW: StandardDraft = {
  ...{ series: null, seen: '', name: '', text: '', judgement: 'yes-no', unit: '' },
  ...{ better: 'more', ourTarget: '1', customerTarget: '', weight: '1' },
  ...{ critical: false, mayNotApply: true, causes: '', clause: '' },
  anchors: ['', '', '', '', ''],
};

export function draftOf({ series, current }: Standard): StandardDraft {
  const { id, version: _, ourTarget, customerTarget, weight, causes, anchors, ...rest } = current;
  return {
    ...rest,
    ...{ series, seen: id },
    ...{ ourTarget: typed(ourTarget), customerTarget: typed(customerTarget) },
    ...{ weight: typed(weight), causes: causes.join('\n') },
    anchors: Array.from({ length: 5 }, (_, at) => anchors[at] ?? ''),
  };
}

/** What is to be stored; what is no number becomes NaN, which has a problem of its own. */
export function textOf(draft: StandardDraft): StandardText {
  const { series: _series, seen: _seen, ...rest } = draft;
  return {
    ...rest,
    ourTarget: numberOf(draft.ourTarget),
    customerTarget: numberOf(draft.customerTarget),
    weight: numberOf(draft.weight) ?? Number.NaN,
    causes: draft.causes
      .split('\n')
      .map((cause) => cause.trim())
      .filter((cause) => cause !== ''),
  };
}

function typed(value: number | null): string {
  return value === null ? '' : String(value);
}

/** "2,5" is what much of Europe types. */
function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
